"""What charts are computed from."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.domain.charts import (
    Period,
    WorkedSince,
    age_bands,
    crossing,
    hour_grid,
    median_and_ninth,
    worked_days,
)
from handlers.domain.states import State
from handlers.domain.working_time import WorkingTime
from tests.handlers.domain.calendars import ISTANBUL, working

MONDAY = date(2026, 11, 23)


@pytest.fixture
def clock() -> WorkingTime:
    return working()


def at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=ISTANBUL).astimezone(UTC)


def test_a_period_is_whole_weeks_that_end_with_this_one() -> None:
    period = Period.until(date(2026, 11, 25), 4)
    assert (period.first, period.end) == (date(2026, 11, 2), date(2026, 11, 30))
    assert [day.weekday() for day in period.mondays] == [0, 0, 0, 0]
    assert period.a_year_before.first == date(2025, 11, 3)
    assert period.a_year_before.first.weekday() == 0
    assert [str(month) for month in Period.until(date(2026, 12, 2), 4).months] == ["2026-11", "2026-12"]


@pytest.mark.parametrize(("weeks", "moments"), [(4, 4), (12, 12), (26, 13), (52, 13)])
def test_so_many_ends_of_weeks_are_drawn(weeks: int, moments: int) -> None:
    period = Period.until(MONDAY, weeks)
    assert len(period.moments) == moments
    assert period.moments[-1] == period.end


def test_ages_are_counted_in_working_days(clock: WorkingTime) -> None:
    """On a Monday, what was opened on Friday is one working day old, and so is what came over the weekend."""
    opened = {date(2026, 11, 23): 1, date(2026, 11, 21): 2, date(2026, 11, 20): 3, date(2026, 11, 19): 4}
    opened |= {date(2026, 11, 10): 5, date(2026, 1, 5): 6}
    bands = age_bands([(State.OPEN, at(day, "09:00"), count) for day, count in opened.items()], MONDAY, clock)
    assert [band.all for band in bands] == [6, 4, 0, 5, 6]
    assert [(band.opened_from, band.opened_to) for band in bands][:2] == [
        (date(2026, 11, 20), date(2026, 11, 23)),
        (date(2026, 11, 18), date(2026, 11, 19)),
    ]
    for band in bands[:-1]:
        ages = [clock.working_days_between(at(day, "09:00"), at(MONDAY, "10:00")) for day in opened]
        assert sum(
            n for age, n in zip(ages, opened.values(), strict=True) if band.first <= age <= (band.last or 0)
        ) == (band.all)


def test_of_few_no_length_is_told() -> None:
    assert median_and_ninth(range(1, 10)) == (None, None)  # type: ignore[arg-type] # a range is a sequence
    assert median_and_ninth(list(range(1, 11))) == (timedelta(seconds=5), timedelta(seconds=9))


def test_worked_time_adds_up_as_the_calendar_counts(clock: WorkingTime) -> None:
    since = at(date(2026, 10, 26), "10:20")
    worked = WorkedSince(clock, since)
    for hours in (0, 1, 3, 30, 75, 200, 40, 700):
        moment = since + timedelta(hours=hours)
        assert worked.until(moment) == clock.elapsed(since, moment)


def test_a_week_with_a_holiday_is_shorter(clock: WorkingTime) -> None:
    assert worked_days(MONDAY, clock) == 5
    assert worked_days(date(2026, 10, 26), clock) < 5  # Cumhuriyet Bayramı


def test_hours_are_those_of_the_house(clock: WorkingTime) -> None:
    grid = hour_grid(
        [(at(MONDAY, "09:00"), 3), (at(date(2026, 11, 22), "23:00"), 2)], 7, Period.until(MONDAY, 4), clock
    )
    assert (grid.counts[0][9], grid.counts[6][23]) == (3, 2)
    assert (grid.worked[0][9], grid.worked[0][3], grid.worked[6][9]) == (True, False, False)
    assert (grid.all, grid.outside, grid.before) == (5, 2, 7)


def test_the_most_frequent_stand_against_each_other() -> None:
    counts = {(f"konu{n}", f"yer{n % 11}"): 20 - n for n in range(12)}
    table = crossing(counts, {("konu0", "yer0"): 4})
    assert (len(table.subjects), len(table.departments)) == (10, 10)
    assert table.subjects[0] == "konu0"
    assert (table.cells[0][table.departments.index("yer0")], table.before[0][table.departments.index("yer0")]) == (
        20,
        4,
    )
    assert sum(map(sum, table.cells)) + table.rest == sum(counts.values())


def test_nothing_makes_empty_tables(clock: WorkingTime) -> None:
    assert crossing({}, {}).cells == []
    assert sum(band.all for band in age_bands([], MONDAY, clock)) == 0
    assert hour_grid([], 0, Period.until(MONDAY, 4), WorkingTime(ZoneInfo("UTC"), clock.days)).all == 0
