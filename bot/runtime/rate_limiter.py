"""When a channel may send again, so that its platform never has to say that it is too much."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Sequence
from datetime import datetime

from handlers.channel_port import RateLimit

WINDOW_SECONDS = 60.0
"""Over which the messages to one group are counted."""


class RateLimiter:
    """For one channel: over all its destinations together, to each destination, and to a group within a minute."""

    def __init__(self, limit: RateLimit) -> None:
        self._limit = limit
        self._all: deque[datetime] = deque()
        self._of: dict[str, deque[datetime]] = {}
        self._rooms: dict[str, datetime] = {}
        """Groups, and when each was last sent to."""

    def note(self, destination: str, at: datetime) -> None:
        self._all.append(at)
        self._of.setdefault(destination, deque()).append(at)
        if _is_group(destination):
            self._rooms[destination] = at

    def budget(self, now: datetime) -> int:
        """How many may go out now, over all destinations."""
        _forget(self._all, now, 1.0)
        return max(0, self._limit.per_second - len(self._all))

    def frees_in(self, now: datetime) -> float:
        """Seconds until the oldest of the last second is forgotten."""
        return 1.0 - (now - self._all[0]).total_seconds() if self._all else 1.0

    def resting(self, now: datetime) -> dict[str, float]:
        """Destinations that must wait, with the seconds until each may have its next. Looks only at those of the last
        moments: each private chat of the last minute, at every round, cost more than sending."""
        waits = {}
        counted = self._limit.group_per_minute is not None
        for destination, sent in list(self._of.items()):
            _forget(sent, now, WINDOW_SECONDS if counted and _is_group(destination) else self._limit.gap_seconds)
            if not sent:
                del self._of[destination]
            elif (wait := self._wait(destination, sent, now)) > 0:
                waits[destination] = wait
        return waits

    def spoken_to(self, resting: Collection[str], now: datetime) -> list[str]:
        """Rooms that had a message lately and may have the next now: one that waited out a minute too."""
        self._rooms = {room: at for room, at in self._rooms.items() if (now - at).total_seconds() < 2 * WINDOW_SECONDS}
        return [room for room in self._rooms if room not in resting]

    def _wait(self, destination: str, sent: Sequence[datetime], now: datetime) -> float:
        wait = self._limit.gap_seconds - (now - sent[-1]).total_seconds()
        most = self._limit.group_per_minute
        if most is not None and _is_group(destination) and len(sent) >= most:
            wait = max(wait, WINDOW_SECONDS - (now - sent[-most]).total_seconds())
        return wait


def _is_group(destination: str) -> bool:
    return destination.split(":", 2)[1] == "r"


def _forget(sent: deque[datetime], now: datetime, seconds: float) -> None:
    while sent and (now - sent[0]).total_seconds() >= seconds:
        sent.popleft()
    if sent and sent[-1] > now:  # the clock was put back
        for place, at in enumerate(sent):
            sent[place] = min(at, now)
