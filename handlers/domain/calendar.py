"""The calendar of a house and its units: weekly hours with the days they hold for, and the days that differ.

    windows(day):  1  a `worked` day has its own hours, nothing else applies
                   2  a `holiday` has none
                   3  else the hours of that weekday, of the newest pattern that holds on that day
                   4  on a `half` day cut at 13:00 (Law 2429: the holiday begins then)
                   5  each `admin_leave` (whole, or from and until) is cut out of them

A unit's days stand in place of the house's of the same date and kind, its patterns before the house's wherever one of
them holds. Everything may be known late: a leave is often decreed on the day itself, or written down days after.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from handlers.domain.errors import Invalid
from handlers.domain.people import PersonId, UnitId
from handlers.domain.working_time import Window, length

Week = tuple[tuple[Window, ...], ...]
"""Windows of Monday to Sunday."""
HALF_DAY_ENDS = time(13, 0)
END_OF_DAY = time.max


def weekdays(*windows: Window) -> Week:
    """The same from Monday to Friday."""
    return (windows,) * 5 + ((),) * 2


ORDINARY_WEEK = weekdays((time(8, 0), time(12, 0)), (time(13, 0), time(17, 0)))
"""Of a house that has said nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPattern:
    """Mesai düzeni. Raises Invalid for hours that nobody can work."""

    first_day: date
    week: Week
    last_day: date | None = None
    unit: UnitId | None = None
    """None: the whole house."""
    name: str = ""
    basis: str = ""
    """The decision behind it."""
    id: int = 0

    def __post_init__(self) -> None:
        if self.last_day is not None and self.last_day < self.first_day:
            raise Invalid("days_reversed", first=self.first_day, last=self.last_day)
        if len(self.week) != 7 or not any(self.week):
            raise Invalid("week_without_work")
        for windows in self.week:
            _require_order(windows)

    def holds_on(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)

    @property
    def full_day(self) -> timedelta:
        """The length of its longest day."""
        return _longest(self.week)

    @property
    def longest_day(self) -> tuple[Window, ...]:
        return max(self.week, key=length)


@lru_cache(maxsize=64)
def _longest(week: Week) -> timedelta:
    """Asked for with every card."""
    return max(map(length, week))


def _require_order(windows: Sequence[Window]) -> None:
    for start, end in windows:
        if end <= start:
            raise Invalid("hours_reversed", starts=start, ends=end)
    for former, latter in pairwise(windows):
        if latter[0] < former[1]:
            raise Invalid("hours_overlap", former=former, latter=latter)


class SpecialKind(StrEnum):
    HOLIDAY = "holiday"
    HALF = "half"
    ADMIN_LEAVE = "admin_leave"
    """İdari izin of everybody. Where some people only are let off, the unit works on: those are absent."""
    WORKED = "worked"
    EVENT = "event"
    """Önemli gün: a session of the council, a wedding, a tender. Worked as ever; planned work is put off for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialDay:
    """Özel gün: how one date differs. `starts` and `ends` of a leave or a worked day; None: from or to the day's end.

    Raises Invalid where it ends before it starts.
    """

    day: date
    kind: SpecialKind
    title: str
    unit: UnitId | None = None
    starts: time | None = None
    ends: time | None = None
    basis: str = ""
    """The decree's text or number."""
    decided_at: datetime | None = None
    decided_by: PersonId | None = None
    """None: it comes from the list of public holidays that the desk ships with."""
    confirmed: bool = True
    """Somebody compared a day of that list with the official calendar (Diyanet)."""
    withdrawn_at: datetime | None = None
    """It was taken back, and counts no more."""
    id: int = 0

    def __post_init__(self) -> None:
        if self.starts is not None and self.ends is not None and self.ends <= self.starts:
            raise Invalid("hours_reversed", starts=self.starts, ends=self.ends)

    @property
    def whole(self) -> bool:
        return self.starts is None and self.ends is None

    @property
    def window(self) -> Window:
        return self.starts or time.min, self.ends or END_OF_DAY


