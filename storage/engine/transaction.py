"""One database transaction, as the repositories see it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, CursorResult, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import Executable

from storage.engine import time_limit
from storage.engine.prepared import (
    DialectName,
    Parameters,
    Prepared,
    PreparedStatements,
    R,
    Rows,
    only_asks,
    require_columns,
    row_maker,
)
from storage.errors import TransactionBroken

T = TypeVar("T")
_NONE: Parameters = {}
Adding = sqlite.Insert | postgresql.Insert
Insert = Callable[[Table], Adding]
"""`insert(table)` of a dialect, with its `on_conflict_…`; the two spell them alike."""


def upsert(build: Callable[[Insert], Executable]) -> Mapping[DialectName, Executable]:
    """The same statement for each database; its `rowcount` tells whether it did it."""
    statements: dict[DialectName, Executable] = {
        "sqlite": build(sqlite.insert),
        "postgresql": build(postgresql.insert),
    }
    return {name: statement.execution_options(preserve_rowcount=True) for name, statement in statements.items()}


class Transaction:
    """Executes statements until the first that fails: after that, SQLite may have undone all of it, and what follows
    would commit alone."""

    def __init__(
        self,
        connection: Connection,
        dialect: DialectName,
        now: Callable[[], datetime],
        token: Callable[[], str],
        prepared: PreparedStatements | None = None,
    ) -> None:
        """With `prepared`, statements that never change go to the driver as they are."""
        self.connection = connection
        self.dialect: DialectName = dialect
        self._prepared = prepared
        if prepared is not None:
            self._cursor = cast(sqlite3.Connection, connection.connection).cursor()
        self.now = now
        self.token = token
        self.touched: set[str] = set()
        """Conversations whose timeline changed, and what else is watched for changes by its name."""
        self.waiting: set[str] = set()
        """Conversations in which an event was left to whoever is free."""
        self.erases = False
        """Whether what it overwrites must leave the files of the database, too."""
        self._broken: DBAPIError | None = None
        self._answers: dict[tuple[Prepared[Any], tuple[object, ...]], Rows[Any]] = {}
        """Of statements that are remembered, by their parameters."""

    @property
    def locks_rows(self) -> bool:
        """SQLite has one writer; elsewhere rows are locked, always in the same order."""
        return self.dialect == "postgresql"

    def run(self, statement: Prepared[T], parameters: Parameters | Sequence[Parameters] = _NONE) -> Rows[T]:
        if statement.remembered_while and isinstance(parameters, Mapping):
            key = (statement, tuple(sorted(parameters.items())))
            if (known := self._answers.get(key)) is None:
                known = self._answers[key] = self._run(statement, parameters)
            return known
        if statement.changes != "":
            self._forget_answers_about(statement.changes)
        return self._run(statement, parameters)

    def forget_answers(self) -> None:
        """What follows is another work."""
        self._answers.clear()

    def _forget_answers_about(self, table: str | None) -> None:
        for key in [key for key in self._answers if table is None or table in key[0].remembered_while]:
            del self._answers[key]

    def _run(self, statement: Prepared[T], parameters: Parameters | Sequence[Parameters]) -> Rows[T]:
        if self._prepared is None:
            result = self._execute(statement.on(self.dialect), parameters or None)
            rows = [statement.make(row) for row in result] if result.returns_rows else []
            return Rows(rows, result.rowcount)
        self._require_sound()
        try:
            return self._prepared.run(self._cursor, statement, parameters)
        except DBAPIError as error:
            self._broken = error
            raise

    def query(self, statement: Executable, row: type[R], parameters: Parameters = _NONE) -> Iterator[R]:
        """Of a statement that was put together for this call. Rows are fetched as they are taken.

        Raises TypeError where the fields of `row` are not its columns.
        """
        result = self.execute(statement, parameters)
        require_columns(row, list(result.keys()))
        return map(row_maker(row), result)

    def execute(
        self, statement: Executable, parameters: Parameters | Sequence[Parameters] | None = None, *, batch: int = 0
    ) -> CursorResult[Any]:
        """As SQLAlchemy answers: for those who look after the database and for tests. `batch`: rows at a time where
        there may be very many."""
        if not only_asks(statement):
            self.forget_answers()
        return self._execute(statement, parameters, batch=batch)

    def _execute(
        self, statement: Executable, parameters: Parameters | Sequence[Parameters] | None, *, batch: int = 0
    ) -> CursorResult[Any]:
        self._require_sound()
        try:
            return self.connection.execute(
                statement, parameters, execution_options={"yield_per": batch} if batch else None
            )
        except DBAPIError as error:
            self._broken = error
            raise

    @contextmanager
    def asking_for(self, seconds: float) -> Iterator[None]:
        """What is asked within takes no longer, and changes nothing. Raises TookTooLong; the transaction goes on."""
        self._require_sound()
        limited = time_limit.on_sqlite if self.dialect == "sqlite" else time_limit.on_postgres
        try:
            with limited(self.connection, seconds):
                yield
        except time_limit.TookTooLong:
            self._broken = None
            raise

    def new_id(self, statement: Prepared[None], parameters: Parameters) -> int:
        """Of the row that was added."""
        if self._prepared is None:
            self._forget_answers_about(statement.changes)
            added = self._execute(statement.on(self.dialect), parameters).inserted_primary_key
            assert added is not None
            return cast(int, added[0])
        return cast(int, self.run(statement, parameters).lastrowid)

    def _require_sound(self) -> None:
        if self._broken is not None:
            raise TransactionBroken("the transaction ended with an earlier error") from self._broken

    def require_whole(self) -> None:
        """Raises TransactionBroken where a statement failed, even if the work swallowed its error."""
        if self._broken is not None:
            raise TransactionBroken("a statement failed and its error was swallowed") from self._broken
