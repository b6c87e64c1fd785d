"""Who is on call, and when nobody is."""

from __future__ import annotations

from datetime import date

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
