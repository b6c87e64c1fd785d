"""Working days of the municipality: the calendar decides what counts as one."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.holidays import holiday
from handlers.domain.working_time import DayKind, WorkingTime


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
    assert holiday(day) is kind


@pytest.mark.parametrize("day", [date(2022, 5, 1), date(2029, 4, 23)])
def test_the_eve_of_a_feast_that_falls_on_a_whole_holiday_is_off(day: date) -> None:
    assert holiday(day) is DayKind.OFF


def test_a_week_of_the_republic_day() -> None:
    time = WorkingTime(zone=ZoneInfo("Europe/Istanbul"), holiday=holiday)
    assert time.previous_working_days(date(2026, 11, 2), 3) == [
        date(2026, 10, 30),
        date(2026, 10, 28),
        date(2026, 10, 27),
    ]
