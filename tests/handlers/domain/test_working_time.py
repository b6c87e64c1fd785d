"""Working days and hours: weekends, half days, midnight, and places where the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from handlers.domain.working_time import DayKind, WorkingTime

ISTANBUL, BERLIN = ZoneInfo("Europe/Istanbul"), ZoneInfo("Europe/Berlin")
REPUBLIC_DAY = {date(2026, 10, 28): DayKind.HALF, date(2026, 10, 29): DayKind.OFF}
"""A Wednesday whose afternoon is free, and the Thursday."""


def _holiday(day: date) -> DayKind:
    return REPUBLIC_DAY.get(day, DayKind.FULL)


HERE = WorkingTime(ISTANBUL, _holiday)
THERE = WorkingTime(BERLIN, _holiday)


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
        ("2026-10-28T12:29", True),  # the morning of a half day
        ("2026-10-28T12:30", False),
        ("2026-10-29T10:00", False),
    ],
)
def test_working_hours(local: str, working: bool) -> None:
    assert HERE.is_working_at(at(local)) is working
    assert HERE.is_working_at(at(local).astimezone(UTC)) is working, "the zone of the argument does not matter"


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
