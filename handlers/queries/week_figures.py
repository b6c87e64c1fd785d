"""What a week that is over adds to the charts of a unit: counted once it is over, asked for by `charts`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from handlers.context import UseCaseContext
from handlers.domain.charts import REPEATED_DAYS, REPEATED_OFTEN, WEEK, Period, WorkedSince
from handlers.domain.months import Month
from handlers.domain.people import UnitId
from handlers.domain.states import State
from handlers.domain.working_time import WorkingTime
from handlers.ports import UnitOfWork
from handlers.ports.figures import LONGEST_WAIT, HourCount, SolvedOnSubject, SubjectOfDepartment, WaitSpan
from handlers.ports.week_figures import HoursOfBoth, StateOfBoth, WaitOfBoth, WeekFigures

MOST_WEEKS = 52
"""Of a period; as many are kept of the year before."""


@dataclass(frozen=True, slots=True)
class WeekOfUnit:
    unit: UnitId
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Stretch:
    """That is counted now."""

    since: datetime
    until: datetime
    after: WeekFigures | None
    """The week before it, where that is kept."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Of one unit in a period: what is kept of it, and the rest."""

    kept: Mapping[datetime, WeekFigures]
    """By their ends."""
    stretches: Sequence[Stretch]


def parts_of(uow: UnitOfWork, unit: UnitId, ends: Sequence[datetime], since: datetime, until: datetime) -> Parts:
    """`ends`: of all weeks of the period but the last, which is always counted now."""
    kept = dict(uow.week_figures.kept(unit, since, ends[-1])) if ends else {}
    stretches: list[Stretch] = []
    begins, before = since, None
    for end in (*ends, until):
        if end != until and end in kept:
            before, begins = kept[end], end
        elif stretches and stretches[-1].until == begins:
            stretches[-1] = replace(stretches[-1], until=end)
            begins = end
        else:
            stretches.append(Stretch(begins, end, before))
            begins = end
    return Parts(kept, [one for one in stretches if one.since < one.until])


# --- counting -------------------------------------------------------------------------------------
def missing(work: UseCaseContext) -> Sequence[WeekOfUnit]:
    """Weeks that are over, are asked for by the charts and are not kept; the newest first."""
    clock = work.working_time()
    period = Period.until(clock.local_date(work.now), 2 * MOST_WEEKS + 1)
    found = []
    for unit in work.desk.units:
        begins = work.uow.week_figures.begins(unit)
        known = work.uow.week_figures.ends(unit, clock.at(period.first, time.min))
        for monday in period.mondays[:-1]:
            starts, ends = (clock.at(day, time.min) for day in (monday, monday + WEEK))
            if begins is not None and begins < ends and ends not in known:
                found.append(WeekOfUnit(unit, starts, ends))
    return sorted(found, key=lambda one: (one.ends, one.unit), reverse=True)


def count(uow: UnitOfWork, clock: WorkingTime, week: WeekOfUnit) -> WeekFigures | None:
    """None where time of some that were solved in it is out of date. `clock`: of that unit."""
    figures, unit, since, until = uow.figures, week.unit, week.starts, week.ends
    if figures.solved_out_of_date(unit, since, until):
        return None
    waits = figures.waits(unit, since, until)
    shared_waits = figures.waits(unit, since, until, restricted=False, waiting=[one.ticket for one in waits])
    every, shared = (dict(uow.summaries.states_at(unit, until, restricted=both)) for both in (True, False))
    opened, resolved = (
        _of_both(*(ask(unit, since, until, restricted=both) for both in (True, False)))
        for ask in (figures.opened_by_hour, figures.resolved_by_hour)
    )
    return WeekFigures(
        opened=opened,
        resolved=resolved,
        subjects=_subjects(figures.opened_of(unit, since, until)),
        solved=sorted(
            (replace(one, seconds=sorted(one.seconds)) for one in figures.solved(unit, since, until)), key=_alike
        ),
        waited=_waited(waits, shared_waits, clock, since, until),
        standing=[StateOfBoth(state, every[state], shared.get(state, 0)) for state in sorted(every)],
        waiting=sorted(one.ticket for one in waits if one.ended is None or one.ended > until),
        repeated=repeated_until(uow, unit, until),
    )


def repeated_until(uow: UnitOfWork, unit: UnitId, until: datetime) -> int:
    return uow.figures.count_repeated(unit, until - timedelta(days=REPEATED_DAYS), until, REPEATED_OFTEN)


def _subjects(rows: Sequence[SubjectOfDepartment]) -> Mapping[str, Mapping[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for one in rows:
        found[one.category or ""][one.department] = one.number
    return dict(found)


def _alike(one: SolvedOnSubject) -> tuple[str, bool, bool]:
    return one.category or "", one.has_target, one.missed


def _of_both(every: Sequence[HourCount], shared: Sequence[HourCount]) -> HoursOfBoth:
    known = dict(shared)
    hours = [hour for hour, _ in every]
    return HoursOfBoth(hours, [number for _, number in every], [known.get(hour, 0) for hour in hours])


def _waited(
    every: Sequence[WaitSpan], shared: Sequence[WaitSpan], clock: WorkingTime, since: datetime, until: datetime
) -> Sequence[WaitOfBoth]:
    worked = WorkedSince(clock, since)
    both: list[dict[tuple[State, str], timedelta]] = []
    for waits in (every, shared):
        sums: dict[tuple[State, str], timedelta] = defaultdict(timedelta)
        for month, starts, ends in months_between(clock, since, until):
            for wait in waits:
                began, ended = max(wait.began, starts), min(ended_within(wait), ends)
                if began < ended:
                    sums[wait.state, month] += worked.until(ended) - worked.until(began)
        both.append(sums)
    return [
        WaitOfBoth(state, month, both[0][state, month], both[1].get((state, month), timedelta()))
        for state, month in sorted(both[0])
    ]


def ended_within(wait: WaitSpan) -> datetime:
    """What waits longer than a year is counted for a year: of no stretch must more be looked at than that."""
    longest = wait.began + LONGEST_WAIT
    return longest if wait.ended is None else min(wait.ended, longest)


def months_between(clock: WorkingTime, since: datetime, until: datetime) -> Sequence[tuple[str, datetime, datetime]]:
    """Each month with as much of it as lies between."""
    month, found = Month.of(clock.local_date(since)), []
    while (starts := clock.at(month.first_day, time.min)) < until:
        ends = clock.at(month.following.first_day, time.min)
        found.append((str(month), max(starts, since), min(ends, until)))
        month = month.following
    return found
