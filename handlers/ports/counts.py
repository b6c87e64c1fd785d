"""Counts with their lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from handlers.domain.counts import Count, CountId, CountLine
from handlers.domain.devices import DeviceId
from handlers.domain.people import PersonId
from handlers.domain.stock import ItemId


class Counts(Protocol):
    """None is ever deleted."""

    def add(self, count: Count) -> Count:
        """With its id."""

    def save(self, count: Count) -> Count:
        """With its next version. Raises NotFound, Stale."""

    def get(self, key: CountId, *, to_change: bool = False) -> Count:
        """`to_change`: whoever else changes it waits for this transaction. Raises NotFound."""

    def by_number(self, number: str) -> Count | None:
        """`SY-2026-02`."""

    def open(self) -> Sequence[Count]:
        """The newest first."""

    def latest(self, limit: int = 50) -> Sequence[Count]:
        """The newest first."""

    def lines(self, count: CountId) -> Sequence[CountLine]:
        """In the order in which they were written first."""

    def of_device(self, count: CountId, device: DeviceId) -> CountLine | None: ...

    def of_item(self, count: CountId, item: ItemId) -> CountLine | None: ...

    def line(self, count: CountId, key: int) -> CountLine:
        """Raises NotFound."""

    def put(self, count: CountId, line: CountLine) -> CountLine:
        """A new one (without an id), or in the place of the one with its id. Raises Stale where its device or item has
        another line."""

    def remove(self, count: CountId, key: int) -> None:
        """It was a slip. Raises NotFound."""

    def shows(self, file: str) -> bool:
        """Whether a photo stands in one of them."""

    def count_of(self, person: PersonId) -> int:
        """In how many somebody is named: of the board, or as who counted."""

    def move(self, guest: PersonId, person: PersonId) -> None:
        """Whoever was known by another name counted what that one did."""
