"""The table of what stands and what a line wants, played cell by cell on the real handlers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from handlers.chat import follow_up
from handlers.chat.follow_up import TABLE, Move
from handlers.chat.standing import Standing
from handlers.domain.states import State
from knowledge import Intent
from tests.handlers.chat import talk_table
from tests.handlers.chat.played import Play, undone
from tests.handlers.tickets.table import Table

FAULT = "yazıcıdan çıktı gelmiyor"
SAYS = {
    Intent.worked: "düzeldi",
    Intent.not_worked: "olmadı yine aynı",
    Intent.yes: "evet",
    Intent.no: "hayır",
    Intent.human: "biri gelsin baksın",
    Intent.cancel: "vazgeçtim",
    Intent.thanks: "teşekkürler",
    Intent.small_talk: "günaydın",
    Intent.off_topic: "öğle yemeğinde ne var acaba",
    Intent.word: "kartuş nedir",
    Intent.help: "yardım",
    Intent.status: "kaydım ne oldu",
    Intent.impatience: "hala gelen yok",
    Intent.anger: "rezalet bu ne biçim iş",
    Intent.wait: "bi dk deniyorum",
    Intent.step_question: "hangi kabloyu çıkaracağım",
    Intent.not_understood: "anlamadım",
    Intent.cannot: "ben yapamam bunları",
    Intent.already_tried: "bunları zaten yaptım",
    Intent.wrong_guess: "bu değil benimki",
    Intent.correction: "ismim Ali değil Veli",
    Intent.more: "312 nolu odadayım",
    Intent.another: "bir de internet yok",
    Intent.wish: "yarın gelin",
    Intent.broken_again: "yine bozuldu",
    Intent.me_too: "bende de var",
    Intent.report: "ebys şifremi kabul etmiyor giremiyorum",
}
OUTRIGHT = frozenset({Intent.worked, Intent.not_worked, Intent.yes, Intent.no, Intent.human, Intent.cancel})


# --- how it comes to stand there --------------------------------------------------------------------
def steps(table: Table) -> None:
    table.says("ayse", FAULT)


def request(table: Table) -> None:
    table.says("ayse", "servisimize siyah toner lazım, HP M404 için")


def choice(table: Table) -> None:
    table.says("ayse", "ekran gitti")


def open_question(table: Table) -> None:
    table.says("ayse", "çalışmıyor")


def not_ours(table: Table) -> None:
    table.says("ayse", "Cumhuriyet Mahallesi'nde yolda çukur var ne zaman yapılacak")


def worked(table: Table) -> None:
    table.says("ayse", FAULT)
    table.press("ayse", "worked:…")


def question(table: Table) -> None:
    table.says("ayse", FAULT)
    table.press("ayse", "open:…")


def perhaps(table: Table) -> None:
    table.opened()
    table.says("ayse", "düzeldi")


STAND: dict[Standing, Callable[[Table], None]] = {
    Standing.STEPS: steps,
    Standing.REQUEST: request,
    Standing.CHOICE: choice,
    Standing.OPEN_QUESTION: open_question,
    Standing.NOT_OURS: not_ours,
    Standing.WORKED: worked,
    Standing.QUESTION: question,
    Standing.TECHNICIAN: Table.asked,
    Standing.RESOLVED: Table.resolved,
    Standing.PERHAPS: perhaps,
    Standing.TICKET: Table.opened,
    Standing.ENDED: Table.closed,
    Standing.NOTHING: lambda table: None,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a line led to."""

    said: tuple[str, ...]
    """Kinds of the messages that are new or changed."""
    labels: tuple[str, ...]
    tickets: tuple[State, ...]
    entries: int


def heard(table: Table, text: str) -> Outcome:
    """What follows from the line; it is undone again."""

    def line(play: Play) -> Outcome:
        new = play.says(text)
        tickets = sorted(play.uow.summaries.list(limit=100), key=lambda t: t.number)
        return Outcome(
            said=tuple(m.kind for m in new),
            labels=tuple(button.label for m in new for button in m.buttons),
            tickets=tuple(t.state for t in tickets),
            entries=sum(len(play.uow.tickets.entries(t.id)) for t in tickets),
        )

    return undone(table, line)


