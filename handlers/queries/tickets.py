"""Lists of tickets, with rights applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.domain.people import Account
from handlers.domain.rights import sees_restricted
from handlers.domain.ticket import Ticket
from handlers.ports import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWork:
    """What somebody sees first of their tickets."""

    reported: Sequence[Ticket]
    held: Sequence[Ticket]
    queue: Sequence[Ticket]
    """Of their unit, open and unheld."""
    count_reported: int
    count_held: int
    count_queue: int
    works: bool
    """Whether they work in a unit: else `held` and `queue` are none of theirs."""


def own_work(uow: UnitOfWork, account: Account, limit: int) -> OwnWork | None:
    """None for an account of nobody, or of somebody who has left. At most `limit` of each."""
    person = uow.people.by_account(account)
    if person is None or person.gone:
        return None
    unit = person.unit if person.unit is not None and person.works_in(person.unit) else None
    held = uow.tickets.held_by(person.id) if unit else ()
    restricted = unit is not None and sees_restricted(person, unit)
    return OwnWork(
        reported=uow.tickets.of_reporter(person.id, limit=limit),
        held=held[:limit],
        queue=uow.tickets.queue(unit, restricted=restricted, limit=limit) if unit else (),
        count_reported=uow.tickets.count_of_reporter(person.id),
        count_held=len(held),
        count_queue=uow.tickets.count_queue(unit, restricted=restricted) if unit else 0,
        works=unit is not None,
    )
