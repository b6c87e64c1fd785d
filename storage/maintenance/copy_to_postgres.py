"""From SQLite to PostgreSQL: every row, in one transaction that is committed only once it is proved.

Until then the new database is empty for everybody else: a kill leaves nothing behind, and the move can begin again.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import psycopg
from psycopg.errors import Error as PostgresError
from sqlalchemy import Connection, Integer, Table, create_engine, func, make_url, select, text, update
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from handlers.ports import Clock
from knowledge.language.storable import storable
from storage import Store
from storage.engine.transaction import Transaction
from storage.errors import StoreError, store_errors
from storage.maintenance import migrate
from storage.maintenance.verify import INVARIANTS, Violation, check, verify
from storage.migrations import HEAD
from storage.tables import inbox, metadata, outbox

_BATCH = 10_000
_ESCAPED = re.compile(r"[\\\t\n\r]")
_ESCAPES = {"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"}
_LEFT_BEHIND = frozenset({"lease", "figure_week"})
"""What a process holds while it lives is nothing of the desk's; what is kept for the charts is counted anew there."""

Progress = Callable[[str, int, int], None]
"""Told of a table, its rows done, and its rows in all; or of an invariant."""


class MoveRefused(StoreError):
    """Nothing was moved; the message says what to do first."""


@dataclass(frozen=True, slots=True)
class Moved:
    rows: Mapping[str, int]
    cleaned: Sequence[str]
    """Where a character that PostgreSQL does not store became U+FFFD: table, key and column."""
    known: Sequence[Violation]
    """What was broken before, and is now."""


@dataclass(frozen=True, slots=True)
class PostgresAddress:
    url: str
    """With the password, where there is one."""
    without_password: str

    @classmethod
    def parse(cls, typed: str) -> PostgresAddress | None:
        """None: not the address of a database on PostgreSQL."""
        try:
            url = make_url(typed)
        except ArgumentError:
            return None
        if url.get_backend_name() != "postgresql" or not url.database:
            return None
        url = url.set(drivername="postgresql+psycopg")
        return cls(url.render_as_string(hide_password=False), url.render_as_string(hide_password=True))


@store_errors()
def move(source: str, target: str, *, clock: Clock, progress: Progress) -> Moved:
    """Nobody may work on the source meanwhile. Raises MoveRefused."""
    if (revision := migrate.revision(source)) != HEAD:
        raise MoveRefused(
            f"the SQLite database is of revision {revision}, expected {HEAD}: run `masa db upgrade` first"
        )
    if (revision := migrate.revision(target)) not in (None, HEAD):
        raise MoveRefused(f"PostgreSQL: tables of revision {revision}, expected an empty database")
    migrate.upgrade(target)
    engine = create_engine(
        make_url(target).set(drivername="postgresql+psycopg"),
        poolclass=NullPool,
        connect_args={"options": "-c timezone=UTC -c synchronous_commit=on"},
        hide_parameters=True,
    )
    path = make_url(source).database or ""
    with closing(sqlite3.connect(path)) as old, engine.begin() as new:
        old.execute("PRAGMA query_only=1")
        old.execute("BEGIN")
        _lock(new)
        cleaned: list[str] = []
        rows = {table.name: _copy(old, new, table, cleaned, progress) for table in _tables()}
        _free(new)
        _set_sequences(old, new)
        new.execute(text("ANALYZE"))
        _require_all(new, rows)
        now = clock.now()
        broken = _breaches(new, now, progress)
        known = _known(source, clock, now, broken)
        if fresh := [breach for breach in broken if breach not in known]:
            raise MoveRefused(f"{fresh[0]} ({len(fresh)} more such); nothing was moved")
    return Moved(rows, cleaned, known)


def _tables() -> list[Table]:
    """Those that are referred to first."""
    return [table for table in metadata.sorted_tables if table.name not in _LEFT_BEHIND]


