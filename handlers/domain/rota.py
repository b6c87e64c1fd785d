"""Nöbet: who answers emergencies outside working time. A list, not a scheduling engine: one first and one second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from handlers.domain.people import PersonId, UnitId
from handlers.domain.working_time import Span, WorkingTime

FIRST, SECOND = 1, 2
USUAL_OPENING = time(8)
"""When a duty ends on a day on which nobody works, and begins on one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    unit: UnitId
    person: PersonId
    starts: datetime
    ends: datetime
    place: int = FIRST
    """FIRST or SECOND, who is asked after the first."""
    entered_by: PersonId
    entered_at: datetime
    swapped_from: PersonId | None = None
    """Whose it was before a colleague took it."""
    offered_at: datetime | None = None
    """When its person asked who takes it; None: nobody is asked."""
    withdrawn_at: datetime | None = None
    id: int = 0

    def is_at(self, at: datetime) -> bool:
        return self.withdrawn_at is None and self.starts <= at < self.ends

    def overlaps(self, starts: datetime, ends: datetime) -> bool:
        return self.withdrawn_at is None and self.starts < ends and starts < self.ends


def span_of(time_of_unit: WorkingTime, first: date, last: date) -> Span:
    """Of a duty on those days: from the end of work (of a day off, from the morning) to the next day's opening."""
    ends = time_of_unit.ends(first)
    following = last + timedelta(days=1)
    windows = time_of_unit.windows(following)
    return (
        time_of_unit.at(first, ends if ends is not None else USUAL_OPENING),
        time_of_unit.at(following, windows[0][0] if windows else USUAL_OPENING),
    )


def on_duty(duties: Sequence[Duty], unit: UnitId, at: datetime) -> Sequence[Duty]:
    """The first before the second."""
    return sorted((one for one in duties if one.unit == unit and one.is_at(at)), key=lambda one: (one.place, one.id))


def gaps(duties: Sequence[Duty], time_of_unit: WorkingTime, since: datetime, until: datetime) -> Sequence[Span]:
    """Stretches outside working time in which nobody is the first; pauses of a working day are none."""
    covered = sorted((one.starts, one.ends) for one in duties if one.withdrawn_at is None and one.place == FIRST)
    covered += [span for n in range((until - since).days + 2) for span in _of_work(time_of_unit, since, n)]
    found, reached = list[Span](), since
    for starts, ends in sorted(covered):
        if starts > reached and reached < until:
            found.append((reached, min(starts, until)))
        reached = max(reached, ends)
    return found + ([(reached, until)] if reached < until else [])


def _of_work(time_of_unit: WorkingTime, since: datetime, days: int) -> Sequence[Span]:
    """Of that day from its first hour of work to its last."""
    day = time_of_unit.local_date(since) + timedelta(days=days)
    windows = time_of_unit.windows(day)
    return [(time_of_unit.at(day, windows[0][0]), time_of_unit.at(day, windows[-1][1]))] if windows else []
