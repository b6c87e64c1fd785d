"""SQLite: one file, one writer, every commit on disk before it returns."""

from __future__ import annotations

import locale
import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, cast

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool

from storage.engine.change_feed import ChangeSet
from storage.engine.compiled import OPTIONS
from storage.engine.prepared import DialectName, wrapped
from storage.errors import TransactionBroken, UnsafeConnection, Unsupported

FULL = 2
CACHE_KIB = 16_000
STATEMENTS_KEPT = 512
WRITTEN_ANEW_BYTES = 64 * 1024**2
"""So large a database is written anew within a second, while others wait to write."""


def _require_row_counts() -> None:
    """CPython before 3.13 asks the locale whether a statement is an INSERT. In a Turkish one "I" is not the capital of
    "i": every INSERT would tell -1 rows, and each message would be taken for one that came before. Statements are
    in ASCII, so the process then classifies letters as C does; its encoding stays UTF-8."""
    with closing(sqlite3.connect(":memory:")) as probe:
        probe.execute("CREATE TABLE t (a)")
        if probe.execute("INSERT INTO t VALUES (1)").rowcount != 1:
            locale.setlocale(locale.LC_CTYPE, "C.UTF-8")


_require_row_counts()


class Sqlite:
    """Implements `Backend`. `pragmas` are set on the writer's connection: a page limit, for one."""

    dialect: DialectName = "sqlite"
    writers = 1
    group = 64

    def __init__(self, url: URL, *, busy_timeout: float, pragmas: Mapping[str, int]) -> None:
        if not url.database or url.database == ":memory:":
            raise Unsupported("SQLite in memory survives nothing: name a file")
        self._path = Path(url.database)
        self._url = url
        self._busy_timeout = busy_timeout
        self._pragmas = pragmas

    def writing(self) -> Engine:
        return self._engine(query_only=False, pool=StaticPool)

    def reading(self) -> Engine:
        return self._engine(query_only=True, pool=QueuePool)

    def _engine(self, *, query_only: bool, pool: type[QueuePool] | type[StaticPool]) -> Engine:
        engine = create_engine(
            self._url,
            isolation_level="AUTOCOMMIT",  # BEGIN and COMMIT are ours: the driver's own BEGIN is deferred
            connect_args={
                "check_same_thread": False,
                "cached_statements": STATEMENTS_KEPT,
                "timeout": self._busy_timeout,
            },
            poolclass=pool,
            hide_parameters=True,  # they are what people wrote
            execution_options=OPTIONS,
        )

        @event.listens_for(engine, "connect")
        def prepare(connection: sqlite3.Connection, _record: object) -> None:
            prepare_connection(connection)
            if query_only:
                _set(connection, "query_only", 1)
            else:
                for name, value in self._pragmas.items():
                    connection.execute(f"PRAGMA {name}={int(value)}")

        return engine

    def begin(self, connection: Connection, beaten: int) -> None:  # noqa: ARG002 # who waits here was not undone
        _do(_raw(connection), "BEGIN IMMEDIATE")

    def begin_reading(self, connection: Connection) -> None:
        _do(_raw(connection), "BEGIN")

    def commit(self, connection: Connection) -> None:
        raw = _raw(connection)
        if not raw.in_transaction:
            raise TransactionBroken("SQLite undid the transaction before its commit")
        _do(raw, "COMMIT")
        if raw.in_transaction:
            raise TransactionBroken("COMMIT did not end the transaction")

    def rollback(self, connection: Connection) -> None:
        if (raw := _raw(connection)).in_transaction:
            raw.execute("ROLLBACK")

    def let_go_of_erased(self, connection: Connection, *, anew: bool) -> bool:
        """The log goes into the file, and is cut to nothing; not while somebody reads an older state (a backup).

        `secure_delete` overwrites what is deleted, but not what the tree left behind where it moved rows to other pages
        before: that goes when the file is written `anew`.
        """
        raw = _raw(connection)
        patience = raw.execute("PRAGMA busy_timeout").fetchone()[0]
        try:
            raw.execute("PRAGMA busy_timeout=0")
            if anew and _size(raw) <= WRITTEN_ANEW_BYTES:
                with suppress(sqlite3.Error):  # somebody writes, or there is no room: the log is let go of all the same
                    raw.execute("VACUUM")
            busy: int = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.Error:
            return False
        finally:
            raw.execute(f"PRAGMA busy_timeout={patience}")
        return not busy

    def interrupt(self, connection: Connection) -> None:
        _raw(connection).interrupt()

    def is_lock_wait(self, error: DBAPIError) -> bool:
        code = getattr(error.orig, "sqlite_errorcode", 0)
        return code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)

    def is_conflict(self, error: DBAPIError) -> bool:
        return self.is_lock_wait(error)

    def data_version(self, connection: Connection) -> int:
        return cast(int, _raw(connection).execute("PRAGMA data_version").fetchone()[0])

    def others(self, hear: Callable[[ChangeSet], None]) -> None:
        """SQLite tells nobody."""

    def backup(self, path: Path) -> None:
        """An online copy of one file, checked and on disk before it takes its name."""
        part = path.with_name(f"{path.name}.part")
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        with closing(sqlite3.connect(self._path)) as source, closing(sqlite3.connect(part)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            if problems := damage_of(copy):
                part.unlink()
                raise TransactionBroken(f"the copy is damaged: {problems[0]}")
        _to_disk(part)
        part.replace(path)
        _to_disk(path.parent)

    def damage(self) -> list[str]:
        with closing(sqlite3.connect(self._path)) as connection:
            return damage_of(connection)


def prepare_connection(connection: sqlite3.Connection) -> None:
    """Set and verify what durability rests on. Raises UnsafeConnection."""
    _set(connection, "journal_mode", "wal")
    _set(connection, "synchronous", FULL)
    _set(connection, "foreign_keys", 1)
    _set(connection, "secure_delete", 1)  # what somebody erased leaves the file, too; builds differ in this
    connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")


def _set(connection: sqlite3.Connection, name: str, wanted: int | str) -> None:
    connection.execute(f"PRAGMA {name}={wanted}")
    found = connection.execute(f"PRAGMA {name}").fetchone()[0]
    if found != wanted:
        raise UnsafeConnection(name, wanted, found)


def _size(raw: sqlite3.Connection) -> int:
    pages: int = raw.execute("PRAGMA page_count").fetchone()[0]
    size: int = raw.execute("PRAGMA page_size").fetchone()[0]
    return pages * size


def _raw(connection: Connection) -> sqlite3.Connection:
    return cast(sqlite3.Connection, cast(Any, connection.connection).dbapi_connection)


def _do(connection: sqlite3.Connection, sql: str) -> None:
    try:
        connection.execute(sql)
    except sqlite3.Error as error:
        raise wrapped(error, sql) from error


def damage_of(connection: sqlite3.Connection) -> list[str]:
    try:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        found += [
            f"{row[0]}: row {row[1]} refers to nothing in {row[2]}"
            for row in connection.execute("PRAGMA foreign_key_check")
        ]
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise
        return [str(error)]
    return found


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
