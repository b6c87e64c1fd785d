"""Time that is worked: what counts of a stretch of days, for whatever calendar says which hours are worked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from typing import Protocol
from zoneinfo import ZoneInfo

Window = tuple[time, time]
"""From the first moment to the last, which is not in it; local wall time."""
Span = tuple[datetime, datetime]
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
    """Less than three quarters of a full day."""
    FULL = 2


class WorkDays(Protocol):
    """What a calendar says of each day."""

    def windows(self, day: date) -> tuple[Window, ...]:
        """When that day is worked, in order; none on a day off."""

    def full_day(self, day: date) -> timedelta:
        """How long a whole day of work is at that time of the year."""


def length(windows: Sequence[Window]) -> timedelta:
    return sum((_since_midnight(end) - _since_midnight(start) for start, end in windows), timedelta())


def _since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second, microseconds=clock.microsecond)


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """`duty`: spans in which somebody is on call, which count beside the hours that are worked (for emergencies)."""

    zone: ZoneInfo
    days: WorkDays
    duty: tuple[Span, ...] = ()
    _known: dict[date, list[Span]] = field(default_factory=dict, init=False, compare=False, repr=False)
    """Of each day that was looked at."""

    # --- days -----------------------------------------------------------------------------------
    def kind(self, day: date) -> DayKind:
        worked = length(self.days.windows(day))
        if not worked:
            return DayKind.OFF
        return DayKind.FULL if 4 * worked >= 3 * self.days.full_day(day) else DayKind.HALF

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
        return self.days.windows(day)

    def ends(self, day: date) -> time | None:
        """When work ends that day; None on a day off."""
        windows = self.windows(day)
        return windows[-1][1] if windows else None

    def is_working_at(self, at: datetime) -> bool:
        return any(start <= at < end for start, end in self._moments(self.local_date(at)))

    def next_opening(self, at: datetime) -> datetime:
        """That moment where work goes on in it; else when it begins again. Raises NoWorkingTimeError."""
        if self.is_working_at(at):
            return at
        start, _ = next(self._spans(at, forward=True))
        return start.astimezone(self.zone)

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

    def _moments(self, day: date) -> list[Span]:
        """In UTC, in order."""
        known = self._known.get(day)
        if known is None:
            worked = [
                (self.at(day, start).astimezone(UTC), self.at(day, end).astimezone(UTC))
                for start, end in self.windows(day)
            ]
            known = self._known[day] = _united([*worked, *self._on_duty(day)]) if self.duty else worked
        return known

    def _on_duty(self, day: date) -> list[Span]:
        midnight, next_midnight = (self.at(one, time.min).astimezone(UTC) for one in (day, day + timedelta(days=1)))
        cut = [(max(start, midnight), min(end, next_midnight)) for start, end in self.duty]
        return [(start, end) for start, end in cut if start < end]

    def at(self, day: date, clock: time) -> datetime:
        """That local wall time; where DST skips or repeats it, the first that exists."""
        return datetime.combine(day, clock, tzinfo=self.zone)


def _united(spans: Sequence[Span]) -> list[Span]:
    """In order, what overlaps or touches made one."""
    united: list[Span] = []
    for start, end in sorted(spans):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(united[-1][1], end))
        else:
            united.append((start, end))
    return united
