"""Numbers without gaps: a row for each series and year, counted up in the transaction that uses the number.

On PostgreSQL whoever comes second waits for the first's commit at that row; on SQLite there is one writer.
"""

from __future__ import annotations

from sqlalchemy import bindparam, select

from handlers.domain.numbers import EVER, Number, Series
from storage.engine.prepared import prepared_value
from storage.engine.transaction import Transaction, upsert
from storage.tables import counter

_NEXT = prepared_value(
    upsert(
        lambda insert: (
            insert(counter)
            .values(kind=bindparam("kind"), year=bindparam("year"), value=1)
            .on_conflict_do_update(index_elements=["kind", "year"], set_={"value": counter.c.value + 1})
            .returning(counter.c.value)
        )
    ),
    int,
)
_LAST = prepared_value(
    select(counter.c.value).where(counter.c.kind == bindparam("kind"), counter.c.year == bindparam("year")), int
)


class SqlCounters:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def next(self, series: Series, year: int) -> Number:
        year = year if series.by_year else EVER
        place = self._transaction.run(_NEXT, {"kind": series.value, "year": year}).one()
        return Number(series, year, place)

    def last(self, series: Series, year: int) -> int:
        year = year if series.by_year else EVER
        return self._transaction.run(_LAST, {"kind": series.value, "year": year}).first() or 0
