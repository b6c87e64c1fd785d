from __future__ import annotations

from datetime import datetime

from handlers.domain.people import PersonId
from handlers.domain.people_joins import PeopleJoin
from tests.fakes.tables import FakeTransaction


class FakePeopleJoins:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, join: PeopleJoin) -> None:
        self._transaction.changing.people_joins[join.guest] = join

    def newest(self, person: PersonId) -> PeopleJoin | None:
        found = [one for one in self._transaction.seen.people_joins.values() if one.person == person]
        return max(found, key=lambda one: (one.at, one.guest), default=None)

    def remove(self, guest: PersonId) -> None:
        self._transaction.changing.people_joins.pop(guest, None)

    def forget(self, before: datetime) -> int:
        return self._drop([one for one in self._transaction.seen.people_joins.values() if one.at < before])

    def forget_person(self, person: PersonId) -> int:
        found = self._transaction.seen.people_joins.values()
        return self._drop([one for one in found if person in (one.guest, one.person)])

    def _drop(self, joins: list[PeopleJoin]) -> int:
        for one in joins:
            del self._transaction.changing.people_joins[one.guest]
        return len(joins)