ALWAYS = date(2000, 1, 1)
"""The first day of hours that hold from the beginning: before anything that a desk keeps."""
_ORDINARY = WorkPattern(first_day=date.min, week=ORDINARY_WEEK)


@dataclass(frozen=True, slots=True)
class UnitCalendar:
    """Of one unit, or of the house (`unit` None). Implements `WorkDays`."""

    patterns: tuple[WorkPattern, ...]
    """The unit's before the house's, of each the newest first."""
    special: dict[date, dict[SpecialKind, tuple[SpecialDay, ...]]]

    def windows(self, day: date) -> tuple[Window, ...]:
        different = self.special.get(day)
        if different is None:
            return self.pattern(day).week[day.weekday()]
        if worked := different.get(SpecialKind.WORKED):
            return _merged(window for one in worked for window in self._of_worked(one))
        if SpecialKind.HOLIDAY in different:
            return ()
        windows = self.pattern(day).week[day.weekday()]
        if SpecialKind.HALF in different:
            windows = _without(windows, (HALF_DAY_ENDS, END_OF_DAY))
        for leave in different.get(SpecialKind.ADMIN_LEAVE, ()):
            windows = _without(windows, leave.window)
        return windows

    def full_day(self, day: date) -> timedelta:
        return self.pattern(day).full_day

    def pattern(self, day: date) -> WorkPattern:
        return next((pattern for pattern in self.patterns if pattern.holds_on(day)), _ORDINARY)

    def _of_worked(self, worked: SpecialDay) -> tuple[Window, ...]:
        """The hours that were said; where none were, those of an ordinary day."""
        if worked.starts is not None and worked.ends is not None:
            return ((worked.starts, worked.ends),)
        return _within(self.pattern(worked.day).longest_day, worked.window)


@dataclass(frozen=True, slots=True)
class Calendar:
    """All that is written down of a house's days."""

    patterns: tuple[WorkPattern, ...] = ()
    special_days: tuple[SpecialDay, ...] = ()
    _units: dict[UnitId | None, UnitCalendar] = field(default_factory=dict, compare=False, repr=False)

    def of(self, unit: UnitId | None) -> UnitCalendar:
        known = self._units.get(unit)
        if known is None:
            known = self._units[unit] = self._compose(unit)
        return known

    def _compose(self, unit: UnitId | None) -> UnitCalendar:
        patterns = [pattern for pattern in self.patterns if pattern.unit in (unit, None)]
        patterns.sort(key=lambda one: (one.unit is not None, one.first_day, one.id), reverse=True)
        grouped: dict[date, dict[SpecialKind, list[SpecialDay]]] = {}
        for one in self.special_days:
            if one.unit in (unit, None) and one.withdrawn_at is None:
                grouped.setdefault(one.day, {}).setdefault(one.kind, []).append(one)
        special = {day: {kind: _own_or_houses(days) for kind, days in kinds.items()} for day, kinds in grouped.items()}
        return UnitCalendar(tuple(patterns), special)


def _own_or_houses(days: Sequence[SpecialDay]) -> tuple[SpecialDay, ...]:
    own = tuple(one for one in days if one.unit is not None)
    return own or tuple(days)


# --- windows --------------------------------------------------------------------------------------
def _without(windows: Sequence[Window], hole: Window) -> tuple[Window, ...]:
    left = [part for start, end in windows for part in ((start, min(end, hole[0])), (max(start, hole[1]), end))]
    return tuple((start, end) for start, end in left if start < end)


def _within(windows: Sequence[Window], frame: Window) -> tuple[Window, ...]:
    cut = [(max(start, frame[0]), min(end, frame[1])) for start, end in windows]
    return tuple((start, end) for start, end in cut if start < end)


def _merged(windows: Iterable[Window]) -> tuple[Window, ...]:
    """In order, what overlaps or touches made one."""
    merged: list[Window] = []
    for start, end in sorted(windows):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)
