"""Examples for the matcher to learn from, and reports that a tip alone solved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, insert, or_, select

from handlers.domain.people import PersonId, UnitId
from storage.engine.in_list import in_list
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction
from storage.repositories.people import also_as_guest
from storage.repositories.rows import ExampleRow
from storage.tables import feedback, ticket, tip_solved


class CountRow(NamedTuple):
    name: str
    number: int


_ADD = prepared(insert(feedback))
_ALL = select(feedback.c.text, feedback.c.category, feedback.c.source).order_by(feedback.c.at, feedback.c.id)
_FORGET = prepared(delete(feedback).where(feedback.c.text == bindparam("said")))
_ERASE = prepared(delete(feedback).where(or_(also_as_guest(feedback.c.person), in_list(feedback.c.text, "texts"))))
_TIP_SOLVED = prepared(insert(tip_solved))
_WORKED = prepared(
    select(tip_solved.c.category.label("name"), func.count().label("number"))
    .where(tip_solved.c.unit == bindparam("of_unit"), tip_solved.c.at >= bindparam("since"))
    .group_by(tip_solved.c.category),
    CountRow,
)
_IN_VAIN = prepared(
    select(ticket.c.tried_article.label("name"), func.count().label("number"))
    .where(
        ticket.c.unit == bindparam("of_unit"),
        ticket.c.opened_at >= bindparam("since"),
        ticket.c.tried_article.is_not(None),
        ticket.c.restricted.is_(False),
    )
    .group_by(ticket.c.tried_article),
    CountRow,
)


class SqlFeedback:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, at: datetime, text: str, category: str, source: str, person: PersonId | None = None) -> None:
        values = {"at": at, "text": text, "category": category, "source": source, "person": person}
        self._transaction.run(_ADD, values)

    def forget(self, text: str) -> None:
        self._transaction.run(_FORGET, {"said": text})

    def erase_of(self, person: PersonId, texts: Collection[str]) -> int:
        return self._transaction.run(_ERASE, {"of_person": person, "texts": sorted(texts)}).rowcount

    def since(self, at: datetime | None) -> Iterable[tuple[str, str, str]]:
        query = _ALL if at is None else _ALL.where(feedback.c.at >= at)
        return self._transaction.query(query, ExampleRow)

    def tip_solved(self, at: datetime, unit: UnitId, category: str, department: str) -> None:
        values = {"at": at, "unit": unit, "category": category, "department": department}
        self._transaction.run(_TIP_SOLVED, values)

    def tips_worked(self, unit: UnitId, since: datetime) -> Mapping[str, int]:
        return {row.name: row.number for row in self._transaction.run(_WORKED, {"of_unit": unit, "since": since})}

    def tried_in_vain(self, unit: UnitId, since: datetime) -> Mapping[str, int]:
        return {row.name: row.number for row in self._transaction.run(_IN_VAIN, {"of_unit": unit, "since": since})}
