"""The two clocks of a ticket: the stories of waits, priorities and reopenings, and laws for every history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.domain.countdowns import Countdowns, Pace, TimeLeft, fold
from handlers.domain.people import PersonId
from handlers.domain.states import UNDONE, Change, Lifecycle, Priority, State, TicketEvent, as_opened
from handlers.domain.targets import OF_FAULTS, Target
from handlers.domain.working_time import WorkingTime
from tests.handlers.domain.calendars import PATTERNS, at, leave, working

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
HERE = working()
SUMMER_HOURS = working(patterns=(PATTERNS["kesintisiz-yaz"],))
WORKER = PersonId(7)
N, H, U = Priority.NORMAL, Priority.HIGH, Priority.URGENT


class Story:
    """A ticket's history as it is lived; its steps at local times: of December 2026 where only a day is said."""

    def __init__(self, opened: str, priority: Priority = N) -> None:
        self.priority, self.state, self.unit, self.holder = priority, State.OPEN, "donanim", ""
        self.events: list[TicketEvent] = []
        self.solve = {Priority.LOW: 80 * HOUR, N: 24 * HOUR, H: 8 * HOUR, U: 4 * HOUR}
        self._add(opened, Change.OPENED, after=State.OPEN)

    def _add(
        self, when: str, what: Change, before: str | None = None, after: str | None = None, reason: str | None = None
    ) -> Story:
        moment = at(when if "T" in when else f"2026-12-{int(when.split()[0]):02d}T{when.split()[1]}")
        self.events.append(TicketEvent(moment, WORKER, "web", what, before, after, reason))
        return self

    def _enters(self, when: str, what: Change, state: State) -> Story:
        before, self.state = self.state, state
        return self._add(when, what, before, state)

    def claimed(self, when: str) -> Story:
        return self._enters(when, Change.CLAIMED, State.CLAIMED)

    def released(self, when: str) -> Story:
        return self._enters(when, Change.RELEASED, State.OPEN)

    def put_back_as_undo(self, when: str) -> Story:
        self.state = State.OPEN
        return self._add(when, Change.RELEASED, State.CLAIMED, State.OPEN, UNDONE)

    def assigned(self, when: str) -> Story:
        self.state = State.CLAIMED
        return self._add(when, Change.ASSIGNED, None, "8")

    def transferred(self, when: str, unit: str) -> Story:
        before, self.unit, self.state = self.unit, unit, State.OPEN
        return self._add(when, Change.TRANSFERRED, before, unit)

    def waits(self, when: str, reason: str = "vendor") -> Story:
        return self._enters(when, Change.WAITING, State(f"waiting_{reason}"))

    def resumed(self, when: str) -> Story:
        return self._enters(when, Change.RESUMED, State.CLAIMED)

    def resolved(self, when: str) -> Story:
        return self._enters(when, Change.RESOLVED, State.RESOLVED)

    def reopened(self, when: str) -> Story:
        return self._enters(when, Change.REOPENED, State.CLAIMED)

    def closed(self, when: str) -> Story:
        return self._enters(when, Change.CONFIRMED, State.CLOSED)

    def is_now(self, when: str, priority: Priority) -> Story:
        before, self.priority = self.priority, priority
        return self._add(when, Change.PRIORITISED, before, priority)

    def counted(self, time: WorkingTime = HERE, of_units: dict[str, WorkingTime] | None = None) -> Countdowns:
        opening = as_opened(self.unit, None, self.priority, self.events)
        known = of_units or {}
        return fold(opening, self.events, time_of=lambda unit, _: known.get(unit, time), target_of=self._target)

    def _target(self, ticket: Lifecycle) -> Target:
        return Target(OF_FAULTS[ticket.priority].claim, self.solve[ticket.priority])


def test_sr_01_a_wait_for_a_firm() -> None:
    waits = Story("1 10:00").claimed("1 10:10").waits("2 09:30")
    assert waits.counted().solve.spent == 7.5 * HOUR
    assert waits.counted().solve.left(at("2026-12-04T12:00")) == TimeLeft(Pace.STANDING, 16.5 * HOUR)
    assert waits.counted().solve.due is None, "nobody knows how long the firm takes"
    assert waits.resumed("7 14:00").counted().solve.due == at("2026-12-09T14:30")


def test_sr_02_a_wait_overnight_costs_nothing() -> None:
    story = Story("1 15:00", H).claimed("1 15:00").waits("1 17:30", "reporter").resumed("2 07:30")
    assert story.counted().solve.due == at("2026-12-02T15:00")


def test_sr_03_a_wait_over_a_feast() -> None:
    story = Story("2026-05-25T09:00", H).claimed("2026-05-25T09:00").waits("2026-05-25T16:00", "parts")
    solve = story.resumed("2026-06-01T10:00").counted().solve
    assert (solve.spent, solve.due) == (6 * HOUR, at("2026-06-01T12:00"))


