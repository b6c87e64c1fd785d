"""What stands before somebody when they write: the newest thing that was asked or shown owns their next line.

An older question is answered by a reply to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from handlers.chat import drafts, questions, shown, ticket_view
from handlers.chat.turn import Turn
from handlers.domain.dialog import Draft, Expect, Expectation, Phase
from handlers.domain.states import State
from handlers.domain.ticket import Ticket
from handlers.tickets import closing


class Standing(StrEnum):
    """What owns the next line of a reporter."""

    STEPS = "steps"
    """What was understood of a fault, with the steps to try."""
    REQUEST = "request"
    """What will happen to a request: "Henüz kayıt açılmadı. Açayım mı?" """
    CHOICE = "choice"
    """Near subjects, of which one is to be chosen."""
    OPEN_QUESTION = "open_question"
    """What happened, in their own words."""
    NOT_OURS = "not_ours"
    WORKED = "worked"
    """The steps helped, and there is no ticket."""
    QUESTION = "question"
    """The desk's own about a ticket: a device, a room, what still happens."""
    TECHNICIAN = "technician"
    """A technician asked or told them something."""
    RESOLVED = "resolved"
    """ "Şimdi çalışıyor mu?" """
    PERHAPS = "perhaps"
    """ "Sorun çözüldü mü?", of a ticket that nobody resolved."""
    TICKET = "ticket"
    """A ticket of theirs that somebody works on; nothing is asked."""
    ENDED = "ended"
    """None is open; one that ended can still be reopened."""
    NOTHING = "nothing"


OF_A_DRAFT = frozenset(
    {Standing.STEPS, Standing.REQUEST, Standing.CHOICE, Standing.OPEN_QUESTION, Standing.NOT_OURS, Standing.WORKED}
)
OF_A_REPORTER = (Expect.FACT, Expect.REOPEN_REASON, Expect.ANSWER, Expect.WORD)
"""What is asked of a reporter; the rest is asked of those who work on tickets, on the way in, or for a caller."""
ENDED_LOOKED_AT = 3
"""Newest tickets among which one that ended is looked for."""


@dataclass(frozen=True, slots=True)
class Stands:
    """`draft`, `question` and `ticket`: whatever of them it is about."""

    kind: Standing
    draft: Draft | None = None
    question: Expectation | None = None
    ticket: Ticket | None = None


def what_stands(turn: Turn) -> Stands:
    """The newest that had reached them when they wrote; where nothing was asked, the ticket they have."""
    found = [*_question(turn), *_draft(turn), *_resolved(turn), *_perhaps(turn)]
    if found:
        return max(found, key=lambda one: one[0])[1]
    mine = [ticket for ticket in turn.uow.tickets.open_of_reporter(turn.person.id) if ticket.state.active]
    if mine:
        ticket = ticket_view.last_spoken_of(turn) or max(mine, key=lambda one: (one.opened_at, one.id))
        return Stands(Standing.TICKET, ticket=ticket)
    ended = lately_ended(turn)
    return Stands(Standing.NOTHING) if ended is None else Stands(Standing.ENDED, ticket=ended)


def lately_ended(turn: Turn) -> Ticket | None:
    """Their newest that ended and can be reopened."""
    newest = turn.uow.tickets.of_reporter(turn.person.id, limit=ENDED_LOOKED_AT)
    ended = [ticket for ticket in newest if ticket.state is State.CLOSED and ticket.may_reopen(turn.now)]
    return max(ended, key=lambda one: (one.ended_at or one.opened_at, one.id), default=None)


def _question(turn: Turn) -> list[tuple[int, Stands]]:
    found = questions.newest(turn)
    if found is None or found[1].kind not in OF_A_REPORTER:
        return []
    place, question = found
    kind = Standing.TECHNICIAN if question.kind in (Expect.ANSWER, Expect.WORD) else Standing.QUESTION
    return [(place, Stands(kind, question=question, ticket=turn.uow.tickets.get(question.ticket or 0)))]


def _draft(turn: Turn) -> list[tuple[int, Stands]]:
    draft = drafts.live(turn) or drafts.lately_worked(turn)
    if draft is None:
        return []
    slots = (draft.slot, drafts.asked_slot(draft), drafts.reminder_slot(draft), drafts.worked_slot(draft))
    places = [found.id for slot in slots if (found := turn.uow.messages.shown(turn.address, slot, turn.now))]
    return [(max(places), Stands(_of_phase(turn, draft), draft=draft))] if places else []


def _of_phase(turn: Turn, draft: Draft) -> Standing:
    if draft.phase is Phase.SUGGESTED:
        return Standing.REQUEST if turn.desk.is_request(draft.category) else Standing.STEPS
    return {
        Phase.ASKED: Standing.CHOICE,
        Phase.NOT_OURS: Standing.NOT_OURS,
        Phase.WORKED: Standing.WORKED,
    }.get(draft.phase, Standing.OPEN_QUESTION)


def _resolved(turn: Turn) -> list[tuple[int, Stands]]:
    """The newest of those that count as done. Where it was told of elsewhere, anything asked here is newer."""
    mine = [t for t in turn.uow.tickets.open_of_reporter(turn.person.id) if t.state is State.RESOLVED]
    asked = [ticket for ticket in mine if ticket_view.asks_whether_it_works(turn, ticket)]
    return [(_asked_at(turn, ticket), Stands(Standing.RESOLVED, ticket=ticket)) for ticket in asked]


def _perhaps(turn: Turn) -> list[tuple[int, Stands]]:
    """An open one of which they are asked whether it is solved, by the newest buttons."""
    mine = [ticket for ticket in turn.uow.tickets.open_of_reporter(turn.person.id) if ticket.state.active]
    asked = [(ticket, turn.uow.messages.shown(turn.address, f"solved:{ticket.id}", turn.now)) for ticket in mine]
    return [
        (message.id, Stands(Standing.PERHAPS, ticket=ticket))
        for ticket, message in asked
        if message is not None and shown.offers(turn, f"keep_open:{ticket.id}")
    ]


def _asked_at(turn: Turn, ticket: Ticket) -> int:
    slots = (closing.resolved_slot(ticket), closing.ended_slot(ticket), ticket_view.slot(ticket))
    return max(
        (found.id for slot in slots if (found := turn.uow.messages.shown(turn.address, slot, turn.now))), default=0
    )
