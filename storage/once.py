"""Unique marks, so that what the clock starts happens once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from storage.searching import starts_with
from storage.tables import once
from storage.transaction import Transaction, upsert

_FIRST = upsert(lambda insert: insert(once).on_conflict_do_nothing())


class Once:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def first(self, mark: str, at: datetime) -> bool:
        said = self._transaction.run(_FIRST[self._transaction.dialect], {"mark": mark, "at": at})
        return said.rowcount == 1

    def latest(self, prefix: str) -> tuple[str, datetime] | None:
        query = select(once).where(starts_with(once.c.mark, prefix))
        row = self._transaction.execute(query.order_by(once.c.at.desc(), once.c.mark.desc()).limit(1)).first()
        return None if row is None else (row.mark, row.at)
