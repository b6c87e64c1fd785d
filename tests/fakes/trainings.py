from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from handlers.domain.errors import NotFound, Stale
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId
from handlers.domain.trainings import Answer, Participant, Training, TrainingId
from tests.fakes.tables import FakeTransaction

NEVER = datetime.min.replace(tzinfo=UTC)


class FakeTrainings:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, one: Training) -> Training:
        added = replace(one, id=TrainingId(self._transaction.new_id()), version=0)
        self._transaction.changing.trainings[added.id] = added
        return added

    def save(self, one: Training) -> Training:
        if self.get(one.id).version != one.version:
            raise Stale("training", one.id)
        saved = replace(one, version=one.version + 1)
        self._transaction.changing.trainings[saved.id] = saved
        return saved

    def get(self, key: TrainingId, *, to_change: bool = False) -> Training:
        found = self._transaction.seen.trainings.get(key)
        if found is None:
            raise NotFound("training", key)
        return found

    def latest(self, limit: int = 100) -> Sequence[Training]:
        return sorted(self._all(), key=lambda one: (one.starts, one.id), reverse=True)[:limit]

    def open_until(self, until: datetime) -> Sequence[Training]:
        found = [one for one in self._all() if one.is_open and one.starts <= until]
        return sorted(found, key=lambda one: (one.starts, one.id))

    def participants(self, key: TrainingId) -> Sequence[Participant]:
        found = [one for one in self._participants() if one.training == key]
        return sorted(found, key=lambda one: (one.answered_at is None, one.answered_at or NEVER, one.person))

    def counts(self) -> Mapping[TrainingId, tuple[int, int]]:
        found = {}
        for key in {one.training for one in self._participants()}:
            of = self.participants(key)
            found[key] = (len(of), sum(one.attended or one.answer is Answer.COMING for one in of))
        return found

    def put(self, one: Participant) -> None:
        self._transaction.changing.training_participants[one.training, one.person] = one

    def open_of(self, person: PersonId) -> Sequence[Training]:
        theirs = {one.training for one in self._participants() if one.person == person}
        found = [one for one in self._all() if one.is_open and one.id in theirs]
        return sorted(found, key=lambda one: (one.starts, one.id))

    def joined(self) -> frozenset[TicketId]:
        standing = {one.id for one in self._all() if one.cancelled_at is None}
        return frozenset(
            one.ticket for one in self._participants() if one.ticket is not None and one.training in standing
        )

    def count_of(self, person: PersonId) -> int:
        return sum(one.person == person for one in self._participants())

    def move(self, guest: PersonId, person: PersonId) -> None:
        kept = self._transaction.changing.training_participants
        for one in [found for found in self._participants() if found.person == guest]:
            del kept[one.training, guest]
            kept.setdefault((one.training, person), replace(one, person=person))

    def _all(self) -> list[Training]:
        return list(self._transaction.seen.trainings.values())

    def _participants(self) -> list[Participant]:
        return list(self._transaction.seen.training_participants.values())
