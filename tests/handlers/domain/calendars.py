"""Calendars for tests: the house's ordinary hours with the public holidays, and what the worked examples name."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.holidays import special_days
from handlers.domain.calendar import Calendar, SpecialDay, SpecialKind, Week, WorkPattern, weekdays
from handlers.domain.working_time import Span, WorkingTime

ISTANBUL = ZoneInfo("Europe/Istanbul")
HOLIDAYS = tuple(day for year in (2026, 2027) for day in special_days(year))
_MORNING, _AFTERNOON = (time(8), time(12)), (time(13), time(17))
_SUMMER = weekdays((time(7, 30), time(15, 30)))
_RAMADAN = weekdays((time(8, 30), time(12, 30)), (time(13), time(17)))
_LONG_FRIDAY: Week = ((_MORNING, _AFTERNOON),) * 4 + (((time(8), time(12)), (time(13, 30), time(17, 30))), (), ())
PATTERNS = {
    "olagan": WorkPattern(first_day=date(2020, 1, 1), week=weekdays(_MORNING, _AFTERNOON)),
    "ramazan-2026": WorkPattern(first_day=date(2026, 2, 19), last_day=date(2026, 3, 19), week=_RAMADAN),
    "kesintisiz-yaz": WorkPattern(first_day=date(2026, 6, 15), last_day=date(2026, 9, 11), week=_SUMMER),
    "07:30-15:30 in October 2026": WorkPattern(first_day=date(2026, 10, 1), last_day=date(2026, 10, 31), week=_SUMMER),
    "Friday 08:00-12:00, 13:30-17:30 from 2026-11-01": WorkPattern(first_day=date(2026, 11, 1), week=_LONG_FRIDAY),
}


def leave(day: str, starts: time | None = None, ends: time | None = None) -> SpecialDay:
    kind = SpecialKind.ADMIN_LEAVE
    return SpecialDay(day=date.fromisoformat(day), kind=kind, title="İdari izin", starts=starts, ends=ends)


DECREES = {
    "2026-02-06 whole day": leave("2026-02-06"),
    "2026-02-06 leave": leave("2026-02-06"),
    "2026-05-25 whole day": leave("2026-05-25"),
    "2026-05-26 until 13:00": leave("2026-05-26", ends=time(13)),
    "2026-01-07 from 14:00": leave("2026-01-07", starts=time(14)),
    "2027-03-12 whole day": leave("2027-03-12"),
    "2026-12-12 Saturday is worked 09:00-13:00": SpecialDay(
        day=date(2026, 12, 12), kind=SpecialKind.WORKED, title="Çalışılan gün", starts=time(9), ends=time(13)
    ),
    "2026-12-02 10:00-15:00 (hole in the middle of a day)": leave("2026-12-02", time(10), time(15)),
}


def calendar(*special: SpecialDay, patterns: tuple[WorkPattern, ...] = (PATTERNS["olagan"],)) -> Calendar:
    """With the public holidays of 2026 and 2027."""
    return Calendar(patterns=patterns, special_days=(*HOLIDAYS, *special))


def working(*special: SpecialDay, patterns: tuple[WorkPattern, ...] = (), duty: tuple[Span, ...] = ()) -> WorkingTime:
    """Of that house, in Istanbul."""
    days = calendar(*special, patterns=(PATTERNS["olagan"], *patterns)).of(None)
    return WorkingTime(ISTANBUL, days, duty)


def at(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ISTANBUL)
