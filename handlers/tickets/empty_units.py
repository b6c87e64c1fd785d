"""A unit in which nobody works: what falls into it waits for nobody, and whoever can change that is told."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from handlers.context import UseCaseContext
from handlers.domain.idempotency import told_of_empty_unit
from handlers.domain.people import Role, UnitId
from handlers.domain.ticket import Ticket
from handlers.ports import UnitOfWork
from handlers.tickets import cards


def without_workers(uow: UnitOfWork, units: Collection[UnitId]) -> Sequence[UnitId]:
    """Of these the units that have neither a technician nor a lead; who left does not count."""
    staffed = {one.unit for role in (Role.TECHNICIAN, Role.LEAD) for one in uow.people.in_role(role)}
    return [unit for unit in units if unit not in staffed]


def tell(work: UseCaseContext, ticket: Ticket) -> None:
    """Admins, and the leads of other units, hear that a ticket fell where nobody works: once a day of each unit."""
    if not without_workers(work.uow, [ticket.unit]):
        return
    if not work.uow.once.first(told_of_empty_unit(ticket.unit, work.working_time().local_date(work.now)), work.now):
        return
    for person in (*work.uow.people.in_role(Role.ADMIN), *work.uow.people.in_role(Role.LEAD)):
        for private in cards.private_addresses_of(work, person):
            work.say(private, "empty_unit", unit=ticket.unit, invites=person.role is Role.ADMIN)
