"""Histories of the stores, and the anchors: what was written stands as it was written, from its first day on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, and_, exists, func, literal, or_, select

from handlers.domain.anchors import Head, anchor_hash
from handlers.domain.store_events import NO_HASH, Stream, event_hash
from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.repositories.histories import StoreEventRow, event_of
from storage.tables import anchor, anchor_head, pending_head, store_event, ticket, ticket_event

_STREAMS = select(*store_event.c).order_by(store_event.c.stream, store_event.c.key, store_event.c.position)
_STREAM_NAMES = frozenset(stream.value for stream in Stream)


def store_histories(ground: InvariantContext) -> Iterator[Finding]:
    """Without holes, each line chained to the one before."""
    for (stream, key), lines in groupby(ground.rows(_STREAMS), key=attrgetter("stream", "key")):
        last = NO_HASH
        for place, line in enumerate(lines, start=1):
            ground.advance(1)
            if stream not in _STREAM_NAMES:
                yield f"{stream} {key}", "is of a kind that the desk does not know"
                break
            if line.position != place:
                yield f"{stream} {key}", f"line {place} of its history is missing"
                break
            event = event_of(StoreEventRow(*(getattr(line, name) for name in StoreEventRow._fields)))
            if line.prev_hash != last or line.hash != event_hash(Stream(stream), key, place, event, last):
                yield f"{stream} {key}", f"line {place} of its history was changed"
                break
            last = line.hash


_ANCHORS = (
    select(
        *anchor.c,
        anchor_head.c.stream,
        anchor_head.c.key,
        anchor_head.c.lines,
        anchor_head.c.hash.label("head"),
    )
    .join_from(anchor, anchor_head, anchor_head.c.anchor == anchor.c.number, isouter=True)
    .order_by(anchor.c.number)
)
_HEADS = (anchor_head, pending_head)


def anchors(ground: InvariantContext) -> Iterator[Finding]:
    """Each follows from the one before and from its heads; each head is a line that still stands; and no history goes
    on but by what waits for the next anchor."""
    yield from _chain(ground)
    for heads in _HEADS:
        yield from _heads_that_stand_no_more(ground, heads)
    yield from _ends_that_nobody_told(ground)


def _chain(ground: InvariantContext) -> Iterator[Finding]:
    number, previous = 0, NO_HASH
    for (own, day), rows in groupby(ground.rows(_ANCHORS), key=attrgetter("number", "day")):
        lines = list(rows)
        ground.advance(1)
        first, where = lines[0], _where(own, day)
        known = [line for line in lines if line.stream is not None]
        number += 1
        if own != number:
            yield where, f"number {number} before it is missing"
        if first.previous != previous:
            yield where, "does not follow from the one before"
        try:
            heads = [Head(Stream(line.stream), line.key, line.lines, line.head) for line in known]
        except ValueError:
            yield where, "has a history of a kind that the desk does not know"
        else:
            if len(heads) != first.heads or first.hash != anchor_hash(own, day, first.previous, heads):
                yield where, "is not what its histories say"
        number, previous = own, first.hash


def _where(number: int, day: object) -> str:
    return f"anchor {number} ({day})"


def _heads_that_stand_no_more(ground: InvariantContext, heads: Table) -> Iterator[Finding]:
    """Of tickets and of stores: their lines stand in tables of their own."""
    line_of_ticket = exists().where(
        ticket_event.c.ticket == heads.c.key,
        ticket_event.c.position == heads.c.lines,
        ticket_event.c.hash == heads.c.hash,
    )
    line_of_store = exists().where(
        store_event.c.stream == heads.c.stream,
        store_event.c.key == heads.c.key,
        store_event.c.position == heads.c.lines,
        store_event.c.hash == heads.c.hash,
    )
    is_ticket = heads.c.stream == Stream.TICKET.value
    lost = or_(and_(is_ticket, ~line_of_ticket), and_(~is_ticket, ~line_of_store))
    columns = [heads.c.stream, heads.c.key, heads.c.lines, ticket.c.number.label("ticket")]
    named = and_(is_ticket, ticket.c.id == heads.c.key)
    if heads is anchor_head:
        query = select(*columns, anchor.c.number, anchor.c.day).join_from(heads, ticket, named, isouter=True)
        query = query.join(anchor, anchor.c.number == heads.c.anchor).order_by(anchor.c.number)
        for row in ground.rows(query.where(lost).order_by(heads.c.stream, heads.c.key)):
            yield _where(row.number, row.day), f"line {row.lines} of {_name(row)} is not as it was anchored"
        return
    query = select(*columns).join_from(heads, ticket, named, isouter=True)
    for row in ground.rows(query.where(lost).order_by(heads.c.stream, heads.c.key)):
        yield _name(row), f"line {row.lines} is not as it was written"


def _ends_that_nobody_told(ground: InvariantContext) -> Iterator[Finding]:
    of_ticket = [_told(heads, literal(Stream.TICKET.value), ticket.c.id, ticket.c.event_count) for heads in _HEADS]
    tickets = select(ticket.c.number).where(ticket.c.event_count > 0, *(~told for told in of_ticket))
    for row in ground.rows(tickets.order_by(ticket.c.id)):
        yield row.number, "has lines that wait for no anchor"
    lines = func.max(store_event.c.position).label("lines")
    ends = select(store_event.c.stream, store_event.c.key, lines).group_by(store_event.c.stream, store_event.c.key)
    end = ends.subquery()
    of_store = [_told(heads, end.c.stream, end.c.key, end.c.lines) for heads in _HEADS]
    stores = select(end.c.stream, end.c.key).where(*(~told for told in of_store))
    for row in ground.rows(stores.order_by(end.c.stream, end.c.key)):
        yield f"{row.stream} {row.key}", "has lines that wait for no anchor"


def _told(
    heads: Table, stream: ColumnElement[str], key: ColumnElement[int], lines: ColumnElement[int]
) -> ColumnElement[bool]:
    return exists().where(heads.c.stream == stream, heads.c.key == key, heads.c.lines == lines)


def _name(row: Row[Any]) -> str:
    return str(row.ticket or f"{row.stream} {row.key}")
