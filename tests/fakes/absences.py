from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from handlers.domain.absences import Absence, Choice
from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId
from tests.fakes.tables import FakeTransaction


class FakeAbsences:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, absence: Absence) -> Absence:
        added = replace(absence, id=self._transaction.new_id())
        self._transaction.changing.absences[added.id] = added
        return added

    def save(self, absence: Absence) -> None:
        self.get(absence.id)
        self._transaction.changing.absences[absence.id] = absence

    def get(self, key: int) -> Absence:
        found = self._transaction.seen.absences.get(key)
        if found is None:
            raise NotFound("absence", key)
        return found

    def between(self, since: datetime, until: datetime) -> Sequence[Absence]:
        return [one for one in self._standing() if one.ends > since and one.starts <= until]

    def to_begin(self, now: datetime) -> Sequence[Absence]:
        return [one for one in self._standing() if one.begun_at is None and one.starts <= now]

    def choose(self, absence: int, ticket: TicketId, choice: Choice) -> None:
        self._transaction.changing.absence_choices[absence, ticket] = choice

    def choices(self, absence: int) -> Mapping[TicketId, Choice]:
        chosen = self._transaction.seen.absence_choices
        return {TicketId(ticket): choice for (of, ticket), choice in chosen.items() if of == absence}

    def count_of(self, person: PersonId) -> int:
        return sum(one.person == person for one in self._transaction.seen.absences.values())

    def move(self, guest: PersonId, person: PersonId) -> None:
        def moved(one: PersonId) -> PersonId:
            return person if one == guest else one

        def of(choice: Choice | None) -> Choice | None:
            return None if choice is None else replace(choice, to=choice.to and moved(choice.to))

        tables = self._transaction.changing
        for key, one in tables.absences.items():
            tables.absences[key] = replace(
                one, person=moved(one.person), entered_by=moved(one.entered_by), choice=of(one.choice)
            )
        for place, choice in tables.absence_choices.items():
            tables.absence_choices[place] = of(choice) or choice

    def _standing(self) -> list[Absence]:
        found = [one for one in self._transaction.seen.absences.values() if one.withdrawn_at is None]
        return sorted(found, key=lambda one: (one.starts, one.id))
