"""What follows from a line: one table of what it wants and what stands before its writer.

Nothing is done on a guess: what opens, closes, drops or reopens something is done where it was said outright, else
asked about (decision 0026).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from handlers.chat.standing import Standing
from knowledge import Intent


class Move(StrEnum):
    """What the desk does; the values stand in the table below. `does`: in words, for docs/talk.md."""

    does: str

    def __new__(cls, value: str, does: str) -> Move:
        move = str.__new__(cls, value)
        move._value_ = value
        move.does = does
        return move

    # a report without a ticket
    WORKED = "worked", "ends the report without a ticket: “Sevindim. Kayıt açılmadı.”"
    OPEN = "open", "opens the ticket"
    DROP = "drop", "forgets the report: “Tamam, vazgeçildi.”"
    ASK = "ask", "keeps what is more than an answer, and asks: “Sorun çözüldü mü?”, or whether to send it on"
    NEXT = "next", "reads what they say it is instead, else shows the next readings, or asks openly"
    ADD = "add", "adds it to the report, and shows what is understood so far"
    SECOND = "second", "shows it as another problem beside this one: **İki ayrı kayıt aç**"
    NO_TICKET = "no_ticket", "says that there is no ticket yet, so that nobody comes, and offers to send it on"
    WAIT = "wait", "waits, and says what to write then"
    STEP = "step", "answers from the step's own text, else offers a person"
    EXPLAIN = "explain", "says in simpler words what is asked of them"
    CANNOT = "cannot", "says that they need not do it, and offers to send it on"
    TRIED = "tried", "notes that the steps were tried, and offers to send it on"
    WISH = "wish", "keeps the wish with the report, and says that nobody is told before it is sent on"
    WORD = "word", "says what the word means (`knowledge/glossary.yaml`), and keeps what is said beside it"
    JOIN = "join", "joins the known outage, else adds it to what stands"
    # a ticket
    WHERE = "where", "says where the ticket stands"
    TO_TICKET = "to_ticket", "writes it to the ticket: “İletildi”"
    SOLVED = "solved", "asks whether the ticket may be closed: **Evet, çözüldü**, **Hayır, sürüyor**"
    SOLVE = "solve", "closes the ticket as solved, and not as cancelled: “çözüldü olarak kapandı”"
    KEEP_OPEN = "keep_open", "keeps the ticket open, with what is more than a no written to it"
    CANCEL = "cancel", "asks which ticket is to be cancelled"
    BESIDE = "beside", "says that it went to nobody, and offers to write it to the ticket: **Kayda ekle**"
    ANSWER = "answer", "is the answer to the question"
    SKIP = "skip", "skips the question"
    ASK_AGAIN = "ask_again", "says why it is asked, and how to skip it"
    CONFIRM = "confirm", "closes the ticket: “Sevindim”"
    REOPEN = "reopen", "opens the ticket again"
    ASK_WORKS = "ask_works", "keeps what is more than an answer, and asks: “Şimdi çalışıyor mu?”"
    OFFER_REOPEN = "offer_reopen", "offers to reopen the ticket that ended: **Yeniden aç**"
    # either
    CORRECT = "correct", "puts the name right, or reads the report with the right word"
    TALK = "talk", "answers as where nothing stands: a greeting, thanks, help, tickets, an open question"
    REPORT = "report", "reads it as a report: more of this one, or a new one"


_BEFORE_A_TICKET = """
               steps     request   choice    open_question not_ours  worked
