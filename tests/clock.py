"""Clocks for tests: one that moves only when it is told to, and one that runs on, the same in several processes.

No test goes by the real clock: what day it is would decide whether it passes.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A Monday morning."""
SUNDAY = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)
"""Nothing comes between what people do: no morning list, no daily summary, no reminder."""


class FakeClock:
    """Implements `handlers.ports.Clock`."""

    def __init__(self, now: datetime = START) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def advance(self, by: timedelta | None = None, **parts: float) -> datetime:
        """`advance(minutes=10)`; the new time."""
        self._now += by if by is not None else timedelta(**parts)
        return self._now

    def set(self, now: datetime) -> None:
        self._now = now


class RunningClock:
    """Implements `handlers.ports.Clock`: starts at that moment and runs. Written down (`str`) and handed to another
    process it tells the same time there, since all processes of a machine share the monotonic clock.
    """

    def __init__(self, start: datetime = SUNDAY) -> None:
        self._at_zero = start - timedelta(seconds=time.monotonic())

    def now(self) -> datetime:
        return self._at_zero + timedelta(seconds=time.monotonic())

    def __str__(self) -> str:
        return self._at_zero.isoformat()

    @classmethod
    def read(cls, written: str) -> RunningClock:
        clock = cls()
        clock._at_zero = datetime.fromisoformat(written)
        return clock
