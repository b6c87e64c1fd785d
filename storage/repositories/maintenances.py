"""Work on systems that is announced beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Integer, bindparam, insert, select, update

from handlers.domain.errors import NotFound
from handlers.domain.maintenances import Maintenance
from handlers.domain.people import PersonId
from handlers.ports.outages import SYSTEMS
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.tables import maintenance


class MaintenanceRow(NamedTuple):
    id: int
    system: str
    starts: datetime
    ends: datetime
    text: str
    departments: list[str]
    entered_by: PersonId
    entered_at: datetime
    withdrawn_at: datetime | None


_COLUMNS = columns(maintenance, MaintenanceRow)
_TIME = maintenance.c.starts.type
_ADD = prepared(insert(maintenance))
_SAVE = prepared(update(maintenance).where(maintenance.c.id == bindparam("key")))
_GET = prepared(select(*_COLUMNS).where(maintenance.c.id == bindparam("key")), MaintenanceRow)
_BETWEEN = prepared(
    select(*_COLUMNS)
    .where(
        maintenance.c.withdrawn_at.is_(None),
        maintenance.c.ends > bindparam("since", type_=_TIME),
        maintenance.c.starts <= bindparam("until", type_=_TIME),
    )
    .order_by(maintenance.c.starts, maintenance.c.id),
    MaintenanceRow,
)
_ENTERED_BY = prepared(
    select(*_COLUMNS).where(maintenance.c.entered_by == bindparam("of_person")).order_by(maintenance.c.id),
    MaintenanceRow,
)
_MOVE = prepared(
    update(maintenance)
    .where(maintenance.c.entered_by == bindparam("guest", type_=Integer))
    .values(entered_by=bindparam("to_person", type_=Integer))
)


class SqlMaintenances:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, maintenance: Maintenance) -> Maintenance:
        self._transaction.touched.add(SYSTEMS)
        return replace(maintenance, id=self._transaction.new_id(_ADD, _values(maintenance)))

    def save(self, maintenance: Maintenance) -> None:
        self._transaction.touched.add(SYSTEMS)
        if self._transaction.run(_SAVE, {**_values(maintenance), "key": maintenance.id}).rowcount != 1:
            raise NotFound("maintenance", maintenance.id)

    def get(self, key: int) -> Maintenance:
        row = self._transaction.run(_GET, {"key": key}).first()
        if row is None:
            raise NotFound("maintenance", key)
        return _maintenance_of(row)

    def between(self, since: datetime, until: datetime) -> Sequence[Maintenance]:
        return [_maintenance_of(row) for row in self._transaction.run(_BETWEEN, {"since": since, "until": until})]

    def entered_by(self, person: PersonId) -> Sequence[Maintenance]:
        return [_maintenance_of(row) for row in self._transaction.run(_ENTERED_BY, {"of_person": person})]

    def move(self, guest: PersonId, person: PersonId) -> None:
        self._transaction.run(_MOVE, {"guest": guest, "to_person": person})


def _maintenance_of(row: MaintenanceRow) -> Maintenance:
    return Maintenance(**{**row._asdict(), "departments": tuple(row.departments)})


def _values(maintenance: Maintenance) -> dict[str, object]:
    return {
        "system": maintenance.system,
        "starts": maintenance.starts,
        "ends": maintenance.ends,
        "text": maintenance.text,
        "departments": list(maintenance.departments),
        "entered_by": maintenance.entered_by,
        "entered_at": maintenance.entered_at,
        "withdrawn_at": maintenance.withdrawn_at,
    }
