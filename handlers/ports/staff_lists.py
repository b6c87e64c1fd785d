"""Lists of staff that were brought to the panel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from handlers.domain.brought_lists import Counts, RowKind
from handlers.domain.people import PersonId
from handlers.domain.staff_lists import ListedRow, StaffImport


class StaffImports(Protocol):
    def add(self, brought: StaffImport, rows: Sequence[ListedRow]) -> StaffImport:
        """With its id; the rows in their order."""

    def get(self, key: str) -> StaffImport:
        """Raises NotFound."""

    def save(self, brought: StaffImport) -> None:
        """Of what may change: when it was said yes to, when it was taken back, its faults."""

    def taken_before(self, digest: str) -> StaffImport | None:
        """The newest that was the same list, was taken in, and not taken back."""

    def recent(self, limit: int) -> Sequence[StaffImport]:
        """Those that were taken in, the newest first."""

    def drafts(self, since: datetime, limit: int) -> Sequence[StaffImport]:
        """Those that nobody took in, brought from then on, the newest first."""

    def drop(self, key: str) -> bool:
        """One that nobody took in, as if it had never been brought. False: there is none."""

    def counts(self, brought: int) -> Counts: ...
    def rows(self, brought: int, first: int, limit: int) -> Sequence[tuple[int, ListedRow]]:
        """From that place on, with the place of each."""

    def of_kind(self, brought: int, kind: RowKind, after: int, limit: int) -> Sequence[tuple[int, ListedRow]]:
        """Behind that place (-1: from the first on)."""

    def save_row(self, brought: int, place: int, row: ListedRow) -> None: ...
    def forget(self, before: datetime, previews_before: datetime) -> int:
        """Rows of lists older than that, and lists that nobody took in; how many lists."""

    def forget_person(self, person: PersonId) -> int:
        """What stands of somebody in any list; of how many rows."""
