"""Lists of tickets as somebody filters and sorts them, a page at a time, behind a row and never by its number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, case, func, literal, literal_column, or_, select

from handlers.domain.people import PersonId
from handlers.domain.rights import Scope
from handlers.domain.states import ACTIVE as ACTIVE_STATES
from handlers.domain.states import State
from handlers.domain.ticket import Ticket, TicketId
from handlers.domain.ticket_filter import Order
from handlers.ports import SearchTooSlow
from handlers.ports.ticket_lists import ListedTicket, Place, Standing, Wanted
from storage.engine.in_list import in_list
from storage.engine.prepared import prepared, prepared_value
from storage.engine.time_limit import TookTooLong
from storage.engine.transaction import Transaction
from storage.repositories.reading import MOST_READ, R, reading
from storage.repositories.rows import columns
from storage.repositories.search import LIMIT_SECONDS, found_by
from storage.repositories.ticket_queue import OPEN_UNHELD, state_is
from storage.repositories.ticket_rows import TicketRow
from storage.repositories.tickets import ACTIVE, TICKET_COLUMNS, SqlTickets
from storage.tables import ticket, ticket_timing

NEVER = datetime(9000, 1, 1, tzinfo=UTC)
"""When what has no time is due: last."""
_CLAIM, _SOLVE = ticket_timing.c.claim_due_at, ticket_timing.c.solve_due_at
_OF_CLAIM = and_(_CLAIM.is_not(None), or_(_SOLVE.is_(None), _CLAIM <= _SOLVE))
_DUE = case((_OF_CLAIM, _CLAIM), else_=_SOLVE)
_TIME = ticket.c.opened_at.type
_MOVED_AT = func.coalesce(ticket.c.changed_at, ticket.c.opened_at, type_=_TIME)
_DUE_OR_NEVER = func.coalesce(_DUE, literal(NEVER, _TIME), type_=_TIME)

Query = Callable[[int], Select[*tuple[object, ...]]]
"""Of at most so many rows."""


class DueRow(NamedTuple):
    ticket: TicketId
    claim_due_at: datetime | None
    solve_due_at: datetime | None


class StandingRow(NamedTuple):
    id: TicketId
    version: int
    unit: str
    restricted: bool
    holder: PersonId | None


_STANDING = prepared(select(*columns(ticket, StandingRow)).where(in_list(ticket.c.id, "tickets")), StandingRow)
_NEWER = prepared(
    select(*columns(ticket, StandingRow))
    .where(ticket.c.id > bindparam("last", type_=Integer))
    .order_by(ticket.c.id.desc())
    .limit(bindparam("limit", type_=Integer)),
    StandingRow,
)
_NEWEST = prepared_value(select(func.coalesce(func.max(ticket.c.id), literal_column("0"))), TicketId)
_DUE_TIMES = prepared(
    select(ticket_timing.c.ticket, _CLAIM, _SOLVE).where(in_list(ticket_timing.c.ticket, "tickets")), DueRow
)


class SqlTicketLists:
    def __init__(self, transaction: Transaction, tickets: SqlTickets) -> None:
        self._transaction, self._tickets = transaction, tickets

    def page(
        self, wanted: Wanted, order: Order, *, after: Place | None = None, limit: int = 50
    ) -> Sequence[ListedTicket]:
        with self._limited(wanted):
            read = self._read(wanted, limit, self._rows, partial(page_query, wanted, order, after))
            rows = self._page(wanted, order, after, limit) if read is None else read
        due = {row.ticket: row for row in self._transaction.run(_DUE_TIMES, {"tickets": [row.id for row in rows]})}
        return [self._listed(row, order, due.get(row.id)) for row in rows]

    def _page(self, wanted: Wanted, order: Order, after: Place | None, limit: int) -> Sequence[TicketRow]:
        words, parameters = self._words(wanted)
        return list(
            self._transaction.query(page_query(wanted, order, after, limit).where(*words), TicketRow, parameters)
        )

    def count(self, wanted: Wanted, most: int) -> int:
        with self._limited(wanted):
            read = self._read(wanted, most, self._ids, partial(ids_query, wanted))
            if read is not None:
                return len(read)
            words, parameters = self._words(wanted)
            (row,) = self._transaction.query(count_query(wanted, most, words), CountRow, parameters)
        return row.number

    def held(self, wanted: Wanted) -> Mapping[PersonId, int]:
        with self._limited(wanted):
            read = self._read(wanted, MOST_READ, self._holders, partial(holders_query, wanted))
            if read is not None:
                return Counter(one.holder for one in read)
            words, parameters = self._words(wanted)
            rows = self._transaction.query(held_query(wanted, words), HeldRow, parameters)
            return {row.holder: row.number for row in rows}

    def versions(self, scopes: Sequence[Scope], tickets: Sequence[TicketId]) -> Mapping[TicketId, int]:
        rows = self._transaction.run(_STANDING, {"tickets": list(tickets)})
        return {row.id: row.version for row in rows if any(_covers(scope, row) for scope in scopes)}

    def standing(
        self, tickets: Sequence[TicketId], *, newer_than: TicketId | None = None, most: int = 0
    ) -> Mapping[TicketId, Standing]:
        rows = list(self._transaction.run(_STANDING, {"tickets": list(tickets)})) if tickets else []
        if newer_than is not None:
            rows += self._transaction.run(_NEWER, {"last": newer_than, "limit": most})
        return {row.id: Standing(row.version, row.unit, row.restricted, row.holder) for row in rows}

    def newest(self) -> TicketId:
        return self._transaction.run(_NEWEST).one()

    def _read(
        self, wanted: Wanted, limit: int, rows: Callable[[Select[*tuple[object, ...]]], Iterator[R]], query: Query
    ) -> Sequence[R] | None:
        """The first so many that have the words; None: ask the index. `query`: of so many rows, whatever they say."""
        if not wanted.words:
            return None
        way = reading(self._transaction, wanted.words, notes=wanted.notes, limit=limit)
        if way is None or (way.only_short and self.count(replace(wanted, words=""), way.most) == way.most):
            return None
        return way.found(rows(query(way.most).where(~ticket.c.restricted)), limit)

    def _rows(self, query: Select[*tuple[object, ...]]) -> Iterator[TicketRow]:
        return self._transaction.query(query, TicketRow)

    def _ids(self, query: Select[*tuple[object, ...]]) -> Iterator[IdRow]:
        return self._transaction.query(query, IdRow)

    def _holders(self, query: Select[*tuple[object, ...]]) -> Iterator[HolderRow]:
        return self._transaction.query(query, HolderRow)

    def _words(self, wanted: Wanted) -> tuple[list[ColumnElement[bool]], dict[str, Any]]:
        if not wanted.words:
            return [], {}
        condition, parameters = found_by(self._transaction, wanted.words, notes=wanted.notes)
        return [condition], parameters

    @contextmanager
    def _limited(self, wanted: Wanted) -> Iterator[None]:
        """Only words can take long: what else is asked for has an index."""
        if not wanted.words:
            yield
            return
        try:
            with self._transaction.asking_for(LIMIT_SECONDS):
                yield
        except TookTooLong as error:
            raise SearchTooSlow("a list by words took too long") from error

    def _listed(self, row: TicketRow, order: Order, timing: DueRow | None) -> ListedTicket:
        found = self._tickets.known(row)
        claim, solve = (None, None) if timing is None else (timing.claim_due_at, timing.solve_due_at)
        of_claim = claim is not None and (solve is None or claim <= solve)
        due = claim if of_claim else solve
        return ListedTicket(
            ticket=found,
            due=due if found.state.active else None,
            of_claim=of_claim,
            place=Place(_key(found, order, due), found.id),
        )


def page_query(wanted: Wanted, order: Order, after: Place | None, limit: int) -> Select[*tuple[object, ...]]:
    query = _selected(wanted, order is Order.DUE, *TICKET_COLUMNS)
    if after is not None:
        query = query.where(_behind(after, order))
    by = _sorted(order)
    if wanted.finished_after is not None:
        # An expression keeps SQLite from walking all that ever were: of the lately finished there are few.
        by = [func.coalesce(ticket.c.id, ticket.c.id).desc()]
    return query.order_by(*by).limit(limit)


def count_query(wanted: Wanted, most: int, words: Sequence[ColumnElement[bool]] = ()) -> Select[*tuple[object, ...]]:
    some = _selected(wanted, False, literal_column("1").label("one")).where(*words).limit(most).subquery()
    return select(func.count().label("number")).select_from(some)


def ids_query(wanted: Wanted, limit: int) -> Select[*tuple[object, ...]]:
    return _selected(wanted, False, ticket.c.id).limit(limit)


class IdRow(NamedTuple):
    id: TicketId


class CountRow(NamedTuple):
    number: int


def held_query(wanted: Wanted, words: Sequence[ColumnElement[bool]] = ()) -> Select[*tuple[object, ...]]:
    return (
        _selected(wanted, False, ticket.c.holder, func.count().label("number"))
        .where(ticket.c.holder.is_not(None), *words)
        .group_by(ticket.c.holder)
    )


def holders_query(wanted: Wanted, limit: int) -> Select[*tuple[object, ...]]:
    return _selected(wanted, False, ticket.c.id, ticket.c.holder).where(ticket.c.holder.is_not(None)).limit(limit)


class HolderRow(NamedTuple):
    id: TicketId
    holder: PersonId


class HeldRow(NamedTuple):
    holder: PersonId
    number: int


def _key(ticket: Ticket, order: Order, due: datetime | None) -> tuple[int | datetime, ...]:
    match order:
        case Order.URGENCY:
            return ticket.priority.rank, ticket.opened_at
        case Order.DUE:
            return due or NEVER, ticket.priority.rank
        case Order.CHANGED:
            return (ticket.changed_at or ticket.opened_at,)
        case _:
            return ()


def _columns(order: Order) -> list[ColumnElement[Any]]:
    """By which it is sorted before the ticket itself."""
    match order:
        case Order.URGENCY:
            return [ticket.c.rank, ticket.c.opened_at]
        case Order.DUE:
            return [_DUE_OR_NEVER, ticket.c.rank]
        case Order.CHANGED:
            return [_MOVED_AT]
        case _:
            return []


def _sorted(order: Order) -> list[ColumnElement[Any]]:
    by = [*_columns(order), ticket.c.id]
    return [one.desc() for one in by] if order in (Order.NEWEST, Order.CHANGED) else list(by)


def _behind(after: Place, order: Order) -> ColumnElement[bool]:
    by: list[tuple[ColumnElement[Any], object]] = [
        *zip(_columns(order), after.key, strict=True),
        (ticket.c.id, after.ticket),
    ]
    down = order in (Order.NEWEST, Order.CHANGED)
    behind: ColumnElement[bool] | None = None
    for column, value in reversed(by):
        bound = literal(value, column.type)
        further = column < bound if down else column > bound
        behind = further if behind is None else or_(further, and_(column == bound, behind))
    assert behind is not None
    return behind


def _selected(wanted: Wanted, with_due: bool, *columns: ColumnElement[Any]) -> Select[Any]:
    query = select(*columns).select_from(ticket)
    if with_due or wanted.due_after is not None or wanted.due_until is not None:
        query = query.outerjoin(ticket_timing, ticket_timing.c.ticket == ticket.c.id)
    return query.where(*_conditions(wanted))


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    of_work = wanted.states <= ACTIVE_STATES
    unit = ticket.c.unit if of_work else func.coalesce(ticket.c.unit, ticket.c.unit)
    # COALESCE keeps SQLite, which has no statistics here, from an index that would have to be sorted: of all that ever
    # were, the newest are found from the end.
    found = [or_(*(_within(scope, unit) for scope in wanted.scopes)) if wanted.scopes else literal_column("1 = 0")]
    found += _in_states(wanted.states)
    if wanted.units is not None:
        found.append(_any_of(unit, wanted.units))
    if wanted.priorities is not None:
        found.append(_any_of(ticket.c.rank, [one.rank for one in wanted.priorities]))
    if wanted.categories is not None:
        found.append(_any_of(ticket.c.category, wanted.categories))
    if wanted.holders is not None:
        found.append(_any_of(ticket.c.holder, wanted.holders))
        if of_work:
            # Of every rank: with it SQLite takes the index of what they hold now, not that of all they ever held.
            found.append(ticket.c.rank >= literal_column("0"))
    if wanted.departments is not None:
        found.append(_any_of(ticket.c.department, wanted.departments))
    if wanted.newer_than is not None:
        found.append(ticket.c.id > literal(wanted.newer_than, ticket.c.id.type))
    if wanted.opened_since is not None:
        found.append(ticket.c.opened_at >= literal(wanted.opened_since, _TIME))
    if wanted.moved_before is not None:
        found.append(literal(wanted.moved_before, _TIME) > _MOVED_AT)
    if wanted.finished_after is not None:
        found += [ticket.c.finished_at.is_not(None), ticket.c.finished_at > literal(wanted.finished_after, _TIME)]
    if wanted.due_after is not None:
        found.append(_DUE.op(">", is_comparison=True)(literal(wanted.due_after, _TIME)))
    if wanted.due_until is not None:
        found.append(_DUE.op("<=", is_comparison=True)(literal(wanted.due_until, _TIME)))
    return found


def _in_states(states: frozenset[State]) -> list[ColumnElement[bool]]:
    if states == frozenset(State):
        return []
    of_work: list[ColumnElement[bool]] = [ACTIVE] if states <= ACTIVE_STATES else []
    if states == ACTIVE_STATES:
        return of_work
    if states == {State.OPEN}:
        return [*of_work, *OPEN_UNHELD]
    return [*of_work, or_(*(state_is(state) for state in sorted(states))) if states else literal_column("1 = 0")]


def _within(scope: Scope, unit: ColumnElement[Any]) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [] if scope.unit is None else [unit == literal(scope.unit, ticket.c.unit.type)]
    if not scope.restricted:
        held = [] if scope.held_by is None else [ticket.c.holder == literal(scope.held_by, ticket.c.holder.type)]
        parts.append(or_(~ticket.c.restricted, *held))
    return and_(*parts) if parts else literal_column("1 = 1")


def _covers(scope: Scope, row: StandingRow) -> bool:
    return scope.covers_one(row.unit, restricted=row.restricted, holder=row.holder)


def _any_of(column: ColumnElement[Any], values: Collection[object]) -> ColumnElement[bool]:
    named = [value for value in values if value is not None]
    parts: list[ColumnElement[bool]] = []
    if len(named) == 1:
        parts.append(column == literal(named[0], column.type))
    elif named:
        parts.append(column.in_([literal(value, column.type) for value in named]))
    if None in values:
        parts.append(column.is_(None))
    return or_(*parts) if parts else literal_column("1 = 0")
