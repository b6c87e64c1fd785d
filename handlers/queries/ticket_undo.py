"""What takes back what somebody has just done to a ticket."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.context import Acting
from handlers.domain.errors import NotFound
from handlers.domain.page_changes import NEEDS, AskedChange, PageAction, fits
from handlers.domain.rights import may
from handlers.domain.states import Change, TicketEvent
from handlers.domain.ticket import Ticket
from handlers.domain.visits import visit
from handlers.tickets import timing, undoing, visits

Undo = tuple[PageAction, str]
"""An action, and its `to`."""
_OF_VISITS = frozenset({PageAction.SET_OFF, PageAction.FOUND_CLOSED, PageAction.OFFER_VISIT})


def undo_of(acting: Acting, ticket: Ticket, action: PageAction) -> Undo | None:
    """None where nothing leads back, or it was not they who did it last."""
    found = undoing.undo_of(acting, ticket, action) or _of_lines(acting, ticket, action)
    if found is None or not fits(found[0], ticket):
        return None
    if may(acting.person, NEEDS[found[0]], ticket) or undoing.brings_back(acting, ticket, _asked(ticket, found)):
        return found
    return None


def undo_of_moving(acting: Acting, number: str, action: PageAction) -> tuple[Undo, int] | None:
    """Of what took a ticket to where they read it no longer; and how many lines its history has."""
    try:
        ticket = acting.uow.tickets.by_number(number)
    except NotFound:
        return None
    found = undo_of(acting, ticket, action)
    if found is None or not undoing.brings_back(acting, ticket, _asked(ticket, found)):
        return None
    return found, len(acting.uow.tickets.history(ticket.id))


def _asked(ticket: Ticket, undo: Undo) -> AskedChange:
    return AskedChange(number=ticket.number, action=undo[0], to=undo[1], seen=0, undoes=True)


def _of_lines(acting: Acting, ticket: Ticket, action: PageAction) -> Undo | None:
    """Of what alters nothing of the ticket itself."""
    history = timing.history_of(acting, ticket)
    own = [one for one in history if one.who == acting.person.id]
    match action:
        case _ if action in _OF_VISITS:
            stands = visit(history)
            own_last = stands.undo is not None and visits.is_own(acting, ticket, stands.line)
            return (PageAction.TAKE_BACK_VISIT, str(stands.line)) if own_last else None
        case PageAction.SPEND:
            line = max(
                (place for place, one in enumerate(history, 1) if one in own and _is(one, Change.SPENT)), default=0
            )
            return (PageAction.TAKE_BACK_SPENT, str(line)) if line else None
        case PageAction.TICK:
            return _named(own, Change.TICKED, PageAction.UNTICK)
        case PageAction.RELATE:
            return _named(own, Change.LINKED, PageAction.UNRELATE)
        case PageAction.ADD_PART:
            return _named(own, Change.PART_ADDED, PageAction.REMOVE_PART)
        case PageAction.ASK_APPROVAL:
            asked = [one for one in acting.uow.approvals.of_ticket(ticket.id) if one.is_pending]
            mine = next((one for one in asked if one.asked_by == acting.person.id), None)
            return None if mine is None else (PageAction.TAKE_BACK_APPROVAL, str(mine.id))
        case PageAction.MERGE:
            return PageAction.SEPARATE, ""
        case _:
            return None


def _is(event: TicketEvent, what: Change) -> bool:
    return event.what is what and event.after is not None


def _named(own: Sequence[TicketEvent], what: Change, back: PageAction) -> Undo | None:
    """By what the last line of that kind names."""
    found = next((one.after for one in reversed(own) if _is(one, what)), None)
    return None if found is None else (back, found)
