"""The same change of many tickets: to how many it would be done, and what takes it back.

Each ticket is changed by an event of its own (`handlers.tickets.page_changes`), so that one which is
refused stops no other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from handlers.context import Acting
from handlers.domain.errors import AlreadyClaimed, DeskError, NotAllowed, NotFound, NotHolder, WrongState
from handlers.domain.page_changes import AskedChange, ChangedMeanwhile, PageAction
from handlers.domain.rights import Action, may
from handlers.domain.ticket import Ticket, TicketId
from handlers.tickets import page_changes, undoing

MOST_TICKETS = 500
BULK = (
    PageAction.CLAIM,
    PageAction.RELEASE,
    PageAction.RESUME,
    PageAction.WAIT,
    PageAction.ASSIGN,
    PageAction.PRIORITISE,
    PageAction.RECATEGORISE,
    PageAction.TRANSFER,
)
"""What asks for words of its own on each ticket is none."""


class Obstacle(StrEnum):
    """Why it would not be done to one."""

    ENDED = "ended"
    NOT_ALLOWED = "not_allowed"
    TAKEN = "taken"
    """Somebody else has it."""
    NOT_HELD = "not_held"
    STATE = "state"
    SO_ALREADY = "so_already"
    ASKED = "asked"
    """It is asked about first: on the ticket's own page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    fits: Sequence[AskedChange]
    kept: Sequence[tuple[str, Obstacle]]
    """Numbers of those that stay as they are."""

    @property
    def why(self) -> Mapping[Obstacle, int]:
        return Counter(obstacle for _, obstacle in self.kept)


def preview(acting: Acting, tickets: Sequence[TicketId], action: PageAction, to: str) -> Preview:
    """Of those that they may not read there is no word."""
    fits: list[AskedChange] = []
    kept: list[tuple[str, Obstacle]] = []
    for ticket in _readable(acting, tickets):
        seen = len(acting.uow.tickets.history(ticket.id))
        asked = AskedChange(number=ticket.number, action=action, to=to, seen=seen)
        obstacle = _obstacle(acting, ticket, asked)
        if obstacle is None:
            fits.append(asked)
        else:
            kept.append((ticket.number, obstacle))
    return Preview(fits=fits, kept=kept)


def worth_trying(acting: Acting, asked: Sequence[AskedChange]) -> Sequence[AskedChange]:
    """Those that nothing stands in the way of. What somebody changed meanwhile is among them: its own event says so."""
    return [one for one in asked if not _is_refused(acting, one)]


def _is_refused(acting: Acting, asked: AskedChange) -> bool:
    try:
        page_changes.try_out(acting, asked)
    except ChangedMeanwhile:
        return False
    except DeskError:
        return True
    return False


def taken_back(acting: Acting, tickets: Sequence[TicketId], action: PageAction, to: str) -> Sequence[AskedChange]:
    """What undoes it, of each where it was the last that happened, became what was wished, and was done by whoever
    asks, a short while ago."""
    found: list[AskedChange] = []
    for ticket in _readable(acting, tickets):
        undone = undoing.undo_of(acting, ticket, action, to)
        if undone is not None:
            back, again = undone
            seen = len(acting.uow.tickets.history(ticket.id))
            found.append(AskedChange(number=ticket.number, action=back, to=again, seen=seen, undoes=True))
    return found


def _readable(acting: Acting, tickets: Sequence[TicketId]) -> Sequence[Ticket]:
    found: list[Ticket] = []
    for one in dict.fromkeys(tickets):
        try:
            ticket = acting.uow.tickets.get(one)
        except NotFound:
            continue
        if may(acting.person, Action.READ, ticket):
            found.append(ticket)
    return found


def _obstacle(acting: Acting, ticket: Ticket, asked: AskedChange) -> Obstacle | None:
    if not ticket.state.active:
        return Obstacle.ENDED
    if _is_so(acting, ticket, asked):
        return Obstacle.SO_ALREADY
    try:
        page_changes.try_out(acting, asked)
    except AlreadyClaimed:
        return Obstacle.TAKEN
    except NotHolder as refusal:
        return Obstacle.NOT_HELD if refusal.holder is None else Obstacle.TAKEN
    except NotAllowed:
        return Obstacle.NOT_ALLOWED
    except WrongState:
        return Obstacle.STATE
    except NotFound:
        return Obstacle.NOT_ALLOWED
    except DeskError:
        return Obstacle.ASKED
    return None


def _is_so(acting: Acting, ticket: Ticket, asked: AskedChange) -> bool:
    match asked.action:
        case PageAction.CLAIM:
            return ticket.holder == acting.person.id
        case PageAction.ASSIGN:
            return asked.to == str(ticket.holder)
        case PageAction.PRIORITISE:
            return asked.to == ticket.priority
        case PageAction.RECATEGORISE:
            return asked.to == ticket.category
        case PageAction.TRANSFER:
            return asked.to == ticket.unit
        case PageAction.WAIT:
            return asked.to == ticket.state
        case PageAction.RESUME:
            return not ticket.state.waiting
        case _:
            return False
