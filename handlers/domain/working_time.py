"""Working days and hours of the municipality: weekends, public holidays, and half days (they count half)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

NOON = time(12, 30)


class DayKind(IntEnum):
    """How much of a day is worked, in halves."""

    OFF = 0
    HALF = 1
    FULL = 2


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """`holiday` tells how much of a weekday the calendar leaves (28 October and the eves of the feasts: HALF)."""

    zone: ZoneInfo
    holiday: Callable[[date], DayKind]
    starts: time = time(8, 0)
    ends: time = time(17, 0)

    def kind(self, day: date) -> DayKind:
        return DayKind.OFF if day.weekday() >= 5 else self.holiday(day)

    def is_working_day(self, day: date) -> bool:
        return self.kind(day) is not DayKind.OFF

    def local_date(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def is_working_at(self, at: datetime) -> bool:
        local = at.astimezone(self.zone)
        kind = self.kind(local.date())
        ends = {DayKind.OFF: self.starts, DayKind.HALF: NOON, DayKind.FULL: self.ends}[kind]
        return self.starts <= local.time() < ends

    def add_working_days(self, at: datetime, days: int) -> datetime:
        """The same time of day, so many working days later; a half day counts half."""
        halves, local = days * 2, at.astimezone(self.zone)
        while halves > 0:
            local += timedelta(days=1)
            halves -= self.kind(local.date())
        return local

    def previous_working_days(self, day: date, count: int) -> list[date]:
        """The last `count` working days before `day`, newest first."""
        found: list[date] = []
        while len(found) < count:
            day -= timedelta(days=1)
            if self.is_working_day(day):
                found.append(day)
        return found

    def working_days_between(self, since: datetime, until: datetime) -> int:
        """Whole working days from one to the other, half days counted half; 0: on the same day, or over a weekend."""
        day, last = self.local_date(since), self.local_date(until)
        halves = 0
        while day < last:
            day += timedelta(days=1)
            halves += self.kind(day)
        return halves // 2

    def at(self, day: date, clock: time) -> datetime:
        """That local wall time; where DST skips or repeats it, the first that exists."""
        return datetime.combine(day, clock, tzinfo=self.zone)
