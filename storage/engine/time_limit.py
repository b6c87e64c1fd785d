"""A question that may be asked no longer than a while: what takes longer is stopped, and its transaction goes on."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, cast

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

_STEPS = 1_000
"""Of SQLite's machine, after which it is asked how late it is."""
_CANCELLED = "57014"


class TookTooLong(Exception):  # said to whoever asked, no fault of anything
    pass


@contextmanager
def on_sqlite(connection: Connection, seconds: float) -> Iterator[None]:
    """Only for what asks: an interrupted change would undo the whole transaction. Raises TookTooLong."""
    raw = cast(sqlite3.Connection, cast(Any, connection.connection).dbapi_connection)
    end = time.monotonic() + seconds
    raw.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
    try:
        yield
    except DBAPIError as error:
        if getattr(error.orig, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT and time.monotonic() > end:
            raise TookTooLong from error
        raise
    finally:
        raw.set_progress_handler(None, 0)


@contextmanager
def on_postgres(connection: Connection, seconds: float) -> Iterator[None]:
    """Only for what asks: all within is undone, with the limit. Raises TookTooLong."""
    connection.exec_driver_sql("SAVEPOINT asked")
    try:
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {max(1, int(seconds * 1000))}")
        yield
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == _CANCELLED:
            raise TookTooLong from error
        raise
    finally:
        with suppress(DBAPIError):  # a connection that broke is told by what broke it
            connection.exec_driver_sql("ROLLBACK TO SAVEPOINT asked")
            connection.exec_driver_sql("RELEASE SAVEPOINT asked")
