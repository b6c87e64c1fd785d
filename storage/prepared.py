"""Statements compiled once, then given to the driver as they are.

SQLAlchemy spends 50 µs around a statement that takes SQLite 5: that was the larger part of a report's cost, and on
PostgreSQL of a process's work. So the statements that never change are compiled by SQLAlchemy at their first use, with
its types, and run on the driver's cursor.
"""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, cast

import psycopg
from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError, NoResultFound
from sqlalchemy.sql import Executable
from sqlalchemy.sql.compiler import SQLCompiler

Process = Callable[[Any], Any] | None
Parameters = Mapping[str, Any]


_Row: Any = namedtuple  # the fields are known at run time only


class Rows:
    """What SQLAlchemy's result offers, as far as the repositories use it."""

    __slots__ = ("_rows", "lastrowid", "rowcount")

    def __init__(self, rows: list[Any], rowcount: int, lastrowid: int | None) -> None:
        self._rows = rows
        self.rowcount = rowcount
        self.lastrowid = lastrowid

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def all(self) -> Sequence[Any]:
        return self._rows

    def first(self) -> Any:
        return self._rows[0] if self._rows else None

    def one(self) -> Any:
        if not self._rows:
            raise NoResultFound("No row was found when one was required")
        return self._rows[0]

    def scalar(self) -> Any:
        return self._rows[0][0] if self._rows else None

    def scalar_one(self) -> Any:
        return self.one()[0]


class Prepared:
    """One statement for one set of parameter names, on SQLite."""

    __slots__ = ("_binds", "_decoders", "_row", "_sql", "statement")

    def __init__(self, statement: Executable, names: Sequence[str], dialect: Dialect, *, many: bool = False) -> None:
        """`many`: for a sequence of parameters, of which none is to bring its new id."""
        self.statement = statement
        """Held, so that its id stays its own."""
        compiled = cast(
            SQLCompiler,
            cast(Any, statement).compile(dialect=dialect, column_keys=list(names), for_executemany=many),
        )
        self._sql = compiled.string
        self._binds: list[tuple[str, str, Process, Any]] = []
        """Name in the statement, name of the parameter, its encoder; or no parameter and the constant that stands
        there."""
        by_name = {name: bind for bind, name in compiled.bind_names.items()}
        for name in compiled.positiontup or by_name:
            bind = by_name[name]
            encode: Process = bind.type.dialect_impl(dialect).bind_processor(dialect)
            if name in names:
                self._binds.append((name, name, encode, None))
            else:
                constant = bind.effective_value
                self._binds.append((name, "", None, constant if encode is None else encode(constant)))
        columns = list(getattr(statement, "exported_columns", ()))
        shape = _Row("Row", [column.key for column in columns], rename=True)
        self._row: Callable[[Any], Any] = shape._make
        decoders = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        self._decoders = [(place, decode) for place, decode in enumerate(decoders) if decode is not None]

    def run(self, cursor: Any, parameters: Parameters | Sequence[Parameters]) -> Rows:
        try:
            if isinstance(parameters, Mapping):
                cursor.execute(self._sql, self._encoded(parameters))
            else:
                cursor.executemany(self._sql, [self._encoded(one) for one in parameters])
            rows = self._decoded(cursor.fetchall()) if cursor.description else []
        except sqlite3.Error as error:
            raise wrapped(error, self._sql) from error
        return Rows(rows, cursor.rowcount, cursor.lastrowid)

    def _encoded(self, parameters: Parameters) -> Any:
        return [value for _, value in self._values(parameters)]

    def _values(self, parameters: Parameters) -> Iterator[tuple[str, Any]]:
        for place, name, encode, constant in self._binds:
            if not name:
                yield place, constant
            else:
                yield place, parameters[name] if encode is None else encode(parameters[name])

    def _decoded(self, rows: list[Any]) -> list[Any]:
        make, decoders = self._row, self._decoders
        if not decoders:
            return [make(row) for row in rows]
        found = []
        for row in rows:
            values = list(row)
            for place, decode in decoders:
                values[place] = decode(values[place])
            found.append(make(values))
        return found


class PreparedOnPostgres(Prepared):
    """The same on PostgreSQL: parameters by name, a new id as a returned row."""

    __slots__ = ("_brings_id", "_brings_rows", "_dialect")

    def __init__(self, statement: Executable, names: Sequence[str], dialect: Dialect, *, many: bool = False) -> None:
        super().__init__(statement, names, dialect, many=many)
        self._dialect = dialect
        asked_for = bool(list(getattr(statement, "exported_columns", ())))
        self._brings_rows = asked_for and not many
        self._brings_id = not asked_for and " RETURNING " in self._sql

    def run(self, cursor: Any, parameters: Parameters | Sequence[Parameters]) -> Rows:
        try:
            if isinstance(parameters, Mapping):
                cursor.execute(self._sql, self._encoded(parameters))
            else:
                cursor.executemany(self._sql, [self._encoded(one) for one in parameters])
            rows = self._decoded(cursor.fetchall()) if self._brings_rows else []
            new = cursor.fetchone() if self._brings_id else None
        except psycopg.Error as error:
            raise DBAPIError.instance(
                self._sql,
                None,
                error,
                psycopg.Error,
                hide_parameters=True,
                connection_invalidated=cursor.connection.closed,
                dialect=self._dialect,
            ) from error
        return Rows(rows, cursor.rowcount, new[0] if new else None)

    def _encoded(self, parameters: Parameters) -> Any:
        return dict(self._values(parameters))


def wrapped(error: sqlite3.Error, sql: str) -> Exception:
    """As SQLAlchemy would raise it; never with parameters, which are what people wrote."""
    return DBAPIError.instance(sql, None, error, sqlite3.Error, hide_parameters=True)


def lost(error: psycopg.Error, dialect: Dialect) -> Exception:
    """The same, of a connection that is gone."""
    return DBAPIError.instance(
        "", None, error, psycopg.Error, hide_parameters=True, connection_invalidated=True, dialect=dialect
    )


class PreparedStatements:
    """All that were used, by statement, names of parameters, and whether many came at once."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._kind = Prepared if dialect.name == "sqlite" else PreparedOnPostgres
        self._known: dict[tuple[int, tuple[str, ...], bool], Prepared] = {}

    def cursor(self, connection: Connection) -> Any:
        """The driver's. Raises DBAPIError where the connection was lost meanwhile."""
        try:
            return cast(Any, connection.connection).cursor()
        except psycopg.Error as error:
            raise lost(error, self._dialect) from error

    def run(self, cursor: Any, statement: Executable, parameters: Parameters | Sequence[Parameters]) -> Rows:
        many = not isinstance(parameters, Mapping)
        names = tuple(cast(Any, parameters)[0] if many else parameters)
        key = (id(statement), names, many)
        prepared = self._known.get(key)
        if prepared is None:
            prepared = self._known[key] = self._kind(statement, names, self._dialect, many=many)
        return prepared.run(cursor, parameters)
