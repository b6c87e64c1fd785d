"""Mesai düzenleri, özel günler and targets, and the version of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import bindparam, delete, insert, select, update

from handlers.domain.calendar import Calendar, SpecialDay, SpecialKind, Week, WorkPattern
from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId
from handlers.domain.states import Priority
from handlers.domain.targets import Target, TargetRule, Targets
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction, upsert
from storage.repositories.rows import columns
from storage.tables import setting, special_day, target, work_pattern


class PatternRow(NamedTuple):
    id: int
    unit: str | None
    name: str
    first_day: date
    last_day: date | None
    week: list[list[list[str]]]
    basis: str


class SpecialDayRow(NamedTuple):
    id: int
    unit: str | None
    day: date
    kind: str
    title: str
    starts: str | None
    ends: str | None
    basis: str
    decided_at: datetime | None
    decided_by: PersonId | None
    confirmed: bool
    withdrawn_at: datetime | None


class TargetRow(NamedTuple):
    id: int
    unit: str | None
    category: str | None
    kind: str | None
    priority: str | None
    claim_min: int | None
    solve_min: int | None
    valid_from: datetime


_SETTING = prepared_value(select(setting.c.value).where(setting.c.name == bindparam("of_name")), str)
_SET = prepared(
    upsert(
        lambda insert: (adding := insert(setting)).on_conflict_do_update(
            index_elements=["name"], set_={"value": adding.excluded.value}
        )
    )
)
_PATTERNS = prepared(select(*columns(work_pattern, PatternRow)).order_by(work_pattern.c.id), PatternRow)
_ADD_PATTERN = prepared(insert(work_pattern))
_REMOVE_PATTERN = prepared(delete(work_pattern).where(work_pattern.c.id == bindparam("key")))
_DAYS = prepared(
    select(*columns(special_day, SpecialDayRow)).order_by(special_day.c.day, special_day.c.id), SpecialDayRow
)
_DAY = prepared(select(*columns(special_day, SpecialDayRow)).where(special_day.c.id == bindparam("key")), SpecialDayRow)
_ADD_DAY = prepared(insert(special_day))
_SAVE_DAY = prepared(update(special_day).where(special_day.c.id == bindparam("key")))
_TARGETS = prepared(select(*columns(target, TargetRow)).order_by(target.c.id), TargetRow)
_ADD_TARGET = prepared(insert(target))
_REMOVE_TARGET = prepared(delete(target).where(target.c.id == bindparam("key")))
_VERSION, _SINCE = "calendar_version", "targets_since"
_MINUTE = timedelta(minutes=1)


class CalendarVersion:
    """Of all by which time is counted. Every count asks for it, so it is read once a transaction."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._known: str | None = None

    def read(self) -> str:
        if self._known is None:
            self._known = self._transaction.run(_SETTING, {"of_name": _VERSION}).first() or ""
        return self._known

    def renew(self) -> None:
        """One which no other state of the tables ever had, also one that was rolled back."""
        self._known = uuid4().hex
        self._transaction.run(_SET, {"name": _VERSION, "value": self._known})


