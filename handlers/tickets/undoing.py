"""What takes back what somebody has just done to a ticket: an action, of those that there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.context import Acting
from handlers.domain.page_changes import NEEDS, AskedChange, PageAction
from handlers.domain.people import PersonId, UnitId
from handlers.domain.rights import may
from handlers.domain.states import UNDONE_WITHIN, Aspect, Change, State, TicketEvent
from handlers.domain.ticket import Ticket


def undo_of(acting: Acting, ticket: Ticket, action: PageAction, to: str | None = None) -> tuple[PageAction, str] | None:
    """Of one. `to`: what it became; None: whatever that is."""
    history = acting.uow.tickets.history(ticket.id)
    moved = [one for one in history if _moves(one)]
    last = moved[-1]
    if last.who != acting.person.id or acting.now - last.at > UNDONE_WITHIN:
        return None
    if action is PageAction.RECATEGORISE and last.what is Change.TRANSFERRED and _came_with(moved[-2], last):
        last = moved[-2]  # a subject of the other unit took it there
        former = acting.desk.category(last.before or "")
        if former is None or former.restricted or ticket.restricted:
            return None
    elif action is PageAction.TRANSFER and last.what is Change.TRANSFERRED and _came_with(moved[-2], last):
        return None  # without its subject it does not go back
    if to is not None and last.after != _BECOMES.get(action, to):
        return None
    return _inverse(action, last, _holder_before(moved), acting.person.id)


def takes_back(acting: Acting, ticket: Ticket, asked: AskedChange) -> bool:
    """Whether it is meant so, and does lead back from what they did last: whoever says so alone, changes no clock."""
    back = (undo_of(acting, ticket, one) for one in _TAKEN_BACK) if asked.undoes else ()
    return any(one == (asked.action, asked.to) for one in back)


def brings_back(acting: Acting, ticket: Ticket, asked: AskedChange) -> bool:
    """Whether it brings back what they sent to another unit themselves: no right there is needed for that, as long as
    nobody has done or written anything there, but still the right to send it from where it was."""
    history = acting.uow.tickets.history(ticket.id)
    moved = [place for place, one in enumerate(history) if _moves(one)]
    sent = history[moved[-1]]
    if sent.what is not Change.TRANSFERRED or not takes_back(acting, ticket, asked):
        return False
    if any(_is_of_others(acting, ticket, one) for one in history[moved[-1] + 1 :]):
        return False
    return may(acting.person, NEEDS[asked.action], at_home(acting, ticket))


def at_home(acting: Acting, ticket: Ticket) -> Ticket:
    """As it was before it was sent to where it is, to ask for rights there. Whoever held a security matter had it by
    name: of those only who leads there brings one back."""
    sent = next(one for one in reversed(acting.uow.tickets.history(ticket.id)) if one.what is Change.TRANSFERRED)
    holder = None if ticket.restricted else held_before(acting, ticket)
    return replace(ticket, unit=UnitId(sent.before or ticket.unit), holder=holder, fresh_events=[], acted_for={})


def held_before(acting: Acting, ticket: Ticket) -> PersonId | None:
    """Who had it when it was sent to where it is."""
    for event in reversed([one for one in acting.uow.tickets.history(ticket.id) if _moves(one)][:-1]):
        match event.what:
            case Change.CLAIMED:
                return event.who
            case Change.ASSIGNED:
                return PersonId(int(event.after)) if event.after else None
            case Change.RELEASED | Change.TRANSFERRED | Change.OPENED:
                return None
    return None


def _is_of_others(acting: Acting, ticket: Ticket, event: TicketEvent) -> bool:
    """Neither theirs, nor the desk's, nor of those who have the trouble."""
    return event.who not in (None, acting.person.id) and not ticket.concerns(PersonId(event.who or 0))


def _moves(event: TicketEvent) -> bool:
    return event.what.alters not in (Aspect.NOTHING, Aspect.RATING)


def _holder_before(moved: Sequence[TicketEvent]) -> PersonId | None:
    """Who took it last, or was given it, before what happened last."""
    for event in reversed(moved[:-1]):
        if event.what is Change.CLAIMED:
            return event.who
        if event.what is Change.ASSIGNED and event.after:
            return PersonId(int(event.after))
    return None


_TAKEN_BACK = (
    PageAction.CLAIM,
    PageAction.RELEASE,
    PageAction.ASSIGN,
    PageAction.PRIORITISE,
    PageAction.RECATEGORISE,
    PageAction.TRANSFER,
    PageAction.WAIT,
    PageAction.RESOLVE,
)
_BECOMES = {
    PageAction.CLAIM: State.CLAIMED,
    PageAction.RELEASE: State.OPEN,
    PageAction.RESOLVE: State.RESOLVED,
    PageAction.MERGE: State.MERGED,
}
"""What a line of the history says afterwards; of the others what was chosen."""


def _came_with(subject: TicketEvent, unit: TicketEvent) -> bool:
    return subject.what is Change.RECATEGORISED and (subject.at, subject.who) == (unit.at, unit.who)


def _inverse(
    action: PageAction, last: TicketEvent, held: PersonId | None, me: PersonId
) -> tuple[PageAction, str] | None:
    """What leads back to where it was; None where nothing does."""
    match action, last.what:
        case PageAction.CLAIM, Change.CLAIMED:
            return PageAction.RELEASE, ""
        case PageAction.RELEASE, Change.RELEASED if held is not None:
            return (PageAction.CLAIM, "") if held == me else (PageAction.ASSIGN, str(held))
        case PageAction.ASSIGN, Change.ASSIGNED:
            return (PageAction.ASSIGN, last.before) if last.before else (PageAction.RELEASE, "")
        case PageAction.PRIORITISE, Change.PRIORITISED if last.before:
            return PageAction.PRIORITISE, last.before
        case PageAction.RECATEGORISE, Change.RECATEGORISED if last.before:
            return PageAction.RECATEGORISE, last.before
        case PageAction.TRANSFER, Change.TRANSFERRED if last.before:
            return PageAction.TRANSFER, last.before
        case PageAction.RESOLVE, Change.RESOLVED:
            return PageAction.REOPEN, ""
        case PageAction.MERGE, Change.MERGED:
            return PageAction.SEPARATE, ""
        case PageAction.WAIT, Change.WAITING:
            return PageAction.RESUME, ""
        case _:
            return None
