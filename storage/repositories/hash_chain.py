"""The chain of a ticket's history: each line carries the hash of the one before, so that none can be changed or taken
out unseen."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC

from handlers.domain.states import TicketEvent

_encode = json.JSONEncoder(separators=(",", ":")).encode


def event_hash(number: str, position: int, event: TicketEvent, previous: str) -> str:
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    change = [event.what.value, event.before, event.after, event.reason]
    place_of = [list(event.acting_for)] if event.acting_for else []  # lines from before there were deputies have none
    line = [number, position, at, event.who, event.channel, *change, *place_of, previous]
    return hashlib.sha256(_encode(line).encode("ascii")).hexdigest()
