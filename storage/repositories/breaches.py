"""Matters that may have touched personal data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Integer, bindparam, func, insert, or_, select, update

from handlers.domain.breaches import Breach
from handlers.domain.errors import NotFound, Stale
from handlers.domain.numbers import Number
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.tables import breach


class BreachRow(NamedTuple):
    number: str
    ticket: TicketId
    learned_at: datetime
    begun_at: datetime
    begun_by: PersonId | None
    reminded: int
    reported_at: datetime | None
    reported_by: PersonId | None
    version: int


COLUMNS = columns(breach, BreachRow)
_OF_TICKET = prepared(select(*COLUMNS).where(breach.c.ticket == bindparam("key", type_=Integer)), BreachRow)
_WAITING = prepared(
    select(*COLUMNS).where(breach.c.reported_at.is_(None)).order_by(breach.c.learned_at, breach.c.ticket), BreachRow
)
_ADD = prepared(insert(breach))
_SAVE = prepared(update(breach).where(breach.c.ticket == bindparam("key"), breach.c.version == bindparam("known")))
_WHO = bindparam("of_person", type_=Integer)
_COUNT_OF = prepared_value(
    select(func.count()).where(or_(breach.c.begun_by == _WHO, breach.c.reported_by == _WHO)), int
)
_GUEST, _PERSON = bindparam("guest", type_=Integer), bindparam("to_person", type_=Integer)
_MOVES = (
    prepared(update(breach).where(breach.c.begun_by == _GUEST).values(begun_by=_PERSON)),
    prepared(update(breach).where(breach.c.reported_by == _GUEST).values(reported_by=_PERSON)),
)


class SqlBreaches:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def of_ticket(self, ticket: TicketId) -> Breach | None:
        row = self._transaction.run(_OF_TICKET, {"key": ticket}).first()
        return None if row is None else breach_of(row)

    def waiting(self) -> Sequence[Breach]:
        return [breach_of(row) for row in self._transaction.run(_WAITING, {})]

    def add(self, breach: Breach) -> Breach:
        """What another process adds at this moment the key refuses, and the work is done again."""
        if self.of_ticket(breach.ticket) is not None:
            raise Stale("breach", breach.ticket)
        self._transaction.run(_ADD, {**_values(breach), "version": 0})
        return replace(breach, version=0)

    def save(self, breach: Breach) -> Breach:
        values = {**_values(breach), "version": breach.version + 1, "key": breach.ticket, "known": breach.version}
        if self._transaction.run(_SAVE, values).rowcount != 1:
            if self.of_ticket(breach.ticket) is None:
                raise NotFound("breach", breach.ticket)
            raise Stale("breach", breach.ticket)
        return replace(breach, version=breach.version + 1)

    def count_of(self, person: PersonId) -> int:
        return self._transaction.run(_COUNT_OF, {"of_person": person}).one()

    def move(self, guest: PersonId, person: PersonId) -> None:
        for statement in _MOVES:
            self._transaction.run(statement, {"guest": guest, "to_person": person})


def breach_of(row: BreachRow) -> Breach:
    number = Number.parse(row.number)
    if number is None:
        raise ValueError(f"the breach of ticket {row.ticket} has the number {row.number!r}")
    return Breach(**{**row._asdict(), "number": number})


def _values(breach: Breach) -> dict[str, object]:
    return {**asdict(breach), "number": str(breach.number)}