def test_sr_04_and_05_a_raised_priority_is_never_late_at_once() -> None:
    assert Story("1 08:00").is_now("1 15:00", H).counted().solve.due == at("2026-12-01T17:00")
    solve = Story("1 08:00").is_now("2 10:00", U).counted().solve
    assert (solve.spent, solve.due, solve.missed) == (10 * HOUR, at("2026-12-02T11:00"), False)


def test_sr_06_raised_while_it_waits() -> None:
    story = Story("1 08:00").claimed("1 08:00").waits("1 10:00").is_now("2 11:00", H)
    assert story.counted().solve.left(at("2026-12-02T12:00")) == TimeLeft(Pace.STANDING, 6 * HOUR)
    assert story.resumed("3 09:00").counted().solve.due == at("2026-12-03T16:00")


def test_sr_07_a_lowered_priority_gives_time() -> None:
    solve = Story("1 09:00", H).is_now("1 14:00", N).counted().solve
    assert (solve.spent, solve.due) == (4 * HOUR, at("2026-12-04T09:00"))


def test_sr_08_the_reporters_silence_is_not_ours() -> None:
    story = Story("1 09:00", H).claimed("1 09:00").resolved("1 16:00").reopened("3 16:30")
    solve = story.counted().solve
    assert (solve.spent, solve.due) == (6 * HOUR, at("2026-12-04T09:30"))


def test_sr_09_wait_after_wait_is_one() -> None:
    story = Story("1 09:00", H).claimed("1 09:00").waits("1 10:00", "reporter").waits("2 09:00", "vendor")
    solve = story.resumed("2 15:00").counted().solve
    assert (solve.spent, solve.due) == (HOUR, at("2026-12-03T14:00"))


def test_sr_10_late_stays_late() -> None:
    story = Story("1 09:00", U).claimed("1 09:00").waits("1 16:00")
    for solve in (story.counted().solve, story.resumed("2 09:00").counted().solve):
        assert solve.due == at("2026-12-01T14:00")
        assert solve.left(at("2026-12-02T09:00")) == TimeLeft(Pace.LATE, 2 * HOUR)


# --- üstlenme -------------------------------------------------------------------------------------
def test_claiming_or_being_assigned_stops_the_first_clock() -> None:
    waiting = Story("1 15:00")
    claim = waiting.counted().claim
    assert claim is not None
    assert claim.due == at("2026-12-02T10:00")
    assert waiting.claimed("1 16:00").counted().claim is None
    assert Story("1 15:00").assigned("1 16:00").counted().claim is None


def test_a_unit_is_not_charged_for_the_one_before_it() -> None:
    moved = Story("1 08:00").transferred("1 11:00", "yazilim").counted()
    assert moved.claim is not None
    assert (moved.claim.due, moved.solve.spent) == (at("2026-12-01T16:00"), 3 * HOUR)
    again = Story("1 08:00").claimed("1 09:00").released("1 10:00").counted()
    assert again.claim is not None
    assert again.claim.due == at("2026-12-01T15:00")


def test_what_is_taken_back_goes_on_as_if_nobody_had_taken_it() -> None:
    never = Story("1 08:00").counted()
    back = Story("1 08:00").assigned("1 09:00").put_back_as_undo("1 09:05").counted()
    assert never.claim is not None
    assert back.claim is not None
    assert (back.claim.due, back.claim.began) == (never.claim.due, never.claim.began)
    now = at("2026-12-01T11:00")
    assert back.claim.left(now) == never.claim.left(now)


def test_what_was_taken_too_late_and_put_back_is_late_still() -> None:
    late = Story("1 08:00").claimed("1 16:00").released("2 09:00").counted()
    assert late.claim is not None
    assert late.claim.due == at("2026-12-01T12:00")
    left = late.claim.left(at("2026-12-02T10:00"))
    assert left is not None
    assert left.pace is Pace.LATE
    moved = Story("1 08:00").claimed("1 16:00").transferred("2 09:00", "yazilim").counted()
    assert moved.claim is not None
    assert not moved.claim.late, "the other unit is not charged for it"


def test_a_wait_that_begins_as_the_target_is_used_up_is_in_time() -> None:
    solve = Story("1 08:00", H).claimed("1 08:00").waits("1 17:00").counted().solve
    assert (solve.due, solve.left(at("2026-12-02T09:00"))) == (None, TimeLeft(Pace.STANDING, timedelta()))


def test_each_stretch_is_measured_by_the_calendar_of_the_unit_that_had_it() -> None:
    story = Story("2026-07-01T07:30").transferred("2026-07-01T12:00", "yazilim")
    moved = story.counted(of_units={"donanim": SUMMER_HOURS, "yazilim": HERE})
    assert moved.solve.spent == 4.5 * HOUR
    assert moved.solve.spent_by(at("2026-07-01T14:00")) == 5.5 * HOUR