class SqlCalendars:
    def __init__(self, transaction: Transaction, version: CalendarVersion) -> None:
        self._transaction = transaction
        self._version = version

    def version(self) -> str:
        return self._version.read()

    def calendar(self) -> Calendar:
        patterns = tuple(_pattern_of(row) for row in self._transaction.run(_PATTERNS, {}))
        return Calendar(patterns=patterns, special_days=tuple(_day_of(row) for row in self._transaction.run(_DAYS, {})))

    def targets(self) -> Targets:
        since = self._setting(_SINCE)
        rules = tuple(_rule_of(row) for row in self._transaction.run(_TARGETS, {}))
        return Targets(rules=rules, since=None if since is None else datetime.fromisoformat(since))

    def add_pattern(self, pattern: WorkPattern) -> WorkPattern:
        self._version.renew()
        return replace(pattern, id=self._transaction.new_id(_ADD_PATTERN, _pattern_values(pattern)))

    def remove_pattern(self, key: int) -> None:
        self._version.renew()
        if self._transaction.run(_REMOVE_PATTERN, {"key": key}).rowcount != 1:
            raise NotFound("work pattern", key)

    def add_days(self, days: Sequence[SpecialDay]) -> Sequence[SpecialDay]:
        self._version.renew()
        return [replace(day, id=self._transaction.new_id(_ADD_DAY, _day_values(day))) for day in days]

    def save_day(self, day: SpecialDay) -> None:
        self._version.renew()
        if self._transaction.run(_SAVE_DAY, {**_day_values(day), "key": day.id}).rowcount != 1:
            raise NotFound("special day", day.id)

    def day(self, key: int) -> SpecialDay:
        row = self._transaction.run(_DAY, {"key": key}).first()
        if row is None:
            raise NotFound("special day", key)
        return _day_of(row)

    def add_target(self, rule: TargetRule) -> TargetRule:
        self._version.renew()
        return replace(rule, id=self._transaction.new_id(_ADD_TARGET, _rule_values(rule)))

    def remove_target(self, key: int) -> None:
        self._version.renew()
        if self._transaction.run(_REMOVE_TARGET, {"key": key}).rowcount != 1:
            raise NotFound("target", key)

    def _setting(self, name: str) -> str | None:
        return self._transaction.run(_SETTING, {"of_name": name}).first()


# --- to rows and back -----------------------------------------------------------------------------
def _clock(text: str | None) -> time | None:
    return None if text is None else time.fromisoformat(text)


def _clock_text(clock: time | None) -> str | None:
    return None if clock is None else clock.isoformat()


def _week_of(days: list[list[list[str]]]) -> Week:
    return tuple(
        tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in windows) for windows in days
    )


def _pattern_of(row: PatternRow) -> WorkPattern:
    return WorkPattern(
        id=row.id,
        unit=row.unit,
        name=row.name,
        first_day=row.first_day,
        last_day=row.last_day,
        week=_week_of(row.week),
        basis=row.basis,
    )


def _pattern_values(pattern: WorkPattern) -> dict[str, Any]:
    return {
        "unit": pattern.unit,
        "name": pattern.name,
        "first_day": pattern.first_day,
        "last_day": pattern.last_day,
        "week": [[[start.isoformat(), end.isoformat()] for start, end in windows] for windows in pattern.week],
        "basis": pattern.basis,
    }


def _day_of(row: SpecialDayRow) -> SpecialDay:
    return SpecialDay(
        id=row.id,
        unit=row.unit,
        day=row.day,
        kind=SpecialKind(row.kind),
        title=row.title,
        starts=_clock(row.starts),
        ends=_clock(row.ends),
        basis=row.basis,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        confirmed=row.confirmed,
        withdrawn_at=row.withdrawn_at,
    )


def _day_values(day: SpecialDay) -> dict[str, Any]:
    return {
        "unit": day.unit,
        "day": day.day,
        "kind": day.kind.value,
        "title": day.title,
        "starts": _clock_text(day.starts),
        "ends": _clock_text(day.ends),
        "basis": day.basis,
        "decided_at": day.decided_at,
        "decided_by": day.decided_by,
        "confirmed": day.confirmed,
        "withdrawn_at": day.withdrawn_at,
    }


def _rule_of(row: TargetRow) -> TargetRule:
    return TargetRule(
        id=row.id,
        unit=row.unit,
        category=row.category,
        kind=row.kind,
        priority=None if row.priority is None else Priority(row.priority),
        target=Target(_length(row.claim_min), _length(row.solve_min)),
        valid_from=row.valid_from,
    )


def _rule_values(rule: TargetRule) -> dict[str, Any]:
    return {
        "unit": rule.unit,
        "category": rule.category,
        "kind": rule.kind,
        "priority": None if rule.priority is None else rule.priority.value,
        "claim_min": _minutes(rule.target.claim),
        "solve_min": _minutes(rule.target.solve),
        "valid_from": rule.valid_from,
    }


def _length(minutes: int | None) -> timedelta | None:
    return None if minutes is None else minutes * _MINUTE


def _minutes(length: timedelta | None) -> int | None:
    return None if length is None else length // _MINUTE
