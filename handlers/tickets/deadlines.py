"""By when something is needed, as its reporter said it: an hour, or a day and then its last minute of work."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from handlers import dates
from handlers.domain.errors import Invalid
from handlers.domain.working_time import WorkingTime
from knowledge.language.folding import folded

_WITHIN = re.compile(
    r"\b(\d{1,2}|yarim|bir|iki|uc|dort|bes) (dakika|dk|saat|gun|is gunu|hafta) (?:icinde|sonra|kaldi|var)\b"
)
EARLIEST_HOUR = 7
"""Nobody means four in the morning by "4'te"."""
_NUMBERS = {"yarim": 0.5, "bir": 1.0, "iki": 2.0, "uc": 3.0, "dort": 4.0, "bes": 5.0}
_LENGTHS = {"dakika": timedelta(minutes=1), "dk": timedelta(minutes=1), "saat": timedelta(hours=1)}
_DAYS = {"gun": 1, "is gunu": 1, "hafta": 5}
_TO_A_DAY = re.compile(rf"\b({'|'.join(dates.WEEKDAYS_FOLDED)}|yarin|bugun)(?:y?[ae]|ki)\b")
_ONLY_A_CLOCK = re.compile(r"(?:saat )?(\d{1,2}[.:]\d{2})(?: ?'?[dt][ae])?")
_AT = re.compile(r"(?:\bsaat )?\b(\d{1,2})(?:[.:](\d{2}))?(?: ?'?(?:[dt][ae]|y?[ae])\b)?(?! *(?:\.|/|[a-z]{3,}))")


def read(said: str, now: datetime, working: WorkingTime) -> datetime | None:
    """None where it tells no moment to come."""
    plain = folded(said)
    if (within := _WITHIN.search(plain)) is not None:
        number = _NUMBERS.get(within[1]) or float(within[1])
        if within[2] in _DAYS:
            return working.add_working_days(now, round(number) * _DAYS[within[2]])
        return now + number * _LENGTHS[within[2]]
    found = _day_and_clock(plain, working.local_date(now))
    if found is None:
        return None
    day, clock = found
    at = working.at(day, clock or working.ends(day) or time.max)
    return at if at > now else None


def read_time(said: str, now: datetime, working: WorkingTime) -> datetime | None:
    """A time of day that is to come, and plainly one: `yarın 14.00`, `4 Aralık saat 10`, `14.00`, which is today's or
    that of the next day that is worked."""
    plain = folded(said).strip()
    if (alone := _ONLY_A_CLOCK.fullmatch(plain)) is not None:
        clock = _clock(alone[1])
        if clock is None:
            return None
        today = working.at(working.local_date(now), clock)
        later = working.next_opening(working.at(today.date() + timedelta(days=1), time.min))
        return today if today > now else working.at(working.local_date(later), clock)
    found = _day_and_clock(plain, working.local_date(now))
    return None if found is None or found[1] is None else working.at(found[0], found[1])


def _day_and_clock(plain: str, today: date) -> tuple[date, time | None] | None:
    try:
        found = dates.read(_TO_A_DAY.sub(r"\1", plain), today)
    except Invalid:
        return None
    return found.days[0], _clock(found.rest) or found.starts or found.ends


def _clock(rest: str) -> time | None:
    found = _AT.search(rest)
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return None
    hour = int(found[1])
    return time(hour + 12 if 0 < hour < EARLIEST_HOUR else hour, int(found[2] or 0))
