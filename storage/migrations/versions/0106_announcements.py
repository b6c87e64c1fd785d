"""Announcements, and who read them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcTime, Words

revision = "0106"
down_revision = "0104"


def upgrade() -> None:
    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("text", Words(), nullable=False, server_default=""),
        sa.Column("security", sa.Boolean(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("department", Words(), nullable=False, server_default=""),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("withdrawn_at", UtcTime()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_announcement_made_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
        sa.UniqueConstraint("number", name=op.f("uq_announcement_number")),
        sqlite_autoincrement=True,
    )
    _partial("ix_announcement_in_force", "announcement", "id", "withdrawn_at IS NULL")
    op.create_table(
        "announcement_reader",
        sa.Column("announcement", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("told_at", UtcTime()),
        sa.Column("read_at", UtcTime()),
        sa.Column("reminded_at", UtcTime()),
        sa.ForeignKeyConstraint(
            ["announcement"], ["announcement.id"], name=op.f("fk_announcement_reader_announcement_announcement")
        ),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_announcement_reader_person_person")),
        sa.PrimaryKeyConstraint("announcement", "person", name=op.f("pk_announcement_reader")),
    )
    op.create_index("ix_announcement_reader_person", "announcement_reader", ["person"])
    _partial("ix_announcement_reader_unread", "announcement_reader", "announcement", "read_at IS NULL")


def _partial(name: str, table: str, column: str, where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, [column], sqlite_where=condition, postgresql_where=condition)