AS_WHERE_NOTHING_STANDS = frozenset(
    {
        *("suggestion", "request", "clarify", "what_happened", "cannot_tell", "not_ours", "answer_unclear"),
        *("greeting", "you_are_welcome", "what_i_do", "no_tickets", "my_tickets", "cancel_which", "nothing_to_cancel"),
    }
)
SAID: dict[Move, frozenset[str]] = {
    Move.WORKED: frozenset({"tip_worked"}),
    Move.OPEN: frozenset({"opened"}),
    Move.DROP: frozenset({"draft_dropped"}),
    Move.ASK: frozenset({"answer_unclear"}),
    Move.NEXT: frozenset({"clarify", "what_happened", "cannot_tell"}),
    Move.ADD: frozenset({"added"}),
    Move.SECOND: frozenset({"suggestion", "request", "clarify"}),
    Move.NO_TICKET: frozenset({"no_ticket_yet"}),
    Move.WAIT: frozenset({"waiting", "waiting_for_you"}),
    Move.STEP: frozenset({"step_help"}),
    Move.EXPLAIN: frozenset({"step_help", "explain"}),
    Move.CANNOT: frozenset({"cannot"}),
    Move.TRIED: frozenset({"tried"}),
    Move.WISH: frozenset({"wish_kept"}),
    Move.JOIN: frozenset({"added", "reply_kept", "what_happened", "clarify", "not_ours"}),
    Move.WHERE: frozenset({"where_it_stands", "my_tickets"}),
    Move.TO_TICKET: frozenset({"reply_kept"}),
    Move.SOLVED: frozenset({"solved_by_itself"}),
    Move.SOLVE: frozenset({"solved_mine"}),
    Move.KEEP_OPEN: frozenset({"kept_open", "reply_kept"}),
    Move.CANCEL: frozenset({"cancel_which"}),
    Move.WORD: frozenset({"word_meaning"}),
    Move.BESIDE: frozenset({"not_passed_on"}),
    Move.ANSWER: frozenset({"fact", "facts_done", "reply_kept"}),
    Move.SKIP: frozenset({"fact", "facts_skipped"}),
    Move.ASK_AGAIN: frozenset({"fact_why"}),
    Move.CONFIRM: frozenset({"confirmed"}),
    Move.REOPEN: frozenset({"reopened"}),
    Move.ASK_WORKS: frozenset({"works_now"}),
    Move.OFFER_REOPEN: frozenset({"offer_reopen"}),
    Move.CORRECT: frozenset({"errors/name_vouched", "name_corrected", "name_how"}),
    Move.TALK: AS_WHERE_NOTHING_STANDS,
    Move.REPORT: AS_WHERE_NOTHING_STANDS,
}


def wrong(move: Move, before: Outcome, after: Outcome) -> str:
    """Empty where the line led to what the table says."""
    if not SAID[move] & set(after.said):
        return f"said {after.said}"
    opened = len(after.tickets) - len(before.tickets)
    if opened != (move is Move.OPEN):
        return f"{opened} tickets opened"
    changed = after.tickets[: len(before.tickets)] != before.tickets
    if changed != (move in (Move.CONFIRM, Move.REOPEN, Move.SOLVE)) and State.WAITING_REPORTER not in before.tickets:
        return f"a ticket is {after.tickets}"
    if move is Move.TO_TICKET and after.entries == before.entries:
        return "nothing stands on the ticket"
    if move is Move.BESIDE and (after.entries != before.entries or "Kayda ekle" not in after.labels):
        return "written to the ticket, or nothing to write it with"
    if move is Move.OFFER_REOPEN and not any(label.startswith("Yeniden aç") for label in after.labels):
        return "nothing to reopen it with"
    return ""


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    opened = Table(tmp_path / "desk")
    try:
        yield opened
    finally:
        opened.close()


def test_the_table_is_whole() -> None:
    assert set(STAND) == set(Standing)
    assert set(TABLE) == {*SAYS, Intent.answer} == set(Intent)
    assert all(set(row) == set(Standing) for row in TABLE.values())
    assert set(SAID) == set(Move)


@pytest.mark.parametrize("stands", Standing)
def test_each_cell_does_what_it_says(table: Table, stands: Standing) -> None:
    STAND[stands](table)
    table.clock.advance(seconds=1)
    before = Outcome((), (), tuple(t.state for t in table.tickets()), _entries(table))
    amiss = {}
    for wants, text in SAYS.items():
        move = follow_up.decide(stands, wants, outright=wants in OUTRIGHT)
        if (why := wrong(move, before, heard(table, text))) != "":
            amiss[text] = f"{move}, {why}"
    assert amiss == {}


def _entries(table: Table) -> int:
    return sum(table.store.read(lambda uow: [len(uow.tickets.entries(t.id)) for t in uow.summaries.list(limit=100)]))


def test_a_guess_does_nothing_that_cannot_be_taken_back() -> None:
    acts = {Move.WORKED, Move.OPEN, Move.DROP, Move.CONFIRM, Move.REOPEN, Move.SOLVE}
    guessed = {follow_up.decide(stands, wants, outright=False) for wants in Intent for stands in Standing}
    assert not acts & guessed


def test_the_docs_show_the_table() -> None:
    assert talk_table.FILE.read_text("utf-8") == talk_table.text(), "run python -m tests.handlers.chat.talk_table"


@pytest.mark.parametrize(("before", "opened"), [("ben yapamam bunları", True), ("312 nolu odadayım", False)])
def test_a_bare_yes_to_an_offer_to_send_it_on_is_no_word_that_the_steps_helped(
    table: Table, before: str, opened: bool
) -> None:
    steps(table)
    table.says("ayse", before)
    after = heard(table, "olur")
    assert bool(after.tickets) is opened
    assert ("opened" if opened else "answer_unclear") in after.said
    assert "tip_worked" not in after.said


@pytest.mark.parametrize(
    "text",
    [
        "tamam iletin 118 nolu oda",
        "Peki teknisyene iletiniz.",
        "canon fotokopi, 1. kat koridor. ilet",
        "ikisini de ilet usta uğraşamam ben",
        "evet açın lütfen talebi",
    ],
)
def test_who_says_send_it_on_among_other_words_gets_the_ticket(table: Table, text: str) -> None:
    steps(table)
    assert "opened" in heard(table, text).said


@pytest.mark.parametrize("text", ["iletmeyin sakın", "ilet diye bir düğme yok", "ilet mi diyeceğim"])
def test_who_speaks_of_sending_it_on_gets_none(table: Table, text: str) -> None:
    steps(table)
    assert "opened" not in heard(table, text).said
