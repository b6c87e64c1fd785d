from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers.domain.deputies import Deputy
from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId
from tests.fakes.tables import FakeTransaction


class FakeDeputies:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, deputy: Deputy) -> Deputy:
        added = replace(deputy, id=self._transaction.new_id())
        self._transaction.changing.deputies[added.id] = added
        return added

    def save(self, deputy: Deputy) -> None:
        self.get(deputy.id)
        self._transaction.changing.deputies[deputy.id] = deputy

    def get(self, key: int) -> Deputy:
        found = self._transaction.seen.deputies.get(key)
        if found is None:
            raise NotFound("deputy", key)
        return found

    def between(self, since: datetime, until: datetime) -> Sequence[Deputy]:
        known = sorted(self._transaction.seen.deputies.values(), key=lambda one: (one.starts, one.id))
        return [one for one in known if one.ends > since and one.starts <= until]

    def count_of(self, person: PersonId) -> int:
        return sum(person in (one.person, one.deputy) for one in self._transaction.seen.deputies.values())

    def move(self, guest: PersonId, person: PersonId) -> None:
        tables = self._transaction.changing
        for key, one in tables.deputies.items():
            tables.deputies[key] = replace(
                one,
                person=person if one.person == guest else one.person,
                deputy=person if one.deputy == guest else one.deputy,
            )
