"""Who watches how far tickets are counted anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, insert, select, update

from handlers.domain.errors import NotFound
from handlers.domain.recounts import Recount
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.tables import recount


class RecountRow(NamedTuple):
    id: int
    conversation: str
    tickets: int
    told: int
    begun_at: datetime
    ended_at: datetime | None


_ADD = prepared(insert(recount))
_SAVE = prepared(update(recount).where(recount.c.id == bindparam("key")))
_RUNNING = prepared(
    select(*columns(recount, RecountRow)).where(recount.c.ended_at.is_(None)).order_by(recount.c.id), RecountRow
)


class SqlRecounts:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, recount: Recount) -> Recount:
        return replace(recount, id=self._transaction.new_id(_ADD, _values(recount)))

    def save(self, recount: Recount) -> None:
        if self._transaction.run(_SAVE, {**_values(recount), "key": recount.id}).rowcount != 1:
            raise NotFound("recount", recount.id)

    def running(self) -> Sequence[Recount]:
        return [Recount(**row._asdict()) for row in self._transaction.run(_RUNNING)]


def _values(recount: Recount) -> dict[str, object]:
    return {
        "conversation": recount.conversation,
        "tickets": recount.tickets,
        "told": recount.told,
        "begun_at": recount.begun_at,
        "ended_at": recount.ended_at,
    }
