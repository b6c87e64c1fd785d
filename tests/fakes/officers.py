from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.domain.errors import NotFound
from handlers.domain.officers import Officer
from handlers.domain.people import PersonId
from knowledge.language.storable import storable
from tests.fakes.tables import FakeTransaction


class FakeOfficers:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def all(self, *, to_change: bool = False) -> Sequence[Officer]:  # nobody else writes here
        return sorted(self._transaction.seen.officers.values(), key=lambda one: (one.starts, one.id))

    def get(self, key: int) -> Officer:
        found = self._transaction.seen.officers.get(key)
        if found is None:
            raise NotFound("officer", key)
        return found

    def add(self, officer: Officer) -> Officer:
        added = replace(officer, id=self._transaction.new_id())
        self._put(added)
        return added

    def save(self, officer: Officer) -> None:
        self.get(officer.id)
        self._put(officer)

    def _put(self, officer: Officer) -> None:
        self._transaction.changing.officers[officer.id] = replace(officer, document=storable(officer.document))

    def count_of(self, person: PersonId) -> int:
        return sum(person in (one.person, one.in_place_of) for one in self._transaction.seen.officers.values())

    def move(self, guest: PersonId, person: PersonId) -> None:
        officers = self._transaction.changing.officers
        for key, one in officers.items():
            if one.person == guest:
                officers[key] = one = replace(one, person=person)  # both may be theirs
            if one.in_place_of == guest:
                officers[key] = replace(one, in_place_of=person)