worked         worked    ask       worked    worked        talk      talk
not_worked     open      no_ticket add       no_ticket     no_ticket open
yes            worked    open      ask       ask           ask       ask
no             open      next      next      ask           ask       open
human          open      open      open      open          open      open
cancel         drop      drop      drop      drop          drop      talk
thanks         ask       ask       ask       ask           talk      talk
small_talk     talk      talk      talk      talk          talk      talk
off_topic      talk      talk      talk      talk          talk      talk
word           word      word      word      word          word      word
help           talk      talk      talk      talk          talk      talk
status         no_ticket no_ticket no_ticket no_ticket     no_ticket no_ticket
impatience     no_ticket no_ticket no_ticket no_ticket     no_ticket no_ticket
anger          no_ticket no_ticket no_ticket no_ticket     no_ticket no_ticket
wait           wait      wait      wait      wait          explain   ask
step_question  step      explain   explain   explain       explain   ask
not_understood explain   explain   explain   explain       explain   ask
cannot         cannot    cannot    cannot    cannot        ask       no_ticket
already_tried  tried     add       add       add           add       no_ticket
wrong_guess    next      next      next      explain       ask       no_ticket
correction     correct   correct   correct   correct       correct   correct
more           add       add       add       report        add       no_ticket
another        second    second    second    report        report    report
wish           wish      wish      wish      wish          wish      no_ticket
broken_again   ask       add       add       ask           ask       open
me_too         join      join      join      join          join      join
answer         add       add       report    report        add       no_ticket
report         report    report    report    report        report    report
"""
_OF_A_TICKET = """
               question  technician resolved  perhaps   ticket    ended        nothing
worked         solved    solved     confirm   solve     solved    talk         talk
not_worked     to_ticket to_ticket  reopen    keep_open to_ticket offer_reopen talk
yes            ask_again to_ticket  confirm   solve     talk      talk         talk
no             ask_again to_ticket  reopen    keep_open talk      talk         talk
human          where     to_ticket  ask_works where     where     talk         talk
cancel         cancel    cancel     ask_works cancel    cancel    talk         talk
thanks         talk      talk       ask_works solved    talk      talk         talk
small_talk     talk      to_ticket  talk      talk      talk      talk         talk
off_topic      beside    beside     ask_works beside    beside    talk         talk
word           word      word       word      word      word      word         word
help           talk      talk       talk      talk      talk      talk         talk
status         where     to_ticket  where     where     where     talk         talk
impatience     where     to_ticket  ask_works where     where     talk         talk
anger          where     where      ask_works where     where     talk         talk
wait           wait      to_ticket  wait      wait      where     report       report
step_question  ask_again to_ticket  ask_works to_ticket to_ticket report       report
not_understood ask_again to_ticket  ask_works solved    where     talk         talk
cannot         skip      to_ticket  ask_works to_ticket to_ticket report       report
already_tried  to_ticket to_ticket  ask_works to_ticket to_ticket report       report
wrong_guess    ask_again to_ticket  ask_works to_ticket to_ticket report       report
correction     correct   correct    correct   correct   correct   correct      correct
more           answer    to_ticket  ask_works to_ticket to_ticket report       report
another        report    report     report    report    report    report       report
wish           to_ticket to_ticket  ask_works to_ticket to_ticket report       report
broken_again   to_ticket to_ticket  reopen    keep_open to_ticket offer_reopen talk
me_too         to_ticket to_ticket  ask_works join      join      join         join
answer         answer    to_ticket  ask_works to_ticket to_ticket report       report
report         report    report     report    report    report    report       report
"""


def _parsed(*grids: str) -> Mapping[Intent, Mapping[Standing, Move]]:
    named = {move.value: move for move in Move}
    table: dict[Intent, dict[Standing, Move]] = {}
    for grid in grids:
        head, *rows = (line.split() for line in grid.strip().splitlines())
        columns = [Standing(name) for name in head]
        for wants, *moves in rows:
            table.setdefault(Intent(wants), {}).update(zip(columns, (named[move] for move in moves), strict=True))
    return table


TABLE = _parsed(_BEFORE_A_TICKET, _OF_A_TICKET)

_ASKED_INSTEAD: Mapping[Move, Move] = {
    Move.WORKED: Move.ASK,
    Move.OPEN: Move.ASK,
    Move.DROP: Move.ASK,
    Move.SOLVE: Move.SOLVED,
    Move.CONFIRM: Move.ASK_WORKS,
    Move.REOPEN: Move.ASK_WORKS,
}
"""What is done only where it was said outright, and what is asked where it is a guess."""


def decide(stands: Standing, wants: Intent, *, outright: bool) -> Move:
    move = TABLE[wants][stands]
    return move if outright else _ASKED_INSTEAD.get(move, move)
