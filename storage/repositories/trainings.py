"""Trainings, and who takes part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Integer, bindparam, case, delete, func, insert, or_, select, update

from handlers.domain.errors import NotFound, Stale
from handlers.domain.numbers import Number
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId
from handlers.domain.trainings import Answer, Participant, Training, TrainingId
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.tables import training, training_participant


class TrainingRow(NamedTuple):
    id: TrainingId
    number: str
    title: str
    starts: datetime
    place: str
    trainer: str
    capacity: int
    note: str
    made_by: PersonId
    made_at: datetime
    held_at: datetime | None
    cancelled_at: datetime | None
    version: int


class ParticipantRow(NamedTuple):
    training: TrainingId
    person: PersonId
    ticket: TicketId | None
    answer: str
    answered_at: datetime | None
    attended: bool


_COLUMNS = columns(training, TrainingRow)
_KEY = bindparam("key", type_=Integer)
_PERSON = bindparam("of_person", type_=Integer)
_GET = prepared(select(*_COLUMNS).where(training.c.id == _KEY), TrainingRow)
_GET_LOCKED = prepared(select(*_COLUMNS).where(training.c.id == _KEY).with_for_update(), TrainingRow)
_ADD = prepared(insert(training))
_SAVE = prepared(update(training).where(training.c.id == bindparam("key"), training.c.version == bindparam("known")))
_PARTICIPANTS = prepared(
    select(*columns(training_participant, ParticipantRow)).where(training_participant.c.training == _KEY),
    ParticipantRow,
)
_ADD_PARTICIPANT = prepared(insert(training_participant))
_SAVE_PARTICIPANT = prepared(
    update(training_participant).where(
        training_participant.c.training == bindparam("key"), training_participant.c.person == bindparam("of_person")
    )
)
_COUNT_OF = prepared_value(select(func.count()).where(training_participant.c.person == _PERSON), int)
_NEVER = datetime.min.replace(tzinfo=UTC)
_OPEN = (training.c.held_at.is_(None), training.c.cancelled_at.is_(None))


class SqlTrainings:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, one: Training) -> Training:
        return replace(one, id=TrainingId(self._transaction.new_id(_ADD, {**_values(one), "version": 0})), version=0)

    def save(self, one: Training) -> Training:
        values = {**_values(one), "version": one.version + 1, "key": one.id, "known": one.version}
        if self._transaction.run(_SAVE, values).rowcount != 1:
            self.get(one.id)
            raise Stale("training", one.id)
        return replace(one, version=one.version + 1)

    def get(self, key: TrainingId, *, to_change: bool = False) -> Training:
        query = _GET_LOCKED if to_change and self._transaction.locks_rows else _GET
        row = self._transaction.run(query, {"key": key}).first()
        if row is None:
            raise NotFound("training", key)
        return _of(row)

    def latest(self, limit: int = 100) -> Sequence[Training]:
        query: Any = select(*_COLUMNS).order_by(training.c.starts.desc(), training.c.id.desc()).limit(limit)
        return [_of(TrainingRow._make(row)) for row in self._transaction.execute(query)]

    def open_until(self, until: datetime) -> Sequence[Training]:
        query: Any = select(*_COLUMNS).where(*_OPEN, training.c.starts <= until)
        ordered = query.order_by(training.c.starts, training.c.id)
        return [_of(TrainingRow._make(row)) for row in self._transaction.execute(ordered)]

    def participants(self, key: TrainingId) -> Sequence[Participant]:
        found = [_participant(row) for row in self._transaction.run(_PARTICIPANTS, {"key": key})]
        return sorted(found, key=lambda one: (one.answered_at is None, one.answered_at or _NEVER, one.person))

    def counts(self) -> Mapping[TrainingId, tuple[int, int]]:
        comes = or_(training_participant.c.attended, training_participant.c.answer == Answer.COMING.value)
        query = select(training_participant.c.training, func.count(), func.sum(case((comes, 1), else_=0))).group_by(
            training_participant.c.training
        )
        rows: Any = self._transaction.execute(query)
        return {TrainingId(key): (invited, int(coming)) for key, invited, coming in rows}

    def put(self, one: Participant) -> None:
        values = {
            "ticket": one.ticket,
            "answer": one.answer.value,
            "answered_at": one.answered_at,
            "attended": one.attended,
        }
        saved = self._transaction.run(_SAVE_PARTICIPANT, {"key": one.training, "of_person": one.person, **values})
        if saved.rowcount != 1:
            self._transaction.run(_ADD_PARTICIPANT, {"training": one.training, "person": one.person, **values})

    def open_of(self, person: PersonId) -> Sequence[Training]:
        theirs = select(training_participant.c.training).where(training_participant.c.person == person)
        query: Any = (
            select(*_COLUMNS).where(*_OPEN, training.c.id.in_(theirs)).order_by(training.c.starts, training.c.id)
        )
        return [_of(TrainingRow._make(row)) for row in self._transaction.execute(query)]

    def joined(self) -> frozenset[TicketId]:
        query = (
            select(training_participant.c.ticket)
            .join(training, training.c.id == training_participant.c.training)
            .where(training.c.cancelled_at.is_(None), training_participant.c.ticket.is_not(None))
        )
        return frozenset(TicketId(row[0]) for row in self._transaction.execute(query))

    def count_of(self, person: PersonId) -> int:
        return self._transaction.run(_COUNT_OF, {"of_person": person}).one()

    def move(self, guest: PersonId, person: PersonId) -> None:
        of = training_participant.c
        both = select(of.training).where(of.person == person)
        self._transaction.execute(delete(training_participant).where(of.person == guest, of.training.in_(both)))
        self._transaction.execute(update(training_participant).where(of.person == guest).values(person=person))


def _of(row: TrainingRow) -> Training:
    number = Number.parse(row.number)
    if number is None:
        raise ValueError(f"{row.number!r} is no number")
    return Training(**{**row._asdict(), "number": number})


def _participant(row: ParticipantRow) -> Participant:
    return Participant(**{**row._asdict(), "answer": Answer(row.answer)})


def _values(one: Training) -> dict[str, object]:
    kept = {name: getattr(one, name) for name in TrainingRow._fields if name not in ("id", "version")}
    return {**kept, "number": str(one.number)}
