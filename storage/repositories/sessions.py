"""Signed-in browsers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from handlers.domain.people import PersonId
from handlers.ports import Session
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction
from storage.repositories.rows import SessionRow, columns
from storage.tables import session

_ADD = prepared(insert(session))
_GET = prepared(select(*columns(session, SessionRow)).where(session.c.token_hash == bindparam("key")), SessionRow)
_OF = prepared(
    select(*columns(session, SessionRow))
    .where(session.c.person == bindparam("of_person"))
    .order_by(session.c.created_at, session.c.token_hash),
    SessionRow,
)
_SAVE = prepared(update(session).where(session.c.token_hash == bindparam("key")))
_SEEN = prepared(update(session).where(session.c.token_hash == bindparam("key")).values(seen_at=bindparam("at")))
_END = (
    update(session)
    .where(session.c.person == bindparam("of_person"), session.c.ended_at.is_(None))
    .values(ended_at=bindparam("at"))
)
_END_ALL = prepared(_END)
_MOVED = update(session).where(session.c.person == bindparam("of_person")).values(person=bindparam("to_person"))
_MOVE = prepared(_MOVED)
_MOVE_ONE = prepared(_MOVED.where(session.c.token_hash == bindparam("key")))
_END_ONE = prepared(_END.where(session.c.token_hash == bindparam("key")))


class SqlSessions:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, session: Session) -> None:
        values = {
            "token_hash": session.token_hash,
            "person": session.person,
            "created_at": session.created_at,
            "seen_at": session.seen_at,
            "user_agent": session.user_agent,
            "ended_at": session.ended_at,
            "rights": session.rights,
            "renewed_with": session.renewed_with,
        }
        self._transaction.run(_ADD, values)

    def save(self, session: Session) -> None:
        values = {
            "seen_at": session.seen_at,
            "ended_at": session.ended_at,
            "rights": session.rights,
            "renewed_with": session.renewed_with,
        }
        self._transaction.run(_SAVE, {"key": session.token_hash, **values})

    def get(self, token_hash: str) -> Session | None:
        row = self._transaction.run(_GET, {"key": token_hash}).first()
        return None if row is None else _session(row)

    def of(self, person: PersonId) -> Sequence[Session]:
        """Ended ones too, oldest first."""
        return [_session(row) for row in self._transaction.run(_OF, {"of_person": person})]

    def seen(self, token_hash: str, at: datetime) -> None:
        self._transaction.run(_SEEN, {"key": token_hash, "at": at})

    def end(self, person: PersonId, at: datetime, token_hash: str | None = None) -> int:
        if token_hash is None:
            return self._transaction.run(_END_ALL, {"of_person": person, "at": at}).rowcount
        return self._transaction.run(_END_ONE, {"of_person": person, "at": at, "key": token_hash}).rowcount

    def move(self, guest: PersonId, person: PersonId, token_hash: str | None = None) -> None:
        moved = {"of_person": guest, "to_person": person}
        if token_hash is None:
            self._transaction.run(_MOVE, moved)
        else:
            self._transaction.run(_MOVE_ONE, {**moved, "key": token_hash})


def _session(row: SessionRow) -> Session:
    return Session(
        token_hash=row.token_hash,
        person=row.person,
        created_at=row.created_at,
        seen_at=row.seen_at,
        user_agent=row.user_agent,
        ended_at=row.ended_at,
        rights=row.rights,
        renewed_with=row.renewed_with,
    )
