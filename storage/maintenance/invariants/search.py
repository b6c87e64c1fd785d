"""What tickets are found by is what is written on them, made again from the tickets themselves."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Row, column, select
from sqlalchemy import table as named_table

from handlers.domain.ticket import Entry
from storage.engine.fulltext import fts, matches, terms
from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.repositories.rows import columns
from storage.repositories.ticket_rows import EntryRow, TicketRow, entry_of, ticket_of
from storage.repositories.ticket_search import MAX_LETTERS, indexed
from storage.tables import person, ticket, ticket_entry, ticket_search

_PROBED = 20
"""Of so many tickets one is looked up by its last word, as whoever searches does."""
_KEPT = (
    select(
        *columns(ticket, TicketRow),
        person.c.search.label("called"),
        ticket_search.c.ticket.label("indexed"),
        ticket_search.c.reporter.label("kept_reporter"),
        ticket_search.c.words.label("kept_words"),
        ticket_search.c.notes.label("kept_notes"),
    )
    .join(person, person.c.id == ticket.c.reporter)
    .outerjoin(ticket_search, ticket_search.c.ticket == ticket.c.id)
    .order_by(ticket.c.id)
)
_WRITTEN = select(ticket_entry.c.ticket.label("of"), *columns(ticket_entry, EntryRow)).order_by(
    ticket_entry.c.ticket, ticket_entry.c.id
)
_FTS = fts("ticket_fts")
_SIZES = named_table("ticket_fts_docsize", column("id"))
"""A row for each that the index of SQLite knows."""
_NOT_KNOWN = (
    select(ticket_search.c.ticket.label("id"))
    .outerjoin(_SIZES, _SIZES.c.id == ticket_search.c.ticket)
    .where(_SIZES.c.id.is_(None))
)
_OF_NOTHING = (
    select(_SIZES.c.id)
    .outerjoin(ticket_search, ticket_search.c.ticket == _SIZES.c.id)
    .where(ticket_search.c.ticket.is_(None))
)
_BY_WORD = select(_FTS.c.rowid).where(matches(_FTS, "reporter", "words", "notes"))


def index_as_written(ground: InvariantContext) -> Iterator[Finding]:
    """Of each ticket; security matters have nothing there. PostgreSQL makes its vectors of these rows itself."""
    written = groupby(ground.rows(_WRITTEN), key=attrgetter("of"))
    following = next(written, None)
    for kept in ground.rows(_KEPT):
        ground.advance(1)
        entries: list[Entry] = []
        while following is not None and following[0] <= kept.id:
            if following[0] == kept.id:
                entries = [entry_of(EntryRow._make(row[1:])) for row in following[1]]
            following = next(written, None)
        if differing := _differing(kept, entries):
            yield kept.number, differing
        elif not kept.restricted and (ground.few or kept.id % _PROBED == 0) and not _is_found(ground, kept):
            yield kept.number, "is not found by its own words: run `masa db reindex`"
    if ground.transaction.dialect == "sqlite":
        for row in ground.rows(_NOT_KNOWN):
            yield f"ticket {row.id}", "the search does not know it: run `masa db reindex`"
        for row in ground.rows(_OF_NOTHING):
            yield f"ticket {row.id}", "the search knows it, and there is nothing of it: run `masa db reindex`"


def _differing(kept: Row[Any], entries: list[Entry]) -> str:
    if kept.restricted:
        return "is a security matter, and can be found by its words" if kept.indexed is not None else ""
    if kept.indexed is None:
        return "nothing of it can be found"
    one = ticket_of(TicketRow(*(getattr(kept, name) for name in TicketRow._fields)))
    words, notes = indexed(one, entries)
    made = {"reporter": kept.called, "words": words, "notes": notes}
    for name, text in made.items():
        found = getattr(kept, f"kept_{name}")
        if len(text) < MAX_LETTERS and sorted(found.split()) != sorted(text.split()):
            return f"is not found by the {name} it has now"
    return ""


def _is_found(ground: InvariantContext, kept: Row[Any]) -> bool:
    if ground.transaction.dialect != "sqlite" or not (words := terms(kept.kept_words)):
        return True
    asked = _BY_WORD.where(_FTS.c.rowid == kept.id)
    return ground.transaction.execute(asked, {"terms": words[-1:]}).first() is not None
