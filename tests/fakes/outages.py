from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers.domain.errors import NotFound, Stale
from handlers.domain.outages import Outage
from handlers.domain.people import PersonId
from handlers.domain.systems import System
from handlers.domain.ticket import TicketId
from tests.fakes.tables import FakeTransaction


class FakeOutages:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, outage: Outage) -> Outage:
        self._require_alone(outage)
        added = replace(outage, id=self._transaction.new_id())
        self._put(added)
        return added

    def save(self, outage: Outage) -> None:
        self.get(outage.id)
        self._require_alone(outage)
        self._put(outage)

    def get(self, key: int, *, to_change: bool = False) -> Outage:
        found = self._transaction.seen.outages.get(key)
        if found is None:
            raise NotFound("outage", key)
        return found

    def open(self) -> Sequence[Outage]:
        return sorted((one for one in self._all() if one.is_open), key=lambda one: (one.since, one.id))

    def of_head(self, ticket: TicketId) -> Outage | None:
        return next((one for one in self.open() if one.ticket == ticket), None)

    def latest_of_head(self, ticket: TicketId) -> Outage | None:
        return max((one for one in self._all() if one.ticket == ticket), key=lambda one: one.id, default=None)

    def ended_since(self, since: datetime) -> Sequence[Outage]:
        ended = [(one.ended_at, one.id, one) for one in self._all() if one.ended_at is not None]
        return [one for at, _, one in sorted(ended, key=lambda found: found[:2]) if at >= since]

    def count_of(self, person: PersonId) -> int:
        return sum(person in (one.declared_by, one.ended_by) for one in self._all())

    def move(self, guest: PersonId, person: PersonId) -> None:
        tables = self._transaction.changing
        for key, one in tables.outages.items():
            declared_by = person if one.declared_by == guest else one.declared_by
            tables.outages[key] = replace(
                one, declared_by=declared_by, ended_by=person if one.ended_by == guest else one.ended_by
            )

    def _all(self) -> Sequence[Outage]:
        return list(self._transaction.seen.outages.values())

    def _put(self, outage: Outage) -> None:
        tickets = tuple(sorted(outage.tickets, key=lambda one: one.ticket))
        self._transaction.changing.outages[outage.id] = replace(outage, tickets=tickets)

    def _require_alone(self, outage: Outage) -> None:
        other = self.of_head(outage.ticket)
        if outage.is_open and other is not None and other.id != outage.id:
            raise Stale("outage", outage.ticket)


class FakeSystems:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def changed(self) -> Sequence[System]:
        return [one for _, one in sorted(self._transaction.seen.systems.items())]

    def put(self, system: System) -> None:
        self._transaction.changing.systems[system.id] = system
