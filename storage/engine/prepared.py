"""Statements compiled once, then given to the driver as they are.

SQLAlchemy spends 50 µs around a statement that takes SQLite 5: that was the larger part of a report's cost. So on
SQLite the statements that never change are compiled by SQLAlchemy at their first use, with its types, and run on the
driver's cursor.
"""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Dialect
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
    """One statement for one set of parameter names."""

    __slots__ = ("_binds", "_decoders", "_row", "_sql", "statement")

    def __init__(self, statement: Executable, names: Sequence[str], dialect: Dialect) -> None:
        self.statement = statement
        """Held, so that its id stays its own."""
        compiled = cast(SQLCompiler, cast(Any, statement).compile(dialect=dialect, column_keys=list(names)))
        self._sql = compiled.string
        self._binds: list[tuple[str, Process, Any]] = []
        """Name and encoder of each parameter in its place; or no name and the constant that stands there."""
        for name in compiled.positiontup or ():
            bind = compiled.binds[name]
            encode: Process = bind.type.dialect_impl(dialect).bind_processor(dialect)
            if name in names:
                self._binds.append((name, encode, None))
            else:
                constant = bind.effective_value
                self._binds.append(("", None, constant if encode is None else encode(constant)))
        columns = list(getattr(statement, "exported_columns", ()))
        shape = _Row("Row", [column.key for column in columns], rename=True)
        self._row: Callable[[Any], Any] = shape._make
        decoders = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        self._decoders = [(place, decode) for place, decode in enumerate(decoders) if decode is not None]

    def run(self, cursor: sqlite3.Cursor, parameters: Parameters | Sequence[Parameters]) -> Rows:
        try:
            if isinstance(parameters, Mapping):
                cursor.execute(self._sql, self._encoded(parameters))
            else:
                cursor.executemany(self._sql, [self._encoded(one) for one in parameters])
            rows = self._decoded(cursor.fetchall()) if cursor.description else []
        except sqlite3.Error as error:
            raise wrapped(error, self._sql) from error
        return Rows(rows, cursor.rowcount, cursor.lastrowid)

    def _encoded(self, parameters: Parameters) -> list[Any]:
        return [
            (parameters[name] if encode is None else encode(parameters[name])) if name else constant
            for name, encode, constant in self._binds
        ]

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


def wrapped(error: sqlite3.Error, sql: str) -> Exception:
    """As SQLAlchemy would raise it; never with parameters, which are what people wrote."""
    return DBAPIError.instance(sql, None, error, sqlite3.Error, hide_parameters=True)


class PreparedStatements:
    """All that were used, by statement and names of parameters."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._known: dict[tuple[int, tuple[str, ...]], Prepared] = {}

    def run(self, cursor: sqlite3.Cursor, statement: Executable, parameters: Parameters | Sequence[Parameters]) -> Rows:
        names = tuple(parameters if isinstance(parameters, Mapping) else parameters[0])
        key = (id(statement), names)
        prepared = self._known.get(key)
        if prepared is None:
            prepared = self._known[key] = Prepared(statement, names, self._dialect)
        return prepared.run(cursor, parameters)
