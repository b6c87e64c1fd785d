"""Who read and changed what; append-only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, select

from handlers.domain.people import PersonId
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction
from storage.repositories.rows import AuditRow, columns
from storage.tables import audit

_LOG = prepared(insert(audit))
_RECENT = prepared(select(*columns(audit, AuditRow)).order_by(audit.c.id.desc()).limit(bindparam("limit")), AuditRow)


class SqlAudit:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def log(self, at: datetime, who: PersonId | None, what: str, about: str, channel: str) -> None:
        values = {"at": at, "who": who, "what": what, "about": about, "channel": channel}
        self._transaction.run(_LOG, values)

    def recent(self, limit: int = 100) -> Sequence[tuple[datetime, PersonId | None, str, str, str]]:
        """Newest first."""
        return [
            (row.at, row.who, row.what, row.about, row.channel)
            for row in self._transaction.run(_RECENT, {"limit": limit})
        ]
