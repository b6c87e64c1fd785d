"""SQLite: tickets that have some words, read one after the other in the order of their list.

Its index names every ticket that has them before a list sees the first: of two words that each of a million tickets
has, 150 to 440 ms. Where many of the newest have them all, a page is full after a few of its rows; where few do, the
index knows them at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple, Protocol, TypeVar

from sqlalchemy import literal_column, select

from handlers.domain.ticket import TicketId
from storage.engine.in_list import in_list
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.repositories.search import reader
from storage.tables import ticket_search

SAMPLE = 100
"""The newest tickets, which tell how many of all have the words."""
MOST_READ = 8_000
"""Rows: longer than the index needs of what is that rare."""


class _Row(Protocol):
    @property
    def id(self) -> TicketId: ...


R = TypeVar("R", bound=_Row)


class SaidRow(NamedTuple):
    ticket: TicketId
    reporter: str
    words: str
    notes: str


_SAID = select(*columns(ticket_search, SaidRow))
_LATELY = prepared(_SAID.order_by(ticket_search.c.ticket.desc()).limit(literal_column(str(SAMPLE))), SaidRow)
_OF_SOME = prepared(_SAID.where(in_list(ticket_search.c.ticket, "tickets")), SaidRow)


@dataclass(frozen=True, slots=True)
class Reading:
    transaction: Transaction
    has: Callable[[SaidRow], bool]
    most: int
    """Rows of a list that are read."""
    only_short: bool
    """Only a list that ends before those is worth it."""

    def found(self, rows: Iterable[R], limit: int) -> Sequence[R] | None:
        """The first so many of these rows that have the words, of all where there are fewer than `most`. None: rows
        beyond `most` would have to be read."""
        found: list[R] = []
        read = 0
        for some in _batches(rows):
            said = self.transaction.run(_OF_SOME, {"tickets": [one.id for one in some]})
            having = {one.ticket for one in said if self.has(one)}
            found += [one for one in some if one.id in having]
            if len(found) >= limit:
                return found[:limit]
            read += len(some)
        return found if read < self.most else None


def reading(transaction: Transaction, words: str, *, notes: bool, limit: int) -> Reading | None:
    """Where `limit` tickets are found so sooner than by the index, or might be."""
    if transaction.dialect != "sqlite":
        return None
    has_all = reader(words)

    def has(said: SaidRow) -> bool:
        return has_all(f"{said.reporter} {said.words} {said.notes}" if notes else f"{said.reporter} {said.words}")

    lately = list(transaction.run(_LATELY))
    having = sum(map(has, lately))
    if not having:
        return None
    likely = limit * len(lately) // having
    return Reading(transaction, has, min(2 * likely + SAMPLE, MOST_READ), only_short=likely >= MOST_READ)


def _batches(rows: Iterable[R]) -> Iterator[Sequence[R]]:
    left = iter(rows)
    while some := list(islice(left, SAMPLE)):
        yield some
