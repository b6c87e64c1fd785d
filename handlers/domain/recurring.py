"""Düzenli iş: what a unit does again and again, by a rule that is said in words and kept as such."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from handlers.domain import shutdowns
from handlers.domain.calendar import SpecialKind, UnitCalendar
from handlers.domain.errors import Invalid
from handlers.domain.people import PersonId, UnitId
from handlers.domain.working_time import WorkingTime

FARTHEST = timedelta(days=800)
"""A rule that comes on no day of so many comes never."""
_DAY = timedelta(days=1)
_WEEKDAYS = ("pazartesi", "sali", "carsamba", "persembe", "cuma", "cumartesi", "pazar")
_MONTHS = (
    "ocak", "subat", "mart", "nisan", "mayis", "haziran", "temmuz", "agustos", "eylul", "ekim", "kasim", "aralik",
)  # fmt: skip


class Shift(StrEnum):
    """Where a day falls on one that is not worked."""

    BEFORE = "before"
    AFTER = "after"


class Every(StrEnum):
    WORKING_DAY = "working_day"
    WEEKDAY = "weekday"
    FIRST_WORKING_DAY = "first_working_day"
    """Of each month."""
    LAST_WORKING_DAY = "last_working_day"
    MONTHS = "months"
    YEAR = "year"
    BEFORE_HOLIDAY = "before_holiday"
    """The last working day before a public holiday."""
    DAYS_OFF = "days_off"
    """Before and after days off: lists of what is switched off, and on again (`handlers.domain.shutdowns`)."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    every: Every
    day: int = 0
    """Of the week from 0, of the month from 1."""
    months: int = 0
    """So many apart; of a year's day the month."""


class Whose(StrEnum):
    """Who has its ticket as soon as it is opened."""

    NOBODY = "nobody"
    PERSON = "person"
    ON_DUTY = "on_duty"
    """The first nöbetçi of that day."""


class Evidence(StrEnum):
    """What is wanted of whoever completes it."""

    PHOTO = "photo"
    FILE = "file"
    NUMBER = "number"


