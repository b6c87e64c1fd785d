"""A promise (söz): the day until which a technician says it will be done. A subject that has no target is due by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from handlers.domain.states import Change, TicketEvent
from handlers.domain.working_time import NoWorkingTimeError, WorkingTime

REMINDED_AT = time(8, 30)


@dataclass(frozen=True, slots=True)
class Promise:
    day: date
    due: datetime
    """The end of that day's last window; of a day that was let off afterwards, of the next that is worked."""
    reminded_at: datetime | None
    """When whoever holds it is reminded; None: it was given on that day."""
    line: int
    """Of the history, that gave it."""


def promise(history: Sequence[TicketEvent], time: WorkingTime) -> Promise | None:
    """The last that was given since it was last reopened."""
    for line in range(len(history), 0, -1):
        event = history[line - 1]
        if event.what is Change.REOPENED:
            return None
        if event.what is Change.PROMISED:
            return _given(event, line, time)
    return None


def _given(event: TicketEvent, line: int, time: WorkingTime) -> Promise | None:
    try:
        day = date.fromisoformat(event.after or "")
        morning = time.next_opening(time.at(day, REMINDED_AT))
        due = end_of(time.local_date(morning), time)
    except (NoWorkingTimeError, ValueError):
        return None
    return Promise(day, due, morning if event.at < time.at(day, REMINDED_AT) else None, line)


def end_of(day: date, time: WorkingTime) -> datetime:
    """Raises ValueError for a day on which nobody works."""
    ends = time.ends(day)
    if ends is None:
        raise ValueError(f"nobody works on {day}")
    return time.at(day, ends)
