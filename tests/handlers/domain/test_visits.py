"""A visit as its history says it, and which half-hours are offered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from handlers.domain.people import PersonId
from handlers.domain.states import Change, TicketEvent
from handlers.domain.visits import LENGTH, Visit, read_times, reminded_at, two_times, visit, written_times
from handlers.domain.working_time import Span
from handlers.tickets.deadlines import read_time
from tests.handlers.domain.builders import AYSE, MEHMET
from tests.handlers.domain.calendars import ISTANBUL, at, working

NINE, ELEVEN = at("2026-12-02T09:00"), at("2026-12-02T11:00")
BEGAN = at("2026-12-01T10:00")


def told(*events: tuple[Change, str | None] | tuple[Change, str | None, PersonId | None]) -> Visit:
    """One a minute, by whoever holds it."""
    history = []
    for minute, (what, after, *who) in enumerate(events):
        by = who[0] if who else MEHMET
        history.append(TicketEvent(BEGAN + timedelta(minutes=minute), by, "web", what, None, after))
    return visit(history)


OFFERED = (Change.VISIT_OFFERED, written_times([NINE, ELEVEN]))
CLOSED = (Change.FOUND_CLOSED, "waiting_access")
RESUMED = (Change.RESUMED, "claimed")
AGREED = (Change.VISIT_AGREED, written_times([NINE]))


@pytest.mark.parametrize(
    ("events", "offered", "agreed", "closed"),
    [
        ([OFFERED], (NINE, ELEVEN), None, 0),
        ([OFFERED, AGREED], (), NINE, 0),
        ([OFFERED, (Change.VISIT_REFUSED, None)], (), None, 0),
        ([OFFERED, AGREED, (Change.VISIT_REFUSED, None)], (), None, 0),
        ([AGREED, (Change.SET_OFF, "10")], (), None, 0),
        ([AGREED, (Change.SET_OFF, "10"), (Change.SET_OFF, "20"), (Change.VISIT_WITHDRAWN, None)], (), NINE, 0),
        ([CLOSED, OFFERED], (NINE, ELEVEN), None, 1),
        ([CLOSED, OFFERED, RESUMED, CLOSED], (), None, 2),
        ([CLOSED, AGREED, (Change.RESUMED, "claimed", None)], (), NINE, 1),
        ([AGREED, (Change.ASSIGNED, str(AYSE))], (), NINE, 0),
        ([AGREED, (Change.WAITING, "waiting_parts")], (), NINE, 0),
        ([AGREED, (Change.RELEASED, "open")], (), None, 0),
        ([AGREED, (Change.RESOLVED, "resolved")], (), None, 0),
        ([AGREED, (Change.REPLIED, None)], (), NINE, 0),
    ],
)
def test_what_stands(
    events: list[tuple[Change, str | None]], offered: tuple[datetime, ...], agreed: datetime | None, closed: int
) -> None:
    it = told(*events)
    assert (it.offered, it.agreed, it.closed) == (offered, agreed, closed)


def test_a_closed_door_that_was_none_is_taken_back_with_its_question() -> None:
    moment = [TicketEvent(BEGAN, MEHMET, "web", what, None, after) for what, after in (CLOSED, OFFERED)]
    undone = visit(moment).undo
    assert undone is not None
    assert (undone.closed, undone.offered) == (0, ())
    assert told(OFFERED, AGREED).undo is None, "its reporter has answered"


def test_nobody_is_on_the_way_for_ever() -> None:
    it = told((Change.SET_OFF, "10"))
    assert [it.is_on_the_way(BEGAN + timedelta(hours=hours)) for hours in (0, 2, 3)] == [True, True, False]


@pytest.mark.parametrize(
    ("now", "taken", "times"),
    [
        ("2026-12-01T08:10", (), ("01T09:30", "01T13:00")),
        ("2026-12-01T10:00", (), ("01T11:00", "01T13:00")),
        ("2026-12-01T11:00", (), ("01T13:00", "02T08:00")),
        ("2026-12-01T15:00", (), ("01T16:00", "02T08:00")),
        ("2026-12-01T16:30", (), ("02T08:00", "02T13:00")),
        ("2026-12-04T16:30", (), ("07T08:00", "07T13:00")),
        ("2026-12-01T10:00", (("01T11:00", "01T11:30"), ("01T13:15", "01T13:45")), ("01T11:30", "01T14:00")),
        ("2026-12-01T10:00", (("01T00:00", "04T00:00"),), ("04T08:00", "04T13:00")),
    ],
)
def test_two_half_hours_are_offered_that_are_worked_and_free(
    now: str, taken: Sequence[tuple[str, str]], times: tuple[str, str]
) -> None:
    spans: list[Span] = [(at(f"2026-12-{start}"), at(f"2026-12-{end}")) for start, end in taken]
    offered = two_times(at(now), working(), spans)
    assert [f"{one.astimezone(ISTANBUL):%dT%H:%M}" for one in offered] == list(times)
    assert all(working().elapsed(one, one + LENGTH) == LENGTH for one in offered)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("yarın 14.00", "2026-12-02T14:00"),
        ("4 aralık saat 10'da", "2026-12-04T10:00"),
        ("cuma 9:30", "2026-12-04T09:30"),
        ("16.15", "2026-12-01T16:15"),
        ("09.00", "2026-12-02T09:00"),
        ("yarın 3'te", "2026-12-02T15:00"),
        ("kapı kilitliydi", None),
        ("oda 14", None),
        ("yarın uğrarım", None),
        ("312", None),
        ("25.00", None),
    ],
)
def test_a_time_is_read_only_where_it_is_plainly_one(said: str, meant: str | None) -> None:
    assert read_time(said, BEGAN, working()) == (None if meant is None else at(meant))


def test_the_reminder_comes_a_quarter_of_an_hour_before_but_not_before_work() -> None:
    assert reminded_at(NINE, working()) == at("2026-12-02T08:45")
    assert reminded_at(at("2026-12-02T08:00"), working()) == at("2026-12-02T08:00")
    assert reminded_at(at("2026-12-02T13:00"), working()) == at("2026-12-02T13:00")


def test_times_are_kept_to_the_minute_and_read_again() -> None:
    assert read_times(written_times([NINE, ELEVEN])) == (NINE, ELEVEN)
    assert read_times(None) == ()
