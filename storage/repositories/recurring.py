"""What is done again and again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, insert, select, update

from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId
from handlers.domain.recurring import Every, Evidence, Recurring, Rhythm, Shift, Whose
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.tables import recurring


class RecurringRow(NamedTuple):
    id: int
    unit: str
    title: str
    every: str
    day: int
    months: int
    shift: str
    category: str | None
    checked: bool
    days_before: int
    whose: str
    person: int | None
    evidence: str | None
    begins: date
    written_at: datetime
    withdrawn_at: datetime | None


_COLUMNS = columns(recurring, RecurringRow)
_ADD = prepared(insert(recurring))
_SAVE = prepared(update(recurring).where(recurring.c.id == bindparam("key")))
_GET = prepared(select(*_COLUMNS).where(recurring.c.id == bindparam("key")), RecurringRow)
_STANDING = prepared(select(*_COLUMNS).where(recurring.c.withdrawn_at.is_(None)).order_by(recurring.c.id), RecurringRow)
_CHECKED = prepared(select(*_COLUMNS).where(recurring.c.checked).order_by(recurring.c.id), RecurringRow)


class SqlRecurringWork:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, recurring: Recurring) -> Recurring:
        return replace(recurring, id=self._transaction.new_id(_ADD, _values(recurring)))

    def save(self, recurring: Recurring) -> None:
        if self._transaction.run(_SAVE, {**_values(recurring), "key": recurring.id}).rowcount != 1:
            raise NotFound("recurring", recurring.id)

    def get(self, key: int) -> Recurring:
        row = self._transaction.run(_GET, {"key": key}).first()
        if row is None:
            raise NotFound("recurring", key)
        return _recurring_of(row)

    def checked(self) -> Sequence[Recurring]:
        return [_recurring_of(row) for row in self._transaction.run(_CHECKED)]

    def standing(self) -> Sequence[Recurring]:
        return [_recurring_of(row) for row in self._transaction.run(_STANDING)]


def _recurring_of(row: RecurringRow) -> Recurring:
    return Recurring(
        id=row.id,
        unit=row.unit,
        title=row.title,
        rhythm=Rhythm(Every(row.every), row.day, row.months),
        shift=Shift(row.shift),
        category=row.category,
        checked=row.checked,
        days_before=row.days_before,
        whose=Whose(row.whose),
        person=None if row.person is None else PersonId(row.person),
        evidence=None if row.evidence is None else Evidence(row.evidence),
        begins=row.begins,
        written_at=row.written_at,
        withdrawn_at=row.withdrawn_at,
    )


def _values(recurring: Recurring) -> dict[str, object]:
    return {
        "unit": recurring.unit,
        "title": recurring.title,
        "every": recurring.rhythm.every.value,
        "day": recurring.rhythm.day,
        "months": recurring.rhythm.months,
        "shift": recurring.shift.value,
        "category": recurring.category,
        "checked": recurring.checked,
        "days_before": recurring.days_before,
        "whose": recurring.whose.value,
        "person": recurring.person,
        "evidence": None if recurring.evidence is None else recurring.evidence.value,
        "begins": recurring.begins,
        "written_at": recurring.written_at,
        "withdrawn_at": recurring.withdrawn_at,
    }
