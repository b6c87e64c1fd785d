"""What the charts are drawn from, counted in the database: see `handlers.ports.figures`.

Each statement stands here twice: with security matters it is answered by an index alone, where there is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Select,
    String,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    select,
)

from handlers.domain.people import UnitId
from handlers.domain.states import Aspect, Change, State
from handlers.domain.ticket import TicketId
from handlers.ports.figures import (
    LONGEST_WAIT,
    ActiveCount,
    HourCount,
    Repetition,
    Sameness,
    SolvedOnSubject,
    SolvedTicket,
    SubjectOfDepartment,
    WaitSpan,
)
from storage.engine.in_list import in_list
from storage.engine.prepared import Statement, prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories import repetitions
from storage.repositories.tickets import ACTIVE
from storage.tables import ticket, ticket_event, ticket_timing


class HourRow(NamedTuple):
    hour: str
    number: int


class ActiveHourRow(NamedTuple):
    state: str
    urgent: bool
    hour: str
    number: int


class SolvedRow(NamedTuple):
    category: str | None
    has_target: bool
    missed: bool
    seconds: str


class OutdatedRow(NamedTuple):
    id: TicketId
    category: str | None
    has_target: bool
    missed: bool
    spent_s: int


class WaitRow(NamedTuple):
    at: datetime
    after: str
    category: str | None
    restricted: bool
    ended: datetime | None
    ticket: TicketId


class SubjectRow(NamedTuple):
    category: str | None
    department: str
    number: int


_TIME = ticket.c.opened_at.type
_SINCE, _UNTIL = bindparam("since", type_=_TIME), bindparam("until", type_=_TIME)
_UNIT = ticket.c.unit == bindparam("unit")
_OPENED = and_(_UNIT, ticket.c.opened_at >= _SINCE, ticket.c.opened_at < _UNTIL)
_RESOLVED = and_(
    _UNIT, ticket.c.resolved_at.is_not(None), ticket.c.resolved_at >= _SINCE, ticket.c.resolved_at < _UNTIL
)
_SHARED = ~ticket.c.restricted
_RANK_OF_EMERGENCIES: ColumnElement[int] = literal_column("0")


def _hours(at: Column[Any]) -> tuple[ColumnElement[str], ColumnElement[str]]:
    """`2026-11-30 09` of UTC, on SQLite and on PostgreSQL."""
    written = func.to_char(func.timezone("UTC", at), "YYYY-MM-DD HH24", type_=String)
    return func.substr(at, 1, 13, type_=String), written


def _by_hour(at: Column[Any], where: ColumnElement[bool]) -> Statement:
    lite, post = (
        select(hour.label("hour"), func.count().label("number")).where(where).group_by(literal_column("1"))
        for hour in _hours(at)
    )
    return {"sqlite": lite, "postgresql": post}


def _active(*where: ColumnElement[bool]) -> Statement:
    urgent = case(
        (ticket.c.rank == _RANK_OF_EMERGENCIES, literal_column("TRUE", Boolean)), else_=literal_column("FALSE", Boolean)
    )

    def counted(hour: ColumnElement[str]) -> Select[Any]:
        return (
            select(ticket.c.state, urgent.label("urgent"), hour.label("hour"), func.count().label("number"))
            .where(_UNIT, ACTIVE, *where)
            .group_by(*(literal_column(place) for place in "123"))
        )

    lite, post = (counted(hour) for hour in _hours(ticket.c.opened_at))
    return {"sqlite": lite, "postgresql": post}


_OPENED_BY_HOUR = {
    True: prepared(_by_hour(ticket.c.opened_at, _OPENED), HourRow),
    False: prepared(_by_hour(ticket.c.opened_at, _OPENED & _SHARED), HourRow),
}
_RESOLVED_BY_HOUR = {
    True: prepared(_by_hour(ticket.c.resolved_at, _RESOLVED), HourRow),
    False: prepared(_by_hour(ticket.c.resolved_at, _RESOLVED & _SHARED), HourRow),
}
_ACTIVE_BY_HOUR = {True: prepared(_active(), ActiveHourRow), False: prepared(_active(_SHARED), ActiveHourRow)}
_HAS_TARGET = ticket_timing.c.solve_target_s.is_not(None)


def _solved(seconds: ColumnElement[str]) -> Select[Any]:
    """All lengths of a subject as one text: what is read row by row takes longer than everything else."""
    return (
        select(ticket.c.category, _HAS_TARGET.label("has_target"), ticket_timing.c.missed, seconds.label("seconds"))
        .join(ticket_timing, ticket_timing.c.ticket == ticket.c.id)
        .where(_RESOLVED, _SHARED, ~ticket_timing.c.outdated)
        .group_by(ticket.c.category, literal_column("2"), ticket_timing.c.missed)
    )


_SPENT = ticket_timing.c.spent_s
_SOLVED = prepared(
    {
        "sqlite": _solved(func.group_concat(_SPENT, type_=String)),
        "postgresql": _solved(func.string_agg(cast(_SPENT, Text), literal_column("','"), type_=String)),
    },
    SolvedRow,
)
_OUT_OF_DATE = prepared(
    select(ticket.c.id, ticket.c.category, _HAS_TARGET.label("has_target"), ticket_timing.c.missed, _SPENT)
    .join(ticket_timing, ticket_timing.c.ticket == ticket.c.id)
    .where(literal_column("outdated"), _RESOLVED, _SHARED)
    .order_by(ticket.c.id),
    OutdatedRow,
)
_KINDS = ("waiting", "found_closed", "reopened")
"""As `ix_ticket_event_kept_waiting` names them: only a statement that says the same finds by it."""
_KEPT = ticket_event.c.what.in_([literal_column(f"'{kind}'") for kind in _KINDS])
_HAPPENED = and_(_KEPT, ticket_event.c.at >= _SINCE, ticket_event.c.at < _UNTIL)
_OF_UNIT = and_(ticket.c.id == ticket_event.c.ticket, func.coalesce(ticket.c.unit, "") == bindparam("unit"))
"""COALESCE keeps SQLite from beginning with all tickets of the unit."""
_REOPENED: ColumnElement[str] = literal_column(f"'{Change.REOPENED.value}'")
_LATER = ticket_event.alias("later")
_ENDS: list[ColumnElement[str]] = [
    literal_column(f"'{change.value}'")
    for change in sorted(Change)
    if change.enters_state or change.alters is Aspect.UNIT
]
_ENDED = (
    select(_LATER.c.at)
    .where(
        _LATER.c.ticket == ticket_event.c.ticket,
        _LATER.c.position > ticket_event.c.position,
        _LATER.c.what.in_(_ENDS),
    )
    .order_by(_LATER.c.position)
    .limit(literal_column("1"))
    .correlate(ticket_event)
    .scalar_subquery()
)
_BEGAN_AFTER = bindparam("began_after", type_=_TIME)
_BEGAN = (ticket_event.c.at >= _BEGAN_AFTER, ticket_event.c.at < _UNTIL)
_BEGAN_BEFORE = (
    in_list(ticket_event.c.ticket, "waiting"),
    func.coalesce(ticket_event.c.at, ticket_event.c.at) < _SINCE,
    func.coalesce(ticket_event.c.at, ticket_event.c.at) >= _BEGAN_AFTER,
)
"""Of tickets that are known: COALESCE keeps SQLite from looking at all waits of that time."""


def _waits(*where: ColumnElement[bool]) -> Select[Any]:
    began = (
        select(
            ticket_event.c.at,
            ticket_event.c.after,
            ticket.c.category,
            ticket.c.restricted,
            _ENDED.label("ended"),
            ticket_event.c.ticket,
        )
        .join(ticket, _OF_UNIT)
        .where(_KEPT, ticket_event.c.what != _REOPENED, *where)
        .subquery()
    )
    return (
        select(*(began.c[name] for name in WaitRow._fields))
        .where(began.c.ended.is_(None) | (began.c.ended > _SINCE))
        .order_by(began.c.at, began.c.ticket)
    )


_WAITED = {True: prepared(_waits(*_BEGAN), WaitRow), False: prepared(_waits(*_BEGAN, _SHARED), WaitRow)}
_WENT_ON = {
    True: prepared(_waits(*_BEGAN_BEFORE), WaitRow),
    False: prepared(_waits(*_BEGAN_BEFORE, _SHARED), WaitRow),
}
_COUNT_REOPENED = (
    select(func.count())
    .select_from(ticket_event)
    .join(ticket, _OF_UNIT)
    .where(_HAPPENED, ticket_event.c.what == _REOPENED)
)
_OPENED_AGAIN = {True: prepared_value(_COUNT_REOPENED, int), False: prepared_value(_COUNT_REOPENED.where(_SHARED), int)}
_OPENED_OF = prepared(
    select(ticket.c.category, ticket.c.department, func.count().label("number"))
    .where(_OPENED, _SHARED)
    .group_by(ticket.c.category, ticket.c.department),
    SubjectRow,
)


class SqlFigures:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def opened_by_hour(
        self, unit: UnitId, since: datetime, until: datetime, *, restricted: bool = True
    ) -> Sequence[HourCount]:
        rows = self._transaction.run(_OPENED_BY_HOUR[restricted], _within(unit, since, until))
        return sorted(HourCount(_hour(row.hour), row.number) for row in rows)

    def resolved_by_hour(
        self, unit: UnitId, since: datetime, until: datetime, *, restricted: bool = True
    ) -> Sequence[HourCount]:
        rows = self._transaction.run(_RESOLVED_BY_HOUR[restricted], _within(unit, since, until))
        return sorted(HourCount(_hour(row.hour), row.number) for row in rows)

    def active(self, unit: UnitId, *, restricted: bool = True) -> Sequence[ActiveCount]:
        rows = self._transaction.run(_ACTIVE_BY_HOUR[restricted], {"unit": unit})
        return [ActiveCount(State(row.state), bool(row.urgent), _hour(row.hour), row.number) for row in rows]

    def solved(self, unit: UnitId, since: datetime, until: datetime) -> Sequence[SolvedOnSubject]:
        rows = self._transaction.run(_SOLVED, _within(unit, since, until))
        return [
            SolvedOnSubject(
                row.category, bool(row.has_target), row.missed, [int(one) for one in row.seconds.split(",")]
            )
            for row in rows
        ]

    def solved_out_of_date(self, unit: UnitId, since: datetime, until: datetime) -> Sequence[SolvedTicket]:
        rows = self._transaction.run(_OUT_OF_DATE, _within(unit, since, until))
        return [SolvedTicket(row.id, row.category, bool(row.has_target), row.missed, row.spent_s) for row in rows]

    def waits(
        self,
        unit: UnitId,
        since: datetime,
        until: datetime,
        *,
        restricted: bool = True,
        waiting: Sequence[TicketId] | None = None,
    ) -> Sequence[WaitSpan]:
        within = {**_within(unit, since, until), "began_after": since - LONGEST_WAIT}
        went_on: list[WaitRow] = []
        if waiting is not None:
            went_on = list(self._transaction.run(_WENT_ON[restricted], {**within, "waiting": list(waiting)}))
            within["began_after"] = since
        rows = [*went_on, *self._transaction.run(_WAITED[restricted], within)]
        return [
            WaitSpan(State(row.after), row.at, row.ended, None if row.restricted else row.category, row.ticket)
            for row in rows
        ]

    def reopened(self, unit: UnitId, since: datetime, until: datetime, *, restricted: bool = True) -> int:
        return self._transaction.run(_OPENED_AGAIN[restricted], _within(unit, since, until)).one()

    def opened_of(self, unit: UnitId, since: datetime, until: datetime) -> Sequence[SubjectOfDepartment]:
        rows = self._transaction.run(_OPENED_OF, _within(unit, since, until))
        return [SubjectOfDepartment(*row) for row in rows]

    def repeated(
        self,
        unit: UnitId,
        since: datetime,
        until: datetime,
        often: int,
        most: int,
        *,
        by: Sequence[Sameness] = tuple(Sameness),
    ) -> Sequence[Repetition]:
        return repetitions.most_repeated(self._transaction, unit, since, until, often=often, most=most, by=by)

    def count_repeated(self, unit: UnitId, since: datetime, until: datetime, often: int) -> int:
        return repetitions.count_repeated(self._transaction, unit, since, until, often)

    def alike(self, unit: UnitId, since: datetime, until: datetime) -> str:
        return repetitions.packed(self._transaction, unit, since, until)


def _within(unit: UnitId, since: datetime, until: datetime) -> dict[str, object]:
    return {"unit": unit, "since": since, "until": until}


def _hour(written: str) -> datetime:
    return datetime.fromisoformat(f"{written}:00+00:00")
