"""The director's one screen: how much is open, what of it presses, and how the last days went, by unit.

Security matters are counted for whoever may read those of the unit, and for nobody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from handlers.context import Acting
from handlers.domain import charts
from handlers.domain.errors import NotAllowed
from handlers.domain.people import UnitId
from handlers.domain.rights import Action, sees_restricted
from handlers.domain.states import State
from handlers.queries.charts import units_of

SHOWN_DAYS = 7
_AT_ONCE = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitNow:
    unit: UnitId
    open: int
    """Not solved yet: nobody has it, somebody works on it, or it waits."""
    queued: int
    waiting: int
    urgent: int
    """Of the open ones."""
    older: int
    """Of the open ones those that were opened more than a working day ago."""
    late: int
    """Of the open ones those of which a target is past."""
    reopened: int
    """Within the days that are shown."""
    days: Sequence[tuple[date, int, int]]
    """Opened and solved, oldest first; the last one is today."""

    @property
    def opened_today(self) -> int:
        return self.days[-1][1]

    @property
    def solved_today(self) -> int:
        return self.days[-1][2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    at: datetime
    today: date
    units: Sequence[UnitNow]

    @property
    def open(self) -> int:
        return sum(one.open for one in self.units)

    @property
    def queued(self) -> int:
        return sum(one.queued for one in self.units)

    @property
    def waiting(self) -> int:
        return sum(one.waiting for one in self.units)

    @property
    def urgent(self) -> int:
        return sum(one.urgent for one in self.units)

    @property
    def older(self) -> int:
        return sum(one.older for one in self.units)

    @property
    def late(self) -> int:
        return sum(one.late for one in self.units)

    @property
    def reopened(self) -> int:
        return sum(one.reopened for one in self.units)

    @property
    def days(self) -> Sequence[tuple[date, int, int]]:
        """Of all units together."""
        return [
            (rows[0][0], sum(row[1] for row in rows), sum(row[2] for row in rows))
            for rows in zip(*(one.days for one in self.units), strict=True)
        ]

    @property
    def opened_today(self) -> int:
        return sum(one.opened_today for one in self.units)

    @property
    def solved_today(self) -> int:
        return sum(one.solved_today for one in self.units)


def look(acting: Acting, only: UnitId | None = None, days: int = SHOWN_DAYS) -> Overview:
    """`only`: one of the units of which they see figures. Raises NotAllowed for another."""
    units = _units(acting, only)
    today = acting.working_time().local_date(acting.now)
    found = [_unit(acting, unit, today, days) for unit in units]
    return Overview(at=acting.now, today=today, units=found)


def _unit(acting: Acting, unit: UnitId, today: date, days: int) -> UnitNow:
    clock, figures = acting.working_time(unit), acting.uow.figures
    restricted = sees_restricted(acting.person, unit)
    first = today - timedelta(days=days - 1)
    since, until = clock.at(first, time.min), acting.now + _AT_ONCE
    a_day_ago = clock.subtract_working_days(acting.now, 1)
    active = figures.active(unit, restricted=restricted)
    came = charts.by_day(figures.opened_by_hour(unit, since, until, restricted=restricted), clock)
    went = charts.by_day(figures.resolved_by_hour(unit, since, until, restricted=restricted), clock)
    every = [first + timedelta(days=place) for place in range(days)]
    return UnitNow(
        unit=unit,
        open=sum(one.count for one in active),
        queued=sum(one.count for one in active if one.state is State.OPEN),
        waiting=sum(one.count for one in active if one.state.waiting),
        urgent=sum(one.count for one in active if one.urgent),
        older=sum(one.count for one in active if one.hour + timedelta(hours=1) <= a_day_ago),
        late=acting.uow.timings.count_past_due(unit, acting.now, restricted=restricted),
        reopened=figures.reopened(unit, since, until, restricted=restricted),
        days=[(day, came[day], went[day]) for day in every],
    )


def came_and_went(acting: Acting, only: UnitId | None, first: date, last: date) -> Sequence[tuple[UnitId, int, int]]:
    """Of each of their units what was opened and solved on these days. Raises NotAllowed as `look`."""
    units = _units(acting, only)
    found = []
    for unit in units:
        clock, restricted = acting.working_time(unit), sees_restricted(acting.person, unit)
        since, until = clock.at(first, time.min), clock.at(last + timedelta(days=1), time.min)
        opened, solved = (
            sum(count for _, count in ask(unit, since, until, restricted=restricted))
            for ask in (acting.uow.figures.opened_by_hour, acting.uow.figures.resolved_by_hour)
        )
        found.append((unit, opened, solved))
    return found


def _units(acting: Acting, only: UnitId | None) -> Sequence[UnitId]:
    units = units_of(acting)
    if only is not None and only not in units:
        raise NotAllowed(Action.SEE_SUMMARY, acting.person.handle)
    return units if only is None else [only]
