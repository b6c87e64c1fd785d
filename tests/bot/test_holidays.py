"""Working days of the municipality: the calendar decides what counts as one."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.holidays import is_off, special_days
from handlers.calendar.days import feast
from handlers.domain.calendar import Calendar, SpecialKind
from handlers.domain.working_time import DayKind, WorkingTime
from handlers.spoken_time import feast_days

DAYS = tuple(day for year in (2025, 2026, 2027) for day in special_days(year))
HERE = WorkingTime(ZoneInfo("Europe/Istanbul"), Calendar(special_days=DAYS).of(None))


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 10, 29), DayKind.OFF),
        (date(2026, 10, 28), DayKind.HALF),
        (date(2026, 3, 19), DayKind.HALF),
        (date(2026, 3, 20), DayKind.OFF),
        (date(2026, 5, 26), DayKind.HALF),
        (date(2026, 5, 27), DayKind.OFF),
        (date(2026, 1, 1), DayKind.OFF),
        (date(2026, 4, 23), DayKind.OFF),
        (date(2026, 11, 20), DayKind.FULL),
    ],
)
def test_the_calendar(day: date, kind: DayKind) -> None:
    assert HERE.kind(day) is kind
    assert is_off(day) is (kind is DayKind.OFF)


@pytest.mark.parametrize("day", [date(2022, 5, 1), date(2029, 4, 23)])
def test_the_eve_of_a_feast_that_falls_on_a_whole_holiday_is_off(day: date) -> None:
    assert [one.kind for one in special_days(day.year) if one.day == day] == [SpecialKind.HOLIDAY]


def test_a_week_of_the_republic_day() -> None:
    assert HERE.previous_working_days(date(2026, 11, 2), 3) == [
        date(2026, 10, 30),
        date(2026, 10, 28),
        date(2026, 10, 27),
    ]


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-12-31T15:30", 4, "2027-01-04T10:30"),  # the turn of the year
        ("2026-05-26T10:00", 4, "2026-06-01T10:00"),  # Kurban Bayramı with its eve
        ("2026-05-25T16:30", 24, "2026-06-03T11:30"),
        ("2026-04-22T16:30", 8, "2026-04-24T16:30"),  # 23 April
        ("2026-04-30T16:00", 4, "2026-05-04T11:00"),  # 1 May, a Friday
        ("2026-08-28T16:30", 2, "2026-08-31T09:30"),  # 30 August, a Sunday
        ("2027-03-08T09:00", 8, "2027-03-12T14:00"),  # Ramazan Bayramı with its eve
        ("2027-05-14T16:30", 2, "2027-05-20T09:30"),  # a feast on a weekend, and 19 May
    ],
)
def test_working_hours_of_the_turkish_calendar(start: str, hours: int, end: str) -> None:
    begun, reached = (datetime.fromisoformat(local).replace(tzinfo=HERE.zone) for local in (start, end))
    assert HERE.add(begun, timedelta(hours=hours)) == reached
    assert HERE.elapsed(begun, reached) == timedelta(hours=hours)


@pytest.mark.parametrize(("year", "hours"), [(2026, 1996), (2027, 1992)])
def test_the_working_hours_of_a_year(year: int, hours: int) -> None:
    first, last = (datetime(y, 1, 1, tzinfo=HERE.zone) for y in (year, year + 1))
    assert HERE.elapsed(first, last) == timedelta(hours=hours)


def test_what_nobody_has_printed_yet_is_to_be_compared() -> None:
    doubtful = [one for one in special_days(2027) if not one.confirmed]
    assert {one.title for one in doubtful} == {
        "Ramazan Bayramı arifesi",
        "Ramazan Bayramı",
        "Kurban Bayramı arifesi",
        "Kurban Bayramı",
        "Atatürk'ü Anma, Gençlik ve Spor Bayramı ile Kurban Bayramı",
    }


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Ramazan Bayramı", "8 Mart 2027 Pazartesi öğleden sonra – 11 Mart 2027 Perşembe"),
        (
            "Kurban Bayramı",
            (
                "15 Mayıs 2027 Cumartesi öğleden sonra – 19 Mayıs 2027 Çarşamba "
                "(içinde 19 Mayıs Atatürk'ü Anma, Gençlik ve Spor Bayramı)"
            ),
        ),
    ],
)
def test_a_feast_is_said_with_its_half_day_and_what_falls_in_it(name: str, said: str) -> None:
    assert feast_days([one for one in special_days(2027) if not one.confirmed and feast(one) == name]) == said
