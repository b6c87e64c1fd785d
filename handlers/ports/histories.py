"""Histories of the stores, and the anchors over all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from handlers.domain.anchors import Anchor, Head
from handlers.domain.store_events import StoreEvent, Stream


class StoreEvents(Protocol):
    def append(self, stream: Stream, key: int, event: StoreEvent) -> None:
        """Behind its last line. Of two processes that append at once, the later is done again."""

    def history(self, stream: Stream, key: int) -> Sequence[StoreEvent]:
        """Oldest first."""


class Anchors(Protocol):
    def waiting(self, limit: int) -> Sequence[Head]:
        """Histories that went on since they were last anchored, in the order of stream and key."""

    def add(self, anchor: Anchor, heads: Sequence[Head]) -> None:
        """Those heads wait no more, unless they went on meanwhile."""

    def latest(self) -> Anchor | None: ...
