"""Days on which a unit would be without anybody: what is asked of every leave before it is written down."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from datetime import time as dt_time

import pytest

from handlers.domain.absences import Absence, days_without_anybody
from handlers.domain.people import PersonId
from tests.handlers.domain.builders import MEHMET, ZEYNEP
from tests.handlers.domain.calendars import at, working

MONDAY, SATURDAY = date(2026, 12, 7), date(2026, 12, 12)
WEEK = [MONDAY + timedelta(days=n) for n in range(7)]


def away(person: PersonId, starts: str, ends: str) -> Absence:
    return Absence(
        person=person, starts=at(starts), ends=at(ends), entered_by=person, entered_at=at("2026-11-30T09:00")
    )


@pytest.mark.parametrize(
    ("absences", "found"),
    [
        ([], []),
        ([("2026-12-07T00:00", "2026-12-09T00:00")], []),
        ([("2026-12-07T00:00", "2026-12-09T00:00"), ("2026-12-08T00:00", "2026-12-14T00:00")], [8]),
        ([("2026-12-07T14:00", "2026-12-08T00:00"), ("2026-12-07T00:00", "2026-12-07T14:00")], []),
        ([("2026-12-07T14:00", "2026-12-08T00:00"), ("2026-12-07T00:00", "2026-12-07T15:00")], [7]),
        ([("2026-12-07T12:00", "2026-12-07T13:00"), ("2026-12-07T12:00", "2026-12-07T13:00")], []),
        ([("2026-12-12T00:00", "2026-12-14T00:00"), ("2026-12-12T00:00", "2026-12-14T00:00")], []),
    ],
)
def test_only_a_moment_of_work_counts(absences: list[tuple[str, str]], found: list[int]) -> None:
    leaves = [away(person, *span) for person, span in zip((MEHMET, ZEYNEP), absences, strict=False)]
    alone = days_without_anybody([MEHMET, ZEYNEP], leaves, working(), WEEK)
    assert [day.day for day in alone] == found


def test_the_last_moment_is_not_in_it() -> None:
    one = away(MEHMET, "2026-12-07T08:00", "2026-12-07T12:00")
    assert (one.is_at(at("2026-12-07T08:00")), one.is_at(at("2026-12-07T12:00"))) == (True, False)
    assert not one.overlaps(at("2026-12-07T12:00"), at("2026-12-07T17:00"))


@pytest.mark.parametrize("seed", range(5))
def test_in_a_quarter_of_six_people_no_hour_without_anybody_goes_unannounced(seed: int) -> None:
    """Looked at every quarter of an hour, against what is asked before a leave is written down."""
    chance, time, first = random.Random(seed), working(), date(2026, 10, 1)
    people = [PersonId(number) for number in range(1, 7)]
    days = [first + timedelta(days=n) for n in range(92)]
    leaves = []
    for person in people:
        for _ in range(14):
            begins = time.at(chance.choice(days), dt_time(chance.choice((0, 10, 14))))
            leaves.append(away_for(person, begins, begins + timedelta(hours=chance.choice((4, 24, 96, 240)))))
    empty = set()
    for day in days:
        moments = [time.at(day, dt_time(hour, minute)) for hour in range(24) for minute in (0, 15, 30, 45)]
        worked = [at_moment for at_moment in moments if time.is_working_at(at_moment)]
        if any(all(any(one.person == p and one.is_at(moment) for one in leaves) for p in people) for moment in worked):
            empty.add(day)
    assert set(days_without_anybody(people, leaves, time, days)) == empty


def away_for(person: PersonId, starts: datetime, ends: datetime) -> Absence:
    return Absence(person=person, starts=starts, ends=ends, entered_by=person, entered_at=starts)
