"""Kayıtlarım: a reporter's own tickets beside the talk: whose, where, what stands before them, and what ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.domain.people import Person
from handlers.domain.states import Priority, State
from handlers.domain.ticket import Ticket
from handlers.ports import UnitOfWork
from handlers.tickets import merges

ENDED = 3
"""Of those that ended, the newest."""
COUNTED = 5
"""Of those that wait, the newest whose place is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTicket:
    ticket: Ticket
    living: Ticket
    """The one in which it lives on; itself where it was not merged."""
    holder: Person | None
    ahead: int | None
    """How many of its queue stand before it; None: it waits in none, or is told no place."""
    may_reopen: bool


def own_tickets(uow: UnitOfWork, person: Person, now: datetime) -> Sequence[OwnTicket]:
    """The open ones first, then the newest that ended."""
    going_on = uow.tickets.open_of_reporter(person.id)
    ended = uow.tickets.of_reporter(person.id, limit=ENDED, skip=len(going_on))
    return [_shown(uow, ticket, now, counted=place < COUNTED) for place, ticket in enumerate((*going_on, *ended))]


def _shown(uow: UnitOfWork, ticket: Ticket, now: datetime, *, counted: bool) -> OwnTicket:
    living = merges.survivor(uow, ticket)
    return OwnTicket(
        ticket=ticket,
        living=living,
        holder=uow.people.get(living.holder) if living.holder is not None else None,
        ahead=uow.tickets.count_ahead(living) if counted and _has_a_place(living) else None,
        may_reopen=living.may_reopen(now),
    )


def _has_a_place(ticket: Ticket) -> bool:
    """An emergency stands in no line, and of a security matter no line is told."""
    return ticket.state is State.OPEN and ticket.priority is not Priority.URGENT and not ticket.restricted
