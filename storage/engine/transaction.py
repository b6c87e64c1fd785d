"""One database transaction, as the repositories see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, Protocol, cast

from sqlalchemy import Connection, CursorResult
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import Executable

from storage.engine.prepared import Parameters, PreparedStatements
from storage.errors import TransactionBroken

Dialect = Literal["sqlite", "postgresql"]
_NONE: Parameters = {}
Insert = Callable[..., Any]
"""`insert(table)` of a dialect, with its `on_conflict_…`; the two spell them alike but share no base class."""


def upsert(build: Callable[[Insert], Executable]) -> Mapping[Dialect, Executable]:
    """The same statement for each database: `_MARK[transaction.dialect]`; its `rowcount` tells whether it did it."""
    statements: dict[Dialect, Executable] = {
        "sqlite": build(sqlite.insert),
        "postgresql": build(postgresql.insert),
    }
    return {name: statement.execution_options(preserve_rowcount=True) for name, statement in statements.items()}


class Result(Protocol):
    """What a statement brought."""

    @property
    def rowcount(self) -> int: ...
    def __iter__(self) -> Iterator[Any]: ...
    def all(self) -> Sequence[Any]: ...
    def first(self) -> Any: ...
    def one(self) -> Any: ...
    def scalar(self) -> Any: ...
    def scalar_one(self) -> Any: ...


class Transaction:
    """Executes statements until the first that fails: after that, SQLite may have undone all of it, and what follows
    would commit alone."""

    def __init__(
        self,
        connection: Connection,
        dialect: Dialect,
        now: Callable[[], datetime],
        token: Callable[[], str],
        prepared: PreparedStatements | None = None,
    ) -> None:
        """With `prepared`, statements that never change go to the driver as they are."""
        self.connection = connection
        self.dialect: Dialect = dialect
        self._prepared = prepared
        self._cursor: Any = None if prepared is None else cast(Any, connection.connection).cursor()
        self.now = now
        self.token = token
        self.touched: set[str] = set()
        """Conversations whose timeline changed."""
        self.waiting: set[str] = set()
        """Conversations in which an event was left to whoever is free."""
        self._broken: DBAPIError | None = None

    @property
    def locks_rows(self) -> bool:
        """SQLite has one writer; elsewhere rows are locked, always in the same order."""
        return self.dialect == "postgresql"

    def run(self, statement: Executable, parameters: Parameters | Sequence[Parameters] = _NONE) -> Result:
        """A statement that stands at the top of its module: it is compiled once and kept."""
        if self._prepared is None:
            return self.execute(statement, parameters or None)
        self._require_sound()
        try:
            return self._prepared.run(self._cursor, statement, parameters)
        except DBAPIError as error:
            self._broken = error
            raise

    def values(self, statement: Executable, parameters: Parameters = _NONE) -> list[Any]:
        """The first column of all rows."""
        return [row[0] for row in self.run(statement, parameters)]

    def execute(
        self, statement: Executable, parameters: Parameters | Sequence[Parameters] | None = None
    ) -> CursorResult[Any]:
        """A statement that was put together for this call."""
        self._require_sound()
        try:
            return self.connection.execute(statement, parameters)
        except DBAPIError as error:
            self._broken = error
            raise

    def new_id(self, statement: Executable, parameters: Parameters) -> int:
        """Of the row that was added."""
        added: Any = self.run(statement, parameters)
        return int(added.inserted_primary_key[0] if self._prepared is None else added.lastrowid)

    def _require_sound(self) -> None:
        if self._broken is not None:
            raise TransactionBroken("the transaction ended with an earlier error") from self._broken

    def require_whole(self) -> None:
        """Raises TransactionBroken where a statement failed, even if the work swallowed its error."""
        if self._broken is not None:
            raise TransactionBroken("a statement failed and its error was swallowed") from self._broken
