"""Statements that never change: written at the top of a module, compiled once, given to the driver as they are.

SQLAlchemy spends 50 µs around a statement that takes SQLite 5: that was the larger part of a report's cost. So on
SQLite a `Prepared` is compiled by SQLAlchemy at its first use, with its types, and run on the driver's cursor. What is
compiled is kept for ever; `prepared` therefore refuses to be called anywhere but at the top of a module.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from operator import itemgetter
from typing import Any, Generic, Literal, NamedTuple, TypeVar, cast, overload

from sqlalchemy import Dialect, SelectBase, Table
from sqlalchemy.exc import DBAPIError, NoResultFound
from sqlalchemy.sql import Executable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.visitors import iterate

DialectName = Literal["sqlite", "postgresql"]
Statement = Executable | Mapping[DialectName, Executable]
"""The same for every database, or one for each."""
Parameters = Mapping[str, object]
Process = Callable[[Any], Any] | None
"""SQLAlchemy's: a value to what the driver takes, or back."""

T = TypeVar("T")
R = TypeVar("R", bound=NamedTuple)
Make = Callable[[Sequence[object]], T]
"""One row of the driver, decoded, to what it is here."""


class Prepared(Generic[T]):
    """A statement, and what it brings: rows of a named tuple, values of one column, or nothing (None)."""

    __slots__ = ("_statement", "changes", "make", "remembered_while", "row")

    def __init__(
        self, statement: Statement, make: Make[T], row: type[NamedTuple] | None = None, *, remembered: bool = False
    ) -> None:
        self._statement = statement
        self.make = make
        self.row = row
        self.changes = _changed_by(self.on("sqlite"))
        """The table that it writes; "" for a question, None where that is not known."""
        self.remembered_while = _asked_by(self.on("sqlite")) if remembered else frozenset()
        """Tables: as long as none of them is written, its answer stays what it was in that transaction."""

    def on(self, dialect: DialectName) -> Executable:
        return self._statement if isinstance(self._statement, Executable) else self._statement[dialect]


@overload
def prepared(statement: Statement) -> Prepared[None]: ...
@overload
def prepared(statement: Statement, row: type[R], *, remembered: bool = False) -> Prepared[R]: ...
def prepared(
    statement: Statement, row: type[R] | None = None, *, remembered: bool = False
) -> Prepared[R] | Prepared[None]:
    """`row`: a named tuple whose fields are the statement's columns, in their order; none: it changes rows only.
    `remembered`: what one work asks from many places is asked of the database once, until it changes; never for what is
    read again after a lock was waited for.

    Raises TypeError inside a function, and where fields and columns differ.
    """
    _require_module_level()
    if row is None:
        return Prepared(statement, _nothing)
    made = Prepared(statement, row_maker(row), row, remembered=remembered)
    for dialect in ("sqlite", "postgresql"):
        require_columns(row, [column.key for column in _columns(made.on(dialect))])
    return made


def prepared_value(statement: Statement, of: type[T]) -> Prepared[T]:  # noqa: ARG001 # for the type alone
    """For a statement that brings one column, never NULL. Raises TypeError inside a function."""
    _require_module_level()
    return Prepared(statement, cast(Make[T], itemgetter(0)))


def row_maker(row: type[R]) -> Make[R]:
    """Values to a row, without asking again how many there are."""
    return cast(Make[R], partial(tuple.__new__, row))


def require_columns(row: type[NamedTuple], columns: Sequence[str]) -> None:
    if tuple(columns) != row._fields:
        raise TypeError(f"{row.__name__} has the fields {row._fields}, the statement the columns {tuple(columns)}")


def _require_module_level() -> None:
    caller = sys._getframe(2)
    if caller.f_code.co_name != "<module>":
        raise TypeError(f"prepared in {caller.f_code.co_name}(): stands at the top of a module, it is kept for ever")


def _changed_by(statement: Executable) -> str | None:
    if isinstance(statement, UpdateBase):
        return cast(Table, statement.table).name
    return "" if only_asks(statement) else None


def only_asks(statement: Executable) -> bool:
    """Not where it waits for a lock either: what was known before may have changed meanwhile."""
    return isinstance(statement, SelectBase) and getattr(statement, "_for_update_arg", None) is None


