"""What is kept of weeks for the charts is what their tickets say, counted again."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.maintenance.invariants.timings import rules_of
from storage.tables import figure_week
from storage.unit_of_work import SqlUnitOfWork

_WEEKS = (
    select(figure_week.c.unit, figure_week.c.starts_at, figure_week.c.ends_at)
    .where(figure_week.c.counted)
    .order_by(figure_week.c.unit, figure_week.c.ends_at)
)


def counted_again(ground: InvariantContext) -> Iterator[Finding]:
    """Nothing where it was not said how time is counted."""
    if ground.counting is None:
        return
    uow, rules = SqlUnitOfWork(ground.transaction), rules_of(ground.transaction, ground.counting)
    for week in list(ground.rows(_WEEKS)):
        ground.advance(1)
        unit, starts, ends = week.unit, week.starts_at, week.ends_at
        found = uow.week_figures.kept(unit, starts, ends)[ends]
        counted = ground.counting.week(uow, rules.working_time(unit), unit, starts, ends)
        if counted != found:
            yield (
                f"week of {unit} until {ends:%Y-%m-%d}",
                "its figures are kept otherwise than they are counted: run `masa db reindex`",
            )
