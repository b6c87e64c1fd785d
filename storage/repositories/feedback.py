"""Examples for the matcher to learn from, and reports that a tip alone solved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select

from handlers.domain.people import UnitId
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction
from storage.repositories.rows import ExampleRow
from storage.tables import feedback, tip_solved

_ADD = prepared(insert(feedback))
_ALL = select(feedback.c.text, feedback.c.category, feedback.c.source).order_by(feedback.c.at, feedback.c.id)
_FORGET = prepared(delete(feedback).where(feedback.c.text == bindparam("said")))
_TIP_SOLVED = prepared(insert(tip_solved))


class SqlFeedback:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, at: datetime, text: str, category: str, source: str) -> None:
        values = {"at": at, "text": text, "category": category, "source": source}
        self._transaction.run(_ADD, values)

    def forget(self, text: str) -> None:
        self._transaction.run(_FORGET, {"said": text})

    def since(self, at: datetime | None) -> Iterable[tuple[str, str, str]]:
        query = _ALL if at is None else _ALL.where(feedback.c.at >= at)
        return self._transaction.query(query, ExampleRow)

    def tip_solved(self, at: datetime, unit: UnitId, category: str, department: str) -> None:
        values = {"at": at, "unit": unit, "category": category, "department": department}
        self._transaction.run(_TIP_SOLVED, values)
