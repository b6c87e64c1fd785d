"""Weeks that are over are counted for the charts, each once, until something that is counted in it changes. Blocking:
call it in a thread."""

from __future__ import annotations

import time

import structlog

from handlers.context import Desk, UseCaseContext
from handlers.ports import Clock, Transactions, UnitOfWork
from handlers.ports.week_figures import WeekFigures
from handlers.queries import week_figures
from handlers.queries.week_figures import WeekOfUnit

log = structlog.get_logger(__name__)
SECONDS_AT_ONCE = 3.0
"""Of a minute. A house that begins with years behind it has them all within the hour."""


def count_some(store: Transactions, desk: Desk, clock: Clock, seconds: float = SECONDS_AT_ONCE) -> int:
    """How many are kept now that were not. Counted beside the desk's work, by what is committed by then."""
    now, until, kept = clock.now(), time.monotonic() + seconds, 0
    for week in store.read(lambda uow: week_figures.missing(UseCaseContext(desk=desk, uow=uow, now=now))):
        kept += _keep(store, desk, week)
        if time.monotonic() > until:
            break
    return kept


def _keep(store: Transactions, desk: Desk, week: WeekOfUnit) -> bool:
    """False where it changed meanwhile, or time of some of its tickets is being counted: another time, then."""

    def count(uow: UnitOfWork) -> tuple[WeekFigures | None, str]:
        counted = week_figures.count(uow, desk.time_rules(uow).working_time(week.unit), week)
        return counted, "" if counted is None else uow.figures.alike(week.unit, week.starts, week.ends)

    store.write(lambda uow: uow.week_figures.announce(week.unit, week.starts, week.ends))
    counted, alike = store.read(count)
    return counted is not None and store.write(lambda uow: uow.week_figures.keep(week.unit, week.ends, counted, alike))
