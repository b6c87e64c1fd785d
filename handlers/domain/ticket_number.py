"""A ticket's number as people write it: `2026-000123`, or `123` without the year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from handlers.domain.ticket import Ticket

_WHOLE = re.compile(r"\A#?\s*+(?:(\d{4})\s*+[-/]\s*+)?0*(\d{1,6})", re.ASCII)


@dataclass(frozen=True, slots=True)
class TicketNumber:
    place: int
    """In its year, from 1."""
    year: int | None = None
    """None: the short form, which says of no year."""

    def of_year(self, year: int) -> str:
        """In full; `year` where it names none."""
        return f"{self.year or year}-{self.place:06d}"

    def means(self, number: str) -> bool:
        """Whether that full number may be meant."""
        year, _, place = number.partition("-")
        return int(place) == self.place and self.year in (None, int(year))


def parse(typed: str) -> TicketNumber | None:
    """`2026-000123`, `2026/123`, `#123` or `123`; None where there is anything else beside it."""
    match = _WHOLE.fullmatch(typed.strip())
    return number_of(match[1], match[2]) if match is not None else None


def number_of(year: str | None, place: str) -> TicketNumber | None:
    """None for the number zero."""
    return TicketNumber(int(place), int(year) if year else None) if int(place) else None


def label(ticket: Ticket, among: Iterable[Ticket]) -> str:
    """The short number; the full one where another of them has the same, from another year."""
    return ticket.number if any(one.short == ticket.short and one.id != ticket.id for one in among) else ticket.short
