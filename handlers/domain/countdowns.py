"""The two clocks of a ticket, as a function of its history, the calendar of its units and the targets.

Üstlenme (claim) runs while nobody has it, and begins anew whenever it comes back to a queue: a unit is not charged for
the one before it. But taking it and putting it back makes nothing timely: what was taken too late is late again in the
same unit, and what is taken back is as if it had never been.
Çözüm (solve) belongs to the reporter: there is one of it, from the opening on; it runs while the
ticket is open or claimed, stands in waits and while the reporter is asked whether it works, and never begins anew.

Nothing is counted here that a calendar could change later: `spent` is always the working time of the stretches in which
it ran, so a leave that is decreed afterwards changes what the same history says.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from handlers.domain.people import UnitId
from handlers.domain.promises import Promise, promise
from handlers.domain.states import UNDONE, Aspect, Change, Lifecycle, Priority, State, TicketEvent
from handlers.domain.targets import Target
from handlers.domain.working_time import NoWorkingTimeError, WorkingTime

GRACE = 4
"""Whoever gets a shorter target, or the ticket back, has a quarter of the target at least: nothing is late at once."""
GRACE_OF_REOPENED = timedelta(hours=1)
NEAR_AT_LEAST = timedelta(minutes=15)
NOTHING = timedelta()

TimeOf = Callable[[UnitId, Priority], WorkingTime]
"""The working time of a unit; of an emergency, with the hours in which somebody is on call."""
TargetOf = Callable[[Lifecycle], Target]


class Pace(Enum):
    """How a ticket stands against a target."""

    RUNNING = auto()
    NEAR = auto()
    """A quarter of the target is left, or a quarter of an hour."""
    LATE = auto()
    STANDING = auto()


@dataclass(frozen=True, slots=True)
class TimeLeft:
    pace: Pace
    left: timedelta
    """Working time; of what is late, by how much it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Countdown:
    """One of the two clocks, as the history left it."""

    target: timedelta | None
    allowance: timedelta | None
    """The target, or more where grace was given."""
    spent: timedelta
    """Until `since` where it runs, else until it stopped."""
    since: datetime | None
    """Running since; None: it stands, or is over."""
    due: datetime | None
    """When the allowance is used up, or was; None while it stands in time, and without a target."""
    late: bool
    """More than allowed was spent by the end of the history."""
    missed: bool
    """It was late at any time, also before grace was given."""
    began: int
    """Line of the history that began it, or gave it another allowance."""
    time: WorkingTime
    """Of the unit that has the ticket now."""

    def spent_by(self, now: datetime) -> timedelta:
        return self.spent if self.since is None else self.spent + self.time.elapsed(self.since, now)

    def left(self, now: datetime) -> TimeLeft | None:
        """None without a target."""
        if self.target is None or self.allowance is None:
            return None
        left = self.allowance - self.spent_by(now)
        if self.late or left < NOTHING:
            return TimeLeft(Pace.LATE, abs(left))
        if self.since is None:
            return TimeLeft(Pace.STANDING, left)
        if not left and self.time.is_working_at(now):
            return TimeLeft(Pace.LATE, left)
        return TimeLeft(Pace.NEAR if left <= self.near else Pace.RUNNING, left)

    @property
    def near(self) -> timedelta:
        """With so much left it is nearly due."""
        return max((self.target or NOTHING) / GRACE, NEAR_AT_LEAST)

    def used_up(self, but: timedelta = NOTHING) -> datetime | None:
        """When no more than `but` of the allowance will be left, where it goes on running, or was; a negative one: so
        long over it. None where it stands or has no target."""
        if self.since is None or self.allowance is None:
            return None
        try:
            return self.time.add(self.since, max(self.allowance - but - self.spent, NOTHING))
        except NoWorkingTimeError:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Countdowns:
    """Of one ticket."""

    claim: Countdown | None
    """None while somebody has it, and at its end."""
    solve: Countdown
    over: bool
    """It was closed, cancelled or merged."""
    promise: Promise | None = None
    """What its reporter was promised."""
    promise_missed: bool = False
    """It was resolved after that day."""

    @property
    def now_counts(self) -> Countdown:
        """The one that whoever should act next is measured by: while nobody has it, that of taking it, unless it is to
        be solved before that. Lists are sorted and filtered by the same (`storage.repositories.ticket_lists`)."""
        if self.claim is None or self.solve.late:
            return self.solve
        if self.solve.due is not None and (self.claim.due is None or self.solve.due < self.claim.due):
            return self.solve
        return self.claim


def fold(
    opening: Lifecycle,
    history: Sequence[TicketEvent],
    *,
    time_of: TimeOf,
    target_of: TargetOf,
    set_anew: Collection[int] = (),
) -> Countdowns:
    """`opening`: the ticket as it was before its first line (`handlers.domain.states.as_opened`). `set_anew`: lines by
    which somebody gave it another target: it counts from the beginning, and is warned of anew."""
    played = _Played(opening, time_of, target_of)
    for line, event in enumerate(history, start=1):
        played.play(line, event)
        if line in set_anew:
            played.begins_anew(line)
    return played.result(history)


_RUNS = frozenset({State.OPEN, State.CLAIMED})
_OVER = frozenset({State.CLOSED, State.CANCELLED, State.MERGED})


