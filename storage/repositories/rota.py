"""Who is on call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Integer, bindparam, func, insert, select, update

from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId
from handlers.domain.rota import Duty
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories.calendars import CalendarVersion
from storage.repositories.rows import columns
from storage.tables import duty


class DutyRow(NamedTuple):
    id: int
    unit: str
    person: PersonId
    starts: datetime
    ends: datetime
    place: int
    entered_by: PersonId
    entered_at: datetime
    swapped_from: PersonId | None
    offered_at: datetime | None
    withdrawn_at: datetime | None


_COLUMNS = columns(duty, DutyRow)
_TIME = duty.c.starts.type
_STANDS = duty.c.withdrawn_at.is_(None)
_ORDER = (duty.c.starts, duty.c.place, duty.c.id)
_ADD = prepared(insert(duty))
_SAVE = prepared(update(duty).where(duty.c.id == bindparam("key")))
_ONE = select(*_COLUMNS).where(duty.c.id == bindparam("key"))
_GET = prepared(_ONE, DutyRow)
_GET_LOCKED = prepared(_ONE.with_for_update(), DutyRow)
"""Of two colleagues who take it at the same moment the second must see that it is gone."""
_STANDING = prepared(select(*_COLUMNS).where(_STANDS).order_by(*_ORDER), DutyRow)
_BETWEEN = prepared(
    select(*_COLUMNS)
    .where(_STANDS, duty.c.ends > bindparam("since", type_=_TIME), duty.c.starts <= bindparam("until", type_=_TIME))
    .order_by(*_ORDER),
    DutyRow,
)
_COUNT = prepared_value(select(func.count()).where(duty.c.person == bindparam("of_person")), int)
_GUEST, _PERSON = bindparam("guest", type_=Integer), bindparam("to_person", type_=Integer)
_MOVE = prepared(update(duty).where(duty.c.person == _GUEST).values(person=_PERSON))
_MOVE_ENTERED = prepared(update(duty).where(duty.c.entered_by == _GUEST).values(entered_by=_PERSON))
_MOVE_SWAPPED = prepared(update(duty).where(duty.c.swapped_from == _GUEST).values(swapped_from=_PERSON))


class SqlRota:
    def __init__(self, transaction: Transaction, version: CalendarVersion) -> None:
        self._transaction = transaction
        self._version = version

    def add(self, duty: Duty) -> Duty:
        self._version.renew()
        return replace(duty, id=self._transaction.new_id(_ADD, _values(duty)))

    def save(self, duty: Duty) -> None:
        self._version.renew()
        if self._transaction.run(_SAVE, {**_values(duty), "key": duty.id}).rowcount != 1:
            raise NotFound("duty", duty.id)

    def get(self, key: int, *, to_change: bool = False) -> Duty:
        query = _GET_LOCKED if to_change and self._transaction.locks_rows else _GET
        row = self._transaction.run(query, {"key": key}).first()
        if row is None:
            raise NotFound("duty", key)
        return _duty_of(row)

    def standing(self) -> Sequence[Duty]:
        return [_duty_of(row) for row in self._transaction.run(_STANDING, {})]

    def between(self, since: datetime, until: datetime) -> Sequence[Duty]:
        return [_duty_of(row) for row in self._transaction.run(_BETWEEN, {"since": since, "until": until})]

    def count_of(self, person: PersonId) -> int:
        return self._transaction.run(_COUNT, {"of_person": person}).first() or 0

    def move(self, guest: PersonId, person: PersonId) -> None:
        for statement in (_MOVE, _MOVE_ENTERED, _MOVE_SWAPPED):
            self._transaction.run(statement, {"guest": guest, "to_person": person})


def _duty_of(row: DutyRow) -> Duty:
    return Duty(
        id=row.id,
        unit=row.unit,
        person=row.person,
        starts=row.starts,
        ends=row.ends,
        place=row.place,
        entered_by=row.entered_by,
        entered_at=row.entered_at,
        swapped_from=row.swapped_from,
        offered_at=row.offered_at,
        withdrawn_at=row.withdrawn_at,
    )


def _values(duty: Duty) -> dict[str, object]:
    return {
        "unit": duty.unit,
        "person": duty.person,
        "starts": duty.starts,
        "ends": duty.ends,
        "place": duty.place,
        "entered_by": duty.entered_by,
        "entered_at": duty.entered_at,
        "swapped_from": duty.swapped_from,
        "offered_at": duty.offered_at,
        "withdrawn_at": duty.withdrawn_at,
    }
