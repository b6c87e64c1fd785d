"""The same change of many tickets: to how many it would be done, and what takes it back.

Each ticket is changed by an event of its own (`handlers.tickets.page_changes`), so that one which is
refused stops no other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from handlers.context import Acting
from handlers.domain.errors import AlreadyClaimed, DeskError, Invalid, NotAllowed, NotFound, NotHolder, WrongState
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
    PageAction.RESOLVE,
    PageAction.MERGE,
    PageAction.CANCEL,
)
"""What asks for words of its own on each ticket is none."""
WITH_WORDS = frozenset({PageAction.RESOLVE, PageAction.MERGE, PageAction.CANCEL})
"""The same words for all, typed once it was told of how many."""
_WORDS_TO_COME = "yazılacak"
"""Stand for those in what is tried before they are typed."""


class Obstacle(StrEnum):
    """Why it would not be done to one."""

    ENDED = "ended"
    NOT_ALLOWED = "not_allowed"
    TAKEN = "taken"
    """Somebody else has it."""
    NOT_HELD = "not_held"
    STATE = "state"
    SO_ALREADY = "so_already"
    CHECKLIST = "checklist_open"
    EVIDENCE = "evidence_missing"
    PARTS = "parts_open"
    CONFIDENTIAL = "cannot_merge_secret"
    """A security matter and what is none are not merged."""
    NO_MERGE = "cannot_merge"
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
    """Of those that they may not read there is no word, nor of the one that others are merged into."""
    fits: list[AskedChange] = []
    kept: list[tuple[str, Obstacle]] = []
    for ticket in _readable(acting, tickets):
        if action is PageAction.MERGE and ticket.number == to:
            continue
        seen = len(acting.uow.tickets.history(ticket.id))
        asked = wished(ticket.number, action, to, seen, _WORDS_TO_COME if action in WITH_WORDS else "")
        obstacle = _obstacle(acting, ticket, asked)
        if obstacle is None:
            fits.append(asked)
        else:
            kept.append((ticket.number, obstacle))
    return Preview(fits=fits, kept=kept)


def wished(number: str, action: PageAction, to: str, seen: int, text: str = "") -> AskedChange:
    """`text`: the same for all. The ticket that others are merged into was shown to whoever asks."""
    return AskedChange(number=number, action=action, to=to, text=text, seen=seen, anyway=action is PageAction.MERGE)


def mergeable(acting: Acting, tickets: Sequence[TicketId]) -> Sequence[Ticket]:
    """Into which of them the others could be merged, the oldest first."""
    return sorted((one for one in _readable(acting, tickets) if one.state.active), key=lambda one: one.id)


def why_not(acting: Acting, numbers: Sequence[str], action: PageAction, to: str) -> Mapping[str, Obstacle]:
    """What stands in the way of these now; of what nothing does, or they may not read, there is no word."""
    found = acting.uow.tickets.numbered(numbers)
    return dict(preview(acting, [one.id for one in found], action, to).kept)


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
    asks, a short while ago. What they sent to another unit is among them, though it is theirs to read no longer."""
    found: list[AskedChange] = []
    for ticket in _known(acting, tickets):
        undone = undoing.undo_of(acting, ticket, action, to)
        if undone is not None:
            back, again = undone
            seen = len(acting.uow.tickets.history(ticket.id))
            asked = AskedChange(number=ticket.number, action=back, to=again, seen=seen, undoes=True)
            if may(acting.person, Action.READ, ticket) or undoing.brings_back(acting, ticket, asked):
                found.append(asked)
    return found


def _readable(acting: Acting, tickets: Sequence[TicketId]) -> Sequence[Ticket]:
    return [one for one in _known(acting, tickets) if may(acting.person, Action.READ, one)]


def _known(acting: Acting, tickets: Sequence[TicketId]) -> Sequence[Ticket]:
    found: list[Ticket] = []
    for one in dict.fromkeys(tickets):
        with suppress(NotFound):
            found.append(acting.uow.tickets.get(one))
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
        unheld = asked.action is PageAction.RESOLVE and ticket.holder is None
        return Obstacle.NOT_HELD if unheld else Obstacle.STATE
    except NotFound:
        return Obstacle.NOT_ALLOWED
    except Invalid as refusal:
        return Obstacle(refusal.reason) if refusal.reason in set(Obstacle) else Obstacle.ASKED
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
