from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.domain.counts import Count, CountId, CountLine
from handlers.domain.devices import DeviceId
from handlers.domain.errors import NotFound, Stale
from handlers.domain.people import PersonId
from handlers.domain.stock import ItemId
from tests.fakes.tables import FakeTransaction


class FakeCounts:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, count: Count) -> Count:
        added = replace(count, id=CountId(self._transaction.new_id()), version=0)
        self._transaction.changing.counts[added.id] = added
        return added

    def save(self, count: Count) -> Count:
        if self.get(count.id).version != count.version:
            raise Stale("count", count.id)
        saved = replace(count, version=count.version + 1)
        self._transaction.changing.counts[saved.id] = saved
        return saved

    def get(self, key: CountId, *, to_change: bool = False) -> Count:
        found = self._transaction.seen.counts.get(key)
        if found is None:
            raise NotFound("count", key)
        return found

    def by_number(self, number: str) -> Count | None:
        return next((one for one in self.latest(1_000_000) if str(one.number) == number), None)

    def open(self) -> Sequence[Count]:
        return [one for one in self.latest(1_000_000) if one.is_open]

    def latest(self, limit: int = 50) -> Sequence[Count]:
        return sorted(self._transaction.seen.counts.values(), key=lambda one: -one.id)[:limit]

    def lines(self, count: CountId) -> Sequence[CountLine]:
        found = [line for (of, _), line in self._transaction.seen.count_lines.items() if of == count]
        return sorted(found, key=lambda one: one.id)

    def of_device(self, count: CountId, device: DeviceId) -> CountLine | None:
        return next((one for one in self.lines(count) if one.device == device), None)

    def of_item(self, count: CountId, item: ItemId) -> CountLine | None:
        return next((one for one in self.lines(count) if one.item == item), None)

    def line(self, count: CountId, key: int) -> CountLine:
        found = self._transaction.seen.count_lines.get((count, key))
        if found is None:
            raise NotFound("count line", key)
        return found

    def put(self, count: CountId, line: CountLine) -> CountLine:
        other = None if line.device is None else self.of_device(count, line.device)
        other = other if line.item is None else self.of_item(count, line.item)
        if other is not None and other.id != line.id:
            raise Stale("count line", other.id)
        if line.id:
            self.line(count, line.id)
        kept = line if line.id else replace(line, id=self._transaction.new_id())
        self._transaction.changing.count_lines[count, kept.id] = kept
        return kept

    def remove(self, count: CountId, key: int) -> None:
        self.line(count, key)
        del self._transaction.changing.count_lines[count, key]

    def shows(self, file: str) -> bool:
        return bool(file) and any(one.file == file for one in self._transaction.seen.count_lines.values())

    def count_of(self, person: PersonId) -> int:
        theirs = {one.id for one in self.latest(1_000_000) if one.counter(person) is not None}
        by_line = {of for (of, _), line in self._transaction.seen.count_lines.items() if line.by == person}
        return len(theirs | by_line)

    def move(self, guest: PersonId, person: PersonId) -> None:
        for (of, key), line in list(self._transaction.seen.count_lines.items()):
            if line.by == guest:
                self._transaction.changing.count_lines[of, key] = replace(line, by=person)
        for one in self.latest(1_000_000):
            if one.counter(person) is None:
                moved = (replace(who, person=person) if who.person == guest else who for who in one.counters)
                self._transaction.changing.counts[one.id] = replace(one, counters=tuple(moved))
