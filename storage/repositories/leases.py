"""What only one process may do at a time.

On PostgreSQL the times are the server's own, so that machines whose clocks disagree still agree on who holds what.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Interval, bindparam, delete, func, or_, select
from sqlalchemy.sql import Executable

from storage.engine.columns import UtcTime
from storage.engine.in_list import in_list
from storage.engine.prepared import DialectName, prepared, prepared_value
from storage.engine.transaction import Insert, Transaction, upsert
from storage.repositories.rows import LeaseRow
from storage.tables import lease

_NOW: Mapping[DialectName, ColumnElement[datetime]] = {
    "sqlite": bindparam("now", type_=UtcTime),
    "postgresql": func.clock_timestamp(),
}
_END: Mapping[DialectName, ColumnElement[datetime]] = {
    "sqlite": bindparam("end", type_=UtcTime),
    "postgresql": func.clock_timestamp() + bindparam("length", type_=Interval),
}


def _standing(now: ColumnElement[datetime]) -> Executable:
    return select(lease.c.name, lease.c.owner, (lease.c.until <= now).label("over")).where(
        in_list(lease.c.name, "names")
    )


def _take(insert: Insert, dialect: DialectName) -> Executable:
    adding = insert(lease).values(name=bindparam("taken"), owner=bindparam("by"), until=_END[dialect])
    return adding.on_conflict_do_update(
        index_elements=["name"],
        set_={"owner": adding.excluded.owner, "until": adding.excluded.until},
        where=or_(lease.c.owner == adding.excluded.owner, lease.c.until <= _NOW[dialect]),
    )


_STANDING = prepared({dialect: _standing(now) for dialect, now in _NOW.items()}, LeaseRow)
_TAKE = prepared(
    {
        "sqlite": upsert(lambda insert: _take(insert, "sqlite"))["sqlite"],
        "postgresql": upsert(lambda insert: _take(insert, "postgresql"))["postgresql"],
    }
)
_HELD = prepared_value(
    {dialect: select(lease.c.name).where(lease.c.until > now).limit(1) for dialect, now in _NOW.items()}, str
)
_RELEASE = prepared(delete(lease).where(lease.c.owner == bindparam("by"), in_list(lease.c.name, "names")))


class SqlLeases:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def hold(
        self, names: Collection[str], owner: str, seconds: float, now: datetime, *, take: bool = True
    ) -> Mapping[str, str]:
        """A look first: who finds everything in others' hands writes nothing."""
        dialect, length = self._transaction.dialect, timedelta(seconds=seconds)
        timed = {"now": now} if dialect == "sqlite" else {}
        rows = self._transaction.run(_STANDING, {"names": sorted(names), **timed})
        standing = {row.name: row for row in rows}
        ends = {"now": now, "end": now + length} if dialect == "sqlite" else {"length": length}
        held = {}
        for name in sorted(names):  # always in one order: two who want the same do not wait for each other
            before = standing.get(name)
            if before is None or before.owner == owner or (take and before.over):
                taken = self._transaction.run(_TAKE, {"taken": name, "by": owner, **ends})
                if taken.rowcount == 1:
                    held[name] = "" if before is None else before.owner
        return held

    def any_held(self, now: datetime) -> bool:
        """Whether somebody has a duty: on PostgreSQL one always does while the desk runs."""
        dialect = self._transaction.dialect
        timed = {"now": now} if dialect == "sqlite" else {}
        return self._transaction.run(_HELD, timed).first() is not None

    def release(self, owner: str, names: Collection[str]) -> None:
        self._transaction.run(_RELEASE, {"by": owner, "names": sorted(names)})
