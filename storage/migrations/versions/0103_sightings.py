"""What inventory agents saw in the network, by what each is told again, and what printers counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import JsonText, UtcTime, Words

revision = "0103"
down_revision = "0094"


def upgrade() -> None:
    op.create_table(
        "sighting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_type", sa.String(), nullable=False),
        *_words("agent", "device_text", "agent_key"),
        sa.Column("seen", JsonText(), nullable=False),
        *_words("search"),
        sa.Column("first_seen", UtcTime(), nullable=False),
        sa.Column("last_seen", UtcTime(), nullable=False),
        sa.Column("device", sa.Integer()),
        sa.Column("link", sa.String()),
        sa.Column("linked_by", sa.Integer()),
        sa.Column("linked_at", UtcTime()),
        sa.Column("ignored_at", UtcTime()),
        sa.Column("ignored_by", sa.Integer()),
        sa.Column("version", sa.Integer(), nullable=False),
        _to("sighting", "device", "device"),
        _to("sighting", "linked_by", "person"),
        _to("sighting", "ignored_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sighting")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sighting_last_seen", "sighting", ["last_seen"])
    known = sa.text("device IS NOT NULL")
    op.create_index("ix_sighting_device", "sighting", ["device"], sqlite_where=known, postgresql_where=known)
    op.create_table(
        "sighting_key",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("sighting", sa.Integer(), nullable=False),
        _to("sighting_key", "sighting", "sighting"),
        sa.PrimaryKeyConstraint("kind", "key", "sighting", name=op.f("pk_sighting_key")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sighting_key_sighting", "sighting_key", ["sighting"])
    op.create_table(
        "page_count",
        sa.Column("sighting", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        _to("page_count", "sighting", "sighting"),
        sa.PrimaryKeyConstraint("sighting", "month", name=op.f("pk_page_count")),
        sqlite_with_rowid=False,
    )


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, Words(), nullable=False, server_default="") for name in names]


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))
