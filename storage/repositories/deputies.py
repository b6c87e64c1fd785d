"""Who deputises for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Integer, bindparam, func, insert, select, update

from handlers.domain.deputies import Deputy
from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId, Role
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.tables import deputy


class DeputyRow(NamedTuple):
    id: int
    person: PersonId
    deputy: PersonId
    role: str
    unit: str | None
    starts: datetime
    ends: datetime
    document: str
    document_day: date | None
    restricted: bool
    entered_at: datetime
    ended_at: datetime | None


_COLUMNS = columns(deputy, DeputyRow)
_TIME = deputy.c.starts.type
_ADD = prepared(insert(deputy))
_SAVE = prepared(update(deputy).where(deputy.c.id == bindparam("key")))
_GET = prepared(select(*_COLUMNS).where(deputy.c.id == bindparam("key")), DeputyRow)
_BETWEEN = prepared(
    select(*_COLUMNS)
    .where(deputy.c.ends > bindparam("since", type_=_TIME), deputy.c.starts <= bindparam("until", type_=_TIME))
    .order_by(deputy.c.starts, deputy.c.id),
    DeputyRow,
)
_COUNT = prepared_value(
    select(func.count()).where(bindparam("of_person", type_=Integer).in_([deputy.c.person, deputy.c.deputy])), int
)
_GUEST, _PERSON = bindparam("guest", type_=Integer), bindparam("to_person", type_=Integer)
_MOVE = prepared(update(deputy).where(deputy.c.person == _GUEST).values(person=_PERSON))
_MOVE_DEPUTY = prepared(update(deputy).where(deputy.c.deputy == _GUEST).values(deputy=_PERSON))


class SqlDeputies:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, deputy: Deputy) -> Deputy:
        return replace(deputy, id=self._transaction.new_id(_ADD, _values(deputy)))

    def save(self, deputy: Deputy) -> None:
        if self._transaction.run(_SAVE, {**_values(deputy), "key": deputy.id}).rowcount != 1:
            raise NotFound("deputy", deputy.id)

    def get(self, key: int) -> Deputy:
        row = self._transaction.run(_GET, {"key": key}).first()
        if row is None:
            raise NotFound("deputy", key)
        return _deputy_of(row)

    def between(self, since: datetime, until: datetime) -> Sequence[Deputy]:
        return [_deputy_of(row) for row in self._transaction.run(_BETWEEN, {"since": since, "until": until})]

    def count_of(self, person: PersonId) -> int:
        return self._transaction.run(_COUNT, {"of_person": person}).first() or 0

    def move(self, guest: PersonId, person: PersonId) -> None:
        for statement in (_MOVE, _MOVE_DEPUTY):
            self._transaction.run(statement, {"guest": guest, "to_person": person})


def _deputy_of(row: DeputyRow) -> Deputy:
    return Deputy(
        id=row.id,
        person=row.person,
        deputy=row.deputy,
        role=Role(row.role),
        unit=row.unit,
        starts=row.starts,
        ends=row.ends,
        document=row.document,
        document_day=row.document_day,
        restricted=row.restricted,
        entered_at=row.entered_at,
        ended_at=row.ended_at,
    )


def _values(deputy: Deputy) -> dict[str, object]:
    return {
        "person": deputy.person,
        "deputy": deputy.deputy,
        "role": deputy.role.value,
        "unit": deputy.unit,
        "starts": deputy.starts,
        "ends": deputy.ends,
        "document": deputy.document,
        "document_day": deputy.document_day,
        "restricted": deputy.restricted,
        "entered_at": deputy.entered_at,
        "ended_at": deputy.ended_at,
    }
