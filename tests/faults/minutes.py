"""Working time once more, in another way than the desk counts it: every minute of some years is worked or not.

Nothing of it is the desk's: the days stand here as people write them down, and a sum up to each minute answers
everything. What both say alike is unlikely to be wrong in the same way.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from handlers.domain.states import Change, Priority, TicketEvent

ISTANBUL = ZoneInfo("Europe/Istanbul")
DAY = 24 * 60
HOURS = ((8 * 60, 12 * 60), (13 * 60, 17 * 60))
HOLIDAYS = """
2026: 01-01 03-20 03-21 03-22 04-23 05-01 05-19 05-27 05-28 05-29 05-30 07-15 08-30 10-29
2027: 01-01 03-09 03-10 03-11 04-23 05-01 05-16 05-17 05-18 05-19 07-15 08-30 10-29
2028: 01-01
"""
HALF_DAYS = """
2026: 03-19 05-26 10-28
2027: 03-08 05-15 10-28
"""
"""The afternoon is off. Agreed by three sources (A.2 of the design)."""


def _days(written: str) -> set[date]:
    lines = [line.split(":") for line in written.strip().splitlines()]
    return {date.fromisoformat(f"{year}-{day}") for year, days in lines for day in days.split()}


@dataclass(frozen=True, slots=True)
class Decree:
    """İdari izin, or a day that is worked: in minutes of that day, and when it was written down."""

    day: date
    known_at: datetime
    starts: int = 0
    ends: int = DAY
    worked: bool = False


class Minutes:
    def __init__(self, first: date, last: date, decrees: Iterable[Decree]) -> None:
        self._first = first
        self._zero = datetime.combine(first, datetime.min.time(), ISTANBUL)
        holidays, halves, decreed = _days(HOLIDAYS), _days(HALF_DAYS), list(decrees)
        worked = bytearray((last - first).days * DAY)
        for n in range((last - first).days):
            day = first + timedelta(days=n)
            of_day = [decree for decree in decreed if decree.day == day]
            for start, end in self._hours(day, holidays, halves, of_day):
                worked[n * DAY + start : n * DAY + end] = b"\1" * (end - start)
        self._worked = worked
        self._sum = [0, *accumulate(worked)]

    @staticmethod
    def _hours(day: date, holidays: set[date], halves: set[date], decrees: Sequence[Decree]) -> list[tuple[int, int]]:
        if of_work := [(decree.starts, decree.ends) for decree in decrees if decree.worked]:
            return of_work
        if day in holidays or day.weekday() >= 5:
            return []
        spans = [*HOURS[:1]] if day in halves else [*HOURS]
        for decree in decrees:
            cut = [(s, min(e, decree.starts)) for s, e in spans] + [(max(s, decree.ends), e) for s, e in spans]
            spans = [(start, end) for start, end in cut if start < end]
        return spans

    def minute(self, at: datetime) -> int:
        return int((at.astimezone(UTC) - self._zero).total_seconds() // 60)

    def is_open(self, at: datetime) -> bool:
        return bool(self._worked[self.minute(at)])

    def elapsed(self, since: datetime, until: datetime) -> int:
        return self._sum[self.minute(until)] - self._sum[self.minute(since)]

    def add(self, since: datetime, minutes: int) -> datetime:
        if not minutes:
            return since
        wanted = self._sum[self.minute(since)] + minutes
        return self._zero + timedelta(minutes=bisect_left(self._sum, wanted))


# --- a ticket's time, told again ----------------------------------------------------------------------
SOLVE = {
    "ariza": {Priority.URGENT: 4, Priority.HIGH: 8, Priority.NORMAL: 24, Priority.LOW: 80},
    "talep": {Priority.URGENT: 8, Priority.HIGH: 16, Priority.NORMAL: 40, Priority.LOW: 120},
}
"""Hours."""
RUNS = ("open", "claimed")


@dataclass(slots=True)
class Recount:
    spent: int = 0
    """Minutes, until `since`."""
    since: datetime | None = None
    allowance: float = 0
    target: int = 0
    missed: bool = False
    due: datetime | None = None
    """While it runs in time."""
    used_up: datetime | None = None
    """When nothing was left, in a stretch that is over: to the minute, or it would be late by now."""


def recount(history: Sequence[TicketEvent], kind: str, priority: Priority, minutes: Minutes) -> Recount:
    """`priority`: with which it was opened."""
    told, state = Recount(), "open"
    for event in history:
        if event.what.enters_state or event.what is Change.PRIORITISED:
            if told.since is not None:
                worked, left = minutes.elapsed(told.since, event.at), round(told.allowance) - told.spent
                if told.used_up is None and worked == left:
                    told.used_up = minutes.add(told.since, left)
                told.spent += worked
                told.missed |= told.spent > told.allowance
                told.since = None
            if event.what.enters_state:
                state = str(event.after)
            elif event.what is Change.PRIORITISED:
                priority = Priority(event.after or "")
            _measure(told, SOLVE[kind][priority] * 60, first=event.what is Change.OPENED)
            if event.what is Change.REOPENED:
                told.allowance = max(told.allowance, told.spent + max(told.target / 4, 60))
            if told.allowance > told.spent:
                told.used_up = None  # it was given more
            told.since = event.at if state in RUNS else None
    if told.since is not None and told.spent <= told.allowance:
        told.due = told.used_up or minutes.add(told.since, round(told.allowance) - told.spent)
    return told


def _measure(told: Recount, target: int, *, first: bool) -> None:
    former, told.target = told.target, target
    if first or target > former:
        told.allowance = target
    elif target < former and told.spent <= told.allowance:
        told.allowance = max(target, told.spent + target / 4)
