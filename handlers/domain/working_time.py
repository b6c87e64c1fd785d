"""Working days and hours of the municipality: weekends, public holidays, half days, and the pause at noon."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

Window = tuple[time, time]
"""From the first moment to the last, which is not in it; local wall time."""
ORDINARY_HOURS: tuple[Window, ...] = ((time(8, 0), time(12, 0)), (time(13, 0), time(17, 0)))
HALF_DAY_ENDS = time(13, 0)
"""Law 2429: the holiday begins at 13:00. Where the pause begins before it, work ends with the morning."""
LONGEST_WITHOUT_WORK = timedelta(days=366)
"""A calendar that leaves no hour of work for so long is a mistake, and not to be searched for ever."""


class NoWorkingTimeError(LookupError):
    """The calendar leaves no working time near that day."""

    def __init__(self, day: date) -> None:
        super().__init__(f"no working time within {LONGEST_WITHOUT_WORK.days} days of {day}")


class DayKind(IntEnum):
    """How much of a day is worked, in halves."""

    OFF = 0
    HALF = 1
    FULL = 2


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """`holiday` tells how much of a weekday the calendar leaves (28 October and the eves of the feasts: HALF).
    `hours` are the windows of a whole day, in order. Raises ValueError for hours that end before they begin or overlap.
    """

    zone: ZoneInfo
    holiday: Callable[[date], DayKind]
    hours: tuple[Window, ...] = ORDINARY_HOURS

    def __post_init__(self) -> None:
        moments = [moment for window in self.hours for moment in window]
        if not moments or any(later <= earlier for earlier, later in pairwise(moments)):
            raise ValueError(f"working hours out of order: {self.hours}")

    # --- days -----------------------------------------------------------------------------------
    def kind(self, day: date) -> DayKind:
        return DayKind.OFF if day.weekday() >= 5 else self.holiday(day)

    def is_working_day(self, day: date) -> bool:
        return self.kind(day) is not DayKind.OFF

    def local_date(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def add_working_days(self, at: datetime, days: int) -> datetime:
        """The same time of day, so many working days later; a half day counts half."""
        return self._days_away(at, days, timedelta(days=1))

    def subtract_working_days(self, at: datetime, days: int) -> datetime:
        """The same time of day, so many working days earlier; a half day counts half."""
        return self._days_away(at, days, timedelta(days=-1))

    def _days_away(self, at: datetime, days: int, step: timedelta) -> datetime:
        halves, local = days * 2, at.astimezone(self.zone)
        worked = local
        while halves > 0:
            local += step
            halves -= self.kind(local.date())
            worked = local if self.is_working_day(local.date()) else worked
            if abs(local - worked) > LONGEST_WITHOUT_WORK:
                raise NoWorkingTimeError(self.local_date(at))
        return local

    def previous_working_days(self, day: date, count: int) -> list[date]:
        """The last `count` working days before `day`, newest first."""
        found: list[date] = []
        last = day
        while len(found) < count:
            day -= timedelta(days=1)
            if self.is_working_day(day):
                found.append(day)
                last = day
            elif last - day > LONGEST_WITHOUT_WORK:
                raise NoWorkingTimeError(last)
        return found

    def working_days_between(self, since: datetime, until: datetime) -> int:
        """Whole working days from one to the other, half days counted half; 0: on the same day, or over a weekend."""
        day, last = self.local_date(since), self.local_date(until)
        halves = 0
        while day < last:
            day += timedelta(days=1)
            halves += self.kind(day)
        return halves // 2

    # --- hours ----------------------------------------------------------------------------------
    def windows(self, day: date) -> tuple[Window, ...]:
        """When that day is worked, in order; none on a day off."""
        match self.kind(day):
            case DayKind.FULL:
                return self.hours
            case DayKind.HALF:
                return tuple((start, min(end, HALF_DAY_ENDS)) for start, end in self.hours if start < HALF_DAY_ENDS)
            case _:
                return ()

    def ends(self, day: date) -> time | None:
        """When work ends that day; None on a day off."""
        windows = self.windows(day)
        return windows[-1][1] if windows else None

    def is_working_at(self, at: datetime) -> bool:
        local = at.astimezone(self.zone)
        return any(start <= local.time() < end for start, end in self.windows(local.date()))

    def add(self, at: datetime, work: timedelta) -> datetime:
        """The first moment at which so much working time has passed since then; `at` itself for none.

        Raises NoWorkingTimeError.
        """
        return self._hours_away(at, work, forward=True)

    def subtract(self, at: datetime, work: timedelta) -> datetime:
        """The last moment since which so much working time has passed by then: whoever waits from it on, or longer, has
        waited for that long. Raises NoWorkingTimeError."""
        return self._hours_away(at, work, forward=False)

    def _hours_away(self, at: datetime, work: timedelta, *, forward: bool) -> datetime:
        left = work
        for start, end in self._spans(at, forward=forward):
            if left <= timedelta():
                break
            if left <= end - start:
                reached = start + left if forward else end - left
                return reached.astimezone(self.zone)
            left -= end - start
        return at.astimezone(self.zone)

    def elapsed(self, since: datetime, until: datetime) -> timedelta:
        """The working time from one moment to the other; none where the second is the earlier."""
        total = timedelta()
        day, last = self.local_date(since), self.local_date(until)
        while day <= last:
            for start, end in self._moments(day):
                total += max(min(end, until) - max(start, since), timedelta())
            day += timedelta(days=1)
        return total

    def _spans(self, at: datetime, *, forward: bool) -> Iterator[tuple[datetime, datetime]]:
        """What is worked from then on (or, newest first, until then), without an end. In UTC, so that hours have
        their true length where the clocks change."""
        day = worked = self.local_date(at)
        step = timedelta(days=1 if forward else -1)
        while abs(day - worked) <= LONGEST_WITHOUT_WORK:
            moments = self._moments(day)
            worked = day if moments else worked
            for start, end in moments if forward else reversed(moments):
                start, end = (max(start, at), end) if forward else (start, min(end, at))
                if start < end:
                    yield start.astimezone(UTC), end.astimezone(UTC)
            day += step
        raise NoWorkingTimeError(self.local_date(at))

    def _moments(self, day: date) -> list[tuple[datetime, datetime]]:
        return [
            (self.at(day, start).astimezone(UTC), self.at(day, end).astimezone(UTC)) for start, end in self.windows(day)
        ]

    def at(self, day: date, clock: time) -> datetime:
        """That local wall time; where DST skips or repeats it, the first that exists."""
        return datetime.combine(day, clock, tzinfo=self.zone)
