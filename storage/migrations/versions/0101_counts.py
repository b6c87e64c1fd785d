"""Counts: who counts, and what was seen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcTime, Words

revision = "0101"
down_revision = "0103"


def upgrade() -> None:
    op.create_table(
        "inventory_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("department", Words(), nullable=False, server_default=""),
        sa.Column("place", sa.Integer()),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("opened_at", UtcTime(), nullable=False),
        sa.Column("freeze_asked_until", UtcTime()),
        sa.Column("frozen_until", UtcTime()),
        sa.Column("frozen_by", sa.Integer()),
        sa.Column("closed_by", sa.Integer()),
        sa.Column("closed_at", UtcTime()),
        sa.Column("written_by", sa.Integer()),
        sa.Column("written_at", UtcTime()),
        sa.Column("version", sa.Integer(), nullable=False),
        _to("inventory_count", "place", "place"),
        *[_to("inventory_count", name, "person") for name in ("opened_by", "frozen_by", "closed_by", "written_by")],
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_count")),
        sa.UniqueConstraint("number", name=op.f("uq_inventory_count_number")),
        sqlite_autoincrement=True,
    )
    _partial("ix_inventory_count_open", "inventory_count", ["id"], "closed_at IS NULL")
    op.create_table(
        "inventory_counter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("board", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Integer()),
        _to("inventory_counter", "count", "inventory_count"),
        _to("inventory_counter", "person", "person"),
        _to("inventory_counter", "place", "place"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_counter")),
        sa.UniqueConstraint("count", "person", name=op.f("uq_inventory_counter_count_person")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_inventory_counter_person", "inventory_counter", ["person"])
    op.create_table(
        "inventory_count_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("device", sa.Integer()),
        sa.Column("item", sa.Integer()),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Integer()),
        sa.Column("again", sa.Integer()),
        sa.Column("place", sa.Integer()),
        sa.Column("recorded", sa.Integer()),
        sa.Column("by", sa.Integer()),
        sa.Column("at", UtcTime()),
        sa.Column("how", sa.String()),
        sa.Column("note", Words(), nullable=False, server_default=""),
        sa.Column("file", sa.String(), nullable=False, server_default=""),
        _to("inventory_count_line", "count", "inventory_count"),
        _to("inventory_count_line", "device", "device"),
        _to("inventory_count_line", "item", "stock_item"),
        _to("inventory_count_line", "place", "place"),
        _to("inventory_count_line", "recorded", "place"),
        _to("inventory_count_line", "by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_count_line")),
        sa.UniqueConstraint("count", "device", name=op.f("uq_inventory_count_line_count_device")),
        sa.UniqueConstraint("count", "item", name=op.f("uq_inventory_count_line_count_item")),
        sqlite_autoincrement=True,
    )
    _partial("ix_inventory_count_line_by", "inventory_count_line", ["by"], '"by" IS NOT NULL')


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)
