"""What can go wrong in the store itself.

StoreError
├── UnsafeConnection     the database would not promise durability: the store refuses to open
├── SchemaMismatch       the tables are not those of this version: `masa db upgrade`
├── TransactionBroken    the database undid the transaction in the middle; nothing of it may be committed
├── OutcomeUnknown       the connection broke during COMMIT: it may have been committed
├── ReadOnly             a reader tried to write
└── Unsupported          not with this database (an online backup of PostgreSQL, for one)
"""

from __future__ import annotations


class StoreError(Exception):
    """Root of the store's own errors."""


class UnsafeConnection(StoreError):
    def __init__(self, setting: str, wanted: object, found: object) -> None:
        super().__init__(f"{setting} is {found!r}, it has to be {wanted!r}")
        self.setting, self.wanted, self.found = setting, wanted, found


class SchemaMismatch(StoreError):
    def __init__(self, found: str | None, wanted: str) -> None:
        super().__init__(f"the database is at revision {found}, this version needs {wanted}")
        self.found, self.wanted = found, wanted


class TransactionBroken(StoreError):
    """SQLite undoes a whole transaction when the disk is full or it is interrupted: what follows would commit alone."""


class OutcomeUnknown(StoreError):
    """Never done again by the store itself: whoever submitted the work knows whether it may be done twice."""


class ReadOnly(StoreError):
    """Only `submit` and `write` may change anything."""


class Unsupported(StoreError):
    """The database cannot do this for us; the message says who can."""
