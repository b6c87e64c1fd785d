"""Üst iş, alt iş: a move, a new building, a purchase, with a ticket for each piece of it. Each has its own unit, holder
and clock; completing the whole closes none of them."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.context import Acting, Effect, UseCaseContext
from handlers.domain import links
from handlers.domain.errors import Invalid
from handlers.domain.rights import Action, require
from handlers.domain.states import Change, State
from handlers.domain.ticket import Ticket
from handlers.tickets import cards, timing


def of(work: UseCaseContext, ticket: Ticket) -> Sequence[Ticket]:
    return cards.pieces(work, timing.history_of(work, ticket))


def whole_of(work: UseCaseContext, ticket: Ticket) -> Ticket | None:
    number = links.whole(timing.history_of(work, ticket))
    return None if number is None else work.uow.tickets.by_number(number)


def put_under(acting: Acting, ticket: Ticket, whole: Ticket) -> Effect:
    """The first becomes a part of the second; of another one it was it is no more.

    Raises NotAllowed, Invalid(`one_level`) where there would be two, Invalid(`cannot_link`) for itself, for what was
    merged and for a security matter.
    """
    require(acting.person, Action.NOTE, ticket)
    require(acting.person, Action.NOTE, whole)
    require_fitting(acting, ticket, whole)
    former = whole_of(acting, ticket)
    if former is not None and former.id == whole.id:
        return Effect.NONE
    if former is not None:
        take_out(acting, ticket, former)
    _log(acting, whole, Change.PART_ADDED, after=ticket.number)
    _log(acting, ticket, Change.PUT_UNDER, after=whole.number)
    return Effect.CHANGED


def require_fitting(work: UseCaseContext, ticket: Ticket, whole: Ticket) -> None:
    """That the first can be a part of the second. Raises Invalid(`one_level`, `cannot_link`)."""
    merged = State.MERGED in (ticket.state, whole.state)
    if ticket.id == whole.id or merged or ticket.restricted or whole.restricted:
        raise Invalid("cannot_link", number=ticket.number, other=whole)
    former = whole_of(work, ticket)
    if former is not None and former.id == whole.id:
        return
    if of(work, ticket) or whole_of(work, whole) is not None:
        raise Invalid("one_level", number=ticket.number, other=whole)


def take_out(acting: Acting, ticket: Ticket, whole: Ticket) -> Effect:
    """It is a part of nothing any more."""
    require(acting.person, Action.NOTE, ticket)
    if links.whole(timing.history_of(acting, ticket)) != whole.number:
        return Effect.NONE
    _log(acting, whole, Change.PART_REMOVED, before=ticket.number)
    _log(acting, ticket, Change.TAKEN_OUT, before=whole.number)
    return Effect.CHANGED


def _log(acting: Acting, ticket: Ticket, what: Change, *, before: str | None = None, after: str | None = None) -> None:
    ticket.log(what, by=acting.person.id, at=acting.now, channel=acting.channel, before=before, after=after)
    acting.uow.tickets.save(ticket)
    cards.refresh(acting, ticket)


def require_done(work: UseCaseContext, ticket: Ticket) -> None:
    """Raises Invalid(`parts_open`) while somebody works on a part of it."""
    parts = of(work, ticket)
    active = [part for part in parts if part.state.active]
    if active:
        raise Invalid("parts_open", number=ticket.number, active=active, of=len(parts))


def changed(work: UseCaseContext, ticket: Ticket) -> None:
    """One that may be a part was done, dropped or opened again: the card of the whole says so."""
    whole = whole_of(work, ticket)
    if whole is not None:
        cards.refresh(work, whole)
