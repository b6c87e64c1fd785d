"""Idempotency keys: what must have its effect once has its key here."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from handlers.domain.idempotency import IdempotencyKey
from storage.engine.in_list import in_list
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction, upsert
from storage.tables import once

_FIRST = prepared(upsert(lambda insert: insert(once).on_conflict_do_nothing()))

_BROUGHT = prepared_value(select(once.c.mark).where(in_list(once.c.mark, "keys")), str)


class SqlIdempotencyMarks:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def first(self, key: IdempotencyKey, at: datetime) -> bool:
        said = self._transaction.run(_FIRST, {"mark": key, "at": at})
        return said.rowcount == 1

    def brought(self, keys: Collection[IdempotencyKey]) -> frozenset[IdempotencyKey]:
        found = self._transaction.run(_BROUGHT, {"keys": list(keys)})
        return frozenset(map(IdempotencyKey, found))
