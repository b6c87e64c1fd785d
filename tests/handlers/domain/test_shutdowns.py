"""Before which days off the house is switched off: two years, day by day, and what a decree makes of it."""

from __future__ import annotations

from datetime import date

from handlers.domain.calendar import SpecialDay, SpecialKind
from handlers.domain.shutdowns import opening_on, shutdowns
from handlers.domain.working_time import WorkingTime
from tests.handlers.domain.calendars import ISTANBUL, calendar


def _listed(year: int, *special: SpecialDay) -> list[tuple[str, str, str, int]]:
    """Day and hour until which, the day on which it opens again, the feast, days off."""
    days = calendar(*special).of(None)
    time = WorkingTime(ISTANBUL, days)
    found = shutdowns(days, time, date(year, 1, 1), date(year, 12, 31))
    return [(f"{one.until:%m-%d %H:%M}", f"{one.opens:%m-%d}", one.title, one.off) for one in found]


YEARS = {
    2026: [
        ("03-19 12:00", "03-23", "Ramazan Bayramı", 3),
        ("04-30 16:00", "05-04", "Emek ve Dayanışma Günü", 3),
        ("05-26 12:00", "06-01", "Kurban Bayramı", 5),
        ("08-28 16:00", "08-31", "Zafer Bayramı", 2),
        ("10-28 12:00", "10-30", "Cumhuriyet Bayramı", 1),
        ("12-31 16:00", "01-04", "Yılbaşı", 3),
    ],
    2027: [
        ("03-08 12:00", "03-12", "Ramazan Bayramı", 3),
        ("04-22 16:00", "04-26", "Ulusal Egemenlik ve Çocuk Bayramı", 3),
        ("04-30 16:00", "05-03", "Emek ve Dayanışma Günü", 2),
        ("05-14 16:00", "05-20", "Kurban Bayramı", 5),
        ("08-27 16:00", "08-31", "Zafer Bayramı", 3),
        ("10-28 12:00", "11-01", "Cumhuriyet Bayramı", 3),
    ],
}
"""23 April, 19 May and 15 July of 2026 stand alone in a week: a day off for which nothing is switched off."""


def test_the_lists_of_two_years() -> None:
    assert {year: _listed(year) for year in YEARS} == YEARS


def test_a_decree_that_lengthens_a_feast_moves_the_list() -> None:
    leave = SpecialDay(day=date(2026, 10, 30), kind=SpecialKind.ADMIN_LEAVE, title="İdari izin")
    before, after = ({day: rest for day, *rest in _listed(2026, *special)} for special in ((), (leave,)))
    assert before["10-28 12:00"] == ["10-30", "Cumhuriyet Bayramı", 1]
    assert after["10-28 12:00"] == ["11-02", "Cumhuriyet Bayramı", 4]


def test_it_opens_on_the_first_day_after_it() -> None:
    days = calendar().of(None)
    time = WorkingTime(ISTANBUL, days)
    for year in YEARS:
        for one in shutdowns(days, time, date(year, 1, 1), date(year, 12, 1)):
            assert opening_on(days, time, one.opens) == one
            assert opening_on(days, time, one.day) is None
