"""SQLite: words are found by two to four letters without reading every word that begins so."""

from __future__ import annotations

from alembic import op

revision = "0035"
down_revision = "0034"

_FTS = """CREATE VIRTUAL TABLE ticket_fts USING fts5(
    reporter, words, notes,
    content='ticket_search', content_rowid='ticket', detail='column', prefix='2 3 4',
    tokenize='unicode61 remove_diacritics 0'
)"""


def upgrade() -> None:
    """The triggers on `ticket_search` (0012) name the index, and go on keeping the new one. PostgreSQL finds
    beginnings in the index that it has."""
    if op.get_bind().dialect.name != "sqlite":
        return
    op.execute("DROP TABLE ticket_fts")
    op.execute(_FTS)
    op.execute("INSERT INTO ticket_fts(ticket_fts) VALUES ('rebuild')")
