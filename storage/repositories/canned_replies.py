"""Hazır yanıtlar, and how often each was used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, insert, select, update

from handlers.domain.canned_replies import CannedReply
from handlers.domain.errors import NotFound
from handlers.domain.people import UnitId
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction, upsert
from storage.repositories.rows import columns
from storage.tables import canned_reply, canned_reply_use


class CannedReplyRow(NamedTuple):
    id: int
    unit: str
    name: str
    text: str
    written_at: datetime
    withdrawn_at: datetime | None


class UseRow(NamedTuple):
    reply: int
    times: int


_COLUMNS = columns(canned_reply, CannedReplyRow)
_ADD = prepared(insert(canned_reply))
_SAVE = prepared(update(canned_reply).where(canned_reply.c.id == bindparam("key")))
_GET = prepared(select(*_COLUMNS).where(canned_reply.c.id == bindparam("key")), CannedReplyRow)
_OF_UNIT = prepared(
    select(*_COLUMNS)
    .where(canned_reply.c.unit == bindparam("of_unit"), canned_reply.c.withdrawn_at.is_(None))
    .order_by(canned_reply.c.name),
    CannedReplyRow,
)
_USED = prepared(
    upsert(
        lambda insert: (
            insert(canned_reply_use)
            .values(reply=bindparam("key"), category=bindparam("subject"), count=1)
            .on_conflict_do_update(index_elements=["reply", "category"], set_={"count": canned_reply_use.c.count + 1})
        )
    )
)
_USES = prepared(
    select(canned_reply_use.c.reply, canned_reply_use.c.count.label("times"))
    .join(canned_reply, canned_reply.c.id == canned_reply_use.c.reply)
    .where(
        canned_reply.c.unit == bindparam("of_unit"),
        canned_reply.c.withdrawn_at.is_(None),
        canned_reply_use.c.category == bindparam("subject"),
    ),
    UseRow,
)


class SqlCannedReplies:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, reply: CannedReply) -> CannedReply:
        return replace(reply, id=self._transaction.new_id(_ADD, _values(reply)))

    def save(self, reply: CannedReply) -> None:
        if self._transaction.run(_SAVE, {**_values(reply), "key": reply.id}).rowcount != 1:
            raise NotFound("canned reply", reply.id)

    def get(self, key: int) -> CannedReply:
        row = self._transaction.run(_GET, {"key": key}).first()
        if row is None:
            raise NotFound("canned reply", key)
        return CannedReply(**row._asdict())

    def of_unit(self, unit: UnitId) -> Sequence[CannedReply]:
        return [CannedReply(**row._asdict()) for row in self._transaction.run(_OF_UNIT, {"of_unit": unit})]

    def used(self, key: int, category: str | None) -> None:
        self._transaction.run(_USED, {"key": key, "subject": category or ""})

    def uses(self, unit: UnitId, category: str | None) -> Mapping[int, int]:
        rows = self._transaction.run(_USES, {"of_unit": unit, "subject": category or ""})
        return {row.reply: row.times for row in rows}


def _values(reply: CannedReply) -> dict[str, object]:
    return {
        "unit": reply.unit,
        "name": reply.name,
        "text": reply.text,
        "written_at": reply.written_at,
        "withdrawn_at": reply.withdrawn_at,
    }
