"""Events that are acknowledged: stored for good, then handled once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, func, literal_column, or_, select, update

from handlers.domain.errors import Stale
from handlers.ports import Arrival, Backlog
from storage.tables import inbox
from storage.transaction import Transaction, upsert

LEASE = timedelta(seconds=60)
"""Twice what a handler may take: an event in hand longer belongs to a process that died."""

_WAITING = inbox.c.state == literal_column("'waiting'")
_QUARANTINED = inbox.c.state == literal_column("'quarantined'")
_NOW = bindparam("now", type_=inbox.c.due_at.type)
_KEY = inbox.c.key == bindparam("event")

_ACCEPT = upsert(lambda insert: insert(inbox).on_conflict_do_nothing(index_elements=["key"]))
_HEADS = select(func.min(inbox.c.id)).where(_WAITING).group_by(inbox.c.conversation)
_DUE = (
    select(inbox)
    .where(
        inbox.c.id.in_(_HEADS),
        _WAITING,
        inbox.c.due_at <= _NOW,
        or_(inbox.c.owner.is_(None), inbox.c.leased_until <= _NOW),
    )
    .order_by(inbox.c.id)
    .limit(bindparam("limit"))
)
_DUE_LOCKED = _DUE.with_for_update(skip_locked=True)
_LEASE = (
    update(inbox)
    .where(inbox.c.id == bindparam("row"))
    .values(owner=bindparam("by"), leased_until=bindparam("until"), attempts=inbox.c.attempts + 1)
)
_FREE = update(inbox).where(_WAITING, inbox.c.owner.is_not(None)).values(owner=None, leased_until=None)
_FREE_OF_OWNER = _FREE.where(inbox.c.owner == bindparam("by"))
_HANDLED = (
    update(inbox)
    .where(_KEY, _WAITING)
    .values(state="handled", payload="", error="", owner=None, leased_until=None, due_at=_NOW)
)
_LATER = (
    update(inbox)
    .where(_KEY, _WAITING)
    .values(owner=None, leased_until=None, error=bindparam("why"), due_at=bindparam("retry_at"))
)
_QUARANTINE = (
    update(inbox)
    .where(_KEY, _WAITING)
    .values(state="quarantined", owner=None, leased_until=None, error=bindparam("why"), due_at=_NOW)
)
_IS_WAITING = select(inbox.c.id).where(_KEY, _WAITING)
_WAITING_IN = select(inbox.c.key).where(_WAITING, inbox.c.conversation == bindparam("place")).order_by(inbox.c.id)
_STUCK = select(inbox).where(_QUARANTINED).order_by(inbox.c.id)
_RETRY = update(inbox).where(_KEY, _QUARANTINED).values(state="waiting", attempts=0, due_at=_NOW)
_DROP = update(inbox).where(_KEY, _QUARANTINED).values(state="dropped", payload="", due_at=_NOW)
_BACKLOG = select(func.count().label("waiting"), func.min(inbox.c.received_at).label("oldest")).where(_WAITING)
_GIVEN_UP = select(func.count()).select_from(inbox).where(_QUARANTINED)


class Inbox:
    """What was handled keeps its key for ever, without its payload."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._handled: dict[str, datetime] = {}

    def accept(self, arrivals: Sequence[Arrival], *, now: datetime, owner: str | None) -> Sequence[bool]:
        statement = _ACCEPT[self._transaction.dialect]
        lease = {"owner": owner, "leased_until": None if owner is None else now + LEASE}
        return [
            self._transaction.run(
                statement,
                {
                    "key": arrival.key,
                    "channel": arrival.channel,
                    "conversation": arrival.conversation,
                    "payload": arrival.payload,
                    "received_at": arrival.received_at,
                    "state": "waiting",
                    "due_at": now,
                    "attempts": 0 if owner is None else 1,
                    **lease,
                },
            ).rowcount
            == 1
            for arrival in arrivals
        ]

    def lease(self, owner: str, now: datetime, limit: int) -> Sequence[Arrival]:
        self.flush()
        query = _DUE_LOCKED if self._transaction.locks_rows else _DUE
        rows = self._transaction.run(query, {"now": now, "limit": limit}).all()
        if rows:
            taken = [{"row": row.id, "by": owner, "until": now + LEASE} for row in rows]
            self._transaction.run(_LEASE, taken)
        return [_arrival(row, row.attempts + 1) for row in rows]

    def free(self, owner: str | None = None) -> int:
        self.flush()
        if owner is None:
            return self._transaction.run(_FREE).rowcount
        return self._transaction.run(_FREE_OF_OWNER, {"by": owner}).rowcount

    def handled(self, keys: Sequence[str], now: datetime) -> None:
        """Written at flush; the commit raises Stale where one was handled before."""
        for key in keys:
            if key in self._handled:
                raise Stale("event", key)
            self._handled[key] = now

    def failed(self, key: str, error: str, retry_at: datetime | None, now: datetime) -> None:
        self.flush()
        if retry_at is None:
            self._transaction.run(_QUARANTINE, {"event": key, "why": error, "now": now})
        else:
            self._transaction.run(_LATER, {"event": key, "why": error, "retry_at": retry_at})

    def settled(self, key: str) -> bool:
        self.flush()
        return self._transaction.run(_IS_WAITING, {"event": key}).first() is None

    def waiting_in(self, conversation: str) -> Sequence[str]:
        self.flush()
        return self._transaction.values(_WAITING_IN, {"place": conversation})

    def stuck(self) -> Sequence[Arrival]:
        return [_arrival(row, row.attempts) for row in self._transaction.run(_STUCK)]

    def retry(self, key: str, now: datetime) -> bool:
        return self._transaction.run(_RETRY, {"event": key, "now": now}).rowcount == 1

    def drop(self, key: str, now: datetime) -> bool:
        return self._transaction.run(_DROP, {"event": key, "now": now}).rowcount == 1

    def backlog(self, now: datetime) -> Backlog:  # noqa: ARG002 # the port's; what is leased or not due waits as well
        self.flush()
        row = self._transaction.run(_BACKLOG).one()
        given_up = self._transaction.run(_GIVEN_UP).scalar_one()
        return Backlog(waiting=row.waiting, oldest=row.oldest, given_up=given_up)

    def flush(self) -> None:
        if not self._handled:
            return
        rows = [{"event": key, "now": now} for key, now in sorted(self._handled.items())]
        self._handled.clear()
        if self._transaction.run(_HANDLED, rows).rowcount != len(rows):
            raise Stale("event", [row["event"] for row in rows])


def _arrival(row: Row[Any], attempts: int) -> Arrival:
    return Arrival(
        id=row.id,
        key=row.key,
        channel=row.channel,
        conversation=row.conversation,
        payload=row.payload,
        received_at=row.received_at,
        attempts=attempts,
        error=row.error,
    )
