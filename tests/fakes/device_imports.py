from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers.domain.brought_lists import Counts, RowKind
from handlers.domain.device_lists import DeviceImport, ListedDevice
from handlers.domain.errors import NotFound
from tests.fakes.tables import FakeTransaction

_ALL = 1_000_000


class FakeDeviceImports:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, brought: DeviceImport, rows: Sequence[ListedDevice]) -> DeviceImport:
        added = replace(brought, id=self._transaction.new_id())
        self._transaction.changing.device_imports[brought.key] = added
        for place, row in enumerate(rows):
            self._transaction.changing.device_import_rows[added.id, place] = row
        return added

    def get(self, key: str) -> DeviceImport:
        if key not in self._transaction.seen.device_imports:
            raise NotFound("device_import", key)
        return self._transaction.seen.device_imports[key]

    def save(self, brought: DeviceImport) -> None:
        kept = self.get(brought.key)
        self._transaction.changing.device_imports[brought.key] = replace(
            brought, owner=kept.owner, at=kept.at, name=kept.name, digest=kept.digest
        )

    def taken_before(self, digest: str) -> DeviceImport | None:
        return next((one for one in self.recent(_ALL) if one.digest == digest and one.back_at is None), None)

    def recent(self, limit: int) -> Sequence[DeviceImport]:
        return [one for one in self._newest_first() if one.begun_at is not None][:limit]

    def drafts(self, since: datetime, limit: int) -> Sequence[DeviceImport]:
        return [one for one in self._newest_first() if one.begun_at is None and one.at >= since][:limit]

    def drop(self, key: str) -> bool:
        kept = self._transaction.seen.device_imports.get(key)
        if kept is None or kept.begun_at is not None:
            return False
        self._drop_rows({kept.id})
        del self._transaction.changing.device_imports[key]
        return True

    def counts(self, brought: int) -> Counts:
        rows = [row for _, row in self.rows(brought, 0, _ALL)]
        return Counts(Counter(row.kind for row in rows), Counter(row.fate for row in rows if row.fate is not None))

    def rows(self, brought: int, first: int, limit: int) -> Sequence[tuple[int, ListedDevice]]:
        rows = self._transaction.seen.device_import_rows
        found = sorted((place for own, place in rows if own == brought and place >= first))[:limit]
        return [(place, rows[brought, place]) for place in found]

    def of_kind(self, brought: int, kind: RowKind, after: int, limit: int) -> Sequence[tuple[int, ListedDevice]]:
        return [one for one in self.rows(brought, after + 1, _ALL) if one[1].kind is kind][:limit]

    def waiting(self, brought: int, limit: int) -> Sequence[tuple[int, ListedDevice]]:
        return [one for one in self.rows(brought, 0, _ALL) if one[1].people][:limit]

    def save_rows(self, brought: int, rows: Sequence[tuple[int, ListedDevice]]) -> None:
        for place, row in rows:
            kept = self._transaction.changing.device_import_rows.get((brought, place))
            if kept is None:
                raise NotFound("device_import_row", place)
            changed = replace(kept, device=row.device, fate=row.fate, version=row.version, before=dict(row.before))
            self._transaction.changing.device_import_rows[brought, place] = changed

    def forget(self, before: datetime, previews_before: datetime) -> int:
        lists = list(self._transaction.seen.device_imports.values())
        previews = [one for one in lists if one.at < previews_before and one.begun_at is None]
        old = [one for one in lists if one.at < before]
        self._drop_rows({one.id for one in [*previews, *old]})
        for one in old:
            bare = replace(one, header=(), headings={}, faults=[], notes=[], departments=[])
            self._transaction.changing.device_imports[one.key] = bare
        for one in previews:
            del self._transaction.changing.device_imports[one.key]
        return len(previews)

    def _newest_first(self) -> list[DeviceImport]:
        return sorted(self._transaction.seen.device_imports.values(), key=lambda one: -one.id)

    def _drop_rows(self, lists: set[int]) -> None:
        for own, place in list(self._transaction.seen.device_import_rows):
            if own in lists:
                del self._transaction.changing.device_import_rows[own, place]
