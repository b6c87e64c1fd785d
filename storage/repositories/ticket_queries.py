"""Counting and listing for the daily summary, the register and the commands.

A ticket counts in the unit where it lies now. What it was at the end of a stretch is read from its history where it
changed since; for today nothing has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, cast, func, literal_column, select, union_all

from handlers.domain.numbers import Series
from handlers.domain.people import PersonId, UnitId
from handlers.domain.states import ACTIVE as ACTIVE_ONES
from handlers.domain.states import Change, Lifecycle, State
from handlers.domain.ticket import Ticket, TicketId
from handlers.ports import EffortOnSubject, RegisterRow, Tally
from storage.engine.in_list import in_list
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories.counters import SqlCounters
from storage.repositories.rows import (
    ActiveRow,
    EffortRow,
    LastMoveRow,
    OpenedAndResolvedRow,
    OpenedRow,
    RegisterTicketRow,
    ResolvedRow,
)
from storage.repositories.ticket_rows import LONGEST_SPAN, TicketRow
from storage.repositories.tickets import ACTIVE, TICKET_COLUMNS, SqlTickets
from storage.tables import person, ticket, ticket_event, tip_solved

OLDEST_TICKETS = 5
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

_TIME = ticket.c.opened_at.type
_SINCE, _UNTIL = bindparam("since", type_=_TIME), bindparam("until", type_=_TIME)
_UNIT = ticket.c.unit == bindparam("unit")
_OPENED = and_(_UNIT, ticket.c.opened_at >= _SINCE, ticket.c.opened_at < _UNTIL)
_RESOLVED = and_(
    _UNIT, ticket.c.resolved_at.is_not(None), ticket.c.resolved_at >= _SINCE, ticket.c.resolved_at < _UNTIL
)
_OPENED_BY = prepared(
    select(ticket.c.category, ticket.c.department, func.count().label("number"))
    .where(_OPENED)
    .group_by(ticket.c.category, ticket.c.department),
    OpenedRow,
)
_RESOLVED_BY = prepared(
    select(ticket.c.resolved_by, ticket.c.department, func.count().label("number"))
    .where(_RESOLVED)
    .group_by(ticket.c.resolved_by, ticket.c.department),
    ResolvedRow,
)
_OPENED_AND_RESOLVED = prepared(
    select(
        select(func.count()).select_from(ticket).where(_OPENED).scalar_subquery().label("opened"),
        select(func.count()).select_from(ticket).where(_RESOLVED).scalar_subquery().label("resolved"),
    ),
    OpenedAndResolvedRow,
)
_TIPS = prepared_value(
    select(func.count())
    .select_from(tip_solved)
    .where(tip_solved.c.unit == bindparam("unit"), tip_solved.c.at >= _SINCE, tip_solved.c.at < _UNTIL),
    int,
)
_UNCHANGED_SINCE = ticket.c.changed_at < _UNTIL
# COALESCE keeps SQLite, which has no statistics here, from the index over all that were ever opened: of the active ones
# there are few, however many have ended, and each has its place in a partial index.
_ACTIVE_THEN = and_(_UNIT, ACTIVE, func.coalesce(ticket.c.opened_at, ticket.c.opened_at) < _UNTIL)
_ACTIVE = prepared(
    select(ticket.c.state, func.count().label("number"), func.min(ticket.c.changed_at).label("oldest"))
    .where(_ACTIVE_THEN, _UNCHANGED_SINCE)
    .group_by(ticket.c.state),
    ActiveRow,
)
_ACTIVE_SHARED = prepared(
    select(ticket.c.state, func.count().label("number"), func.min(ticket.c.changed_at).label("oldest"))
    .where(_ACTIVE_THEN, _UNCHANGED_SINCE, ~ticket.c.restricted)
    .group_by(ticket.c.state),
    ActiveRow,
)
_FINISHED_LATER = union_all(
    *(
        select(ticket.c.id).where(
            _UNIT,
            ticket.c.finished_at.is_not(None),
            ticket.c.span == span,
            ticket.c.opened_at > bindparam(f"from_{span}", type_=_TIME),
            ticket.c.opened_at < _UNTIL,
            ticket.c.finished_at >= _UNTIL,
        )
        for span in range(LONGEST_SPAN + 1)
    )
)
"""Opened before, finished after: looked for class by class, see `storage.tables`."""
_ACTIVE_COUNT = prepared_value(
    select(
        select(func.count()).select_from(ticket).where(_ACTIVE_THEN).scalar_subquery()
        + select(func.count()).select_from(_FINISHED_LATER.subquery()).scalar_subquery()
    ),
    int,
)
_OLDEST = prepared(
    select(*TICKET_COLUMNS)
    .where(_ACTIVE_THEN, _UNCHANGED_SINCE)
    .order_by(ticket.c.opened_at, ticket.c.id)
    .limit(OLDEST_TICKETS),
    TicketRow,
)
_CHANGED_LATER = union_all(
    select(ticket.c.id).where(_ACTIVE_THEN, ~_UNCHANGED_SINCE), *_FINISHED_LATER.selects
).subquery()
_MOVES: list[ColumnElement[str]] = [literal_column(f"'{change.value}'") for change in sorted(Change) if change.moves]
_EARLIER = ticket_event.alias("earlier")
_LAST_MOVE = (
    select(func.max(_EARLIER.c.position))
    .where(
        _EARLIER.c.ticket == _CHANGED_LATER.c.id,
        _EARLIER.c.at < _UNTIL,
        _EARLIER.c.what.in_(_MOVES),
    )
    .correlate(_CHANGED_LATER)
    .scalar_subquery()
)
_AS_THEY_WERE = prepared(
    select(
        *(ticket.c[name] for name in ("id", "unit", "opened_at", "restricted")),
        *(ticket_event.c[name] for name in ("what", "after", "at")),
    )
    .select_from(_CHANGED_LATER)
    .join(ticket, ticket.c.id == _CHANGED_LATER.c.id)
    .join(ticket_event, and_(ticket_event.c.ticket == ticket.c.id, ticket_event.c.position == _LAST_MOVE)),
    LastMoveRow,
)

_HOLDER = person.alias("holder_person")
_REGISTER = (
    select(
        *(ticket.c[name] for name in RegisterTicketRow._fields if name in ticket.c),
        person.c.name.label("reporter_name"),
        person.c.handle.label("reporter_handle"),
        person.c.room.label("reporter_room"),
        _HOLDER.c.name.label("holder_name"),
        _HOLDER.c.handle.label("holder_handle"),
    )
    .join(person, person.c.id == ticket.c.reporter)
    .outerjoin(_HOLDER, _HOLDER.c.id == ticket.c.holder)
    .where(ticket.c.opened_at >= _SINCE, ticket.c.opened_at < _UNTIL)
    .order_by(ticket.c.number)
    .execution_options(yield_per=1_000)
)
_MINUTES = func.sum(
    func.coalesce(cast(ticket_event.c.after, Integer), 0) - func.coalesce(cast(ticket_event.c.before, Integer), 0)
)
_EFFORTS = prepared(
    select(ticket.c.category, _MINUTES.label("minutes"), func.count(ticket.c.id.distinct()).label("tickets"))
    .join(ticket_event, ticket_event.c.ticket == ticket.c.id)
    .where(
        in_list(ticket.c.unit, "units"),
        ticket.c.opened_at >= _SINCE,
        ~ticket.c.restricted,
        ticket_event.c.what == literal_column(f"'{Change.SPENT.value}'"),
    )
    .group_by(ticket.c.category)
    .having(_MINUTES > 0),
    EffortRow,
)


class SqlSummaries:
    def __init__(self, transaction: Transaction, tickets: SqlTickets) -> None:
        self._transaction = transaction
        self._tickets = tickets

    def tally(self, unit: UnitId, since: datetime, until: datetime) -> Tally:
        window = {"unit": unit, "since": since, "until": until}
        by_category: Counter[str | None] = Counter()
        opened_in: Counter[str] = Counter()
        resolved_in: Counter[str] = Counter()
        resolved_by: Counter[PersonId] = Counter()
        for row in self._transaction.run(_OPENED_BY, window):
            by_category[row.category] += row.number
            opened_in[row.department] += row.number
        for done in self._transaction.run(_RESOLVED_BY, window):
            resolved_in[done.department] += done.number
            if done.resolved_by is not None:
                resolved_by[done.resolved_by] += done.number
        states, waits_since, oldest = self._state_at(unit, until)
        return Tally(
            opened=opened_in.total(),
            resolved=resolved_in.total(),
            solved_by_tip=self._transaction.run(_TIPS, window).one(),
            active=states.total(),
            unclaimed=states[State.OPEN],
            waits={state.value: count for state, count in sorted(states.items()) if state.waiting and count},
            waits_since={state.value: waits_since[state] for state in sorted(waits_since) if _waits(state)},
            oldest=oldest,
            by_category=sorted(by_category.items(), key=lambda item: (-item[1], item[0] is None, item[0] or "")),
            by_department=[
                (department, opened_in[department], resolved_in[department])
                for department in sorted(
                    opened_in.keys() | resolved_in.keys(), key=lambda name: (-opened_in[name], name)
                )
            ],
            resolved_by=sorted(resolved_by.items(), key=lambda item: (-item[1], item[0])),
        )

    def _state_at(self, unit: UnitId, until: datetime) -> tuple[Counter[State], dict[State, datetime], list[Ticket]]:
        """How many were in each active state then, since when the first of them, and the oldest (as they are now)."""
        window = _window(unit, until)
        states: Counter[State] = Counter()
        since: dict[State, datetime] = {}
        for row in self._transaction.run(_ACTIVE, window):
            states[State(row.state)] += row.number
            since[State(row.state)] = row.oldest
        oldest = [self._tickets.known(row) for row in self._transaction.run(_OLDEST, window)]
        changed: list[tuple[datetime, TicketId]] = []
        for last in self._transaction.run(_AS_THEY_WERE, window):
            state = self._state_then(last, until)
            if state.active:
                states[state] += 1
                since[state] = min(last.at, since.get(state, last.at))
                changed.append((last.opened_at, last.id))
        oldest += [self._tickets.get(own) for _, own in sorted(changed)[:OLDEST_TICKETS]]
        return states, since, sorted(oldest, key=lambda ticket: (ticket.opened_at, ticket.id))[:OLDEST_TICKETS]

    def states_at(self, unit: UnitId, at: datetime, *, restricted: bool = True) -> Mapping[State, int]:
        window = _window(unit, at)
        states: Counter[State] = Counter()
        for row in self._transaction.run(_ACTIVE if restricted else _ACTIVE_SHARED, window):
            states[State(row.state)] += row.number
        for last in self._transaction.run(_AS_THEY_WERE, window):
            if restricted or not last.restricted:
                states[self._state_then(last, at)] += 1
        return {state: count for state, count in states.items() if state.active}

    def _state_then(self, last_move: LastMoveRow, until: datetime) -> State:
        """After its last move before `until`; where that leaves it open what it led to, after all that came before."""
        if (state := Change(last_move.what).leads_to(last_move.after)) is not None:
            return state
        replayed = Lifecycle(unit=last_move.unit, category=None)
        for event in self._tickets.history(last_move.id):
            if event.at < until:
                replayed.apply(event)
        return replayed.state

    def active_at(self, unit: UnitId, at: datetime) -> int:
        return self._transaction.run(_ACTIVE_COUNT, _window(unit, at)).one()

    def opened_and_resolved(self, unit: UnitId, since: datetime, until: datetime) -> tuple[int, int]:
        window = {"unit": unit, "since": since, "until": until}
        row = self._transaction.run(_OPENED_AND_RESOLVED, window).one()
        return row.opened, row.resolved

    def efforts(self, units: Sequence[UnitId], since: datetime) -> Sequence[EffortOnSubject]:
        rows = self._transaction.run(_EFFORTS, {"units": list(units), "since": since})
        found = [EffortOnSubject(row.category, row.minutes, row.tickets) for row in rows]
        return sorted(found, key=lambda one: (-one.minutes, one.category or ""))

    def register(self, first: datetime, last: datetime) -> Iterable[RegisterRow]:
        """Rows are fetched as they are taken: whoever asks must take them within the unit of work."""
        return map(
            _register_row, self._transaction.query(_REGISTER, RegisterTicketRow, {"since": first, "until": last})
        )

    def last_number(self, year: int) -> int:
        return SqlCounters(self._transaction).last(Series.TICKET, year)

    def list(
        self,
        *,
        unit: UnitId | None = None,
        state: str | None = None,
        limit: int = 200,
        before: TicketId | None = None,
    ) -> Sequence[Ticket]:
        """Newest first."""
        query = select(*TICKET_COLUMNS)
        if unit is not None:
            query = query.where(ticket.c.unit == unit)
        if state is not None:
            query = query.where(ticket.c.state == state)
            if state in ACTIVE_STATES:
                query = query.where(ACTIVE)
        if before is not None:
            query = query.where(ticket.c.id < before)
        return self._found(query.order_by(ticket.c.id.desc()).limit(limit))

    def _found(self, query: Select[*tuple[object, ...]]) -> Sequence[Ticket]:
        return [self._tickets.known(row) for row in self._transaction.query(query, TicketRow)]


def _window(unit: UnitId, until: datetime) -> dict[str, object]:
    starts = {f"from_{span}": until - timedelta(hours=2**span) for span in range(LONGEST_SPAN)}
    return {"unit": unit, "until": until, **starts, f"from_{LONGEST_SPAN}": _LONG_AGO}


def _waits(state: State) -> bool:
    return state.waiting or state is State.OPEN


ACTIVE_STATES = frozenset(state.value for state in ACTIVE_ONES)


def _register_row(row: RegisterTicketRow) -> RegisterRow:
    return RegisterRow(
        number=row.number,
        opened_at=row.opened_at,
        department=row.department,
        room=row.facts.get("oda") or row.reporter_room,
        reporter=row.reporter_name or row.reporter_handle,
        unit=row.unit,
        category=row.category,
        text="" if row.restricted else row.text,
        priority=row.priority,
        state=row.state,
        holder=row.holder_name or row.holder_handle or "",
        resolution="" if row.restricted else row.resolution,
        ended_at=row.ended_at,
        restricted=row.restricted,
    )
