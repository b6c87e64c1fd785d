"""Merged tickets: what was reported twice lives on in one, and whoever reported it comes along."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.domain.people import PersonId
from handlers.domain.ticket import Ticket
from handlers.ports import UnitOfWork


def survivor(uow: UnitOfWork, ticket: Ticket) -> Ticket:
    """The one in which it lives on, however often that was merged again; itself where it was not merged."""
    while ticket.merged_into is not None:
        ticket = uow.tickets.by_number(ticket.merged_into)
    return ticket


def parts(uow: UnitOfWork, ticket: Ticket) -> Sequence[Ticket]:
    """All that live on in it, also through others."""
    found: list[Ticket] = []
    for part in uow.tickets.merged_into(ticket.number):
        found += [part, *parts(uow, part)]
    return found


def people_beside(uow: UnitOfWork, ticket: Ticket) -> set[PersonId]:
    """Everybody but its reporter who has this trouble: whose ticket lives on in it, and who follows it."""
    together = (ticket, *parts(uow, ticket))
    people = {one.reporter for one in together} | {f.person for one in together for f in one.followers}
    return people - {ticket.reporter}


def part_of(uow: UnitOfWork, person: PersonId, ticket: Ticket) -> Ticket | None:
    """The one that this person reported among those that live on in it."""
    return next((part for part in parts(uow, ticket) if part.reporter == person), None)
