"""Who read and changed what; append-only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy import Integer, bindparam, insert, select

from handlers.domain.people import PersonId
from handlers.domain.states import Change, TicketEvent
from handlers.domain.store_events import NO_HASH
from handlers.ports.records import AuditLine
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories.hash_chain import event_hash
from storage.repositories.rows import AuditRow, columns
from storage.repositories.ticket_rows import people_of
from storage.tables import audit, ticket, ticket_event

_LOG = prepared(insert(audit))
_RECENT = prepared(select(*columns(audit, AuditRow)).order_by(audit.c.id.desc()).limit(bindparam("limit")), AuditRow)

_TIMES = select(audit.c.at).where(audit.c.what == "code_refused", audit.c.at > bindparam("since")).order_by(audit.c.at)
_CODES_REFUSED = prepared_value(_TIMES, datetime)
_CODES_REFUSED_TO = prepared_value(_TIMES.where(audit.c.who == bindparam("by")), datetime)


class AuditLineRow(NamedTuple):
    id: int
    at: datetime
    who: PersonId | None
    what: str
    about: str
    channel: str


class ChainRow(NamedTuple):
    number: str
    event_count: int
    last_hash: str
    position: int
    at: datetime
    who: PersonId | None
    channel: str
    what: str
    before: str | None
    after: str | None
    reason: str | None
    prev_hash: str
    hash: str
    acting_for: str | None


_NEWEST = select(ticket.c.id).order_by(ticket.c.id.desc()).limit(bindparam("newest", type_=Integer)).scalar_subquery()
_NEWEST_HISTORIES = prepared(
    select(
        *(ticket.c[name] for name in ("number", "event_count", "last_hash")),
        *(ticket_event.c[name] for name in ChainRow._fields if name in ticket_event.c),
    )
    .join_from(ticket, ticket_event, ticket_event.c.ticket == ticket.c.id, isouter=True)
    .where(ticket.c.id.in_(_NEWEST))
    .order_by(ticket.c.id, ticket_event.c.position),
    ChainRow,
)


_CHANGES = frozenset(change.value for change in Change)


def _event(line: ChainRow) -> TicketEvent:
    change = (line.before, line.after, line.reason)
    return TicketEvent(line.at, line.who, line.channel, Change(line.what), *change, people_of(line.acting_for))


class SqlAudit:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def log(self, at: datetime, who: PersonId | None, what: str, about: str, channel: str) -> None:
        values = {"at": at, "who": who, "what": what, "about": about, "channel": channel}
        self._transaction.run(_LOG, values)

    def times(self, what: str, since: datetime, who: PersonId | None = None) -> Sequence[datetime]:
        """Raises ValueError for what has no index."""
        if what != "code_refused":
            raise ValueError(f"{what!r} is not counted")
        if who is None:
            return list(self._transaction.run(_CODES_REFUSED, {"since": since}))
        return list(self._transaction.run(_CODES_REFUSED_TO, {"since": since, "by": who}))

    def page(
        self,
        *,
        who: PersonId | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> Sequence[AuditLine]:
        query = select(*columns(audit, AuditLineRow))
        if who is not None:
            query = query.where(audit.c.who == who)
        if since is not None:
            query = query.where(audit.c.at >= since)
        if until is not None:
            query = query.where(audit.c.at < until)
        if before is not None:
            query = query.where(audit.c.id < before)
        rows = self._transaction.query(query.order_by(audit.c.id.desc()).limit(limit), AuditLineRow)
        return [AuditLine(*row) for row in rows]

    def broken_chains(self, newest: int) -> Sequence[str]:
        rows = self._transaction.run(_NEWEST_HISTORIES, {"newest": newest})
        histories = groupby(rows, key=attrgetter("number"))
        return [number for number, lines in histories if not _is_whole(list(lines))]

    def recent(self, limit: int = 100) -> Sequence[tuple[datetime, PersonId | None, str, str, str]]:
        """Newest first."""
        return [
            (row.at, row.who, row.what, row.about, row.channel)
            for row in self._transaction.run(_RECENT, {"limit": limit})
        ]


def _is_whole(lines: Sequence[ChainRow]) -> bool:
    previous = NO_HASH
    for position, line in enumerate(lines, start=1):
        if line.what not in _CHANGES or (line.position, line.prev_hash) != (position, previous):
            return False
        if line.hash != event_hash(line.number, position, _event(line), previous):
            return False
        previous = line.hash
    return (len(lines), previous) == (lines[0].event_count, lines[0].last_hash)
