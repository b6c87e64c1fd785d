"""Unique marks, so that what the clock starts happens once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, select

from storage.tables import once
from storage.transaction import Dialect, Transaction, upsert

_FIRST = upsert(lambda insert: insert(once).on_conflict_do_nothing())
_LAST_LETTER = "\U0010ffff"


def _between(mark: ColumnElement[str]) -> Select[Any]:
    """Of the marks from `least` up to `below`, the newest. A range by code points: LIKE would look at all marks."""
    of_prefix = select(once).where(mark >= bindparam("least"), mark < bindparam("below"))
    return of_prefix.order_by(once.c.at.desc(), mark.desc()).limit(1)


_NEWEST: Mapping[Dialect, Select[Any]] = {
    "sqlite": _between(once.c.mark),
    "postgresql": _between(once.c.mark.collate("C")),
}


class Once:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def first(self, mark: str, at: datetime) -> bool:
        said = self._transaction.run(_FIRST[self._transaction.dialect], {"mark": mark, "at": at})
        return said.rowcount == 1

    def latest(self, prefix: str) -> tuple[str, datetime] | None:
        query = _NEWEST[self._transaction.dialect]
        row = self._transaction.run(query, {"least": prefix, "below": prefix + _LAST_LETTER}).first()
        return None if row is None else (row.mark, row.at)
