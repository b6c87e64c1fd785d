"""Working days and hours: weekends, half days, midnight, and places where the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.domain.calendar import Calendar, SpecialDay, SpecialKind, UnitCalendar, Week, WorkPattern, weekdays
from handlers.domain.working_time import DayKind, NoWorkingTimeError, WorkingTime

ISTANBUL, BERLIN = ZoneInfo("Europe/Istanbul"), ZoneInfo("Europe/Berlin")
REPUBLIC_DAY = (
    SpecialDay(day=date(2026, 10, 28), kind=SpecialKind.HALF, title="Cumhuriyet Bayramı öncesi"),
    SpecialDay(day=date(2026, 10, 29), kind=SpecialKind.HOLIDAY, title="Cumhuriyet Bayramı"),
)
"""A Wednesday whose afternoon is free, and the Thursday."""


def _days(*patterns: WorkPattern, special: tuple[SpecialDay, ...] = REPUBLIC_DAY) -> UnitCalendar:
    return Calendar(patterns=patterns, special_days=special).of(None)


def _from_2020(week: Week) -> WorkPattern:
    return WorkPattern(first_day=date(2020, 1, 1), week=week)


HERE = WorkingTime(ISTANBUL, _days())
THERE = WorkingTime(BERLIN, _days())


def at(local: str, zone: ZoneInfo = ISTANBUL) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("local", "working"),
    [
        ("2026-11-23T07:59:59", False),
        ("2026-11-23T08:00", True),
        ("2026-11-23T16:59:59", True),
        ("2026-11-23T17:00", False),
        ("2026-11-21T10:00", False),  # Saturday
        ("2026-11-22T10:00", False),  # Sunday
        ("2026-11-23T11:59:59", True),
        ("2026-11-23T12:00", False),  # the pause at noon
        ("2026-11-23T13:00", True),
        ("2026-10-28T11:59", True),  # the morning of a half day
        ("2026-10-28T12:00", False),
        ("2026-10-28T13:00", False),
        ("2026-10-29T10:00", False),
    ],
)
def test_working_hours(local: str, working: bool) -> None:
    assert HERE.is_working_at(at(local)) is working
    assert HERE.is_working_at(at(local).astimezone(UTC)) is working, "the zone of the argument does not matter"


MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-11-24T11:15", 60, "2026-11-24T13:15"),  # the pause at noon
        ("2026-11-24T12:40", 30, "2026-11-24T13:30"),  # begun in it
        ("2026-11-24T10:00", 120, "2026-11-24T12:00"),  # the first moment, not the end of the pause
        ("2026-11-24T16:45", 60, "2026-11-25T08:45"),  # a night
        ("2026-11-24T05:00", 5, "2026-11-24T08:05"),  # before work
        ("2026-11-20T16:50", 120, "2026-11-23T09:50"),  # a weekend
        ("2026-11-21T14:00", 480, "2026-11-23T17:00"),  # begun on one
        ("2026-11-24T09:00", 1440, "2026-11-27T09:00"),  # three whole days
        ("2026-10-28T11:00", 120, "2026-10-30T09:00"),  # a half day, and a day off
        ("2026-10-28T14:00", 15, "2026-10-30T08:15"),  # in the free half
    ],
)
def test_so_much_working_time_later(start: str, minutes: int, end: str) -> None:
    begun, reached = at(start), at(end)
    assert HERE.add(begun, minutes * MINUTE) == reached
    assert HERE.add(begun.astimezone(UTC), minutes * MINUTE) == reached
    assert HERE.elapsed(begun, reached) == minutes * MINUTE
    assert HERE.elapsed(begun, reached - MINUTE) < minutes * MINUTE, "the first moment of all"
    since = HERE.subtract(reached, minutes * MINUTE)
    assert since >= begun
    assert HERE.elapsed(since, reached) == minutes * MINUTE
    assert HERE.elapsed(since + MINUTE, reached) < minutes * MINUTE, "the last moment of all"


def test_no_working_time_passes_in_no_time() -> None:
    noon = at("2026-11-24T12:30")
    assert HERE.add(noon, timedelta()) == HERE.subtract(noon, timedelta()) == noon
    assert HERE.elapsed(noon + MINUTE, noon) == timedelta()


def test_a_half_day_without_a_pause_ends_when_the_holiday_begins() -> None:
    summer = WorkingTime(ISTANBUL, _days(_from_2020(weekdays((time(7, 30), time(15, 30))))))
    half, off = date(2026, 10, 28), date(2026, 10, 29)
    assert (summer.ends(half), HERE.ends(half), HERE.ends(off)) == (time(13, 0), time(12, 0), None)
    assert summer.add(at("2026-10-28T12:00"), 120 * MINUTE) == at("2026-10-30T08:30")


def test_a_calendar_without_work_is_an_error_and_no_endless_search() -> None:
    off = [
        SpecialDay(day=date(2024, 1, 1) + timedelta(days=n), kind=SpecialKind.HOLIDAY, title="") for n in range(2000)
    ]
    never = WorkingTime(ISTANBUL, _days(special=tuple(off)))
    now = at("2026-11-24T10:00")
    for search in (
        lambda: never.add(now, MINUTE),
        lambda: never.subtract(now, MINUTE),
        lambda: never.add_working_days(now, 1),
        lambda: never.previous_working_days(now.date(), 1),
    ):
        with pytest.raises(NoWorkingTimeError, match="2026-11-24"):
            search()


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-23T14:00", 3, "2026-11-26T14:00"),
        ("2026-11-20T14:00", 3, "2026-11-25T14:00"),  # over a weekend
        ("2026-11-21T14:00", 1, "2026-11-23T14:00"),  # begun on one
        ("2026-10-27T14:00", 1, "2026-10-30T14:00"),  # a half day alone is not enough
        ("2026-10-26T14:00", 3, "2026-11-02T14:00"),  # 27 whole, 28 half, 29 off, 30 whole, 31 and 1 a weekend
        ("2026-11-23T14:00", 0, "2026-11-23T14:00"),
    ],
)
def test_so_many_working_days_later_at_the_same_time(start: str, days: int, end: str) -> None:
    assert HERE.add_working_days(at(start), days) == at(end)


def test_so_many_working_days_earlier() -> None:
    assert HERE.subtract_working_days(at("2026-11-24T10:00"), 3) == at("2026-11-19T10:00")
    assert HERE.subtract_working_days(at("2026-10-30T10:00"), 1) == at("2026-10-27T10:00")


def test_the_day_turns_at_local_midnight() -> None:
    assert HERE.local_date(datetime(2026, 11, 23, 20, 59, tzinfo=UTC)) == date(2026, 11, 23)
    assert HERE.local_date(datetime(2026, 11, 23, 21, 0, tzinfo=UTC)) == date(2026, 11, 24)


def test_the_last_working_days_newest_first() -> None:
    assert HERE.previous_working_days(date(2026, 11, 2), 3) == [
        date(2026, 10, 30),
        date(2026, 10, 28),
        date(2026, 10, 27),
    ]


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 11, 23), DayKind.FULL),
        (date(2026, 11, 22), DayKind.OFF),
        (date(2026, 10, 28), DayKind.HALF),
        (date(2026, 10, 29), DayKind.OFF),
    ],
)
def test_kinds_of_days(day: date, kind: DayKind) -> None:
    assert HERE.kind(day) is kind
    assert HERE.is_working_day(day) is (kind is not DayKind.OFF)


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("2026-11-20T09:00", "2026-11-20T17:00", 0),
        ("2026-11-20T16:59", "2026-11-23T08:00", 1),  # from Friday to Monday
        ("2026-11-21T12:00", "2026-11-22T12:00", 0),  # within a weekend
        ("2026-10-27T12:00", "2026-10-28T12:00", 0),  # half a day
        ("2026-10-27T12:00", "2026-11-02T12:00", 2),
    ],
)
def test_working_days_between(since: str, until: str, days: int) -> None:
    assert HERE.working_days_between(at(since), at(until)) == days


# --- where the clocks change: forward on 29 March, back on 25 October 2026 ------------------------
def test_the_same_wall_time_on_both_sides_of_a_change() -> None:
    due = THERE.add_working_days(at("2026-03-27T14:00", BERLIN), 1)
    assert due == at("2026-03-30T14:00", BERLIN)
    assert due.astimezone(UTC) == datetime(2026, 3, 30, 12, 0, tzinfo=UTC)


def test_a_time_that_the_change_skips_is_the_one_after_the_gap() -> None:
    skipped = THERE.at(date(2026, 3, 29), time(2, 30))
    assert skipped.astimezone(UTC).astimezone(BERLIN) == at("2026-03-29T03:30", BERLIN)


def test_a_time_that_comes_twice_is_the_first_of_both() -> None:
    twice = THERE.at(date(2026, 10, 25), time(2, 30))
    assert twice.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_working_hours_follow_the_wall() -> None:
    assert THERE.is_working_at(datetime(2026, 3, 27, 7, 0, tzinfo=UTC))
    assert not THERE.is_working_at(datetime(2026, 3, 27, 6, 59, tzinfo=UTC))
    assert THERE.is_working_at(datetime(2026, 3, 30, 6, 0, tzinfo=UTC))


def test_hours_are_as_long_as_they_are_where_the_clocks_change() -> None:
    night = WorkingTime(BERLIN, _days(_from_2020(weekdays((time(0, 0), time(8, 0))))))
    sunday_free = at("2026-03-27T07:00", BERLIN)
    assert night.elapsed(sunday_free, at("2026-03-30T01:00", BERLIN)) == timedelta(hours=2)
