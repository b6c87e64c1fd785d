"""Who read and changed what; append-only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, select

from handlers.domain.people import PersonId
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories.rows import AuditRow, columns
from storage.tables import audit

_LOG = prepared(insert(audit))
_RECENT = prepared(select(*columns(audit, AuditRow)).order_by(audit.c.id.desc()).limit(bindparam("limit")), AuditRow)

_TIMES = select(audit.c.at).where(audit.c.what == "code_refused", audit.c.at > bindparam("since")).order_by(audit.c.at)
_CODES_REFUSED = prepared_value(_TIMES, datetime)
_CODES_REFUSED_TO = prepared_value(_TIMES.where(audit.c.who == bindparam("by")), datetime)


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

    def recent(self, limit: int = 100) -> Sequence[tuple[datetime, PersonId | None, str, str, str]]:
        """Newest first."""
        return [
            (row.at, row.who, row.what, row.about, row.channel)
            for row in self._transaction.run(_RECENT, {"limit": limit})
        ]
