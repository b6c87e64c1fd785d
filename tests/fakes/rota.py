from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId
from handlers.domain.rota import Duty
from tests.fakes.tables import FakeTransaction


class FakeRota:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, duty: Duty) -> Duty:
        added = replace(duty, id=self._transaction.new_id())
        self._put(added)
        return added

    def save(self, duty: Duty) -> None:
        self.get(duty.id)
        self._put(duty)

    def get(self, key: int, *, to_change: bool = False) -> Duty:
        found = self._transaction.seen.duties.get(key)
        if found is None:
            raise NotFound("duty", key)
        return found

    def standing(self) -> Sequence[Duty]:
        found = [one for one in self._transaction.seen.duties.values() if one.withdrawn_at is None]
        return sorted(found, key=lambda one: (one.starts, one.place, one.id))

    def between(self, since: datetime, until: datetime) -> Sequence[Duty]:
        return [one for one in self.standing() if one.ends > since and one.starts <= until]

    def count_of(self, person: PersonId) -> int:
        return sum(one.person == person for one in self._transaction.seen.duties.values())

    def move(self, guest: PersonId, person: PersonId) -> None:
        tables = self._transaction.changing
        for key, one in tables.duties.items():
            tables.duties[key] = replace(
                one,
                person=person if one.person == guest else one.person,
                entered_by=person if one.entered_by == guest else one.entered_by,
                swapped_from=person if one.swapped_from == guest else one.swapped_from,
            )

    def _put(self, duty: Duty) -> None:
        tables = self._transaction.changing
        tables.duties[duty.id] = duty
        tables.calendar_version = uuid4().hex
