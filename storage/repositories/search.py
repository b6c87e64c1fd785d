"""The search: tickets through their index (`storage.repositories.ticket_search` keeps it), people by what they are
called.

Newest first, not by `bm25`: for that every hit must be weighed, however few are shown.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice

from sqlalchemy import ColumnElement, Select, and_, literal, literal_column, or_, select

from handlers.domain.people import Person, PersonId, UnitId
from handlers.domain.ticket import TicketId
from handlers.ports import Found, SearchTooSlow
from knowledge.language import number_parts
from knowledge.language.folding import folded
from storage.engine.fulltext import fts, has_terms, has_words, matches, said_lately, terms
from storage.engine.like import contains, ends_with
from storage.engine.prepared import DialectName
from storage.engine.time_limit import TookTooLong
from storage.engine.transaction import Transaction
from storage.repositories.people import PRESENT, SqlPeople
from storage.repositories.rows import PersonRow, columns
from storage.repositories.ticket_rows import TicketRow
from storage.repositories.tickets import SqlTickets
from storage.tables import person, ticket, ticket_search

LIMIT_SECONDS = 2.0
"""Of all that one search asks for; whoever waits longer had better asked for less."""
_QUOTES = "\"'()[]{}<>.,;:!?"
"""Around a word that is looked for they say nothing."""
_SHARED = ("reporter", "words")
_WHOLE = (*_SHARED, "notes")
_PHONE_DIGITS = 4
"""So many at its end are enough to know a telephone by."""


class SqlSearch:
    def __init__(self, transaction: Transaction, tickets: SqlTickets, people: SqlPeople) -> None:
        self._transaction = transaction
        self._tickets = tickets
        self._people = people
        self._left = LIMIT_SECONDS

    def tickets(
        self,
        words: str,
        *,
        units: Sequence[UnitId] | None,
        reporter: PersonId | None,
        notes: bool = True,
        limit: int = 20,
        before: TicketId | None = None,
    ) -> Found:
        if not (wanted := _wanted(words)):
            return Found([])
        rows: list[TicketRow] = []
        with self._limited():
            if units is None or units:
                among = () if units is None else (ticket.c.unit.in_(units),)
                rows += self._found(wanted, _WHOLE if notes else _SHARED, among, limit, before)
            if reporter is not None:
                rows += self._own(wanted, reporter, limit, before)
        found = {row.id: row for row in rows}
        newest = [self._tickets.known(found[own]) for own in sorted(found, reverse=True)[:limit]]
        return Found(newest, newest[-1].id if len(newest) == limit else None)

    def people(self, words: str, limit: int = 20) -> Sequence[Person]:
        if not (wanted := _wanted(words)):
            return []
        with self._limited():
            query = PRESENT.where(*map(_is_of, wanted)).order_by(person.c.search, person.c.id)
            found = [self._people.known(row) for row in self._transaction.query(query, PersonRow)]
        return sorted(found, key=lambda one: not _is_called(one, wanted))[:limit]

    def vocabulary(self) -> frozenset[str]:
        query = select(person.c.name, person.c.department).where(person.c.left_at.is_(None))
        with self._limited():
            names = self._transaction.execute(query)
            return frozenset(word for row in names for word in terms(f"{row.name} {row.department}"))

    @contextmanager
    def _limited(self) -> Iterator[None]:
        if self._left <= 0:
            raise SearchTooSlow("a search took too long")
        began = time.monotonic()
        try:
            with self._transaction.asking_for(self._left):
                yield
        except TookTooLong as error:
            raise SearchTooSlow("a search took too long") from error
        finally:
            self._left -= time.monotonic() - began

    def _found(
        self,
        wanted: Sequence[str],
        searched: Sequence[str],
        among: Sequence[ColumnElement[bool]],
        limit: int,
        before: TicketId | None,
    ) -> list[TicketRow]:
        found = [term for word in wanted for term in terms(word)]
        has = _has_all(self._transaction, found)
        query, place = _query(self._transaction.dialect, searched, has) if found else _UNINDEXED
        query = query.where(~ticket.c.restricted, *among)
        query = query.where(*(_says(searched, word) for word in wanted if terms(word) != [word]))
        if before is not None:
            query = query.where(place < before)
        query = query.order_by(place.desc()).limit(limit)
        return list(self._transaction.query(query, TicketRow, {"terms": found} if found else {}))

    def _own(
        self, wanted: Sequence[str], reporter: PersonId, limit: int, before: TicketId | None
    ) -> Sequence[TicketRow]:
        """Of one person, on SQLite word by word: they have hundreds, and the index of words would name those of
        everybody first."""
        mine = (ticket.c.reporter == reporter,)
        if self._transaction.dialect != "sqlite":
            return self._found(wanted, _SHARED, mine, limit, before)
        query = _OF_REPORTER.where(*mine, *(() if before is None else (ticket.c.id < before,)))
        has = _reader(wanted)
        rows = self._transaction.execute(query)
        found = list(islice((row.ticket for row in rows if has(f"{row.reporter} {row.words}")), limit))
        whole = select(*_TICKET).where(ticket.c.id.in_(found)).order_by(ticket.c.id.desc())
        return list(self._transaction.query(whole, TicketRow)) if found else []


_TICKET = columns(ticket, TicketRow)
_SEARCHED = ticket_search.join(ticket, ticket.c.id == ticket_search.c.ticket)
_OF_REPORTER = (
    select(ticket_search.c.ticket, ticket_search.c.reporter, ticket_search.c.words)
    .select_from(_SEARCHED)
    .where(~ticket.c.restricted)
    .order_by(ticket.c.id.desc())
)
_INDEX = fts("ticket_fts")
_ANYWHERE = ticket_search.alias("anywhere")
_SAID_LATELY = partial(said_lately, _ANYWHERE, _ANYWHERE.c.ticket, "anywhere.whole")
_UNINDEXED = select(*_TICKET).select_from(_SEARCHED), ticket_search.c.ticket
"""For what has no word in it ("%"): row by row."""


def _query(
    dialect: DialectName, searched: Sequence[str], has: Sequence[ColumnElement[bool]] = ()
) -> tuple[Select[*tuple[object, ...]], ColumnElement[int]]:
    """By the index, and the column by which its rows come sorted. `has`: on PostgreSQL, as `_has_all` says it."""
    if dialect == "sqlite":
        rows = _INDEX.join(_SEARCHED, ticket_search.c.ticket == _INDEX.c.rowid)
        return select(*_TICKET).select_from(rows).where(matches(_INDEX, *searched)), _INDEX.c.rowid
    query = select(*_TICKET).select_from(_SEARCHED).where(*has)
    if searched is _SHARED:
        query = query.where(has_terms("ticket_search.shared"))
    return query, ticket_search.c.ticket


def found_by(
    transaction: Transaction, words: str, *, notes: bool
) -> tuple[ColumnElement[bool], dict[str, Sequence[str]]]:
    """Whether a ticket has all the words, for a list that is filtered by more; and the parameters of that."""
    wanted, searched = _wanted(words), _WHOLE if notes else _SHARED
    found = [term for word in wanted for term in terms(word)]
    said = [_says(searched, word) for word in wanted if terms(word) != [word]]
    inner = select(ticket_search.c.ticket)
    if transaction.dialect == "sqlite":
        rows = _INDEX.join(ticket_search, ticket_search.c.ticket == _INDEX.c.rowid)
        inner = select(_INDEX.c.rowid).select_from(rows if said else _INDEX) if found else inner
        inner = inner.where(matches(_INDEX, *searched)) if found else inner
    elif found:
        rare, common = _rare_and_common(transaction, found)
        inner = inner.where(*_has(rare, common))
        # Of a rare word its few tickets come first: the planner would rather walk all tickets until a page is full.
        inner = inner.offset(literal_column("0")) if rare else inner
        inner = inner if notes else inner.where(has_terms("ticket_search.shared"))
    return and_(~ticket.c.restricted, ticket.c.id.in_(inner.where(*said))), {"terms": found} if found else {}


def _has_all(transaction: Transaction, sought: Sequence[str]) -> list[ColumnElement[bool]]:
    """PostgreSQL: all the terms. Where there is one, the planner knows best."""
    if transaction.dialect == "sqlite" or not sought:
        return []
    if len(sought) == 1:
        return has_words("ticket_search.whole", sought, ())
    rare, common = _rare_and_common(transaction, sought)
    if not rare:
        return has_words("ticket_search.whole", common, ())
    # Of a rare word its few tickets come first: the planner would rather walk all tickets until a page is full.
    first = select(_ANYWHERE.c.ticket).where(*has_words("anywhere.whole", rare, ())).offset(literal_column("0"))
    return [ticket_search.c.ticket.in_(first), *has_words("ticket_search.whole", (), common)]


def _has(rare: Sequence[str], common: Sequence[str]) -> list[ColumnElement[bool]]:
    """Where all are common, the planner knows best."""
    return has_words("ticket_search.whole", rare, common) if rare else has_words("ticket_search.whole", common, ())


def _rare_and_common(transaction: Transaction, sought: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    lately = transaction.execute(_SAID_LATELY(sought)).one()
    told = list(zip(sought, lately, strict=True))
    return [one for one, said in told if not said], [one for one, said in told if said]


def reader(words: str) -> Callable[[str], bool]:
    """Whether a text has all the words, as the index would say."""
    return _reader(_wanted(words))


def _reader(wanted: Sequence[str]) -> Callable[[str], bool]:
    sought = [_sought(term) for word in wanted for term in terms(word)]
    letters = [word for word in wanted if terms(word) != [word]]
    return lambda text: all(one.search(text) for one in sought) and all(one in text for one in letters)


def _sought(term: str) -> re.Pattern[str]:
    part = f"{number_parts.SIGN}?" if number_parts.is_part(term) else ""
    return re.compile(rf"(?<![^\W_]){part}{re.escape(term)}")


def _wanted(words: str) -> list[str]:
    return [word.strip(_QUOTES) or word for word in folded(words).split()]


def _says(searched: Sequence[str], word: str) -> ColumnElement[bool]:
    """Whether one of these columns has a word with signs in it, letter by letter ("49.4c02")."""
    return or_(*(contains(ticket_search.c[name], word) for name in searched))


def _is_of(word: str) -> ColumnElement[bool]:
    """Whether somebody is called so, sits there, or has a telephone that ends so."""
    of = [contains(literal(" ") + person.c.search, f" {word}")]
    if word.isdecimal() and len(word) >= _PHONE_DIGITS:
        of += [ends_with(person.c.phone, word), ends_with(person.c.phone_key, word)]
    return or_(*of)


def _is_called(one: Person, wanted: Sequence[str]) -> bool:
    name = f" {folded(f'{one.name} {one.handle}')}"
    return any(f" {word}" in name for word in wanted)
