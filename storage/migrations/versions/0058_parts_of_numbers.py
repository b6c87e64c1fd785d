"""Tickets are found by parts of the serial and inventory numbers that were written on them."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from knowledge.language.number_parts import ends

revision = "0058"
down_revision = "0057"

_ROWS_AT_ONCE = 1000
_MAX_LETTERS = 200_000


def upgrade() -> None:
    """The index follows by its triggers (0012), or its generated columns. A ticket's own number, at the head of its
    words, has no parts."""
    connection = op.get_bind()
    change = sa.text("UPDATE ticket_search SET words = :words, notes = :notes WHERE ticket = :ticket")
    for rows in _with_parts(connection):
        connection.execute(change, rows)


def _with_parts(connection: sa.Connection) -> Iterator[list[dict[str, object]]]:
    last = 0
    query = sa.text("SELECT ticket, words, notes FROM ticket_search WHERE ticket > :last ORDER BY ticket LIMIT :limit")
    while rows := connection.execute(query, {"last": last, "limit": _ROWS_AT_ONCE}).all():
        last = rows[-1].ticket
        changed = []
        for ticket, words, notes in rows:
            parts, of_notes = ends(words.partition(" ")[2]), ends(notes)
            if parts or of_notes:
                changed.append({"ticket": ticket, "words": _added(words, parts), "notes": _added(notes, of_notes)})
        if changed:
            yield changed


def _added(text: str, parts: str) -> str:
    return f"{text} {parts}".rstrip()[:_MAX_LETTERS]
