"""The next number of each series."""

from __future__ import annotations

from typing import Protocol

from handlers.domain.numbers import Number, Series


class Counters(Protocol):
    def next(self, series: Series, year: int) -> Number:
        """Gapless: the counter is a row of the same transaction, so a number that was not used is given again. `year`:
        the local one; it does not matter to a series that is never begun anew."""

    def last(self, series: Series, year: int) -> int:
        """The place of the newest; 0 before the first."""
