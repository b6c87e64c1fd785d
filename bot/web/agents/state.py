"""What one process holds against agents that come too often, or too many at a time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

from bot.web.rate_limit import VisitorRateLimiter

MOST_WRONG = 100
"""Wrong passwords of one address within an hour; after that it is not listened to for a while."""
MOST_AT_A_TIME = 4
"""Bodies that are being read; the next ones wait."""


@dataclass(slots=True)
class AgentState:
    """Of one process."""

    wrong: VisitorRateLimiter = field(default_factory=lambda: VisitorRateLimiter(MOST_WRONG, timedelta(hours=1)))
    inventories: VisitorRateLimiter = field(default_factory=lambda: VisitorRateLimiter(1))
    bodies: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MOST_AT_A_TIME))
    reading: asyncio.Lock = field(default_factory=asyncio.Lock)
    """One large body becomes values at a time: they need ten times its room."""
