"""What is kept of weeks for the charts is what their tickets say, counted again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, select

from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.maintenance.invariants.timings import rules_of
from storage.tables import figure_week
from storage.unit_of_work import SqlUnitOfWork

_WEEKS = (
    select(figure_week.c.unit, figure_week.c.starts_at, figure_week.c.ends_at)
    .where(figure_week.c.counted)
    .order_by(figure_week.c.unit, figure_week.c.ends_at)
)


_OTHERWISE = "its figures are kept otherwise than they are counted: run `masa db reindex`"


def counted_again(ground: InvariantContext) -> Iterator[Finding]:
    """Nothing where it was not said how time is counted. What is alike is looked at first: how often something repeated
    itself is counted from that of a quarter."""
    if ground.counting is None:
        return
    uow, rules = SqlUnitOfWork(ground.transaction), rules_of(ground.transaction, ground.counting)
    weeks, others_rest_on_it = list(ground.rows(_WEEKS)), False
    for week in weeks:
        alike = uow.week_figures.alike(week.unit, week.ends_at)
        if alike is not None and alike != uow.figures.alike(week.unit, week.starts_at, week.ends_at):
            others_rest_on_it = True
            yield _called(week), _OTHERWISE
    for week in () if others_rest_on_it else weeks:
        ground.advance(1)
        unit, starts, ends = week.unit, week.starts_at, week.ends_at
        found = uow.week_figures.kept(unit, starts, ends)[ends]
        if ground.counting.week(uow, rules.working_time(unit), unit, starts, ends) != found:
            yield _called(week), _OTHERWISE


def _called(week: Row[Any]) -> str:
    return f"week of {week.unit} until {week.ends_at:%Y-%m-%d}"
