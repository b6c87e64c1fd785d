from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers.domain.brought_lists import Counts, RowKind
from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId
from handlers.domain.staff_lists import ListedRow, StaffImport, StaffRow
from tests.fakes.tables import FakeTransaction


class FakeStaffImports:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, brought: StaffImport, rows: Sequence[ListedRow]) -> StaffImport:
        added = replace(brought, id=self._transaction.new_id())
        self._transaction.changing.staff_imports[brought.key] = added
        for place, row in enumerate(rows):
            self._transaction.changing.staff_import_rows[added.id, place] = row
        return added

    def get(self, key: str) -> StaffImport:
        if key not in self._transaction.seen.staff_imports:
            raise NotFound("staff_import", key)
        return self._transaction.seen.staff_imports[key]

    def save(self, brought: StaffImport) -> None:
        kept = self.get(brought.key)
        changed = replace(kept, begun_at=brought.begun_at, back_at=brought.back_at, faults=brought.faults)
        self._transaction.changing.staff_imports[brought.key] = changed

    def taken_before(self, digest: str) -> StaffImport | None:
        return next((one for one in self.recent(1_000) if one.digest == digest and one.back_at is None), None)

    def recent(self, limit: int) -> Sequence[StaffImport]:
        found = [one for one in self._transaction.seen.staff_imports.values() if one.begun_at is not None]
        return sorted(found, key=lambda one: -one.id)[:limit]

    def drafts(self, since: datetime, limit: int) -> Sequence[StaffImport]:
        lists = self._transaction.seen.staff_imports.values()
        return sorted((one for one in lists if one.begun_at is None and one.at >= since), key=lambda one: -one.id)[
            :limit
        ]

    def drop(self, key: str) -> bool:
        kept = self._transaction.seen.staff_imports.get(key)
        if kept is None or kept.begun_at is not None:
            return False
        for own, place in [at for at, _ in self._all() if at[0] == kept.id]:
            del self._transaction.changing.staff_import_rows[own, place]
        del self._transaction.changing.staff_imports[key]
        return True

    def counts(self, brought: int) -> Counts:
        rows = [row for _, row in self.rows(brought, 0, 1_000_000)]
        return Counts(Counter(row.kind for row in rows), Counter(row.fate for row in rows if row.fate is not None))

    def rows(self, brought: int, first: int, limit: int) -> Sequence[tuple[int, ListedRow]]:
        found = sorted((at, row) for (own, at), row in self._all() if own == brought and at >= first)
        return found[:limit]

    def of_kind(self, brought: int, kind: RowKind, after: int, limit: int) -> Sequence[tuple[int, ListedRow]]:
        return [one for one in self.rows(brought, after + 1, 1_000_000) if one[1].kind is kind][:limit]

    def save_row(self, brought: int, place: int, row: ListedRow) -> None:
        kept = self._transaction.changing.staff_import_rows.get((brought, place))
        if kept is None:
            raise NotFound("staff_import_row", place)
        self._transaction.changing.staff_import_rows[brought, place] = replace(row, row=kept.row, kind=kept.kind)

    def forget(self, before: datetime, previews_before: datetime) -> int:
        lists = list(self._transaction.seen.staff_imports.values())
        previews = [one for one in lists if one.at < previews_before and one.begun_at is None]
        old = {one.id for one in [*previews, *(one for one in lists if one.at < before)]}
        for key, _ in list(self._all()):
            if key[0] in old:
                del self._transaction.changing.staff_import_rows[key]
        for one in previews:
            del self._transaction.changing.staff_imports[one.key]
        return len(previews)

    def forget_person(self, person: PersonId) -> int:
        found = [(key, row) for key, row in self._all() if person in (row.person, row.twin)]
        nothing = StaffRow(0, "", "", "", None, None, None)
        for key, row in found:
            self._transaction.changing.staff_import_rows[key] = replace(row, row=nothing, before=None, after=None)
        return len(found)

    def _all(self) -> list[tuple[tuple[int, int], ListedRow]]:
        return list(self._transaction.seen.staff_import_rows.items())