MOST_DAYS_BEFORE = 20
OF_RECURRING = "recurring:"
"""Before what and when, in the `draft` of a ticket that was opened by a rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring:
    unit: UnitId
    title: str
    rhythm: Rhythm
    shift: Shift = Shift.BEFORE
    category: str | None = None
    checked: bool = False
    """Answered in one tap: Tamam, Uyarı var, Alınamadı."""
    days_before: int = 0
    """Working days by which its ticket is opened before the day of the rule."""
    whose: Whose = Whose.NOBODY
    person: PersonId | None = None
    """With `Whose.PERSON`."""
    evidence: Evidence | None = None
    begins: date
    """Months are counted from here."""
    written_at: datetime
    withdrawn_at: datetime | None = None
    id: int = 0


_AFTER = r"(?:'?\s?[ıiuü]?n?[dt][ae]|'?\s?s?[ıiuü])?"
_RULES: tuple[tuple[str, Every], ...] = (
    (
        r"(?:her )?(?:bayram|resmi tatil|tatil)\w*(?: ve (?:resmi )?tatil\w*)?(?:den|dan)? once\w*(?: son is gunu)?",
        Every.BEFORE_HOLIDAY,
    ),
    (r"tatil(?:den)? kapatma(?: ve acma)?(?: listesi)?", Every.DAYS_OFF),
    (r"her is gunu|hafta ici her gun", Every.WORKING_DAY),
    (rf"(?:her|haftada bir) (?P<weekday>{'|'.join(_WEEKDAYS)})", Every.WEEKDAY),
    (r"(?:her )?ay(?:in)? ilk is gunu", Every.FIRST_WORKING_DAY),
    (r"(?:her )?ay(?:in)? son is gunu", Every.LAST_WORKING_DAY),
    (rf"(?:her yil|yilda bir),? (?P<day>\d{{1,2}}) (?P<month>{'|'.join(_MONTHS)})", Every.YEAR),
    (rf"(?P<months>\d{{1,2}}) ayda bir,? (?P<day>\d{{1,2}}){_AFTER}", Every.MONTHS),
    (rf"(?:her ay(?:in)?|ayda bir),? (?P<day>\d{{1,2}}){_AFTER}", Every.MONTHS),
)


def read(folded: str) -> Rhythm:
    """Of folded words. Raises Invalid(`recurring_unreadable`)."""
    plain = " ".join(folded.replace("’", "'").split()).strip(" .")
    for pattern, every in _RULES:
        match = re.fullmatch(pattern, plain)
        if match is None:
            continue
        said = match.groupdict()
        if every is Every.WEEKDAY:
            return Rhythm(every, day=_WEEKDAYS.index(said["weekday"]))
        if every is Every.YEAR:
            return Rhythm(every, day=int(said["day"]), months=_MONTHS.index(said["month"]) + 1)
        if every is Every.MONTHS:
            return Rhythm(every, day=int(said["day"]), months=int(said.get("months") or 1))
        return Rhythm(every)
    raise Invalid("recurring_unreadable")


def days(
    rhythm: Rhythm, shift: Shift, begins: date, time: WorkingTime, calendar: UnitCalendar, first: date, last: date
) -> Iterator[date]:
    """Within [first, last], in order, each a working day and each once."""
    known: set[date] = set()
    span = timedelta(days=31)
    for meant in _meant(rhythm, begins, time, calendar, first - span, last + span):
        day = _worked(meant, shift, time)
        if day is not None and first <= day <= last and day not in known:
            known.add(day)
    yield from sorted(known)


def _meant(
    rhythm: Rhythm, begins: date, time: WorkingTime, calendar: UnitCalendar, first: date, last: date
) -> Iterator[date]:
    day = first
    while day <= last:
        if _is_meant(rhythm, begins, time, calendar, day):
            yield day
        day += _DAY


def _is_meant(rhythm: Rhythm, begins: date, time: WorkingTime, calendar: UnitCalendar, day: date) -> bool:
    match rhythm.every:
        case Every.WORKING_DAY:
            return time.is_working_day(day)
        case Every.WEEKDAY:
            return day.weekday() == rhythm.day
        case Every.FIRST_WORKING_DAY:
            return time.is_working_day(day) and _next(day, time, -1).month != day.month
        case Every.LAST_WORKING_DAY:
            return time.is_working_day(day) and _next(day, time, 1).month != day.month
        case Every.MONTHS:
            apart = (day.year - begins.year) * 12 + day.month - begins.month
            return apart % rhythm.months == 0 and day.day == min(rhythm.day, _last_of(day))
        case Every.YEAR:
            return (day.day, day.month) == (rhythm.day, rhythm.months)
        case Every.DAYS_OFF:
            return shutdowns.on(calendar, time, day) is not None
        case Every.BEFORE_HOLIDAY:
            return time.is_working_day(day) and _leads_into_a_holiday(day, time, calendar)


def _leads_into_a_holiday(day: date, time: WorkingTime, calendar: UnitCalendar) -> bool:
    following = day + _DAY
    while not time.is_working_day(following) and following - day < timedelta(days=31):
        if SpecialKind.HOLIDAY in calendar.special.get(following, {}):
            return True
        following += _DAY
    return False


def _worked(day: date, shift: Shift, time: WorkingTime) -> date | None:
    return day if time.is_working_day(day) else _next(day, time, -1 if shift is Shift.BEFORE else 1)


def _next(day: date, time: WorkingTime, step: int) -> date:
    """The nearest working day on that side; after a month without any, wherever that is."""
    for _ in range(31):
        day += step * _DAY
        if time.is_working_day(day):
            return day
    return day


def _last_of(day: date) -> int:
    return ((day.replace(day=28) + timedelta(days=4)).replace(day=1) - _DAY).day


def farthest_opening(today: date, made: Recurring, time: WorkingTime) -> date:
    """The last day of a rule whose ticket is opened by today."""
    for _ in range(made.days_before):
        today = _next(today, time, 1)
    return today


def require_possible(rhythm: Rhythm) -> None:
    """Raises Invalid(`recurring_never`): 31 Şubat, every 0 months, the 0th."""
    if rhythm.every not in (Every.MONTHS, Every.YEAR):
        return
    if rhythm.every is Every.YEAR:
        possible = 0 < rhythm.day <= (29 if rhythm.months == 2 else 30 if rhythm.months in (4, 6, 9, 11) else 31)
    else:
        possible = 0 < rhythm.day <= 31 and 0 < rhythm.months <= 12
    if not possible:
        raise Invalid("recurring_never")


@dataclass(frozen=True, slots=True)
class Offered:
    """What the desk ships with, off until somebody chooses it."""

    unit: UnitId
    title: str
    rule: str
    category: str | None = None
    shift: Shift = Shift.BEFORE
    checked: bool = False


OFFERED: tuple[Offered, ...] = (
    Offered("yazilim", "Günlük yedek denetimi", "her iş günü", "yedek-geri-yukleme", checked=True),
    Offered("yazilim", "Yedekten geri yükleme denemesi", "her Cuma", "yedek-geri-yukleme"),
    Offered("yazilim", "Antivirüs ve güncelleme raporu", "her Pazartesi", "virus-zararli", Shift.AFTER),
    Offered("yazilim", "Sertifika ve alan adı süreleri", "ayın ilk iş günü"),
    Offered("yazilim", "Lisans süreleri", "ayın ilk iş günü", "yazilim-kurulum"),
    Offered("donanim", "Tatil kapatma ve açma listesi", "tatil kapatma ve açma"),
    Offered("donanim", "UPS testi", "ayın ilk iş günü", "ups-elektrik"),
    Offered("donanim", "Sistem odası ısı ve temizlik", "her Pazartesi", "sunucu-donanim", Shift.AFTER),
    Offered("donanim", "Toner ve sarf sayımı", "ayın son iş günü", "sarf-malzeme"),
    Offered("donanim", "Kamera kayıt süresi denetimi", "her Çarşamba", "guvenlik-kamerasi"),
    Offered("donanim", "Demirbaş sayımı", "her yıl 15 Kasım", "zimmet-demirbas", Shift.AFTER),
)
