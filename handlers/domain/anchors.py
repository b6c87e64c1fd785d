"""Gün sonu özeti: one hash a day over all histories that went on, chained to the day before.

Each history is a chain, so its last hash says all of it; who has the whole database could still write it anew from its
beginning. So the newest anchor is told where it cannot be taken back: on paper, in summaries, in backups.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from handlers.domain.store_events import NO_HASH, Stream

MOST_HEADS = 1_000
"""That one anchor takes: with more the day has several, so that none holds a transaction up."""


class Head(NamedTuple):
    """Where a history stands."""

    stream: Stream
    key: int
    """The ticket's id, the place's …"""
    lines: int
    hash: str
    """Of the last one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    number: int
    """From 1, without gaps."""
    day: date
    """The local one that it closes."""
    at: datetime
    heads: int
    """How many histories went on since the anchor before."""
    previous: str
    hash: str

    @property
    def mark(self) -> str:
        """As people read and compare it: `12 · 88d0 41ac`."""
        return f"{self.number} · {self.hash[:4]} {self.hash[4:8]}"


def anchor_hash(number: int, day: date, previous: str, heads: Sequence[Head]) -> str:
    """Whatever the order of `heads`."""
    lines = sorted([head.stream.value, head.key, head.lines, head.hash] for head in heads)
    content = json.dumps([number, day.isoformat(), previous, lines], separators=(",", ":"))
    return hashlib.sha256(content.encode("ascii")).hexdigest()


def next_anchor(before: Anchor | None, day: date, at: datetime, heads: Sequence[Head]) -> Anchor:
    number = 1 if before is None else before.number + 1
    previous = NO_HASH if before is None else before.hash
    return Anchor(
        number=number,
        day=day,
        at=at,
        heads=len(heads),
        previous=previous,
        hash=anchor_hash(number, day, previous, heads),
    )
