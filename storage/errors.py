"""What can go wrong in the store, and the one place where the errors of databases and drivers become the store's own.

StoreError                   (handlers.ports, as are the next three)
├── StoreUnavailable         the database does not answer, or takes nothing now
│   ├── UnsafeConnection     the database would not promise durability: the store refuses to open
│   └── TransactionBroken    the database undid the transaction in the middle; nothing of it may be committed
├── OutcomeUnknown           the connection broke during COMMIT: it may have been committed
├── HandlerTimedOut          a work took longer than the store allows
├── StatementRefused         a statement of ours is wrong for this database: the same again fails again
│   └── ReadOnly             a reader tried to write
├── SchemaMismatch           the tables are those of an older version, or of a newer one
└── Unsupported              not with this database (an online backup of PostgreSQL, for one)
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from sqlalchemy import exc

from handlers.ports import HandlerTimedOut, OutcomeUnknown, StoreError, StoreUnavailable

__all__ = [
    "HandlerTimedOut",
    "OutcomeUnknown",
    "ReadOnly",
    "SchemaMismatch",
    "StatementRefused",
    "StoreError",
    "StoreUnavailable",
    "TransactionBroken",
    "UnsafeConnection",
    "Unsupported",
    "as_store_error",
    "store_errors",
]


class UnsafeConnection(StoreUnavailable):
    def __init__(self, setting: str, wanted: object, found: object) -> None:
        super().__init__(f"{setting} is {found!r}, it has to be {wanted!r}")
        self.setting, self.wanted, self.found = setting, wanted, found


class SchemaMismatch(StoreError):
    def __init__(self, found: str | None, wanted: str) -> None:
        is_newer = found is not None and found > wanted
        what_to_do = "a newer masa made it, start that one" if is_newer else "run `masa db upgrade`"
        super().__init__(f"the database is at revision {found}, this version needs {wanted}; {what_to_do}")
        self.found, self.wanted = found, wanted


class TransactionBroken(StoreUnavailable):
    """SQLite undoes a whole transaction when the disk is full or it is interrupted: what follows would commit alone."""


class StatementRefused(StoreError):
    """A fault of ours, not the operator's: a constraint, a type, a table that this version does not have."""


class ReadOnly(StatementRefused):
    """Only `submit` and `write` may change anything."""


class Unsupported(StoreError):
    """The database cannot do this for us; the message says who can."""


# --- what the database and its driver raise ---
_OF_OURS = ("IntegrityError", "ProgrammingError", "DataError", "NotSupportedError")
"""By the names that PEP 249 gives them."""


def as_store_error(error: BaseException) -> BaseException:
    """Of a database or its driver: the StoreError that it means, caused by it. Anything else as it is."""
    theirs = _raised_there()
    unknown = isinstance(error, exc.SQLAlchemyError) and not isinstance(error, theirs)
    if isinstance(error, _ours()) or unknown or _is_not_understood(error):
        found: StoreError = StatementRefused(_said(error))
    elif isinstance(error, theirs):
        found = StoreUnavailable(_said(error))
    else:
        return error
    found.__cause__ = error
    return found


def _ours() -> tuple[type[Exception], ...]:
    return tuple(getattr(module, name) for module in (exc, *_drivers()) for name in _OF_OURS)


def _is_not_understood(error: BaseException) -> bool:
    """SQLite calls a table or column that there is not an operational error: tried again, it is none the more there.
    "cannot commit": the transaction was undone before, for want of room."""
    theirs = getattr(error, "orig", None) or error
    return (
        isinstance(theirs, sqlite3.OperationalError)
        and getattr(theirs, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR
        and not str(theirs).startswith("cannot ")
    )


def _raised_there() -> tuple[type[Exception], ...]:
    """Whatever a driver raises, also with no kind of its own (`DatabaseError: database disk image is malformed`)."""
    return (exc.DBAPIError, exc.TimeoutError, *(driver.Error for driver in _drivers()))


def _drivers() -> tuple[ModuleType, ...]:
    """Those that are loaded: PostgreSQL's is 8 MB that a desk on SQLite does without."""
    postgres = sys.modules.get("psycopg")
    return (sqlite3, postgres) if postgres is not None else (sqlite3,)


@contextmanager
def store_errors() -> Iterator[None]:
    """What a database or its driver raises in the block comes out of it as a StoreError."""
    try:
        yield
    except Exception as error:
        found = as_store_error(error)
        if found is error:
            raise
        raise found from error


def _said(error: BaseException) -> str:
    """What the database says, its first line: PostgreSQL repeats on the next ones the values that people wrote. Never
    SQLAlchemy's own text of a statement, and nothing of what an encoder of ours stumbled over."""
    source = error.orig if isinstance(error, exc.StatementError) else error
    if not isinstance(source, (*_raised_there(), exc.SQLAlchemyError)):
        return type(source or error).__name__
    return next((line for line in map(str.strip, str(source).splitlines()) if line), type(source).__name__)
