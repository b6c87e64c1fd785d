"""Kesinti notu in chat: five questions after an outage, each of which may be passed over, then what shall be done.

/kesintinotu · /kesintinotu 140
"""

from __future__ import annotations

from collections.abc import Callable

from handlers.chat import prompts
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.errors import Invalid
from handlers.domain.outages import NoteQuestion, Outage
from handlers.domain.rights import Action, require
from handlers.domain.ticket import Ticket
from handlers.domain.ticket_number import parse
from handlers.messages import Button, PostedMessage
from handlers.tickets import numbers, outage_news, outage_notes

PAGE = "/kesinti-notu.pdf"
SHOWN = 10
_QUESTIONS = list(NoteQuestion)


def command(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """The note of that outage; without a number, those of the last months."""
    if not words.strip():
        _list(turn)
        return
    number = parse(words.strip())
    if number is None:
        raise Invalid("no_number", typed=words.strip()[:40])
    show(turn, outage_notes.of_ticket(turn, numbers.find(turn, number)))


def _list(turn: Turn) -> None:
    require(turn.person, Action.SEE_SUMMARY)
    found = [
        (head, outage_news.title(turn, outage), outage, len(outage.note))
        for outage, head in outage_notes.lately(turn)[:SHOWN]
    ]
    turn.say(turn.address, "outage_notes", slot="outage_notes", fresh=True, notes=found, questions=len(_QUESTIONS))


def show(turn: Turn, outage: Outage) -> None:
    note = outage_notes.look(turn, outage)
    turn.say(
        turn.address,
        "outage_note",
        buttons=[
            Button("Düzelt" if note.answers else "Yaz", f"note_begin:{note.head.id}:{outage.id}"),
            Button("İş ekle", f"note_actions:{note.head.id}:{outage.id}"),
        ],
        slot=f"outage_note:{outage.id}",
        fresh=True,
        ticket=note.head,
        aftermath=note,
        page=f"{PAGE}?kesinti={outage.id}",
    )


# --- asked ----------------------------------------------------------------------------------------
def begin(turn: Turn, ticket: Ticket, key: str) -> None:
    """Başla, Düzelt: from the first question; what is answered already stands below it."""
    outage = _outage(turn, ticket, key)
    turn.uow.messages.disable_buttons(turn.address, outage_notes.slot(outage))
    _ask(turn, ticket, outage, _QUESTIONS[0])


def none_needed(turn: Turn, ticket: Ticket, key: str) -> None:
    """Not gerekmiyor."""
    outage = _outage(turn, ticket, key)
    system, slot = outage_news.title(turn, outage), outage_notes.slot(outage)
    turn.receipt(Effect.CHANGED, "outage_note_none", slot=slot, ticket=ticket, system=system)


def _ask(turn: Turn, ticket: Ticket, outage: Outage, question: NoteQuestion) -> None:
    said = next((one for one in outage.note if one.question is question), None)
    prompts.ask(
        turn,
        ticket,
        Expect.OUTAGE_NOTE,
        "prompt_outage_note",
        detail=f"{outage.id}:{question}",
        buttons=[Button("Geç", f"note_skip:{ticket.id}:{outage.id}:{question}")],
        at=_asked(outage),
        system=outage_news.title(turn, outage),
        asked_for=question,
        nth=_QUESTIONS.index(question) + 1,
        questions=len(_QUESTIONS),
        text=turn.uow.tickets.entry(said.entry)[1].text if said is not None else "",
    )


def ask_actions(turn: Turn, ticket: Ticket, key: str) -> None:
    """İş ekle, and after the last question: what shall be done?"""
    outage = _outage(turn, ticket, key)
    buttons = [Button("Yok", f"note_done:{ticket.id}:{outage.id}")]
    system = outage_news.title(turn, outage)
    prompts.ask(
        turn,
        ticket,
        Expect.OUTAGE_ACTIONS,
        "prompt_outage_actions",
        detail=key,
        buttons=buttons,
        at=_asked(outage),
        system=system,
    )


def _asked(outage: Outage) -> str:
    """A slot of its own: in that of other questions the list of what may be closed together may still stand."""
    return f"outage_note:{outage.id}:question"


def skipped(turn: Turn, ticket: Ticket, which: str) -> None:
    """Geç."""
    key, _, question = which.partition(":")
    outage = _outage(turn, ticket, key)
    prompts.answered(turn, ticket)
    _go_on(turn, ticket, outage, NoteQuestion(question))


def answered(turn: Turn, waiting: Expectation, text: str) -> None:
    """Raises Invalid where it cannot be kept, and goes on waiting for another."""
    ticket = turn.uow.tickets.get(waiting.ticket or 0)
    key, _, question = waiting.detail.partition(":")
    outage = _outage(turn, ticket, key, to_change=True)
    if waiting.kind is Expect.OUTAGE_ACTIONS:
        outage_notes.add_actions(turn, outage, text)
        done(turn, ticket, key)
        return
    outage = outage_notes.answer(turn, outage, NoteQuestion(question), text)
    prompts.answered(turn, ticket)
    _go_on(turn, ticket, outage, NoteQuestion(question))


def _go_on(turn: Turn, ticket: Ticket, outage: Outage, after: NoteQuestion) -> None:
    place = _QUESTIONS.index(after) + 1
    if place < len(_QUESTIONS):
        _ask(turn, ticket, outage, _QUESTIONS[place])
    else:
        ask_actions(turn, ticket, str(outage.id))


def done(turn: Turn, ticket: Ticket, key: str) -> None:
    """Yok, and after what shall be done was written: the note as it stands."""
    if (slot := prompts.answered(turn, ticket)) is not None:
        turn.uow.messages.disable_buttons(turn.address, slot)
    show(turn, _outage(turn, ticket, key))


def _outage(turn: Turn, ticket: Ticket, key: str, *, to_change: bool = False) -> Outage:
    require(turn.person, Action.KEEP_OUTAGE_NOTE, ticket)
    return turn.uow.outages.get(int(key), to_change=to_change)


ON_TICKET: dict[str, Callable[[Turn, Ticket, str], object]] = {
    "note_begin": begin,
    "note_none": none_needed,
    "note_skip": skipped,
    "note_actions": ask_actions,
    "note_done": done,
}