def _lock(new: Connection) -> None:
    """Nobody looks into it, or writes to it, before all is there. Raises MoveRefused where something is in it."""
    names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
    new.execute(text(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE"))
    for table in _tables():
        if new.execute(select(table).limit(1)).first() is not None:
            raise MoveRefused(f"the PostgreSQL database is not empty: there are rows in {table.name}")


def _copy(old: sqlite3.Connection, new: Connection, table: Table, cleaned: list[str], progress: Progress) -> int:
    names = [column.name for column in table.columns]
    listed = ", ".join(f'"{name}"' for name in names)
    total: int = old.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0]  # noqa: S608 # names of our tables
    order = ", ".join(f'"{column.name}"' for column in table.primary_key.columns)
    rows = old.execute(f'SELECT {listed} FROM "{table.name}" ORDER BY {order}')  # noqa: S608 # names of our tables
    done = 0
    progress(table.name, 0, total)
    try:
        with _raw(new).cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({listed}) FROM STDIN') as copy:
            for batch in _batches(rows):
                copy.write("".join([_line(row, table, names, cleaned) for row in batch]))
                done += len(batch)
                progress(table.name, done, total)
    except (PostgresError, sqlite3.OperationalError) as error:
        raise MoveRefused(f"table {table.name}, row {done + 1} or after: {_said(error)}; nothing was moved") from error
    return done


def _batches(rows: sqlite3.Cursor) -> Iterator[list[Any]]:
    while batch := rows.fetchmany(_BATCH):
        yield batch


def _line(row: Sequence[Any], table: Table, names: Sequence[str], cleaned: list[str]) -> str:
    """In COPY's text format. What the desk would not have stored itself is cleaned as it would have."""
    cells = []
    for place, cell in enumerate(row):
        if cell is None:
            cells.append(r"\N")
            continue
        if type(cell) is str:
            if "\0" in cell:
                cell = storable(cell)
                key = ", ".join(str(row[names.index(column.name)]) for column in table.primary_key.columns)
                cleaned.append(storable(f"{table.name} {key}: {names[place]}"))
            cells.append(_ESCAPED.sub(_escape, cell) if _ESCAPED.search(cell) else cell)
        else:
            cells.append(str(cell))
    return "\t".join(cells) + "\n"


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES[found[0]]


def _free(new: Connection) -> None:
    """Whoever held them does not live any more."""
    for queue in (inbox, outbox):
        new.execute(update(queue).where(queue.c.owner.is_not(None)).values(owner=None, leased_until=None))


def _set_sequences(old: sqlite3.Connection, new: Connection) -> None:
    """Ids go on where they were, also those of rows that are gone."""
    last = dict(old.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
    for table in _tables():
        (key, *others) = table.primary_key.columns
        if others or not isinstance(key.type, Integer) or key.autoincrement is False:
            continue
        highest = new.execute(select(func.coalesce(func.max(key), 0))).scalar_one()
        if reached := max(highest, last.get(table.name, 0)):
            new.execute(
                text("SELECT setval(pg_get_serial_sequence(:name, :key), :reached)"),
                {"name": f'"{table.name}"', "key": key.name, "reached": reached},
            )


def _require_all(new: Connection, rows: Mapping[str, int]) -> None:
    for table in _tables():
        found = new.execute(select(func.count()).select_from(table)).scalar_one()
        if found != rows[table.name]:
            raise MoveRefused(f"table {table.name}: {found} of {rows[table.name]} rows arrived; nothing was moved")


def _breaches(new: Connection, now: datetime, progress: Progress) -> list[Violation]:
    transaction = Transaction(new, "postgresql", lambda: now, str)
    found: list[Violation] = []
    for invariant in INVARIANTS:
        checked = check(
            transaction,
            invariant,
            damage=list,
            now=now,
            working=False,
            files=None,
            progress=lambda about, done, total: progress(about.name, done, total),
        )
        found += checked.breaches
    return found


def _known(source: str, clock: Clock, now: datetime, broken: Sequence[Violation]) -> list[Violation]:
    """Of what is broken, what was so before."""
    if not broken:
        return []
    names = {breach.invariant for breach in broken}
    concerned = [invariant for invariant in INVARIANTS if invariant.name in names]
    with Store.open(source, clock=clock) as store:
        before = set(verify(store, now=now, working=False, invariants=concerned))
    return [breach for breach in broken if breach in before]


def _said(error: Exception) -> str:
    return str(error).partition("\n")[0]


def _raw(connection: Connection) -> psycopg.Connection[Any]:
    return cast("psycopg.Connection[Any]", cast(Any, connection.connection).dbapi_connection)
