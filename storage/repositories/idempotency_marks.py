"""Unique marks, so that what the clock starts happens once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select

from storage.engine.transaction import Transaction, upsert
from storage.tables import once

_FIRST = upsert(lambda insert: insert(once).on_conflict_do_nothing())
_LAST_LETTER = "\U0010ffff"
# a range in the order of bytes: LIKE would look at all marks
_NEWEST = (
    select(once)
    .where(once.c.mark >= bindparam("least"), once.c.mark < bindparam("below"))
    .order_by(once.c.at.desc(), once.c.mark.desc())
    .limit(1)
)


class Once:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def first(self, mark: str, at: datetime) -> bool:
        said = self._transaction.run(_FIRST[self._transaction.dialect], {"mark": mark, "at": at})
        return said.rowcount == 1

    def latest(self, prefix: str) -> tuple[str, datetime] | None:
        row = self._transaction.run(_NEWEST, {"least": prefix, "below": prefix + _LAST_LETTER}).first()
        return None if row is None else (row.mark, row.at)
