"""What another calendar would change of tickets: whose target moves, and what would be late or not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from handlers.context import UseCaseContext
from handlers.domain.calendar import Calendar
from handlers.domain.countdowns import Countdowns
from handlers.domain.ticket import Ticket

MAX_LOOKED_AT = 2000
"""Tickets whose times are counted for a preview."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    longer: int = 0
    """Open ones that would be due later."""
    shorter: int = 0
    no_longer_late: int = 0
    """Finished ones."""
    late_after_all: int = 0
    partial: bool = False
    """There are more tickets than were looked at."""


def of_calendar(work: UseCaseContext, changed: Calendar, since: datetime, until: datetime | None) -> Change:
    """Of the tickets alive in that stretch, counted as if it were so already."""
    rules = work.time_rules
    after = replace(rules, calendar=changed)
    alive = work.uow.timings.alive(since, until)
    change = Change(partial=len(alive) > MAX_LOOKED_AT)
    for ticket in alive[:MAX_LOOKED_AT]:
        history = work.uow.tickets.history(ticket.id)
        change = _and(change, ticket, rules.countdowns(ticket, history), after.countdowns(ticket, history))
    return change


def _and(change: Change, ticket: Ticket, before: Countdowns, after: Countdowns) -> Change:
    if not ticket.state.active:
        return replace(
            change,
            no_longer_late=change.no_longer_late + (before.solve.missed and not after.solve.missed),
            late_after_all=change.late_after_all + (after.solve.missed and not before.solve.missed),
        )
    dues = list(zip(_dues(before), _dues(after), strict=True))
    longer = any(was and will_be and will_be > was for was, will_be in dues)
    shorter = any(was and will_be and will_be < was for was, will_be in dues)
    return replace(change, longer=change.longer + longer, shorter=change.shorter + (shorter and not longer))


def _dues(counted: Countdowns) -> tuple[datetime | None, datetime | None]:
    return None if counted.claim is None else counted.claim.due, counted.solve.due
