"""Chained lines of the stores; where each history stands; the anchors over them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete, insert, select

from handlers.domain.anchors import Anchor, Head
from handlers.domain.people import PersonId
from handlers.domain.store_events import NO_HASH, StoreEvent, Stream, Values, event_hash
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction, upsert
from storage.repositories.rows import columns
from storage.repositories.ticket_rows import people_of, people_written
from storage.tables import anchor, anchor_head, pending_head, store_event


class StoreEventRow(NamedTuple):
    at: datetime
    who: PersonId | None
    channel: str
    what: str
    before: Values
    after: Values
    ref: str
    acting_for: str | None


class EndRow(NamedTuple):
    position: int
    hash: str


class HeadRow(NamedTuple):
    stream: str
    key: int
    lines: int
    hash: str


class AnchorRow(NamedTuple):
    number: int
    day: date
    at: datetime
    heads: int
    previous: str
    hash: str


_OF_STREAM = (store_event.c.stream == bindparam("stream"), store_event.c.key == bindparam("key"))
_ADD = prepared(insert(store_event))
_END = prepared(
    select(*columns(store_event, EndRow)).where(*_OF_STREAM).order_by(store_event.c.position.desc()).limit(1), EndRow
)
_HISTORY = prepared(
    select(*columns(store_event, StoreEventRow)).where(*_OF_STREAM).order_by(store_event.c.position), StoreEventRow
)
_MOVED = prepared(
    upsert(
        lambda insert: (
            insert(pending_head)
            .values({name: bindparam(name) for name in HeadRow._fields})
            .on_conflict_do_update(
                index_elements=["stream", "key"], set_={"lines": bindparam("lines"), "hash": bindparam("hash")}
            )
        )
    )
)
_WAITING = prepared(
    select(*columns(pending_head, HeadRow))
    .order_by(pending_head.c.stream, pending_head.c.key)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True),
    HeadRow,
)
"""What is written to at this moment is left for the next anchor: nobody waits for it, nor it for us."""
_TAKEN = prepared(
    delete(pending_head).where(
        pending_head.c.stream == bindparam("stream"),
        pending_head.c.key == bindparam("key"),
        pending_head.c.lines == bindparam("lines"),
    )
)
_ADD_ANCHOR = prepared(insert(anchor))
_ADD_HEADS = prepared(insert(anchor_head))
_LATEST = prepared(select(*columns(anchor, AnchorRow)).order_by(anchor.c.number.desc()).limit(1), AnchorRow)


class ChainHeads:
    """Told by every repository of a chain where that stands now, in the transaction that wrote it."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def moved(self, stream: Stream, key: int, lines: int, last: str) -> None:
        self._transaction.run(_MOVED, {"stream": stream.value, "key": key, "lines": lines, "hash": last})


class SqlStoreEvents:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._heads = ChainHeads(transaction)

    def append(self, stream: Stream, key: int, event: StoreEvent) -> None:
        end = self._transaction.run(_END, {"stream": stream.value, "key": key}).first() or EndRow(0, NO_HASH)
        position, last = end.position + 1, event_hash(stream, key, end.position + 1, event, end.hash)
        self._transaction.run(
            _ADD,
            {
                "stream": stream.value,
                "key": key,
                "position": position,
                "at": event.at,
                "who": event.who,
                "channel": event.channel,
                "what": event.what,
                "before": dict(event.before),
                "after": dict(event.after),
                "ref": event.ref,
                "acting_for": people_written(event.acting_for),
                "prev_hash": end.hash,
                "hash": last,
            },
        )
        self._heads.moved(stream, key, position, last)

    def history(self, stream: Stream, key: int) -> Sequence[StoreEvent]:
        return [event_of(row) for row in self._transaction.run(_HISTORY, {"stream": stream.value, "key": key})]


def event_of(row: StoreEventRow) -> StoreEvent:
    values = row._asdict()
    return StoreEvent(**{**values, "acting_for": people_of(row.acting_for)})


class SqlAnchors:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def waiting(self, limit: int) -> Sequence[Head]:
        found = self._transaction.run(_WAITING, {"limit": limit})
        return [Head(Stream(row.stream), row.key, row.lines, row.hash) for row in found]

    def add(self, anchor: Anchor, heads: Sequence[Head]) -> None:
        values = AnchorRow(anchor.number, anchor.day, anchor.at, anchor.heads, anchor.previous, anchor.hash)
        self._transaction.run(_ADD_ANCHOR, values._asdict())
        if not heads:
            return
        rows = [HeadRow(head.stream.value, head.key, head.lines, head.hash)._asdict() for head in heads]
        self._transaction.run(_ADD_HEADS, [{**row, "anchor": anchor.number} for row in rows])
        self._transaction.run(_TAKEN, [{name: row[name] for name in ("stream", "key", "lines")} for row in rows])

    def latest(self) -> Anchor | None:
        row = self._transaction.run(_LATEST).first()
        return None if row is None else Anchor(**row._asdict())
