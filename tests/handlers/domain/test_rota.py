"""Who is on call, and when nobody is."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from handlers.domain.rota import FIRST, SECOND, Duty, gaps, on_duty, span_of
from tests.handlers.domain.builders import MEHMET, NOW, ZEYNEP
from tests.handlers.domain.calendars import at, working


def duty(starts: str, ends: str, person: int = MEHMET, place: int = FIRST, unit: str = "donanim") -> Duty:
    return Duty(
        unit=unit,
        person=person,  # type: ignore[arg-type] # a number will do
        starts=at(starts),
        ends=at(ends),
        place=place,
        entered_by=MEHMET,
        entered_at=NOW,
    )


def test_a_duty_reaches_from_the_end_of_work_to_the_next_opening() -> None:
    time = working()
    assert span_of(time, date(2026, 12, 7), date(2026, 12, 7)) == (at("2026-12-07T17:00"), at("2026-12-08T08:00"))
    saturday, sunday = date(2026, 12, 5), date(2026, 12, 6)
    assert span_of(time, saturday, sunday) == (at("2026-12-05T08:00"), at("2026-12-07T08:00"))
    assert span_of(time, date(2026, 10, 28), date(2026, 10, 28)) == (at("2026-10-28T12:00"), at("2026-10-29T08:00"))


def test_the_first_before_the_second_and_the_last_moment_is_not_in_it() -> None:
    night = ("2026-12-07T17:00", "2026-12-08T08:00")
    rota = [duty(*night, ZEYNEP, SECOND), duty(*night), duty(*night, unit="yazilim")]
    assert [one.person for one in on_duty(rota, "donanim", at("2026-12-07T22:00"))] == [MEHMET, ZEYNEP]
    assert on_duty(rota, "donanim", at("2026-12-08T08:00")) == []


def test_a_gap_is_a_night_without_a_first_and_no_pause() -> None:
    monday, wednesday = at("2026-12-07T10:00"), at("2026-12-09T10:00")
    both = [duty("2026-12-07T17:00", "2026-12-08T08:00"), duty("2026-12-08T17:00", "2026-12-09T08:00")]
    assert gaps(both, working(), monday, wednesday) == []
    second = duty("2026-12-08T17:00", "2026-12-09T08:00", place=SECOND)
    missing = [(at("2026-12-08T17:00"), at("2026-12-09T08:00"))]
    assert gaps([both[0], second], working(), monday, wednesday) == missing


def test_a_gap_reaches_over_a_weekend_and_is_cut_at_the_end_of_what_is_looked_at() -> None:
    friday, sunday = at("2026-12-04T16:00"), at("2026-12-06T12:00")
    assert gaps([], working(), friday, sunday) == [(at("2026-12-04T17:00"), sunday)]


@pytest.mark.parametrize("seed", range(5))
def test_in_a_quarter_every_hour_outside_work_is_somebodys_or_a_gap(seed: int) -> None:
    """Looked at every half hour; the pauses of a working day are neither."""
    chance, time, first = random.Random(seed), working(), date(2026, 10, 1)
    duties = []
    for n in range(92):
        if chance.random() < 0.7:
            starts, ends = span_of(time, first + timedelta(days=n), first + timedelta(days=n))
            duties.append(replace(duty("2026-10-01T00:00", "2026-10-01T01:00"), starts=starts, ends=ends))
    since, until = at("2026-10-01T00:00"), at("2027-01-01T00:00")
    found, moment = gaps(duties, time, since, until), since
    while moment < until:
        windows = time.windows(time.local_date(moment))
        clock = moment.astimezone(time.zone).time()
        works = bool(windows) and windows[0][0] <= clock < windows[-1][1]
        gap = any(starts <= moment < ends for starts, ends in found)
        assert gap is not (works or bool(on_duty(duties, "donanim", moment))), moment
        moment += timedelta(minutes=30)
