"""Idempotency keys: what must have its effect once has its key here."""

from __future__ import annotations

from datetime import datetime

from handlers.domain.idempotency import IdempotencyKey
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction, upsert
from storage.tables import once

_FIRST = prepared(upsert(lambda insert: insert(once).on_conflict_do_nothing()))


class SqlIdempotencyMarks:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def first(self, key: IdempotencyKey, at: datetime) -> bool:
        said = self._transaction.run(_FIRST, {"mark": key, "at": at})
        return said.rowcount == 1
