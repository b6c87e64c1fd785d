"""Tatil kapatma listesi (bylaw 11/17): before which days off the house is switched off, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from handlers.domain.calendar import SpecialKind, UnitCalendar
from handlers.domain.working_time import DayKind, WorkingTime

DRAFTED_AT = time(9)
OPENED_AT = time(7, 45)
BEFORE_CLOSING = timedelta(hours=1)
"""How long before the end of a whole day everything shall be off; of a half day when work ends."""
_DAY = timedelta(days=1)
LONGEST = 31


@dataclass(frozen=True, slots=True)
class Shutdown:
    day: date
    """The last working day before it; of a half day that day itself."""
    until: datetime
    title: str
    """Of the feast."""
    off: int
    """Days off that follow."""
    opens: date
    """The first working day after it."""


def shutdowns(calendar: UnitCalendar, time_of_unit: WorkingTime, first: date, last: date) -> Iterator[Shutdown]:
    """Those whose day lies within [first, last], by what the calendar says now: a decree moves them."""
    day = first
    while day <= last:
        if (one := on(calendar, time_of_unit, day)) is not None:
            yield one
        day += _DAY


def on(calendar: UnitCalendar, time_of_unit: WorkingTime, day: date) -> Shutdown | None:
    """Of that day: two days off or more follow that hold a public holiday, or it is the half day before one."""
    if not time_of_unit.is_working_day(day):
        return None
    off = _off_after(time_of_unit, day)
    holidays = [one for free in off for one in calendar.special.get(free, {}).get(SpecialKind.HOLIDAY, ())]
    half = calendar.special.get(day, {}).get(SpecialKind.HALF, ())
    if not half and not (holidays and len(off) > 1):
        return None
    title = holidays[0].title if holidays else half[0].title
    until = time_of_unit.at(day, calendar.windows(day)[-1][1])
    if time_of_unit.kind(day) is DayKind.FULL:
        until -= BEFORE_CLOSING
    return Shutdown(day, until, title, len(off), (off[-1] if off else day) + _DAY)


def opening_on(calendar: UnitCalendar, time_of_unit: WorkingTime, day: date) -> Shutdown | None:
    """The one that ends with that day."""
    if not time_of_unit.is_working_day(day):
        return None
    before = day - _DAY
    while not time_of_unit.is_working_day(before) and day - before < timedelta(days=LONGEST):
        before -= _DAY
    found = on(calendar, time_of_unit, before)
    return found if found is not None and found.opens == day else None


def _off_after(time_of_unit: WorkingTime, day: date) -> list[date]:
    off: list[date] = []
    day += _DAY
    while time_of_unit.kind(day) is DayKind.OFF and len(off) < LONGEST:
        off.append(day)
        day += _DAY
    return off
