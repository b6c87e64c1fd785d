"""PostgreSQL over psycopg 3: a few writers at a time, rows locked in one fixed order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import URL, Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError

from storage.engine.change_feed import ChangeSet
from storage.engine.compiled import OPTIONS
from storage.engine.postgres_notify import PostgresNews
from storage.engine.prepared import DialectName
from storage.errors import OutcomeUnknown, TransactionBroken, Unsupported

_CONFLICTS = frozenset({"40001", "40P01", "55P03", "23505"})
"""serialization_failure, deadlock_detected, lock_not_available; unique_violation: what was not there when this
transaction looked, another has added meanwhile, and done again it finds that."""
_FIRST_WAIT = 0.2
"""Seconds for which a row is waited for at first. Who waits longer may stand in a circle, which PostgreSQL itself looks
for only after a second, while everybody behind waits too; each time it is done again it waits twice as long."""
_CONNECTING: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""A server that is gone is noticed after some ten seconds, not after the quarter of an hour that TCP would wait."""
_WATCHED = "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"
"""So is one of us by the server: else what a machine without power had locked would stay so for two hours."""


class Postgres:
    """Implements `storage.engine.backend.Backend`."""

    dialect: DialectName = "postgresql"
    writers = 4
    group = 1

    def __init__(self, url: URL, *, busy_timeout: float, time_limit: float) -> None:
        """`time_limit`: seconds that one work may take. Whoever does nothing in a transaction for twice as long stands
        still (a stopped process, a frozen machine): the server ends it, or all would wait for what it has locked."""
        self._url = url.set(drivername="postgresql+psycopg")
        self._longest_wait = busy_timeout
        options = f"-c timezone=UTC -c synchronous_commit=on -c lock_timeout={self._wait(0)}"
        self._connecting = {"options": f"{options} {_WATCHED}", **_CONNECTING}
        stalled = f"-c idle_in_transaction_session_timeout={int(2000 * time_limit)}"
        self._writing = {**self._connecting, "options": f"{options} {_WATCHED} {stalled}"}

    def writing(self) -> Engine:
        return self._engine(pool_size=self.writers, connect_args=self._writing)

    def reading(self) -> Engine:
        return self._engine(pool_pre_ping=True, connect_args=self._connecting)

    def _engine(self, **options: Any) -> Engine:
        return create_engine(self._url, hide_parameters=True, execution_options=OPTIONS, **options)

    def others(self, hear: Callable[[ChangeSet], None]) -> PostgresNews:
        _, arguments = self._url.get_dialect()().create_connect_args(self._url)
        return PostgresNews({**arguments, **self._connecting}, hear)

    def begin(self, connection: Connection, beaten: int) -> None:
        """The driver begins with the first statement."""
        if beaten:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {self._wait(beaten)}")

    def _wait(self, beaten: int) -> int:
        """Milliseconds."""
        return int(min(_FIRST_WAIT * 2**beaten, self._longest_wait) * 1000)

    def begin_reading(self, connection: Connection) -> None:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    def commit(self, connection: Connection) -> None:
        raw = _raw(connection)
        status = raw.info.transaction_status
        if status not in (TransactionStatus.INTRANS, TransactionStatus.IDLE):
            raise TransactionBroken(f"the transaction is {status.name}: COMMIT would roll it back silently")
        try:
            raw.commit()
        except psycopg.Error as error:
            if raw.closed:
                raise OutcomeUnknown("the connection broke during COMMIT") from error
            raise TransactionBroken(f"COMMIT was refused: {error.sqlstate}") from error
        finally:
            if raw.closed:
                connection.invalidate()

    def rollback(self, connection: Connection) -> None:
        if connection.invalidated:
            return
        raw = _raw(connection)
        if raw.closed or raw.info.transaction_status not in _AT_REST:
            # interrupted in the middle of a statement: nothing can be said on it any more, the server undoes it alone
            connection.invalidate()
        else:
            raw.rollback()

    def let_go_of_erased(self, connection: Connection, *, anew: bool) -> bool:  # noqa: ARG002 # the port's
        """Autovacuum clears what was overwritten; the server keeps its log as it is told to."""
        return True

    def interrupt(self, connection: Connection) -> None:
        _raw(connection).cancel()

    def is_lock_wait(self, error: DBAPIError) -> bool:  # noqa: ARG002 # nothing is locked before the first statement
        return False

    def is_conflict(self, error: DBAPIError) -> bool:
        return getattr(error.orig, "sqlstate", None) in _CONFLICTS

    def data_version(self, connection: Connection) -> int:  # noqa: ARG002 # PostgreSQL has none
        return 0

    def backup(self, path: Path) -> None:
        raise Unsupported(f"pg_dump makes backups of PostgreSQL: pg_dump --format=custom --file={path}")

    def damage(self) -> list[str]:
        return []


_AT_REST = frozenset({TransactionStatus.IDLE, TransactionStatus.INTRANS, TransactionStatus.INERROR})


def _raw(connection: Connection) -> psycopg.Connection[Any]:
    return cast("psycopg.Connection[Any]", cast(Any, connection.connection).dbapi_connection)
