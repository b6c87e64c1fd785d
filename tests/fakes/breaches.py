from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.domain.breaches import Breach
from handlers.domain.errors import NotFound, Stale
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId
from tests.fakes.tables import FakeTransaction


class FakeBreaches:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def of_ticket(self, ticket: TicketId) -> Breach | None:
        return self._transaction.seen.breaches.get(ticket)

    def waiting(self) -> Sequence[Breach]:
        found = [one for one in self._transaction.seen.breaches.values() if one.reported_at is None]
        return sorted(found, key=lambda one: (one.learned_at, one.ticket))

    def add(self, breach: Breach) -> Breach:
        if self.of_ticket(breach.ticket) is not None:
            raise Stale("breach", breach.ticket)
        self._transaction.changing.breaches[breach.ticket] = replace(breach, version=0)
        return replace(breach, version=0)

    def save(self, breach: Breach) -> Breach:
        known = self.of_ticket(breach.ticket)
        if known is None:
            raise NotFound("breach", breach.ticket)
        if known.version != breach.version:
            raise Stale("breach", breach.ticket)
        saved = replace(breach, version=breach.version + 1)
        self._transaction.changing.breaches[breach.ticket] = saved
        return saved

    def count_of(self, person: PersonId) -> int:
        return sum(person in (one.begun_by, one.reported_by) for one in self._transaction.seen.breaches.values())

    def move(self, guest: PersonId, person: PersonId) -> None:
        for key, one in list(self._transaction.seen.breaches.items()):
            self._transaction.changing.breaches[key] = replace(
                one,
                begun_by=person if one.begun_by == guest else one.begun_by,
                reported_by=person if one.reported_by == guest else one.reported_by,
            )
