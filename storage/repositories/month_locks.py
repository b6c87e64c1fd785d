"""Months whose figures were signed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select, text, update

from handlers.domain.errors import NotFound
from handlers.domain.months import Month, MonthFigures, MonthLock
from handlers.domain.people import PersonId, UnitId
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction, upsert
from storage.repositories.rows import columns
from storage.tables import month_lock


class MonthLockRow(NamedTuple):
    id: int
    unit: str
    month: str
    figures: dict[str, Any]
    locked_at: datetime
    locked_by: PersonId
    undone_at: datetime | None
    undone_by: PersonId | None


_ADD = prepared(
    upsert(
        lambda insert: insert(month_lock).on_conflict_do_nothing(
            index_elements=["unit", "month"], index_where=text("undone_at IS NULL")
        )
    )
)
_UNDO = prepared(update(month_lock).where(month_lock.c.id == bindparam("key"), month_lock.c.undone_at.is_(None)))
_STANDING = prepared(
    select(*columns(month_lock, MonthLockRow)).where(
        month_lock.c.unit == bindparam("of_unit"),
        month_lock.c.month == bindparam("of_month"),
        month_lock.c.undone_at.is_(None),
    ),
    MonthLockRow,
)


class SqlMonthLocks:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, lock: MonthLock) -> bool:
        values = {
            "unit": lock.unit,
            "month": str(lock.month),
            "figures": asdict(lock.figures),
            "locked_at": lock.locked_at,
            "locked_by": lock.locked_by,
            "seal": lock.seal,
        }
        return self._transaction.run(_ADD, values).rowcount == 1

    def undo(self, lock: MonthLock) -> None:
        values = {"key": lock.id, "undone_at": lock.undone_at, "undone_by": lock.undone_by}
        if self._transaction.run(_UNDO, values).rowcount != 1:
            raise NotFound("month_lock", lock.id)

    def standing(self, unit: UnitId, month: Month) -> MonthLock | None:
        row = self._transaction.run(_STANDING, {"of_unit": unit, "of_month": str(month)}).first()
        if row is None:
            return None
        return MonthLock(
            id=row.id,
            unit=row.unit,
            month=Month.parse(row.month),
            figures=MonthFigures(**row.figures),
            locked_at=row.locked_at,
            locked_by=row.locked_by,
            undone_at=row.undone_at,
            undone_by=row.undone_by,
        )