def test_what_counts_now_is_the_taking_until_the_solving_is_late() -> None:
    counted = Story("1 08:00", U).counted()
    assert counted.now_counts is counted.claim
    late = Story("1 08:00", U).claimed("1 08:05").released("2 09:00").counted()
    assert late.now_counts is late.solve
    due_first = Story("1 08:00", U).claimed("1 08:05").released("1 11:55").counted()
    assert due_first.now_counts is due_first.solve, "it is to be solved before it is to be taken"


# --- what is late, and near -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("1 09:00", TimeLeft(Pace.RUNNING, 7 * HOUR)),
        ("1 14:59", TimeLeft(Pace.RUNNING, 2 * HOUR + MINUTE)),
        ("1 15:00", TimeLeft(Pace.NEAR, 2 * HOUR)),
        ("1 17:00", TimeLeft(Pace.NEAR, timedelta())),
        ("1 23:00", TimeLeft(Pace.NEAR, timedelta())),
        ("2 08:00", TimeLeft(Pace.LATE, timedelta())),
        ("2 08:30", TimeLeft(Pace.LATE, 30 * MINUTE)),
    ],
)
def test_how_it_stands(now: str, left: TimeLeft) -> None:
    moment = at(f"2026-12-0{now}".replace(" ", "T"))
    assert Story("1 08:00", H).claimed("1 08:00").counted().solve.left(moment) == left


def test_raising_what_is_late_does_not_make_it_timely() -> None:
    solve = Story("1 08:00", H).claimed("1 08:00").is_now("2 10:00", U).counted().solve
    assert (solve.due, solve.late) == (at("2026-12-01T17:00"), True)


def test_reopening_what_was_late_gives_a_quarter_and_remembers() -> None:
    story = Story("1 08:00", H).claimed("1 08:00").resolved("2 10:00").reopened("3 08:00")
    solve = story.counted().solve
    assert (solve.due, solve.late, solve.missed) == (at("2026-12-03T10:00"), False, True)


def test_a_decree_of_yesterday_takes_the_lateness_back() -> None:
    story = (
        Story("2026-02-05T15:00", H).claimed("2026-02-05T15:00").resolved("2026-02-09T10:30").closed("2026-02-09T11:00")
    )
    assert story.counted().solve.missed
    assert not story.counted(working(leave("2026-02-06"))).solve.missed


def test_a_calendar_without_work_is_never_due() -> None:
    nothing = working(*(leave((at("2026-11-30T00:00") + timedelta(days=n)).date().isoformat()) for n in range(800)))
    solve = Story("1 08:00").counted(nothing).solve
    assert (solve.due, solve.late) == (None, False)


# --- laws -----------------------------------------------------------------------------------------
GAPS = st.lists(st.integers(0, 5000), min_size=1, max_size=8)


def _lived(gaps: Iterable[int], *, outside: bool) -> Story:
    """Claimed, then waits and resumptions in turn; `outside`: each of them within one night."""
    moment = at("2026-12-01T08:00")
    story = Story("1 08:00").claimed(moment.isoformat()[:16])
    for gap in gaps:
        moment += gap * MINUTE
        if outside:
            moment = moment.replace(hour=18, minute=0)
        story.waits(moment.isoformat()[:16])
        moment += (gap % 600 if outside else gap) * MINUTE
        story.resumed(moment.isoformat()[:16])
    return story


@given(GAPS)
def test_waits_outside_working_time_cost_and_gain_nothing(gaps: list[int]) -> None:
    plain, waited = Story("1 08:00").claimed("1 08:00"), _lived(gaps, outside=True)
    end = waited.events[-1].at + HOUR
    assert waited.counted().solve.spent_by(end) == plain.counted().solve.spent_by(end)
    assert waited.counted().solve.due == plain.counted().solve.due


@given(GAPS)
def test_spent_is_the_working_time_of_the_stretches_in_which_it_ran(gaps: list[int]) -> None:
    story = _lived(gaps, outside=False)
    moments: list[datetime] = [event.at for event in story.events[1:]]
    ran = zip(moments[::2], moments[1::2], strict=False)
    assert story.counted().solve.spent == sum((HERE.elapsed(*span) for span in ran), timedelta())


@given(GAPS, st.integers(0, 20000))
def test_where_it_runs_in_time_the_rest_is_what_lies_before_the_due_moment(gaps: list[int], later: int) -> None:
    solve = _lived(gaps, outside=False).counted().solve
    assert solve.since is not None
    now = solve.since + later * MINUTE
    left = solve.left(now)
    assert left is not None
    assert solve.due is not None
    if left.pace is not Pace.LATE:
        assert HERE.elapsed(now, solve.due) == left.left
    else:
        assert now >= solve.due
