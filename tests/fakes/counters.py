from __future__ import annotations

from handlers.domain.numbers import EVER, Number, Series
from tests.fakes.tables import FakeTransaction


class FakeCounters:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def next(self, series: Series, year: int) -> Number:
        year = year if series.by_year else EVER
        counters = self._transaction.changing.counters
        counters[series, year] += 1
        return Number(series, year, counters[series, year])

    def last(self, series: Series, year: int) -> int:
        return self._transaction.seen.counters[series, year if series.by_year else EVER]