def _asked_by(statement: Executable) -> frozenset[str]:
    return frozenset(part.name for part in iterate(cast(SelectBase, statement)) if isinstance(part, Table))


def _nothing(_row: Sequence[object]) -> None:
    return None


def _columns(statement: Executable) -> Sequence[Any]:
    return list(getattr(statement, "exported_columns", ()))


class Rows(Generic[T]):
    """What a statement brought."""

    __slots__ = ("_rows", "lastrowid", "rowcount")

    def __init__(self, rows: list[T], rowcount: int, lastrowid: int | None = None) -> None:
        self._rows = rows
        self.rowcount = rowcount
        self.lastrowid = lastrowid

    def __iter__(self) -> Iterator[T]:
        return iter(self._rows)

    def all(self) -> list[T]:
        return self._rows

    def first(self) -> T | None:
        return self._rows[0] if self._rows else None

    def one(self) -> T:
        """Raises NoResultFound."""
        if not self._rows:
            raise NoResultFound("No row was found when one was required")
        return self._rows[0]


class _Compiled(Generic[T]):
    """One statement for one set of parameter names."""

    __slots__ = ("_binds", "_decoders", "_make", "_sql")

    def __init__(self, prepared: Prepared[T], names: Sequence[str], dialect: Dialect) -> None:
        statement = prepared.on("sqlite")
        compiled = cast(SQLCompiler, cast(Any, statement).compile(dialect=dialect, column_keys=list(names)))
        self._sql = compiled.string
        self._binds: list[tuple[str, Process, object]] = []
        """Name and encoder of each parameter in its place; or no name and the constant that stands there."""
        for name in compiled.positiontup or ():
            bind = compiled.binds[name]
            encode: Process = bind.type.dialect_impl(dialect).bind_processor(dialect)
            if name in names:
                self._binds.append((name, encode, None))
            else:
                constant = bind.effective_value
                self._binds.append(("", None, constant if encode is None else encode(constant)))
        self._make = prepared.make
        decoders = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in _columns(statement)]
        self._decoders = [(place, decode) for place, decode in enumerate(decoders) if decode is not None]

    def run(self, cursor: sqlite3.Cursor, parameters: Parameters | Sequence[Parameters]) -> Rows[T]:
        try:
            if isinstance(parameters, Mapping):
                cursor.execute(self._sql, self._encoded(parameters))
            else:
                cursor.executemany(self._sql, [self._encoded(one) for one in parameters])
            rows = self._decoded(cursor.fetchall()) if cursor.description else []
        except sqlite3.Error as error:
            raise wrapped(error, self._sql) from error
        return Rows(rows, cursor.rowcount, cursor.lastrowid)

    def _encoded(self, parameters: Parameters) -> list[object]:
        return [
            (parameters[name] if encode is None else encode(parameters[name])) if name else constant
            for name, encode, constant in self._binds
        ]

    def _decoded(self, rows: list[tuple[object, ...]]) -> list[T]:
        make, decoders = self._make, self._decoders
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
    """Compiled for one SQLite: as many as stand in the source, by statement and names of parameters."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._compiled: dict[tuple[Prepared[Any], tuple[str, ...]], _Compiled[Any]] = {}

    def __len__(self) -> int:
        return len(self._compiled)

    def run(
        self, cursor: sqlite3.Cursor, statement: Prepared[T], parameters: Parameters | Sequence[Parameters]
    ) -> Rows[T]:
        names = tuple(parameters if isinstance(parameters, Mapping) else parameters[0])
        key = (statement, names)
        compiled: _Compiled[T] | None = self._compiled.get(key)
        if compiled is None:
            compiled = self._compiled[key] = _Compiled(statement, names, self._dialect)
        return compiled.run(cursor, parameters)


_KEPT: dict[type[Dialect], PreparedStatements] = {}


def kept_statements(dialect: Dialect) -> PreparedStatements:
    """Those of this process: what is compiled for one SQLite file serves every other."""
    return _KEPT.setdefault(type(dialect), PreparedStatements(dialect))
