"""One-time codes for joining."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, or_, select, update

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
    .where(join_code.c.code_hash == bindparam("key"), join_code.c.used_at.is_(None), join_code.c.revoked_at.is_(None))
    .values(used_at=bindparam("at"), used_by=bindparam("by"))
)
_REVOKE = prepared(
    update(join_code)
    .where(join_code.c.code_hash == bindparam("key"), join_code.c.used_at.is_(None), join_code.c.revoked_at.is_(None))
    .values(revoked_at=bindparam("at"))
)
_NEWEST = select(*columns(join_code, JoinCodeRow)).order_by(join_code.c.made_at.desc(), join_code.c.code_hash)
_MADE = prepared(_NEWEST.where(join_code.c.made_at.is_not(None)).limit(bindparam("most")), JoinCodeRow)
_MADE_BEFORE = prepared(
    _NEWEST.where(
        join_code.c.made_at.is_not(None),
        join_code.c.made_at <= bindparam("before"),
        or_(join_code.c.made_at < bindparam("before"), join_code.c.code_hash > bindparam("after")),
    ).limit(bindparam("most")),
    JoinCodeRow,
)
_OF = prepared(_NEWEST.where(join_code.c.person == bindparam("of_person")), JoinCodeRow)


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
            "made_by": code.made_by,
            "made_at": code.made_at,
            "revoked_at": code.revoked_at,
        }
        self._transaction.run(_ADD, values)

    def get(self, code_hash: str) -> JoinCode | None:
        row = self._transaction.run(_GET, {"key": code_hash}).first()
        return None if row is None else _code(row)

    def use(self, code_hash: str, by: PersonId, at: datetime) -> None:
        if self._transaction.run(_USE, {"key": code_hash, "by": by, "at": at}).rowcount != 1:
            raise Stale("code", code_hash)

    def revoke(self, code_hash: str, at: datetime) -> bool:
        return self._transaction.run(_REVOKE, {"key": code_hash, "at": at}).rowcount == 1

    def made(self, behind: tuple[datetime, str] | None, limit: int) -> Sequence[JoinCode]:
        if behind is None:
            return [_code(row) for row in self._transaction.run(_MADE, {"most": limit})]
        asked = {"before": behind[0], "after": behind[1], "most": limit}
        return [_code(row) for row in self._transaction.run(_MADE_BEFORE, asked)]

    def of(self, person: PersonId) -> Sequence[JoinCode]:
        return [_code(row) for row in self._transaction.run(_OF, {"of_person": person})]


def _code(row: JoinCodeRow) -> JoinCode:
    return JoinCode(**{**row._asdict(), "role": Role(row.role)})
