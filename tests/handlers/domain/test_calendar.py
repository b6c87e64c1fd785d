"""The calendar of a house and its units: which of its rows counts on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from handlers.domain.calendar import Calendar, SpecialDay, SpecialKind, WorkPattern, weekdays
from handlers.domain.errors import Invalid
from handlers.domain.working_time import DayKind, Window, WorkingTime
from tests.handlers.domain.calendars import ISTANBUL, at, calendar, leave

FRIDAY, SATURDAY = date(2026, 12, 4), date(2026, 12, 5)
WHOLE: tuple[Window, ...] = ((time(8), time(12)), (time(13), time(17)))
LATE_SHIFT = weekdays((time(12), time(20)))


def day(kind: SpecialKind, on: date = FRIDAY, unit: str | None = None, *hours: int) -> SpecialDay:
    starts, ends = (time(hours[0]), time(hours[1])) if hours else (None, None)
    return SpecialDay(day=on, kind=kind, title="Gün", unit=unit, starts=starts, ends=ends)


def windows(*special: SpecialDay, on: date = FRIDAY, unit: str | None = None) -> tuple[Window, ...]:
    return calendar(*special).of(unit).windows(on)


def test_a_worked_day_has_its_own_hours_and_nothing_else_applies() -> None:
    assert windows(day(SpecialKind.WORKED, SATURDAY, None, 9, 13), on=SATURDAY) == ((time(9), time(13)),)
    assert windows(day(SpecialKind.WORKED, SATURDAY), on=SATURDAY) == WHOLE, "no hours said: those of an ordinary day"
    both = day(SpecialKind.WORKED, FRIDAY, None, 9, 13), day(SpecialKind.HOLIDAY), leave("2026-12-04")
    assert windows(*both) == ((time(9), time(13)),)


def test_a_holiday_before_a_half_day() -> None:
    assert windows(day(SpecialKind.HOLIDAY), day(SpecialKind.HALF)) == ()
    assert windows(day(SpecialKind.HALF)) == ((time(8), time(12)),)


@pytest.mark.parametrize(
    ("starts", "ends", "left"),
    [
        (None, None, ()),
        (time(14), None, ((time(8), time(12)), (time(13), time(14)))),
        (None, time(13), ((time(13), time(17)),)),
        (time(10), time(11), ((time(8), time(10)), (time(11), time(12)), (time(13), time(17)))),
        (time(12), time(13), WHOLE),
    ],
)
def test_a_leave_is_cut_out(starts: time | None, ends: time | None, left: tuple[Window, ...]) -> None:
    assert windows(leave("2026-12-04", starts, ends)) == left


def test_two_leaves_of_one_day_are_both_cut_out() -> None:
    assert windows(leave("2026-12-04", ends=time(9)), leave("2026-12-04", starts=time(16))) == (
        (time(9), time(12)),
        (time(13), time(16)),
    )


def test_what_is_withdrawn_counts_no_more() -> None:
    assert windows(replace(leave("2026-12-04"), withdrawn_at=at("2026-12-03T12:00"))) == WHOLE


def test_a_units_days_stand_in_place_of_the_houses_of_that_kind() -> None:
    house, unit = leave("2026-12-04"), replace(leave("2026-12-04", starts=time(15)), unit="donanim")
    assert windows(house, unit) == ()
    assert windows(house, unit, unit="donanim") == ((time(8), time(12)), (time(13), time(15)))
    assert windows(house, unit, unit="yazilim") == ()
    assert windows(house, day(SpecialKind.WORKED, FRIDAY, "donanim"), unit="donanim") == WHOLE, "who had to stay"


def test_the_newest_pattern_that_holds_and_the_units_before_the_houses() -> None:
    spring = WorkPattern(first_day=date(2026, 4, 1), week=weekdays((time(8), time(17))))
    ramadan = WorkPattern(first_day=date(2026, 6, 1), last_day=date(2026, 6, 30), week=weekdays((time(9), time(15))))
    shift = WorkPattern(first_day=date(2026, 6, 15), unit="donanim", week=LATE_SHIFT)
    made = Calendar(patterns=(ramadan, shift, spring))
    found = {
        (unit, on): made.of(unit).windows(on)[0][0].hour
        for unit in (None, "donanim")
        for on in (date(2026, 3, 2), date(2026, 5, 4), date(2026, 6, 16), date(2026, 7, 1))
    }
    assert list(found.values()) == [8, 8, 9, 8, 8, 8, 12, 12]


def test_days_are_whole_by_the_hours_of_their_pattern() -> None:
    summer = WorkPattern(first_day=date(2026, 1, 1), week=weekdays((time(7, 30), time(15, 30))))
    made = Calendar(
        patterns=(summer,), special_days=(day(SpecialKind.HALF), day(SpecialKind.WORKED, SATURDAY, None, 8, 12))
    )
    here = WorkingTime(ISTANBUL, made.of(None))
    assert [here.kind(on) for on in (date(2026, 12, 3), FRIDAY, SATURDAY)] == [DayKind.FULL, DayKind.HALF, DayKind.HALF]
    short = Calendar(special_days=(leave("2026-12-04", starts=time(15)),))
    assert WorkingTime(ISTANBUL, short.of(None)).kind(FRIDAY) is DayKind.FULL, "two hours off are no half day"


@pytest.mark.parametrize(
    ("week", "reason"),
    [
        (weekdays(), "week_without_work"),
        (weekdays((time(17), time(8))), "hours_reversed"),
        (weekdays((time(8), time(8))), "hours_reversed"),
        (weekdays((time(8), time(12, 30)), (time(12), time(17))), "hours_overlap"),
    ],
)
def test_hours_that_nobody_can_work_are_refused(week: tuple[tuple[Window, ...], ...], reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        WorkPattern(first_day=date(2026, 1, 1), week=week)
    assert refused.value.reason == reason


def test_days_and_hours_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(Invalid, match="days_reversed"):
        WorkPattern(first_day=date(2026, 2, 1), last_day=date(2026, 1, 1), week=LATE_SHIFT)
    with pytest.raises(Invalid, match="hours_reversed"):
        leave("2026-12-04", time(14), time(14))
