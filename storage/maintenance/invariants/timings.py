"""What is kept of tickets' time is what their histories say, counted again with the calendar and targets of today."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Row

from handlers.domain.time_rules import TimeRules, Timing
from storage.engine.transaction import Transaction
from storage.maintenance.invariants.context import Counting, Finding, InvariantContext
from storage.maintenance.invariants.tickets import EVENTS, HISTORIES_OF, Crooked, replayed
from storage.repositories.calendars import CalendarVersion, SqlCalendars
from storage.repositories.rota import SqlRota
from storage.repositories.timings import TimingRow, timing_of_row
from storage.tables import ticket, ticket_event, ticket_timing

_UP_TO_DATE = ~ticket_timing.c.outdated
_KEPT = (
    HISTORIES_OF.add_columns(*(ticket_timing.c[name] for name in TimingRow._fields))
    .join(ticket_timing, ticket_timing.c.ticket == ticket.c.id)
    .where(_UP_TO_DATE)
)
_EVENTS = EVENTS.join(ticket_timing, ticket_timing.c.ticket == ticket_event.c.ticket).where(_UP_TO_DATE)


def counted_again(ground: InvariantContext) -> Iterator[Finding]:
    """Of those that are up to date; nothing where it was not said how time is counted. What is wrong with a history is
    told by the invariant that is about histories."""
    if ground.counting is None:
        return
    rules = rules_of(ground.transaction, ground.counting)
    try:
        yield from _differing(ground, rules)
    except ValueError:  # a time that is none
        return


def rules_of(transaction: Transaction, counting: Counting) -> TimeRules:
    version = CalendarVersion(transaction)
    calendars = SqlCalendars(transaction, version)
    return TimeRules(
        zone=counting.zone,
        calendar=calendars.calendar(),
        targets=calendars.targets(),
        kinds=counting.kinds,
        duties=SqlRota(transaction, version).standing(),
    )


def _differing(ground: InvariantContext, rules: TimeRules) -> Iterator[Finding]:
    histories = groupby(ground.rows(_EVENTS), key=itemgetter(0))
    following = next(histories, None)
    for kept in ground.rows(_KEPT):
        ground.advance(1)
        while following is not None and following[0] < kept.id:
            following = next(histories, None)
        if following is None or following[0] != kept.id:
            continue
        if differing := _counted_otherwise(rules, kept, following[1]):
            yield kept.number, differing


def _counted_otherwise(rules: TimeRules, kept: Row[Any], lines: Iterator[Row[*tuple[Any, ...]]]) -> str:
    try:
        counted = rules.timing(*replayed(kept, lines))
    except Crooked:
        return ""
    found = timing_of_row(TimingRow(*(getattr(kept, name) for name in TimingRow._fields)))
    for name in Timing.__dataclass_fields__:
        if (ours := getattr(found, name)) != (theirs := getattr(counted, name)):
            return f"its time is kept with {name} {ours}, counted again it is {theirs}"
    return ""
