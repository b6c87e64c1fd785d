"""Somebody changed how time is counted for many tickets, and watches how far the counting is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Recount:
    conversation: str
    """Where they watch."""
    tickets: int
    """To be counted when it began."""
    begun_at: datetime
    told: int = 0
    """How many of them were counted when it was last said."""
    ended_at: datetime | None = None
    id: int = 0
