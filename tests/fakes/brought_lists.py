"""Lists that were brought, of staff and of devices."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Generic

from handlers.domain.brought_lists import Counts, ListImport, RowKind
from handlers.domain.device_lists import DeviceImport, ListedDevice
from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId
from handlers.domain.staff_lists import ListedRow, StaffImport, StaffRow
from handlers.ports.brought_lists import ListT, RowT
from tests.fakes.tables import FakeTransaction, Tables

_ALL = 1_000_000


class FakeBroughtLists(ABC, Generic[ListT, RowT]):
    noun: str

    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    @abstractmethod
    def _lists(self, tables: Tables) -> dict[str, ListT]: ...

    @abstractmethod
    def _rows(self, tables: Tables) -> dict[tuple[int, int], RowT]: ...

    @abstractmethod
    def _saved(self, kept: ListT, brought: ListT) -> ListT:
        """What of a list may change."""

    @abstractmethod
    def _saved_row(self, kept: RowT, row: RowT) -> RowT:
        """What of a row may change."""

    def add(self, brought: ListT, rows: Sequence[RowT]) -> ListT:
        added = replace(brought, id=self._transaction.new_id())
        self._lists(self._transaction.changing)[brought.key] = added
        for place, row in enumerate(rows):
            self._rows(self._transaction.changing)[added.id, place] = row
        return added

    def get(self, key: str, *, to_change: bool = False) -> ListT:  # one work at a time
        if key not in self._lists(self._transaction.seen):
            raise NotFound(self.noun, key)
        return self._lists(self._transaction.seen)[key]

    def save(self, brought: ListT) -> None:
        self._lists(self._transaction.changing)[brought.key] = self._saved(self.get(brought.key), brought)

    def taken_before(self, digest: str) -> ListT | None:
        return next((one for one in self.recent(_ALL) if one.digest == digest and one.back_at is None), None)

    def recent(self, limit: int) -> Sequence[ListT]:
        return [one for one in self._newest_first() if one.begun_at is not None][:limit]

    def drafts(self, since: datetime, limit: int) -> Sequence[ListT]:
        return [one for one in self._newest_first() if one.begun_at is None and one.at >= since][:limit]

    def drop(self, key: str) -> bool:
        kept = self._lists(self._transaction.seen).get(key)
        if kept is None or kept.begun_at is not None:
            return False
        self._drop_rows({kept.id})
        del self._lists(self._transaction.changing)[key]
        return True

    def counts(self, brought: int) -> Counts:
        rows = [row for _, row in self.rows(brought, 0, _ALL)]
        return Counts(Counter(row.kind for row in rows), Counter(row.fate for row in rows if row.fate is not None))

    def rows(self, brought: int, first: int, limit: int) -> Sequence[tuple[int, RowT]]:
        rows = self._rows(self._transaction.seen)
        found = sorted(place for own, place in rows if own == brought and place >= first)[:limit]
        return [(place, rows[brought, place]) for place in found]

    def of_kind(self, brought: int, kind: RowKind, after: int, limit: int) -> Sequence[tuple[int, RowT]]:
        return [one for one in self.rows(brought, after + 1, _ALL) if one[1].kind is kind][:limit]

    def save_row(self, brought: int, place: int, row: RowT) -> None:
        rows = self._rows(self._transaction.changing)
        if (brought, place) not in rows:
            raise NotFound(f"{self.noun}_row", place)
        rows[brought, place] = self._saved_row(rows[brought, place], row)

    def forget(self, before: datetime, previews_before: datetime) -> int:
        lists = list(self._lists(self._transaction.seen).values())
        previews = [one for one in lists if one.at < previews_before and one.begun_at is None]
        self._drop_rows({one.id for one in [*previews, *(one for one in lists if _is_older(one, before))]})
        for one in previews:
            del self._lists(self._transaction.changing)[one.key]
        return len(previews)

    def _newest_first(self) -> list[ListT]:
        return sorted(self._lists(self._transaction.seen).values(), key=lambda one: -one.id)

    def _drop_rows(self, lists: set[int]) -> None:
        for own, place in list(self._rows(self._transaction.seen)):
            if own in lists:
                del self._rows(self._transaction.changing)[own, place]


def _is_older(one: ListImport, before: datetime) -> bool:
    return one.begun_at is not None and one.begun_at < before


class FakeStaffImports(FakeBroughtLists[StaffImport, ListedRow]):
    noun = "staff_import"

    def forget_person(self, person: PersonId) -> int:
        rows = self._rows(self._transaction.seen)
        found = [(key, row) for key, row in rows.items() if person in (row.person, row.twin)]
        nothing = StaffRow(0, "", "", "", None, None, None)
        for key, row in found:
            bare = replace(row, row=nothing, before=None, after=None)
            self._rows(self._transaction.changing)[key] = bare
        return len(found)

    def _lists(self, tables: Tables) -> dict[str, StaffImport]:
        return tables.staff_imports

    def _rows(self, tables: Tables) -> dict[tuple[int, int], ListedRow]:
        return tables.staff_import_rows

    def _saved(self, kept: StaffImport, brought: StaffImport) -> StaffImport:
        return replace(kept, begun_at=brought.begun_at, back_at=brought.back_at, faults=brought.faults)

    def _saved_row(self, kept: ListedRow, row: ListedRow) -> ListedRow:
        return replace(row, row=kept.row, kind=kept.kind)


class FakeDeviceImports(FakeBroughtLists[DeviceImport, ListedDevice]):
    noun = "device_import"

    def waiting(self, brought: int, limit: int) -> Sequence[tuple[int, ListedDevice]]:
        return [one for one in self.rows(brought, 0, _ALL) if one[1].people][:limit]

    def save_rows(self, brought: int, rows: Sequence[tuple[int, ListedDevice]]) -> None:
        for place, row in rows:
            self.save_row(brought, place, row)

    def forget(self, before: datetime, previews_before: datetime) -> int:
        lists = self._lists(self._transaction.changing)
        for one in [one for one in lists.values() if _is_older(one, before)]:
            lists[one.key] = replace(one, header=(), headings={}, faults=[], notes=[], departments=[], chosen={})
        return super().forget(before, previews_before)

    def forget_person(self, person: PersonId, is_named_in: Callable[[str], bool]) -> int:
        lists, rows = self._lists(self._transaction.changing), self._rows(self._transaction.changing)
        lists.update({key: one.without(person, is_named_in) for key, one in lists.items()})
        bare = {at: row.without(person, is_named_in) for at, row in rows.items()}
        changed = {at: row for at, row in bare.items() if row != rows[at]}
        rows.update(changed)
        return len(changed)

    def _lists(self, tables: Tables) -> dict[str, DeviceImport]:
        return tables.device_imports

    def _rows(self, tables: Tables) -> dict[tuple[int, int], ListedDevice]:
        return tables.device_import_rows

    def _saved(self, kept: DeviceImport, brought: DeviceImport) -> DeviceImport:
        return replace(brought, owner=kept.owner, at=kept.at, name=kept.name, digest=kept.digest)

    def _saved_row(self, kept: ListedDevice, row: ListedDevice) -> ListedDevice:
        return replace(kept, device=row.device, fate=row.fate, version=row.version, before=dict(row.before))
