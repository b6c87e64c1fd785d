"""The chain of a ticket's history: each line carries the hash of the one before, so that none can be changed or taken
out unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from sqlalchemy import Row, select

from handlers.domain.people import PersonId
from handlers.domain.ticket import Change, TicketEvent
from storage.tables import ticket, ticket_event
from storage.transaction import Transaction

NO_HASH = ""

_encode = json.JSONEncoder(separators=(",", ":")).encode
_ENDS = (
    select(ticket.c.id, ticket.c.number, ticket.c.event_count, ticket.c.last_hash)
    .outerjoin(ticket_event, ticket_event.c.ticket == ticket.c.id)
    .add_columns(ticket_event)
    .order_by(ticket.c.id, ticket_event.c.position)
    .execution_options(yield_per=10_000)
)


def event_hash(number: str, position: int, event: TicketEvent, previous: str) -> str:
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    change = [event.what.value, event.before, event.after, event.reason]
    line = [number, position, at, event.who, event.channel, *change, previous]
    return hashlib.sha256(_encode(line).encode("ascii")).hexdigest()


def event_of(row: Row[Any]) -> TicketEvent:
    who = None if row.who is None else PersonId(row.who)
    return TicketEvent(row.at, who, row.channel, Change(row.what), row.before, row.after, row.reason)


def broken_chains(transaction: Transaction) -> Iterator[str]:
    """Numbers of the tickets whose history is not what was written."""
    current: tuple[int, str, int, str] | None = None
    position, last, sound = 0, NO_HASH, True
    for row in transaction.execute(_ENDS):
        if current is None or row.id != current[0]:
            if current is not None and not (sound and (position, last) == current[2:]):
                yield current[1]
            current = (row.id, row.number, row.event_count, row.last_hash)
            position, last, sound = 0, NO_HASH, True
        if row.position is None:
            continue
        position += 1
        sound &= row.position == position and row.prev_hash == last
        sound &= row.hash == event_hash(row.number, position, event_of(row), last)
        last = row.hash
    if current is not None and not (sound and (position, last) == current[2:]):
        yield current[1]
