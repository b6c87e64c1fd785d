"""What tickets are searched by: words of the report, of whoever reported it, and of what was written on it.

A row a ticket, in a table of its own; security matters have none. What internal notes say stands apart from what the
reporter may read, so that nobody finds a ticket by words that they may not see.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, delete, func, insert, select, text, update

from handlers.domain.ticket import Entry, EntryKind, Ticket, TicketId
from knowledge.language.folding import folded
from knowledge.language.number_parts import ends
from storage.engine.fulltext import one_line
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction
from storage.tables import person, ticket_search

MAX_LETTERS = 200_000
"""Of a ticket, that are searched: PostgreSQL keeps a megabyte of words."""

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


def indexed(one: Ticket, entries: Iterable[Entry]) -> tuple[str, str]:
    """What it is found by: what its reporter may read, and what they may not."""
    written = list(entries)
    shared = [one.number, one.category or "", one.text, *one.facts.values()]
    shared += [entry.text for entry in written if entry.kind is not EntryKind.NOTE]
    notes = [one.waiting_for, *(entry.text for entry in written if entry.kind is EntryKind.NOTE)]
    return with_parts(_searched(shared), but=1), with_parts(_searched(notes))


class TicketSearch:
    """Keeps the index; `storage.repositories.search` asks it."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, one: Ticket, entries: Iterable[Entry] = ()) -> None:
        """Nothing for a security matter."""
        if one.restricted:
            return
        words, notes = indexed(one, entries)
        self._transaction.run(_ADD, {"ticket": one.id, "words": words, "notes": notes, "of_reporter": one.reporter})

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
        self._transaction.run(statement, {"key": one, "more": with_parts(_searched([entry.text]))})


def _searched(texts: Iterable[str]) -> str:
    return one_line(folded(" ".join(filter(None, texts))))[:MAX_LETTERS]


def with_parts(searched: str, *, but: int = 0) -> str:
    """With what numbers in it are found by. `but`: not of so many words at its head; a ticket's own number is looked
    for as such, and each room would be a part of a hundred of them."""
    rest = searched.split(" ", but)[but:]
    return f"{searched} {ends(rest[0])}".rstrip()[:MAX_LETTERS] if rest else searched
