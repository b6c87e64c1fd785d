"""Tickets are searched by who reported them, where they sit, and all that was written on them; through an index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import sqlalchemy as sa
from alembic import op

from knowledge.language.folding import folded
from storage.engine.columns import Words
from storage.engine.fulltext import one_line, vector

revision = "0012"
down_revision = "0011"

_ROWS_AT_ONCE = 1000
_COLUMNS = ("reporter", "words", "notes")


def upgrade() -> None:
    searched = op.create_table(
        "ticket_search",
        sa.Column("ticket", sa.Integer(), nullable=False, autoincrement=False),
        *(sa.Column(name, Words(), nullable=False) for name in _COLUMNS),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.id"], name=op.f("fk_ticket_search_ticket_ticket")),
        sa.PrimaryKeyConstraint("ticket", name=op.f("pk_ticket_search")),
    )
    assert searched is not None
    if op.get_bind().dialect.name == "sqlite":
        _index_on_sqlite()
    for rows in _filled(op.get_bind()):
        op.bulk_insert(searched, rows)
    if op.get_bind().dialect.name == "postgresql":
        for name, columns in (("shared", _COLUMNS[:2]), ("whole", _COLUMNS)):
            made = f"tsvector GENERATED ALWAYS AS ({vector(*columns)}) STORED"
            op.execute(f"ALTER TABLE ticket_search ADD COLUMN {name} {made}")
        op.execute("CREATE INDEX ix_ticket_search_whole ON ticket_search USING gin (whole)")
    op.drop_column("ticket", "search")


def _index_on_sqlite() -> None:
    """Kept by triggers."""
    for statement in (_FTS, _ADDED, _GONE, _CHANGED):
        op.execute(statement)


_FTS = """CREATE VIRTUAL TABLE ticket_fts USING fts5(
    reporter, words, notes,
    content='ticket_search', content_rowid='ticket', detail='column', tokenize='unicode61 remove_diacritics 0'
)"""
_ADDED = """CREATE TRIGGER ticket_search_added AFTER INSERT ON ticket_search BEGIN
    INSERT INTO ticket_fts(rowid, reporter, words, notes) VALUES (new.ticket, new.reporter, new.words, new.notes);
END"""
_GONE = """CREATE TRIGGER ticket_search_gone AFTER DELETE ON ticket_search BEGIN
    INSERT INTO ticket_fts(ticket_fts, rowid, reporter, words, notes)
        VALUES ('delete', old.ticket, old.reporter, old.words, old.notes);
END"""
_CHANGED = """CREATE TRIGGER ticket_search_changed AFTER UPDATE ON ticket_search BEGIN
    INSERT INTO ticket_fts(ticket_fts, rowid, reporter, words, notes)
        VALUES ('delete', old.ticket, old.reporter, old.words, old.notes);
    INSERT INTO ticket_fts(rowid, reporter, words, notes) VALUES (new.ticket, new.reporter, new.words, new.notes);
END"""


def _filled(connection: sa.Connection) -> Iterator[list[dict[str, object]]]:
    last = 0
    tickets = sa.text(
        "SELECT t.id, t.number, t.category, t.text, t.facts, t.waiting_for, p.search AS reporter FROM ticket t "
        "JOIN person p ON p.id = t.reporter WHERE t.id > :last AND NOT t.restricted ORDER BY t.id LIMIT :limit"
    )
    entries = sa.text("SELECT ticket, kind, text FROM ticket_entry WHERE ticket BETWEEN :first AND :last ORDER BY id")
    while rows := connection.execute(tickets, {"last": last, "limit": _ROWS_AT_ONCE}).all():
        first, last = rows[0].id, rows[-1].id
        shared: dict[int, list[str]] = {}
        notes: dict[int, list[str]] = {}
        for entry in connection.execute(entries, {"first": first, "last": last}):
            (notes if entry.kind == "note" else shared).setdefault(entry.ticket, []).append(entry.text)
        yield [
            {
                "ticket": row.id,
                "reporter": row.reporter,
                "words": _searched(
                    [row.number, row.category or "", row.text, *json.loads(row.facts).values(), *shared.get(row.id, ())]
                ),
                "notes": _searched([row.waiting_for, *notes.get(row.id, ())]),
            }
            for row in rows
        ]


def _searched(texts: Iterable[str]) -> str:
    return one_line(folded(" ".join(filter(None, texts))))[:200_000]
