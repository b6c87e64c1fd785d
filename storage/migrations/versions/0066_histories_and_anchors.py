"""Histories of the stores, and an anchor a day over all histories; what tickets have so far is in the first ones."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import JsonText, UtcTime

revision = "0066"
down_revision = "0065"


def upgrade() -> None:
    op.create_table(
        "store_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("who", sa.Integer()),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("before", JsonText(), nullable=False),
        sa.Column("after", JsonText(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("acting_for", sa.String()),
        sa.Column("prev_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["who"], ["person.id"], name=op.f("fk_store_event_who_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store_event")),
        sa.UniqueConstraint("stream", "key", "position", name=op.f("uq_store_event_stream_key_position")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "pending_head",
        *_key(),
        *_end(),
        sa.PrimaryKeyConstraint("stream", "key", name=op.f("pk_pending_head")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "anchor",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_anchor")),
    )
    op.create_table(
        "anchor_head",
        *_key(),  # first: of a table without rowid older SQLite finds fault with another order
        sa.Column("anchor", sa.Integer(), nullable=False),
        *_end(),
        sa.ForeignKeyConstraint(["anchor"], ["anchor.number"], name=op.f("fk_anchor_head_anchor_anchor")),
        sa.PrimaryKeyConstraint("stream", "key", "anchor", name=op.f("pk_anchor_head")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_anchor_head_anchor", "anchor_head", ["anchor"])
    op.execute(
        "INSERT INTO pending_head (stream, key, lines, hash)"
        " SELECT 'ticket', id, event_count, last_hash FROM ticket WHERE event_count > 0"
    )


def _key() -> tuple[sa.Column[str], sa.Column[int]]:
    return sa.Column("stream", sa.String(), nullable=False), sa.Column("key", sa.Integer(), nullable=False)


def _end() -> tuple[sa.Column[int], sa.Column[str]]:
    return sa.Column("lines", sa.Integer(), nullable=False), sa.Column("hash", sa.String(), nullable=False)
