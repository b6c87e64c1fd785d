"""The history of what is not a ticket: places, duties, and the stores that stand on them.

Each thing has a stream of its own lines, chained by hash as a ticket's are; a line is never changed or taken out. It
carries codes and ids, never prose: what people wrote lies beside it and can be erased.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from handlers.domain.people import PersonId

NO_HASH = ""
"""Before the first line of a chain."""
Values = Mapping[str, str | int | bool | None]
"""By the names of fields; ids, codes and dates in ISO's form."""


class Stream(StrEnum):
    """Whose chain it is; with the thing's id it names one."""

    TICKET = "ticket"
    """Its lines are `TicketEvent`s."""
    PLACE = "place"
    OFFICER = "officer"
    DEVICE = "device"
    COUNT = "count"
    SCRAP = "scrap"
    STOCK = "stock"
    """Of an item: what it is, and each of its movements."""
    TERM = "term"
    VENDOR = "vendor"
    ANNOUNCEMENT = "announcement"
    TRAINING = "training"
    DOCUMENT = "document"
    """One to be answered."""
    PROGRAM = "program"
    SERVICE = "service"
    """Of a service form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreEvent:
    at: datetime
    who: PersonId | None
    """None: the desk itself."""
    channel: str
    what: str
    """A word of its aggregate: `recorded`, `renamed` …"""
    before: Values = field(default_factory=dict)
    after: Values = field(default_factory=dict)
    ref: str = ""
    """What it was done for: a ticket's number, a document's."""
    acting_for: tuple[PersonId, ...] = ()
    """In whose place."""


_encode = json.JSONEncoder(separators=(",", ":"), sort_keys=True).encode


def event_hash(stream: Stream, key: int, position: int, event: StoreEvent, previous: str) -> str:
    """`position` from 1; `previous`: the hash of the line before, or `NO_HASH`."""
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    change = [event.what, dict(event.before), dict(event.after), event.ref, list(event.acting_for)]
    line = [stream.value, key, position, at, event.who, event.channel, *change, previous]
    return hashlib.sha256(_encode(line).encode("ascii")).hexdigest()
