"""Time and randomness as the system has them, and the clock by which this process goes.

Nothing else reads the time of day. Who starts a process says by which clock it goes (`going_by`); a command asks for
that one (`process_clock`), and what a command builds is given it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.ports import Clock


class SystemClock:
    """Implements `handlers.ports.Clock`."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class SystemRandomness:
    def token(self) -> str:
        return secrets.token_urlsafe(18)


_process_clock: Clock = SystemClock()


def process_clock() -> Clock:
    """The system's, unless this process was told to go by another one; the same in all of its threads."""
    return _process_clock


@contextmanager
def going_by(clock: Clock) -> Iterator[None]:
    """Commands that are called meanwhile go by this clock."""
    global _process_clock
    before, _process_clock = _process_clock, clock
    try:
        yield
    finally:
        _process_clock = before
