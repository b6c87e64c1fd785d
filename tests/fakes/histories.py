from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.domain.anchors import Anchor, Head
from handlers.domain.store_events import NO_HASH, StoreEvent, Stream, event_hash
from tests.fakes.tables import FakeTransaction


class FakeStoreEvents:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def append(self, stream: Stream, key: int, event: StoreEvent) -> None:
        tables = self._transaction.changing
        lines = tables.store_events.setdefault((stream, key), [])
        lines.append(replace(event, before=dict(event.before), after=dict(event.after)))
        last = NO_HASH
        for position, line in enumerate(lines, start=1):
            last = event_hash(stream, key, position, line, last)
        tables.pending_heads[stream, key] = Head(stream, key, len(lines), last)

    def history(self, stream: Stream, key: int) -> Sequence[StoreEvent]:
        return list(self._transaction.seen.store_events.get((stream, key), ()))


class FakeAnchors:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def waiting(self, limit: int) -> Sequence[Head]:
        return sorted(self._transaction.changing.pending_heads.values())[:limit]

    def add(self, anchor: Anchor, heads: Sequence[Head]) -> None:
        tables = self._transaction.changing
        tables.anchors.append(anchor)
        for head in heads:
            if tables.pending_heads.get((head.stream, head.key)) == head:
                del tables.pending_heads[head.stream, head.key]

    def latest(self) -> Anchor | None:
        anchors = self._transaction.seen.anchors
        return anchors[-1] if anchors else None