class _Played:
    """A history in the middle of being played."""

    def __init__(self, opening: Lifecycle, time_of: TimeOf, target_of: TargetOf) -> None:
        self._ticket, self._time_of, self._target_of = opening, time_of, target_of
        self._claim: _Count | None = None
        self._taken: tuple[_Count, datetime] | None = None
        """The claim clock as it stood when somebody took it, and when that was."""
        self._solve = _Count(None, 0)

    def play(self, line: int, event: TicketEvent) -> None:
        if event.what.alters in (Aspect.NOTHING, Aspect.RATING):
            return
        before = self._time
        self._solve.stop(event.at, before)
        if self._claim is not None:
            self._claim.stop(event.at, before)
        self._ticket.apply(event)
        target = self._target_of(self._ticket)
        self._of_claim(line, event, target.claim)
        self._of_solve(line, event, target.solve)

    def begins_anew(self, line: int) -> None:
        for count in (self._claim, self._solve):
            if count is not None:
                count.began = line

    @property
    def _time(self) -> WorkingTime:
        return self._time_of(self._ticket.unit, self._ticket.priority)

    def _of_claim(self, line: int, event: TicketEvent, target: timedelta | None) -> None:
        if self._ticket.state is not State.OPEN:
            if self._claim is not None:
                self._taken, self._claim = (self._claim, event.at), None
            return
        runs_since = event.at
        if self._claim is None or event.what is Change.TRANSFERRED:
            self._claim, runs_since = self._goes_on(event) or (_Count(target, line), event.at)
        self._claim.retarget(target, line)
        self._claim.run(runs_since)

    def _goes_on(self, event: TicketEvent) -> tuple[_Count, datetime] | None:
        """The clock that somebody stopped by taking it, and from when on it runs; None where a new one begins."""
        if event.what is not Change.RELEASED or self._taken is None:
            return None
        taken, at = self._taken
        if event.reason == UNDONE:
            return taken, at
        return (taken, event.at) if taken.late else None

    def _of_solve(self, line: int, event: TicketEvent, target: timedelta | None) -> None:
        if event.what is Change.OPENED:
            self._solve = _Count(target, line)
        self._solve.retarget(target, line)
        if event.what is Change.REOPENED and event.reason != UNDONE:
            self._solve.give_back(line)
        if self._ticket.state in _RUNS:
            self._solve.run(event.at)

    def result(self, history: Sequence[TicketEvent]) -> Countdowns:
        over = self._ticket.state in _OVER
        claim = None if self._claim is None or over else self._claim.frozen(self._time)
        promised = promise(history, self._time)
        return Countdowns(
            claim=claim,
            solve=self._solve.frozen(self._time),
            over=over,
            promise=promised,
            promise_missed=promised is not None and _resolved_after(promised.due, history),
        )


class _Count:
    """One clock while the history is played."""

    def __init__(self, target: timedelta | None, line: int) -> None:
        self.target = self.allowance = target
        self.spent = NOTHING
        self.since: datetime | None = None
        self.due: datetime | None = None
        """The moment at which it was used up, in a stretch that is over."""
        self.missed = False
        self.began = line

    @property
    def late(self) -> bool:
        return self.allowance is not None and self.spent > self.allowance

    def run(self, at: datetime) -> None:
        self.since = at

    def stop(self, at: datetime, time: WorkingTime) -> None:
        if self.since is None:
            return
        worked = time.elapsed(self.since, at)
        if self.allowance is not None and self.spent <= self.allowance <= self.spent + worked and self.due is None:
            self.due = time.add(self.since, self.allowance - self.spent)
        self.spent += worked
        self.missed = self.missed or self.late
        self.since = None

    def retarget(self, target: timedelta | None, line: int) -> None:
        """Another priority, subject or unit: what was spent stays. A shorter target leaves a quarter of it at least;
        but what was late stays late."""
        former, self.target = self.target, target
        if target == former or (self.late and target is not None and former is not None and target < former):
            return
        self.began = line
        if target is None or (former is not None and target > former):
            self.allowance = target
        else:
            self.allowance = max(target, self.spent + target / GRACE)
        if not self.late:
            self.due = None

    def give_back(self, line: int) -> None:
        """It came back from being resolved."""
        if self.allowance is None or self.target is None:
            return
        self.allowance = max(self.allowance, self.spent + max(self.target / GRACE, GRACE_OF_REOPENED))
        self.due, self.began = None, line

    def frozen(self, time: WorkingTime) -> Countdown:
        due = self.due if self.late or self.since is not None else None
        if due is None and self.since is not None and self.allowance is not None:
            due = _or_none(time, self.since, self.allowance - self.spent)
        return Countdown(
            target=self.target,
            allowance=self.allowance,
            spent=self.spent,
            since=self.since,
            due=due,
            late=self.late,
            missed=self.missed,
            began=self.began,
            time=time,
        )


def _resolved_after(due: datetime, history: Sequence[TicketEvent]) -> bool:
    resolved = [event.at for event in history if event.what is Change.RESOLVED]
    return bool(resolved) and resolved[-1] > due


def _or_none(time: WorkingTime, since: datetime, left: timedelta) -> datetime | None:
    """None where the calendar has no working time to come: such a target is never due."""
    try:
        return time.add(since, max(left, NOTHING))
    except NoWorkingTimeError:
        return None
