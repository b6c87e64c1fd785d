"""One database transaction, as the repositories see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, CursorResult
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import Executable

from storage.errors import TransactionBroken

Dialect = Literal["sqlite", "postgresql"]
Insert = Callable[..., Any]
"""`insert(table)` of a dialect, with its `on_conflict_…`; the two spell them alike but share no base class."""


def upsert(build: Callable[[Insert], Executable]) -> Mapping[Dialect, Executable]:
    """The same statement for each database: `_MARK[transaction.dialect]`; its `rowcount` tells whether it did it."""
    statements: dict[Dialect, Executable] = {
        "sqlite": build(sqlite.insert),
        "postgresql": build(postgresql.insert),
    }
    return {name: statement.execution_options(preserve_rowcount=True) for name, statement in statements.items()}


class Transaction:
    """Executes statements until the first that fails: after that, SQLite may have undone all of it, and what follows
    would commit alone."""

    def __init__(
        self, connection: Connection, dialect: Dialect, now: Callable[[], datetime], token: Callable[[], str]
    ) -> None:
        self.connection = connection
        self.dialect: Dialect = dialect
        self.now = now
        self.token = token
        self.touched: set[str] = set()
        """Conversations whose timeline changed."""
        self._broken: DBAPIError | None = None

    @property
    def locks_rows(self) -> bool:
        """SQLite has one writer; elsewhere rows are locked, always in the same order."""
        return self.dialect == "postgresql"

    def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> CursorResult[Any]:
        if self._broken is not None:
            raise TransactionBroken("the transaction ended with an earlier error") from self._broken
        try:
            return self.connection.execute(statement, parameters)
        except DBAPIError as error:
            self._broken = error
            raise

    def new_id(self, statement: Executable, parameters: Mapping[str, Any]) -> int:
        """Of the row that was added."""
        key: Any = self.execute(statement, parameters).inserted_primary_key
        return int(key[0])

    def require_whole(self) -> None:
        """Raises TransactionBroken where a statement failed, even if the work swallowed its error."""
        if self._broken is not None:
            raise TransactionBroken("a statement failed and its error was swallowed") from self._broken
