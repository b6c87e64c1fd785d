"""Lists of tickets, with rights applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.domain.people import Account, Person
from handlers.domain.rights import Action, may
from handlers.domain.ticket import Ticket
from handlers.ports import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWork:
    """What somebody sees first of their tickets."""

    reported: Sequence[Ticket]
    held: Sequence[Ticket]
    queue: Sequence[Ticket]
    """Of their unit, open and unheld."""
    works: bool
    """Whether they work in a unit: else `held` and `queue` are none of theirs."""


def own_work(uow: UnitOfWork, account: Account, limit: int) -> OwnWork | None:
    """None for an account of nobody, or of somebody who has left. At most `limit` of each."""
    person = uow.people.by_account(account)
    if person is None or person.gone:
        return None
    unit = person.unit if person.unit is not None and person.works_in(person.unit) else None
    return OwnWork(
        reported=_readable(person, uow.tickets.of_reporter(person.id, limit=limit), limit),
        held=_readable(person, uow.tickets.held_by(person.id), limit) if unit else (),
        queue=_readable(person, uow.tickets.queue(unit, limit=limit), limit) if unit else (),
        works=unit is not None,
    )


def _readable(person: Person, tickets: Sequence[Ticket], limit: int) -> Sequence[Ticket]:
    return [ticket for ticket in tickets if may(person, Action.READ, ticket)][:limit]
