from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId, UnitId
from handlers.domain.symptoms import Proposal, Symptom
from tests.fakes.tables import FakeTransaction


class FakeSymptoms:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def note(self, symptom: Symptom) -> Symptom:
        rows = self._transaction.changing.symptoms
        for key, known in rows.items() if symptom.draft else ():
            if known.draft == symptom.draft:
                rows[key] = replace(symptom, id=key, at=known.at, day=known.day, half_hour=known.half_hour)
                return symptom
        added = replace(symptom, id=self._transaction.new_id())
        rows[added.id] = added
        return added

    def drop(self, draft: str) -> None:
        self._keep(lambda one: not draft or one.draft != draft)

    def people(self, since: datetime, categories: Collection[str], place: str = "") -> int:
        return len({one.person for one in self._alike(categories, place) if one.at >= since})

    def among(
        self, since: datetime, categories: Collection[str], place: str = "", limit: int = 200
    ) -> Sequence[Symptom]:
        return self._sorted(one for one in self._alike(categories, place) if one.at >= since)[:limit]

    def departments(
        self, since: datetime, categories: Collection[str], place: str = "", limit: int = 6
    ) -> Sequence[tuple[str, int]]:
        people = {one.person for one in self._alike(categories, place) if one.at >= since}
        counted = Counter(self._transaction.seen.people[one].department for one in people)
        return sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:limit]

    def without_subject(self, since: datetime, unit: UnitId, limit: int = 50) -> Sequence[Symptom]:
        rows = self._transaction.seen.symptoms.values()
        return self._sorted(one for one in rows if one.category is None and one.unit == unit and one.at >= since)[
            :limit
        ]

    def by_day(self, half_hour: int, since_day: int, categories: Collection[str], place: str = "") -> Mapping[int, int]:
        days: dict[int, set[PersonId]] = defaultdict(set)
        for one in self._alike(categories, place):
            if one.half_hour == half_hour and one.day >= since_day:
                days[one.day].add(one.person)
        return {day: len(people) for day, people in days.items()}

    def of_person(self, person: PersonId) -> Sequence[Symptom]:
        return [one for one in self._transaction.seen.symptoms.values() if one.person == person]

    def forget(self, person: PersonId) -> None:
        self._keep(lambda one: one.person != person)

    def forget_before(self, at: datetime) -> None:
        self._keep(lambda one: one.at >= at)

    def move(self, guest: PersonId, person: PersonId) -> None:
        rows = self._transaction.changing.symptoms
        for key, one in rows.items():
            rows[key] = replace(one, person=person if one.person == guest else one.person)

    def propose(self, proposal: Proposal) -> Proposal:
        added = replace(proposal, id=self._transaction.new_id())
        self._transaction.changing.proposals[added.id] = added
        return added

    def save_proposal(self, proposal: Proposal) -> None:
        self.proposal(proposal.id)
        self._transaction.changing.proposals[proposal.id] = proposal

    def proposal(self, key: int) -> Proposal:
        found = self._transaction.seen.proposals.get(key)
        if found is None:
            raise NotFound("proposal", key)
        return found

    def proposals(self, since: datetime) -> Sequence[Proposal]:
        found = [one for one in self._transaction.seen.proposals.values() if one.changed_at >= since]
        return sorted(found, key=lambda one: (one.changed_at, one.id))

    def _alike(self, categories: Collection[str], place: str) -> Iterator[Symptom]:
        for one in self._transaction.seen.symptoms.values():
            if one.category in categories and place in ("", one.place):
                yield one

    def _sorted(self, found: Iterator[Symptom]) -> list[Symptom]:
        return sorted(found, key=lambda one: (one.at, one.id))

    def _keep(self, kept: Callable[[Symptom], bool]) -> None:
        rows = self._transaction.changing.symptoms
        for key in [key for key, one in rows.items() if not kept(one)]:
            del rows[key]
