"""Lists of devices that were brought."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from handlers.domain.brought_lists import Counts, RowKind
from handlers.domain.device_lists import DeviceImport, ListedDevice


class DeviceImports(Protocol):
    def add(self, brought: DeviceImport, rows: Sequence[ListedDevice]) -> DeviceImport:
        """With its id; the rows in their order."""

    def get(self, key: str) -> DeviceImport:
        """Raises NotFound."""

    def save(self, brought: DeviceImport) -> None:
        """Of what may change: when it was said yes to, when it was taken back, what stands of rows that cannot be
        taken."""

    def taken_before(self, digest: str) -> DeviceImport | None:
        """The newest that was the same list, was taken in, and not taken back."""

    def recent(self, limit: int) -> Sequence[DeviceImport]:
        """Those that were taken in, the newest first."""

    def drafts(self, since: datetime, limit: int) -> Sequence[DeviceImport]:
        """Those that nobody took in, brought from then on, the newest first."""

    def drop(self, key: str) -> bool:
        """One that nobody took in, as if it had never been brought. False: there is none."""

    def counts(self, brought: int) -> Counts: ...
    def rows(self, brought: int, first: int, limit: int) -> Sequence[tuple[int, ListedDevice]]:
        """From that place on, with the place of each."""

    def of_kind(self, brought: int, kind: RowKind, after: int, limit: int) -> Sequence[tuple[int, ListedDevice]]:
        """Behind that place (-1: from the first on)."""

    def waiting(self, brought: int, limit: int) -> Sequence[tuple[int, ListedDevice]]:
        """Those of which a person is to be chosen."""

    def save_rows(self, brought: int, rows: Sequence[tuple[int, ListedDevice]]) -> None:
        """Of what may change: the device, its version, what became of it, what is put back."""

    def forget(self, before: datetime, previews_before: datetime) -> int:
        """Rows of lists older than that with what stands of the bad ones, and lists that nobody took in; how many
        lists."""
