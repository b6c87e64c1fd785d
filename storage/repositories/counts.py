"""Counts with who counts, and their lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Integer, String, bindparam, delete, func, insert, select, update

from handlers.domain.counts import Count, Counter, CountId, CountLine, Scope, SeenBy
from handlers.domain.devices import DeviceId
from handlers.domain.errors import NotFound, Stale
from handlers.domain.numbers import Number
from handlers.domain.people import PersonId
from handlers.domain.places import PlaceId
from handlers.domain.stock import ItemId
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.tables import inventory_count, inventory_count_line, inventory_counter


class CountRow(NamedTuple):
    id: CountId
    number: str
    scope: str
    department: str
    place: PlaceId | None
    opened_by: PersonId
    opened_at: datetime
    freeze_asked_until: datetime | None
    frozen_until: datetime | None
    frozen_by: PersonId | None
    closed_by: PersonId | None
    closed_at: datetime | None
    written_by: PersonId | None
    written_at: datetime | None
    version: int


class CounterRow(NamedTuple):
    person: PersonId
    board: bool
    place: PlaceId | None


class LineRow(NamedTuple):
    id: int
    device: DeviceId | None
    item: ItemId | None
    expected: int
    seen: int | None
    again: int | None
    place: PlaceId | None
    recorded: PlaceId | None
    by: PersonId | None
    at: datetime | None
    how: str | None
    note: str
    file: str


_COLUMNS = columns(inventory_count, CountRow)
_KEY = bindparam("key", type_=Integer)
_OF = bindparam("of_count", type_=Integer)
_ONE = select(*_COLUMNS).where(inventory_count.c.id == _KEY)
_GET = prepared(_ONE, CountRow)
_GET_LOCKED = prepared(_ONE.with_for_update(), CountRow)
_BY_NUMBER = prepared(select(*_COLUMNS).where(inventory_count.c.number == bindparam("number", type_=String)), CountRow)
_OPEN = prepared(
    select(*_COLUMNS).where(inventory_count.c.closed_at.is_(None)).order_by(inventory_count.c.id.desc()), CountRow
)
_LATEST = prepared(
    select(*_COLUMNS).order_by(inventory_count.c.id.desc()).limit(bindparam("most", type_=Integer)), CountRow
)
_ADD = prepared(insert(inventory_count))
_SAVE = prepared(
    update(inventory_count).where(
        inventory_count.c.id == bindparam("key"), inventory_count.c.version == bindparam("known")
    )
)
_COUNTERS = prepared(
    select(*columns(inventory_counter, CounterRow))
    .where(inventory_counter.c.count == _OF)
    .order_by(inventory_counter.c.id),
    CounterRow,
)
_ADD_COUNTER = prepared(insert(inventory_counter))
_DROP_COUNTERS = prepared(delete(inventory_counter).where(inventory_counter.c.count == _OF))
_LINES = select(*columns(inventory_count_line, LineRow)).where(inventory_count_line.c.count == _OF)
_ALL_LINES = prepared(_LINES.order_by(inventory_count_line.c.id), LineRow)
_OF_DEVICE = prepared(_LINES.where(inventory_count_line.c.device == _KEY), LineRow)
_OF_ITEM = prepared(_LINES.where(inventory_count_line.c.item == _KEY), LineRow)
_ONE_LINE = prepared(_LINES.where(inventory_count_line.c.id == _KEY), LineRow)
_ADD_LINE = prepared(insert(inventory_count_line))
_SAVE_LINE = prepared(
    update(inventory_count_line).where(
        inventory_count_line.c.id == bindparam("key"), inventory_count_line.c.count == bindparam("of_count")
    )
)
_DROP_LINE = prepared(
    delete(inventory_count_line).where(inventory_count_line.c.id == _KEY, inventory_count_line.c.count == _OF)
)
_PERSON = bindparam("of_person", type_=Integer)
_COUNT_OF = prepared_value(
    select(func.count(inventory_count.c.id)).where(
        inventory_count.c.id.in_(
            select(inventory_counter.c.count)
            .where(inventory_counter.c.person == _PERSON)
            .union(select(inventory_count_line.c.count).where(inventory_count_line.c.by == _PERSON))
        )
    ),
    int,
)
_FILE = bindparam("file", type_=String)
_SHOWS = prepared_value(select(inventory_count_line.c.id).where(inventory_count_line.c.file == _FILE).limit(1), int)
_MOVE_LINES = prepared(
    update(inventory_count_line)
    .where(inventory_count_line.c.by == bindparam("guest", type_=Integer))
    .values(by=bindparam("to_person", type_=Integer))
)
_MOVE_COUNTERS = prepared(
    update(inventory_counter)
    .where(
        inventory_counter.c.person == bindparam("guest", type_=Integer),
        inventory_counter.c.count.not_in(
            select(inventory_counter.c.count).where(inventory_counter.c.person == bindparam("to_person", type_=Integer))
        ),
    )
    .values(person=bindparam("to_person", type_=Integer))
)


class SqlCounts:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, count: Count) -> Count:
        added = replace(count, id=CountId(self._transaction.new_id(_ADD, {**_values(count), "version": 0})), version=0)
        self._put_counters(added)
        return added

    def save(self, count: Count) -> Count:
        values = {**_values(count), "version": count.version + 1, "key": count.id, "known": count.version}
        if self._transaction.run(_SAVE, values).rowcount != 1:
            self.get(count.id)
            raise Stale("count", count.id)
        self._transaction.run(_DROP_COUNTERS, {"of_count": count.id})
        self._put_counters(count)
        return replace(count, version=count.version + 1)

    def get(self, key: CountId, *, to_change: bool = False) -> Count:
        query = _GET_LOCKED if to_change and self._transaction.locks_rows else _GET
        row = self._transaction.run(query, {"key": key}).first()
        if row is None:
            raise NotFound("count", key)
        return self._of(row)

    def by_number(self, number: str) -> Count | None:
        row = self._transaction.run(_BY_NUMBER, {"number": number}).first()
        return None if row is None else self._of(row)

    def open(self) -> Sequence[Count]:
        return [self._of(row) for row in self._transaction.run(_OPEN, {})]

    def latest(self, limit: int = 50) -> Sequence[Count]:
        return [self._of(row) for row in self._transaction.run(_LATEST, {"most": limit})]

    def lines(self, count: CountId) -> Sequence[CountLine]:
        return [_line_of(row) for row in self._transaction.run(_ALL_LINES, {"of_count": count})]

    def of_device(self, count: CountId, device: DeviceId) -> CountLine | None:
        row = self._transaction.run(_OF_DEVICE, {"of_count": count, "key": device}).first()
        return None if row is None else _line_of(row)

    def of_item(self, count: CountId, item: ItemId) -> CountLine | None:
        row = self._transaction.run(_OF_ITEM, {"of_count": count, "key": item}).first()
        return None if row is None else _line_of(row)

    def line(self, count: CountId, key: int) -> CountLine:
        row = self._transaction.run(_ONE_LINE, {"of_count": count, "key": key}).first()
        if row is None:
            raise NotFound("count line", key)
        return _line_of(row)

    def put(self, count: CountId, line: CountLine) -> CountLine:
        other = None if line.device is None else self.of_device(count, line.device)
        other = other if line.item is None else self.of_item(count, line.item)
        if other is not None and other.id != line.id:
            raise Stale("count line", other.id)
        values = {**_line_values(line), "count": count}
        if not line.id:
            return replace(line, id=self._transaction.new_id(_ADD_LINE, values))
        if self._transaction.run(_SAVE_LINE, {**values, "key": line.id, "of_count": count}).rowcount != 1:
            raise NotFound("count line", line.id)
        return line

    def remove(self, count: CountId, key: int) -> None:
        if self._transaction.run(_DROP_LINE, {"of_count": count, "key": key}).rowcount != 1:
            raise NotFound("count line", key)

    def shows(self, file: str) -> bool:
        return bool(file) and self._transaction.run(_SHOWS, {"file": file}).first() is not None

    def count_of(self, person: PersonId) -> int:
        return self._transaction.run(_COUNT_OF, {"of_person": person}).one()

    def move(self, guest: PersonId, person: PersonId) -> None:
        for statement in (_MOVE_LINES, _MOVE_COUNTERS):
            self._transaction.run(statement, {"guest": guest, "to_person": person})

    def _put_counters(self, count: Count) -> None:
        for one in count.counters:
            values = {"count": count.id, "person": one.person, "board": one.board, "place": one.place}
            self._transaction.run(_ADD_COUNTER, values)

    def _of(self, row: CountRow) -> Count:
        found = self._transaction.run(_COUNTERS, {"of_count": row.id})
        counters = tuple(Counter(person=one.person, board=bool(one.board), place=one.place) for one in found)
        values: dict[str, Any] = {**row._asdict(), "number": _number(row.number), "scope": Scope(row.scope)}
        return Count(**values, counters=counters)


def _number(written: str) -> Number:
    number = Number.parse(written)
    if number is None:
        raise ValueError(f"{written!r} is no number")
    return number


def _line_of(row: LineRow) -> CountLine:
    values: dict[str, Any] = {**row._asdict(), "how": None if row.how is None else SeenBy(row.how)}
    return CountLine(**values)


def _values(count: Count) -> dict[str, object]:
    kept = {name: getattr(count, name) for name in CountRow._fields if name not in ("id", "version")}
    return {**kept, "number": str(count.number), "scope": count.scope.value}


def _line_values(line: CountLine) -> dict[str, object]:
    kept = {name: getattr(line, name) for name in LineRow._fields if name != "id"}
    return {**kept, "how": None if line.how is None else line.how.value}
