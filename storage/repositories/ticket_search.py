"""What tickets are searched by: words of the report, of whoever reported it, and of what was written on it.

A row a ticket, in a table of its own; security matters have none. What internal notes say stands apart from what the
reporter may read, so that nobody finds a ticket by words that they may not see.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, insert, or_, select, text, update

from handlers.domain.people import PersonId, UnitId
from handlers.domain.ticket import Entry, EntryKind, Ticket, TicketId
from knowledge.language.folding import folded
from storage.engine.fulltext import fts, has_terms, matches, one_line, terms
from storage.engine.like import contains
from storage.engine.prepared import DialectName, prepared
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.repositories.ticket_rows import TicketRow
from storage.tables import person, ticket, ticket_search

MAX_LETTERS = 200_000
"""Of a ticket, that are searched: PostgreSQL keeps a megabyte of words."""
_QUOTES = "\"'()[]{}<>.,;:!?"
"""Around a word that is looked for they say nothing."""
_SHARED = ("reporter", "words")
_WHOLE = (*_SHARED, "notes")

_ADD = prepared(
    insert(ticket_search).values(
        reporter=select(person.c.search).where(person.c.id == bindparam("of_reporter")).scalar_subquery()
    )
)
_DROP = prepared(delete(ticket_search).where(ticket_search.c.ticket == bindparam("key")))
_MERGE = prepared(text("INSERT INTO ticket_fts(ticket_fts) VALUES ('optimize')"))
_OF_TICKET = update(ticket_search).where(ticket_search.c.ticket == bindparam("key"))
_MORE = " " + bindparam("more", type_=ticket_search.c.words.type)
_ADD_WORDS = prepared(_OF_TICKET.values(words=func.substr(ticket_search.c.words + _MORE, 1, MAX_LETTERS)))
_ADD_NOTES = prepared(_OF_TICKET.values(notes=func.substr(ticket_search.c.notes + _MORE, 1, MAX_LETTERS)))

Content = tuple[object, ...]
"""What of a ticket itself is searched: where it has changed, its row is made anew."""


def content_of(one: Ticket) -> Content:
    facts = tuple(one.facts.values())
    return (one.restricted, one.reporter, one.number, one.category or "", one.text, facts, one.waiting_for)


class TicketSearch:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    # --- keeping it ---
    def add(self, one: Ticket, entries: Iterable[Entry] = ()) -> None:
        """Nothing for a security matter."""
        if one.restricted:
            return
        written = list(entries)
        shared = [one.number, one.category or "", one.text, *one.facts.values()]
        shared += [entry.text for entry in written if entry.kind is not EntryKind.NOTE]
        notes = [one.waiting_for, *(entry.text for entry in written if entry.kind is EntryKind.NOTE)]
        values = {"ticket": one.id, "words": _searched(shared), "notes": _searched(notes), "of_reporter": one.reporter}
        self._transaction.run(_ADD, values)

    def make_anew(self, one: Ticket, entries: Iterable[Entry]) -> None:
        """After an edit or an erasure: what is gone is not found any more."""
        self._transaction.run(_DROP, {"key": one.id})
        self.add(one, entries)

    def overwrite_erased(self) -> None:
        """FTS5 marks what is gone and keeps it until its pieces are merged: they are now. The log is emptied once this
        is committed."""
        self._transaction.erases = True
        if self._transaction.dialect == "sqlite":
            self._transaction.run(_MERGE)

    def add_entry(self, one: TicketId, entry: Entry) -> None:
        statement = _ADD_NOTES if entry.kind is EntryKind.NOTE else _ADD_WORDS
        self._transaction.run(statement, {"key": one, "more": _searched([entry.text])})

    # --- asking it ---
    def find(
        self,
        words: str,
        *,
        units: Sequence[UnitId] | None = None,
        reporter: PersonId | None = None,
        limit: int,
        before: TicketId | None,
    ) -> list[TicketRow]:
        """Newest first. With `reporter` theirs alone, by what they may read; else by every word, of `units` (None: of
        all)."""
        wanted = [word.strip(_QUOTES) or word for word in folded(words).split()]
        found = [term for word in wanted for term in terms(word)]
        searched = _WHOLE if reporter is None else _SHARED
        query, place = _query(self._transaction.dialect, searched) if found else _UNINDEXED
        query = query.where(~ticket.c.restricted, *(_says(searched, word) for word in wanted if terms(word) != [word]))
        if units is not None:
            query = query.where(ticket.c.unit.in_(units))
        if reporter is not None:
            query = query.where(ticket.c.reporter == reporter)
        if before is not None:
            query = query.where(place < before)
        query = query.order_by(place.desc()).limit(limit)
        return list(self._transaction.query(query, TicketRow, {"terms": found} if found else {}))


_TICKET = columns(ticket, TicketRow)
_SEARCHED = ticket_search.join(ticket, ticket.c.id == ticket_search.c.ticket)
_INDEX = fts("ticket_fts")
_UNINDEXED = select(*_TICKET).select_from(_SEARCHED), ticket_search.c.ticket
"""For what has no word in it ("%"): row by row."""


def _query(dialect: DialectName, searched: Sequence[str]) -> tuple[Select[*tuple[object, ...]], ColumnElement[int]]:
    """By the index, and the column by which its rows come sorted."""
    if dialect == "sqlite":
        rows = _INDEX.join(_SEARCHED, ticket_search.c.ticket == _INDEX.c.rowid)
        return select(*_TICKET).select_from(rows).where(matches(_INDEX, *searched)), _INDEX.c.rowid
    query = select(*_TICKET).select_from(_SEARCHED).where(has_terms("ticket_search.whole"))
    if searched is _SHARED:
        query = query.where(has_terms("ticket_search.shared"))
    return query, ticket_search.c.ticket


def _says(searched: Sequence[str], word: str) -> ColumnElement[bool]:
    """Whether one of these columns has a word with signs in it, letter by letter ("49.4c02")."""
    return or_(*(contains(ticket_search.c[name], word) for name in searched))


def _searched(texts: Iterable[str]) -> str:
    return one_line(folded(" ".join(filter(None, texts))))[:MAX_LETTERS]
