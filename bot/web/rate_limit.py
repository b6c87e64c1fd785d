"""How fast somebody may write."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from datetime import datetime, timedelta
from math import ceil

MINUTE = timedelta(minutes=1)
_TIDY_AT = 2000


class VisitorRateLimiter:
    """At most `limit` a minute, or another period, for each; kept in memory, since a new start may forgive, and each of
    several processes may count for itself."""

    def __init__(self, limit: int, period: timedelta = MINUTE) -> None:
        self._limit, self._period = limit, period
        self._marks: dict[Hashable, deque[datetime]] = {}
        self._tidy_at = _TIDY_AT

    def wait(self, who: Hashable, now: datetime, weight: int = 1) -> int:
        """Whole seconds until `who` may go on; 0: may now, and it is counted, as so many as it weighs. What weighs more
        than is allowed in a minute goes where nothing else went in that minute."""
        marks = self._marks.setdefault(who, deque())
        while marks and now - marks[0] >= self._period:
            marks.popleft()
        if marks and (over := len(marks) + weight - self._limit) > 0:
            return max(1, ceil((marks[min(over, len(marks)) - 1] + self._period - now).total_seconds()))
        marks.extend([now] * weight)
        if len(self._marks) > self._tidy_at:
            self._marks = {key: seen for key, seen in self._marks.items() if seen and now - seen[-1] < self._period}
            self._tidy_at = max(_TIDY_AT, 2 * len(self._marks))  # or each of many would look at all
        return 0

    def left(self, who: Hashable, now: datetime) -> int:
        """Whole seconds until `who` may go on; nothing is counted."""
        marks = [mark for mark in self._marks.get(who, ()) if now - mark < self._period]
        over = len(marks) - self._limit
        return max(1, ceil((marks[over] + self._period - now).total_seconds())) if over >= 0 else 0
