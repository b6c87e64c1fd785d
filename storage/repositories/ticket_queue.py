"""A unit's queue: what nobody has taken yet, in the order in which it is to be taken."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ColumnElement, Integer, and_, bindparam, func, literal_column, or_, select

from handlers.domain.states import State
from storage.engine.prepared import prepared, prepared_value
from storage.repositories.rows import columns
from storage.repositories.ticket_rows import TicketRow
from storage.tables import ticket


def state_is(state: State) -> ColumnElement[bool]:
    """As a literal: SQLite uses a partial index only where it sees its condition in the query."""
    return ticket.c.state == literal_column(f"'{state.value}'")


LIMIT = bindparam("limit", type_=Integer)
URGENCY = (ticket.c.rank, ticket.c.opened_at, ticket.c.id)
OPEN_UNHELD = (state_is(State.OPEN), ticket.c.holder.is_(None))
_IN_QUEUE = (
    ticket.c.unit == bindparam("unit"),
    *OPEN_UNHELD,
    or_(~ticket.c.restricted, bindparam("restricted", type_=Boolean)),
)
_RANK, _OPENED_AT, _ID = (bindparam(f"after_{column.name}", type_=column.type) for column in URGENCY)
QUEUE = prepared(
    select(*columns(ticket, TicketRow))
    .where(
        *_IN_QUEUE,
        ticket.c.rank >= _RANK,
        or_(
            ticket.c.rank > _RANK,
            ticket.c.opened_at > _OPENED_AT,
            and_(ticket.c.opened_at == _OPENED_AT, ticket.c.id > _ID),
        ),
    )
    .order_by(*URGENCY)
    .limit(LIMIT),
    TicketRow,
)
COUNT_QUEUE = prepared_value(select(func.count()).select_from(ticket).where(*_IN_QUEUE), int)
COUNT_AHEAD = prepared_value(
    select(func.count())
    .select_from(ticket)
    .where(
        ticket.c.unit == bindparam("unit"),
        *OPEN_UNHELD,
        ticket.c.rank <= _RANK,
        or_(
            ticket.c.rank < _RANK,
            ticket.c.opened_at < _OPENED_AT,
            and_(ticket.c.opened_at == _OPENED_AT, ticket.c.id < _ID),
        ),
    ),
    int,
)


def place_in_queue(rank: int, opened_at: datetime, key: int) -> dict[str, object]:
    """In a queue, as its queries name it."""
    return {"after_rank": rank, "after_opened_at": opened_at, "after_id": key}
