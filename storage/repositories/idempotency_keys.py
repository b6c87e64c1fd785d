"""Idempotency keys: what must have its effect once has its key here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select

from handlers.domain.idempotency import IdempotencyKey
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction, upsert
from storage.tables import once

_FIRST = prepared(upsert(lambda insert: insert(once).on_conflict_do_nothing()))

_HAS = prepared_value(select(once.c.mark).where(once.c.mark == bindparam("key")), str)


class SqlIdempotencyMarks:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def first(self, key: IdempotencyKey, at: datetime) -> bool:
        said = self._transaction.run(_FIRST, {"mark": key, "at": at})
        return said.rowcount == 1

    def has(self, key: IdempotencyKey) -> bool:
        return self._transaction.run(_HAS, {"key": key}).first() is not None
