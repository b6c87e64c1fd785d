"""Events that are acknowledged: stored for good, then handled once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, exists, func, literal_column, or_, select, text, update

from handlers.domain.errors import Stale
from handlers.ports import Arrival, Backlog, Receipt
from storage.engine.in_list import in_list
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction, upsert
from storage.repositories.rows import ArrivalRow, BacklogRow, LastArrivalRow, columns
from storage.tables import inbox

LEASE = timedelta(seconds=60)
"""Renewed while its process lives: one that has run out belongs to a process that died or stands still."""

_WAITING = inbox.c.state == literal_column("'waiting'")
_QUARANTINED = inbox.c.state == literal_column("'quarantined'")
_NOW = bindparam("now", type_=inbox.c.due_at.type)
_KEY = inbox.c.key == bindparam("event")

_CHANNELS = prepared_value(select(inbox.c.channel).where(_WAITING).distinct(), str)
_ACCEPT = prepared(upsert(lambda insert: insert(inbox).on_conflict_do_nothing(index_elements=["key"])))
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(place, 0)) FROM unnest(CAST(:places AS text[])) AS place")
"""Who stores events of a conversation, one after the other: so their ids are in the order of their commits."""
_NOT_THEIRS = prepared_value(
    select(inbox.c.conversation)
    .where(
        _WAITING,
        in_list(inbox.c.conversation, "places"),
        or_(inbox.c.owner.is_(None), inbox.c.owner != bindparam("by")),
    )
    .distinct(),
    str,
)
_elder = inbox.alias("elder")
_BEHIND_ANOTHER = exists().where(
    _elder.c.state == literal_column("'waiting'"),
    _elder.c.conversation == inbox.c.conversation,
    or_(
        _elder.c.id < inbox.c.id,
        and_(_elder.c.id > inbox.c.id, _elder.c.owner.is_not(None), _elder.c.leased_until > _NOW),
    ),
)
"""An elder one is not handled yet; or a younger one is in hand, where this one was put aside and called back."""
_LEASABLE = (
    select(*columns(inbox, ArrivalRow))
    .where(
        _WAITING,
        inbox.c.due_at <= _NOW,
        or_(inbox.c.owner.is_(None), inbox.c.leased_until <= _NOW),
        ~_BEHIND_ANOTHER,
    )
    .order_by(inbox.c.id)
    .limit(bindparam("limit"))
)
_DUE = prepared(_LEASABLE, ArrivalRow)
_DUE_LOCKED = prepared(_LEASABLE.with_for_update(skip_locked=True), ArrivalRow)
_LEASE = prepared(
    update(inbox)
    .where(inbox.c.id == bindparam("row"))
    .values(owner=bindparam("by"), leased_until=bindparam("until"), attempts=inbox.c.attempts + 1)
)
_MINE = inbox.c.owner == bindparam("by")
_RENEW = prepared(
    update(inbox).where(in_list(inbox.c.key, "keys"), _WAITING, _MINE).values(leased_until=bindparam("until"))
)
_FREED = (
    update(inbox)
    .where(_WAITING, inbox.c.owner.is_not(None))
    .values(owner=None, leased_until=None)
    .returning(inbox.c.conversation)
)
_FREE = prepared_value(_FREED, str)
_FREE_OF_OWNER = prepared_value(_FREED.where(_MINE, ~in_list(inbox.c.key, "kept")), str)
_GIVE_BACK = prepared_value(
    update(inbox)
    .where(_WAITING, _MINE, inbox.c.conversation == bindparam("place"))
    .values(owner=None, leased_until=None, attempts=inbox.c.attempts - 1)
    .returning(inbox.c.conversation),
    str,
)
_CONVERSATION = prepared_value(select(inbox.c.conversation).where(_KEY), str)
_HANDLE = (
    update(inbox)
    .where(_KEY, _WAITING)
    .values(state="handled", payload="", error="", owner=None, leased_until=None, due_at=_NOW)
)
_HANDLED = prepared(_HANDLE)
_HANDLED_BY = prepared(_HANDLE.where(_MINE))
_PUT_OFF = (
    update(inbox)
    .where(_KEY, _WAITING)
    .values(
        owner=None,
        leased_until=None,
        error=bindparam("why"),
        due_at=bindparam("retry_at"),
        attempts=inbox.c.attempts - bindparam("uncounted", type_=inbox.c.attempts.type),
    )
)
_LATER = prepared(_PUT_OFF)
_LATER_BY = prepared(_PUT_OFF.where(_MINE))
_PUT_ASIDE = (
    update(inbox)
    .where(_KEY, _WAITING)
    .values(
        state="quarantined",
        payload=func.coalesce(bindparam("kept", type_=inbox.c.payload.type), inbox.c.payload),
        owner=None,
        leased_until=None,
        error=bindparam("why"),
        due_at=_NOW,
    )
)
_QUARANTINE = prepared(_PUT_ASIDE)
_QUARANTINE_BY = prepared(_PUT_ASIDE.where(_MINE))
_IS_WAITING = prepared_value(select(inbox.c.id).where(_KEY, _WAITING), int)
_WAITING_IN = prepared_value(
    select(inbox.c.key).where(_WAITING, inbox.c.conversation == bindparam("place")).order_by(inbox.c.id), str
)
_STUCK = prepared(select(*columns(inbox, ArrivalRow)).where(_QUARANTINED).order_by(inbox.c.id), ArrivalRow)
_RETRY = prepared_value(
    update(inbox)
    .where(_KEY, _QUARANTINED)
    .values(state="waiting", attempts=0, due_at=_NOW)
    .returning(inbox.c.conversation),
    str,
)
_DROP = prepared(update(inbox).where(_KEY, _QUARANTINED).values(state="dropped", payload="", due_at=_NOW))
_BACKLOG = prepared(
    select(func.count().label("waiting"), func.min(inbox.c.received_at).label("oldest")).where(_WAITING), BacklogRow
)
_GIVEN_UP = prepared_value(select(func.count()).select_from(inbox).where(_QUARANTINED), int)
_newest = select(inbox.c.channel, inbox.c.received_at).order_by(inbox.c.id.desc()).limit(bindparam("among")).subquery()
_LAST_ARRIVALS = prepared(
    select(_newest.c.channel, func.max(_newest.c.received_at).label("last")).group_by(_newest.c.channel),
    LastArrivalRow,
)
"""Along the primary key, backwards: an index by channel would cost a write with each event."""


class SqlInbox:
    """What was handled keeps its key for ever, without its payload."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._handled: dict[str, tuple[datetime, str | None]] = {}

    def accept(self, arrivals: Sequence[Arrival], *, now: datetime, owner: str | None) -> Sequence[Receipt]:
        places = {arrival.conversation for arrival in arrivals}
        self._lock(places)
        free = places if owner is None else set(self._not_theirs(places, owner))
        return [self._accept(arrival, now, None if arrival.conversation in free else owner) for arrival in arrivals]

    def _not_theirs(self, places: Collection[str], owner: str) -> Iterable[str]:
        """Those of the conversations in which an event waits that this owner does not hold."""
        return self._transaction.run(_NOT_THEIRS, {"places": sorted(places), "by": owner}).all()

    def _accept(self, arrival: Arrival, now: datetime, owner: str | None) -> Receipt:
        values = {
            "key": arrival.key,
            "channel": arrival.channel,
            "conversation": arrival.conversation,
            "payload": arrival.payload,
            "received_at": arrival.received_at,
            "state": "waiting",
            "due_at": now,
            "attempts": 0 if owner is None else 1,
            "owner": owner,
            "leased_until": None if owner is None else now + LEASE,
        }
        if self._transaction.run(_ACCEPT, values).rowcount != 1:
            return Receipt.KNOWN
        if owner is not None:
            return Receipt.LEASED
        self._transaction.waiting.add(arrival.conversation)
        return Receipt.STORED

    def _lock(self, places: Collection[str]) -> None:
        if self._transaction.locks_rows:
            self._transaction.execute(_LOCK, {"places": sorted(places)})

    def lease(self, owner: str, now: datetime, limit: int) -> Sequence[Arrival]:
        self.flush()
        query = _DUE_LOCKED if self._transaction.locks_rows else _DUE
        rows = self._transaction.run(query, {"now": now, "limit": limit}).all()
        if rows:
            taken = [{"row": row.id, "by": owner, "until": now + LEASE} for row in rows]
            self._transaction.run(_LEASE, taken)
        return [_arrival(row, row.attempts + 1) for row in rows]

    def renew(self, owner: str, keys: Collection[str], now: datetime) -> None:
        self.flush()
        self._transaction.run(_RENEW, {"by": owner, "keys": sorted(keys), "until": now + LEASE})

    def free(self, owner: str | None = None, keep: Collection[str] = ()) -> int:
        self.flush()
        if owner is None:
            freed = self._transaction.run(_FREE).all()
        else:
            freed = self._transaction.run(_FREE_OF_OWNER, {"by": owner, "kept": sorted(keep)}).all()
        self._transaction.waiting.update(freed)
        return len(freed)

    def handled(self, keys: Sequence[str], now: datetime, owner: str | None = None) -> None:
        """Written at flush; the commit raises Stale where one was handled before, or is not that owner's any more."""
        for key in keys:
            if key in self._handled:
                raise Stale("event", key)
            self._handled[key] = now, owner

    def failed(
        self,
        key: str,
        error: str,
        retry_at: datetime | None,
        now: datetime,
        owner: str | None = None,
        *,
        kept: str | None = None,
        counted: bool = True,
    ) -> bool:
        self.flush()
        place = self._transaction.run(_CONVERSATION, {"event": key}).first()
        if place is None:
            return False
        self._lock({place})
        values = {"event": key, "why": error} if owner is None else {"event": key, "why": error, "by": owner}
        if retry_at is None:
            statement = _QUARANTINE if owner is None else _QUARANTINE_BY
            return self._transaction.run(statement, {**values, "now": now, "kept": kept}).rowcount == 1
        statement = _LATER if owner is None else _LATER_BY
        done = (
            self._transaction.run(
                statement, {**values, "retry_at": retry_at, "uncounted": 0 if counted else 1}
            ).rowcount
            == 1
        )
        if done and owner is not None:
            self._transaction.waiting.update(self._transaction.run(_GIVE_BACK, {"by": owner, "place": place}).all())
        return done

    def is_finished(self, key: str) -> bool:
        self.flush()
        return self._transaction.run(_IS_WAITING, {"event": key}).first() is None

    def waiting_in(self, conversation: str) -> Sequence[str]:
        self.flush()
        return self._transaction.run(_WAITING_IN, {"place": conversation}).all()

    def channels(self) -> Collection[str]:
        self.flush()
        return frozenset(self._transaction.run(_CHANNELS))

    def last_arrivals(self, among: int) -> Mapping[str, datetime]:
        return {row.channel: row.last for row in self._transaction.run(_LAST_ARRIVALS, {"among": among})}

    def stuck(self) -> Sequence[Arrival]:
        return [_arrival(row, row.attempts) for row in self._transaction.run(_STUCK)]

    def retry(self, key: str, now: datetime) -> bool:
        called_back = self._transaction.run(_RETRY, {"event": key, "now": now}).all()
        self._transaction.waiting.update(called_back)
        return bool(called_back)

    def drop(self, key: str, now: datetime) -> bool:
        return self._transaction.run(_DROP, {"event": key, "now": now}).rowcount == 1

    def backlog(self, now: datetime) -> Backlog:  # noqa: ARG002 # the port's; what is leased or not due waits as well
        self.flush()
        row = self._transaction.run(_BACKLOG).one()
        given_up = self._transaction.run(_GIVEN_UP).one()
        return Backlog(waiting=row.waiting, oldest=row.oldest, given_up=given_up)

    def flush(self) -> None:
        if not self._handled:
            return
        handled, self._handled = sorted(self._handled.items()), {}
        for statement, rows in (
            (_HANDLED, [{"event": key, "now": now} for key, (now, by) in handled if by is None]),
            (_HANDLED_BY, [{"event": key, "now": now, "by": by} for key, (now, by) in handled if by is not None]),
        ):
            if rows and self._transaction.run(statement, rows).rowcount != len(rows):
                raise Stale("event", [row["event"] for row in rows])


def _arrival(row: ArrivalRow, attempts: int) -> Arrival:
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
