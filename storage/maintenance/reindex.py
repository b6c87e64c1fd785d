"""What tickets are found by, made again from what is written on them; what is kept of weeks for the charts is given up,
and counted anew as the desk runs. Nobody works on the database meanwhile."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

from sqlalchemy import func, make_url, select

from handlers.domain.ticket import TicketId
from handlers.ports import Clock
from storage.errors import store_errors
from storage.repositories.rows import columns
from storage.repositories.ticket_rows import TicketRow
from storage.repositories.ticket_search import TicketSearch
from storage.store import Store
from storage.tables import ticket
from storage.unit_of_work import SqlUnitOfWork

_AT_ONCE = 500
"""Tickets of a transaction."""

Progress = Callable[[int, int], None]
"""Told of tickets done and in all."""


@store_errors()
def reindex(url: str, *, clock: Clock, progress: Progress) -> int:
    """How many tickets there are. Broken off, it can begin again."""
    if make_url(url).get_backend_name() == "sqlite":
        _as_the_rows_say(url)
    with Store.open(url, clock=clock) as store:
        store.write(lambda uow: uow.week_figures.forget())
        total = store.read(lambda uow: uow.transaction.execute(select(func.count(ticket.c.id))).scalar_one())
        done, last = 0, TicketId(0)
        while made := store.write(lambda uow, last=last: _some(uow, last)):  # type: ignore[misc] # mypy does not see through the default
            done, last = done + len(made), made[-1]
            progress(done, total)
    return done


def _as_the_rows_say(url: str) -> None:
    """Else taking out of the index what stands in a row would leave what the index had instead."""
    with closing(sqlite3.connect(make_url(url).database or "")) as connection, connection:
        connection.execute("INSERT INTO ticket_fts(ticket_fts) VALUES ('rebuild')")


def _some(uow: SqlUnitOfWork, after: TicketId) -> list[TicketId]:
    query = select(*columns(ticket, TicketRow)).where(ticket.c.id > after).order_by(ticket.c.id).limit(_AT_ONCE)
    search = TicketSearch(uow.transaction)
    rows = list(uow.transaction.query(query, TicketRow))
    for row in rows:
        search.make_anew(uow.tickets.known(row), uow.tickets.entries(row.id))
    return [row.id for row in rows]
