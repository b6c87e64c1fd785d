"""Texts that a unit sends again and again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcTime, Words

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "canned_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("text", Words(), nullable=False, server_default=""),
        sa.Column("written_at", UtcTime(), nullable=False),
        sa.Column("withdrawn_at", UtcTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_reply")),
        sqlite_autoincrement=True,
    )
    where = sa.text("withdrawn_at IS NULL")
    op.create_index(
        "ix_canned_reply_standing",
        "canned_reply",
        ["unit", "name"],
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )
    op.create_table(
        "canned_reply_use",
        sa.Column("reply", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["reply"], ["canned_reply.id"], name=op.f("fk_canned_reply_use_reply_canned_reply")),
        sa.PrimaryKeyConstraint("reply", "category", name=op.f("pk_canned_reply_use")),
        sqlite_with_rowid=False,
    )
