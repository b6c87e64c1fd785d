"""What is counted of tickets' time, kept to be found by it: whose is out of date, and of whom to warn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Integer, and_, bindparam, delete, func, literal_column, select, update

from handlers.domain.people import UnitId
from handlers.domain.states import Change, State
from handlers.domain.ticket import Ticket, TicketId
from handlers.domain.time_rules import Timing
from storage.engine.prepared import Prepared, prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.repositories.ticket_rows import TicketRow
from storage.repositories.tickets import ACTIVE, TICKET_COLUMNS, SqlTickets
from storage.tables import figure_week, ticket, ticket_event, ticket_timing


class TimingRow(NamedTuple):
    lines: int
    claim_due_at: datetime | None
    solve_due_at: datetime | None
    spent_s: int
    running_since: datetime | None
    solve_target_s: int | None
    missed: bool


class SolvedRow(NamedTuple):
    """With what is kept of its time, as `TimingRow`."""

    id: TicketId
    outdated: bool
    lines: int
    claim_due_at: datetime | None
    solve_due_at: datetime | None
    spent_s: int
    running_since: datetime | None
    solve_target_s: int | None
    missed: bool


_LIMIT = bindparam("limit", type_=Integer)
_SINCE, _UNTIL = (bindparam(name, type_=ticket.c.opened_at.type) for name in ("since", "until"))
_JOINED = select(*TICKET_COLUMNS).join(ticket_timing, ticket_timing.c.ticket == ticket.c.id)
_FINISHED_LATER = ticket.c.finished_at.is_not(None) & (ticket.c.finished_at > _SINCE)
_OF = prepared(
    select(*columns(ticket_timing, TimingRow)).where(
        ticket_timing.c.ticket == bindparam("key"), ~ticket_timing.c.outdated
    ),
    TimingRow,
)
_LAST = prepared(
    select(*columns(ticket_timing, TimingRow)).where(
        ticket_timing.c.ticket == bindparam("key"), ticket_timing.c.lines > literal_column("0")
    ),
    TimingRow,
)
_KEEP = prepared(
    update(ticket_timing)
    .where(ticket_timing.c.ticket == bindparam("key"))
    .values(
        outdated=select(ticket.c.event_count != bindparam("counted_lines", type_=Integer))
        .where(ticket.c.id == bindparam("key"))
        .scalar_subquery()
    )
)
"""Where another process went on with the history meanwhile it is out of date at once."""
_OUTDATED = prepared(
    _JOINED.where(literal_column("outdated")).order_by(ticket_timing.c.ticket).limit(_LIMIT), TicketRow
)
_COUNT_OUTDATED = prepared_value(select(func.count()).select_from(ticket_timing).where(literal_column("outdated")), int)
_TO_WARN = prepared(
    _JOINED.where(
        ticket_timing.c.warn_at <= bindparam("now", type_=ticket_timing.c.warn_at.type),
        ticket_timing.c.warn_at.is_not(None),
    )
    .order_by(ticket_timing.c.warn_at, ticket_timing.c.ticket)
    .limit(_LIMIT),
    TicketRow,
)
_NOW = bindparam("now", type_=ticket_timing.c.warn_at.type)
_IS_PAST_DUE = and_(
    ACTIVE,
    ticket.c.unit == bindparam("unit"),
    (ticket_timing.c.claim_due_at <= _NOW) | (ticket_timing.c.solve_due_at <= _NOW),
)
_PAST_DUE = prepared(_JOINED.where(_IS_PAST_DUE).order_by(ticket.c.opened_at, ticket.c.id), TicketRow)
_NUMBER_PAST_DUE = (
    select(func.count())
    .select_from(ticket)
    .join(ticket_timing, ticket_timing.c.ticket == ticket.c.id)
    .where(_IS_PAST_DUE)
)
_COUNT_PAST_DUE = {
    True: prepared_value(_NUMBER_PAST_DUE, int),
    False: prepared_value(_NUMBER_PAST_DUE.where(~ticket.c.restricted), int),
}
_NEWEST_OF_UNIT = (
    select(*TICKET_COLUMNS)
    .where(ticket.c.unit == bindparam("unit"), ticket.c.opened_at >= _SINCE)
    .order_by(ticket.c.opened_at.desc(), ticket.c.id.desc())
    .limit(_LIMIT)
)
_LATELY = prepared(_NEWEST_OF_UNIT.where(ticket.c.category == bindparam("category")), TicketRow)
_LATELY_WITHOUT_SUBJECT = prepared(_NEWEST_OF_UNIT.where(ticket.c.category.is_(None)), TicketRow)
_LAST_LINE = (
    select(*TICKET_COLUMNS)
    .join(
        ticket_event,
        and_(ticket_event.c.ticket == ticket.c.id, ticket_event.c.position == ticket.c.event_count),
    )
    .where(
        ACTIVE,
        ticket.c.unit == bindparam("of_unit"),
        ticket.c.state == State.CLAIMED.value,
        ticket_event.c.at <= bindparam("before_then", type_=ticket.c.opened_at.type),
    )
    .order_by(ticket.c.id)
    .limit(_LIMIT)
)
_QUIET = prepared(_LAST_LINE, TicketRow)
_BY_REPORTER = ticket_event.c.who == ticket.c.reporter
_QUIET_AFTER = prepared(_LAST_LINE.where(ticket_event.c.what == bindparam("last_change"), _BY_REPORTER), TicketRow)
_ALIVE_ACTIVE = prepared(_JOINED.where(ACTIVE, ticket.c.opened_at < _UNTIL), TicketRow)
_ALIVE_FINISHED = prepared(_JOINED.where(_FINISHED_LATER, ticket.c.opened_at < _UNTIL), TicketRow)
_SOLVED = prepared(
    select(ticket.c.id, ticket_timing.c.outdated, *columns(ticket_timing, TimingRow))
    .join(ticket_timing, ticket_timing.c.ticket == ticket.c.id)
    .where(
        ticket.c.unit == bindparam("unit"),
        ticket.c.resolved_at.is_not(None),
        ticket.c.resolved_at >= _SINCE,
        ticket.c.resolved_at < _UNTIL,
    )
    .order_by(ticket.c.id),
    SolvedRow,
)
_COUNT_ANEW = prepared(
    update(ticket_timing)
    .where(ticket_timing.c.ticket.in_(select(ticket.c.id).where(ACTIVE | _FINISHED_LATER, ticket.c.opened_at < _UNTIL)))
    .values(outdated=True)
)
_WEEKS_ANEW = prepared(delete(figure_week).where(figure_week.c.ends_at > _SINCE))
"""Waits are kept in working time."""
FOREVER = datetime(9000, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


class SqlTimings:
    def __init__(self, transaction: Transaction, tickets: SqlTickets) -> None:
        self._transaction, self._tickets = transaction, tickets

    def of(self, ticket: TicketId) -> Timing | None:
        row = self._transaction.run(_OF, {"key": ticket}).first()
        return None if row is None else timing_of_row(row)

    def last(self, ticket: TicketId) -> Timing | None:
        row = self._transaction.run(_LAST, {"key": ticket}).first()
        return None if row is None else timing_of_row(row)

    def keep(self, ticket: TicketId, timing: Timing, warn_at: datetime | None) -> None:
        self._transaction.run(
            _KEEP, {**_values(timing), "warn_at": warn_at, "key": ticket, "counted_lines": timing.lines}
        )

    def outdated(self, limit: int = 500) -> Sequence[Ticket]:
        return self._many(_OUTDATED, limit=limit)

    def count_outdated(self) -> int:
        return self._transaction.run(_COUNT_OUTDATED).one()

    def to_warn(self, now: datetime, limit: int = 500) -> Sequence[Ticket]:
        return self._many(_TO_WARN, now=now, limit=limit)

    def past_due(self, unit: UnitId, now: datetime) -> Sequence[Ticket]:
        return self._many(_PAST_DUE, unit=unit, now=now)

    def count_past_due(self, unit: UnitId, now: datetime, *, restricted: bool = True) -> int:
        return self._transaction.run(_COUNT_PAST_DUE[restricted], {"unit": unit, "now": now}).one()

    def quiet_since(
        self, unit: UnitId, before: datetime, *, after: Change | None = None, limit: int = 1_000
    ) -> Sequence[Ticket]:
        if after is None:
            return self._many(_QUIET, of_unit=unit, before_then=before, limit=limit)
        return self._many(_QUIET_AFTER, of_unit=unit, before_then=before, last_change=after.value, limit=limit)

    def count_anew(self, since: datetime, until: datetime | None = None) -> int:
        self._transaction.run(_WEEKS_ANEW, {"since": since})
        return self._transaction.run(_COUNT_ANEW, {"since": since, "until": until or FOREVER}).rowcount

    def lately(self, unit: UnitId, category: str | None, since: datetime, limit: int = 20) -> Sequence[Ticket]:
        if category is None:
            return self._many(_LATELY_WITHOUT_SUBJECT, unit=unit, since=since, limit=limit)
        return self._many(_LATELY, unit=unit, since=since, limit=limit, category=category)

    def solved(self, unit: UnitId, since: datetime, until: datetime) -> Sequence[tuple[TicketId, Timing | None]]:
        rows = self._transaction.run(_SOLVED, {"unit": unit, "since": since, "until": until})
        return [(row.id, None if row.outdated else timing_of_row(TimingRow(*row[2:]))) for row in rows]

    def alive(self, since: datetime, until: datetime | None = None) -> Sequence[Ticket]:
        until = until or FOREVER
        finished = self._many(_ALIVE_FINISHED, since=since, until=until)
        return [*_in_order(self._many(_ALIVE_ACTIVE, until=until)), *_in_order(finished)]

    def _many(self, query: Prepared[TicketRow], **parameters: object) -> Sequence[Ticket]:
        return [self._tickets.known(row) for row in self._transaction.run(query, parameters)]


def _in_order(tickets: Sequence[Ticket]) -> Sequence[Ticket]:
    return sorted(tickets, key=lambda ticket: ticket.id)


def timing_of_row(row: TimingRow) -> Timing:
    return Timing(
        lines=row.lines,
        claim_due_at=row.claim_due_at,
        solve_due_at=row.solve_due_at,
        spent=row.spent_s * _SECOND,
        running_since=row.running_since,
        solve_target=None if row.solve_target_s is None else row.solve_target_s * _SECOND,
        missed=row.missed,
    )


def _values(timing: Timing) -> dict[str, object]:
    return {
        "lines": timing.lines,
        "claim_due_at": timing.claim_due_at,
        "solve_due_at": timing.solve_due_at,
        "spent_s": timing.spent // _SECOND,
        "running_since": timing.running_since,
        "solve_target_s": None if timing.solve_target is None else timing.solve_target // _SECOND,
        "missed": timing.missed,
    }
