"""What a house may say of its own record: 16 of the last 20, and only where that is not flattering itself."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from handlers.domain.states import Priority, State
from handlers.domain.ticket import Ticket, TicketId
from handlers.domain.track_records import DoneBy, TrackRecord, track_record
from tests.handlers.domain.builders import ticket
from tests.handlers.domain.calendars import at, working

NOW = at("2026-12-01T10:00")
"""A Tuesday."""


def opened(when: str, solved: str | None = None, **changes: object) -> Ticket:
    one = ticket(opened_at=at(when), **changes)
    if solved is not None:
        one.resolved_at, one.state = at(solved), State.RESOLVED
    return one


def record_of(others: list[Ticket], now: datetime = NOW, when: datetime = NOW) -> TrackRecord | None:
    for number, one in enumerate(others, start=2):
        one.id = TicketId(number)
    return track_record(others, ticket(opened_at=when, id=TicketId(1)), now, working())


MORNING = "2026-11-25T09:00"
SOLVED = {
    DoneBy.SAME_DAY: "2026-11-25T17:00",
    DoneBy.NEXT_NOON: "2026-11-26T12:00",
    DoneBy.NEXT_EVENING: "2026-11-26T17:00",
    DoneBy.TWO_DAYS: "2026-11-27T17:00",
    DoneBy.THREE_DAYS: "2026-11-30T17:00",
}


@pytest.mark.parametrize("by", SOLVED)
def test_it_says_by_when_three_of_four_were_done(by: DoneBy) -> None:
    others = [opened(MORNING, SOLVED[by]) for _ in range(16)] + [opened(MORNING) for _ in range(4)]
    assert record_of(others) == TrackRecord(16, 20, by)


def test_those_that_took_longer_count_though_they_are_open_still() -> None:
    """Of the quick ones alone every record is good."""
    others = [opened(MORNING, SOLVED[DoneBy.NEXT_NOON]) for _ in range(10)] + [opened(MORNING) for _ in range(10)]
    assert record_of(others) is None


def test_what_is_young_yet_says_nothing_of_either() -> None:
    """Opened this morning and done at once: those of the same morning that are not done are not known yet."""
    young = [opened("2026-12-01T08:30", "2026-12-01T08:40") for _ in range(30)]
    assert record_of(young) is None
    old = [opened(MORNING, SOLVED[DoneBy.THREE_DAYS]) for _ in range(12)]
    assert record_of([*young, *old], at("2026-12-01T09:00")) == TrackRecord(12, 12, DoneBy.THREE_DAYS)


def test_of_few_nothing_is_said() -> None:
    assert record_of([opened(MORNING, SOLVED[DoneBy.SAME_DAY]) for _ in range(9)]) is None


def test_what_was_dropped_or_an_emergency_does_not_count() -> None:
    solved = SOLVED[DoneBy.SAME_DAY]
    others = [
        *[opened(MORNING, solved, priority=Priority.URGENT) for _ in range(9)],
        *[opened(MORNING, state=State.CANCELLED) for _ in range(9)],
        *[opened(MORNING, solved) for _ in range(9)],
    ]
    assert record_of(others) is None


def test_who_comes_in_the_afternoon_is_not_told_of_the_same_day() -> None:
    others = [opened(MORNING, SOLVED[DoneBy.SAME_DAY]) for _ in range(20)]
    assert record_of(others, when=at("2026-12-01T09:00")) == TrackRecord(20, 20, DoneBy.SAME_DAY)
    late = at("2026-12-01T16:00")
    assert record_of(others, now=late, when=late) == TrackRecord(20, 20, DoneBy.NEXT_NOON)


def test_nobody_is_told_of_a_time_that_is_past_for_them() -> None:
    others = [opened(MORNING, SOLVED[DoneBy.SAME_DAY]) for _ in range(20)]
    said = record_of(others, now=NOW + timedelta(days=1, hours=3), when=NOW)
    assert said == TrackRecord(20, 20, DoneBy.NEXT_EVENING)


def test_friday_s_next_working_day_is_monday() -> None:
    others = [opened("2026-11-20T15:00", "2026-11-23T12:00") for _ in range(20)]
    assert record_of(others) == TrackRecord(20, 20, DoneBy.NEXT_NOON)
