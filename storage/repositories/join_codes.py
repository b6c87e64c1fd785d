"""One-time codes for joining."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from handlers.domain.errors import Stale
from handlers.domain.people import PersonId, Role
from handlers.ports import JoinCode
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction
from storage.repositories.rows import JoinCodeRow, columns
from storage.tables import join_code

_ADD = prepared(insert(join_code))
_GET = prepared(select(*columns(join_code, JoinCodeRow)).where(join_code.c.code_hash == bindparam("key")), JoinCodeRow)
_USE = prepared(
    update(join_code)
    .where(join_code.c.code_hash == bindparam("key"), join_code.c.used_at.is_(None))
    .values(used_at=bindparam("at"), used_by=bindparam("by"))
)


class SqlJoinCodes:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, code: JoinCode) -> None:
        values = {
            "code_hash": code.code_hash,
            "role": code.role.value,
            "unit": code.unit,
            "name": code.name,
            "person": code.person,
            "expires_at": code.expires_at,
            "used_at": code.used_at,
            "used_by": code.used_by,
        }
        self._transaction.run(_ADD, values)

    def get(self, code_hash: str) -> JoinCode | None:
        row = self._transaction.run(_GET, {"key": code_hash}).first()
        if row is None:
            return None
        return JoinCode(
            code_hash=row.code_hash,
            role=Role(row.role),
            unit=row.unit,
            name=row.name,
            person=row.person,
            expires_at=row.expires_at,
            used_at=row.used_at,
            used_by=row.used_by,
        )

    def use(self, code_hash: str, by: PersonId, at: datetime) -> None:
        if self._transaction.run(_USE, {"key": code_hash, "by": by, "at": at}).rowcount != 1:
            raise Stale("code", code_hash)
