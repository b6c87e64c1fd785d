"""Numbers that the desk gives: a series of its own for each kind of thing, gapless, most of them anew each year.

Prefixes are ASCII, so that people can type them. A ticket's number is older and has none (`ticket_number`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

EVER = 0
"""Stands where the year does, for a series that is not begun anew."""


class Series(StrEnum):
    """Stored so; all but the ticket's are what the number begins with."""

    TICKET = "ticket"
    DEVICE = "D"
    TERM = "SK"
    HANDOVER = "TB"
    DEPOT_ORDER = "CE"
    STOCK_MOVE = "SH"
    ANNOUNCEMENT = "DU"
    TRAINING = "EG"
    COUNT = "SY"
    SCRAP_PROPOSAL = "HT"
    SERVICE_VISIT = "SF"
    DOCUMENT = "ET"
    ROUTINE_RUN = "DI"
    PRIVACY_CASE = "KV"

    @property
    def by_year(self) -> bool:
        """Whether it begins at 1 in each local year."""
        return self not in (Series.DEVICE, Series.TERM)

    @property
    def prefix(self) -> str:
        return "" if self is Series.TICKET else f"{self.value}-"

    @property
    def digits(self) -> int:
        """Filled up with zeros to so many; more, where that is not enough."""
        return _DIGITS.get(self, 5)


_DIGITS = {Series.TICKET: 6, Series.COUNT: 2, Series.SCRAP_PROPOSAL: 3, Series.PRIVACY_CASE: 3}
_PREFIXED = "|".join(one.value for one in Series if one.prefix)
_WHOLE = re.compile(rf"\A(?:({_PREFIXED})-)?(?:(\d{{4}})-)?(\d{{1,9}})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Number:
    """`TB-2026-00031`, `D-00042`; a ticket's `2026-000123`."""

    series: Series
    year: int
    """`EVER` where the series is not begun anew."""
    place: int
    """From 1."""

    def __str__(self) -> str:
        year = f"{self.year}-" if self.series.by_year else ""
        return f"{self.series.prefix}{year}{self.place:0{self.series.digits}d}"

    @classmethod
    def parse(cls, written: str) -> Number | None:
        """As the desk writes it, whatever its zeros; None for anything else."""
        match = _WHOLE.fullmatch(written)
        if match is None or not int(match[3]):
            return None
        series = Series(match[1]) if match[1] else Series.TICKET
        if series.by_year != bool(match[2]):
            return None
        return cls(series, int(match[2] or EVER), int(match[3]))
