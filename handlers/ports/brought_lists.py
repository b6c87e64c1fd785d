"""Lists that were brought: of staff, of devices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from handlers.domain.brought_lists import Counts, ImportedRow, ListImport, RowKind
from handlers.domain.device_lists import DeviceImport, ListedDevice
from handlers.domain.people import PersonId
from handlers.domain.staff_lists import ListedRow, StaffImport

ListT = TypeVar("ListT", bound=ListImport)
RowT = TypeVar("RowT", bound=ImportedRow)


class BroughtLists(Protocol[ListT, RowT]):
    def add(self, brought: ListT, rows: Sequence[RowT]) -> ListT:
        """With its id; the rows in their order."""

    def get(self, key: str, *, to_change: bool = False) -> ListT:
        """`to_change`: nobody else takes of it in or back until this is over. Raises NotFound."""

    def save(self, brought: ListT) -> None:
        """Of what may change: when it was said yes to, when it was taken back, what stands of rows that cannot be
        taken."""

    def taken_before(self, digest: str) -> ListT | None:
        """The newest that was the same list, was taken in, and not taken back."""

    def recent(self, limit: int) -> Sequence[ListT]:
        """Those that were taken in, the newest first."""

    def drafts(self, since: datetime, limit: int) -> Sequence[ListT]:
        """Those that nobody took in, brought from then on, the newest first."""

    def drop(self, key: str) -> bool:
        """One that nobody took in, as if it had never been brought. False: there is none."""

    def counts(self, brought: int) -> Counts: ...
    def rows(self, brought: int, first: int, limit: int) -> Sequence[tuple[int, RowT]]:
        """From that place on, with the place of each."""

    def of_kind(self, brought: int, kind: RowKind, after: int, limit: int) -> Sequence[tuple[int, RowT]]:
        """Behind that place (-1: from the first on)."""

    def save_row(self, brought: int, place: int, row: RowT) -> None:
        """Of what may change: what became of it, and what is put back."""

    def forget(self, before: datetime, previews_before: datetime) -> int:
        """Rows of lists that were taken in before that, with what stands of the bad ones, and lists that nobody took
        in; how many lists."""


class StaffImports(BroughtLists[StaffImport, ListedRow], Protocol):
    def forget_person(self, person: PersonId) -> int:
        """What stands of somebody in any list; of how many rows."""


class DeviceImports(BroughtLists[DeviceImport, ListedDevice], Protocol):
    def waiting(self, brought: int, limit: int) -> Sequence[tuple[int, ListedDevice]]:
        """Those of which a person is to be chosen."""

    def save_rows(self, brought: int, rows: Sequence[tuple[int, ListedDevice]]) -> None:
        """As `save_row`, of each."""

    def forget_person(self, person: PersonId, is_named_in: Callable[[str], bool]) -> int:
        """What stands of somebody in any list, by their key or where a text has their name; of how many rows."""
