"""A clock that moves only when it is told to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A Monday morning."""


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
