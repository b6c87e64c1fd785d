"""Items of the depot, their movements, and uses that no stock covers yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import JsonText, UtcTime, Words

revision = "0092"
down_revision = "0091"


def upgrade() -> None:
    op.create_table(
        "stock_item",
        sa.Column("id", sa.Integer(), nullable=False),
        *_words("code"),
        sa.Column("code_key", sa.String(), nullable=False),
        *_words("name", "unit"),
        sa.Column("movable_code", sa.String(), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        *_words("shelf"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("fits", JsonText(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", UtcTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer()),
        sa.Column("version", sa.Integer(), nullable=False),
        _to("stock_item", "recorded_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_item")),
        sa.UniqueConstraint("code_key", name=op.f("uq_stock_item_code_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "stock_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("depot", sa.Integer(), server_default="1", nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("delta", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("who", sa.Integer(), nullable=False),
        sa.Column("ticket", sa.Integer()),
        sa.Column("device", sa.Integer()),
        *_words("department"),
        sa.Column("undoes", sa.Integer()),
        *_words("document", "note"),
        _to("stock_move", "item", "stock_item"),
        _to("stock_move", "who", "person"),
        _to("stock_move", "ticket", "ticket"),
        _to("stock_move", "device", "device"),
        _to("stock_move", "undoes", "stock_move"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_move")),
        sa.UniqueConstraint("number", name=op.f("uq_stock_move_number")),
        sa.UniqueConstraint("undoes", name=op.f("uq_stock_move_undoes")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_stock_move_item", "stock_move", ["item", "id", "delta"])
    op.create_index("ix_stock_move_at", "stock_move", ["at"])
    _partial("ix_stock_move_ticket", "stock_move", ["ticket"], "ticket IS NOT NULL")
    _partial("ix_stock_move_document", "stock_move", ["document"], "document <> ''")
    op.create_table(
        "pending_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("who", sa.Integer(), nullable=False),
        sa.Column("ticket", sa.Integer()),
        sa.Column("device", sa.Integer()),
        *_words("department"),
        sa.Column("settled_by", sa.Integer()),
        sa.Column("withdrawn_at", UtcTime()),
        _to("pending_use", "item", "stock_item"),
        _to("pending_use", "who", "person"),
        _to("pending_use", "ticket", "ticket"),
        _to("pending_use", "device", "device"),
        _to("pending_use", "settled_by", "stock_move"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_use")),
        sa.UniqueConstraint("settled_by", name=op.f("uq_pending_use_settled_by")),
        sqlite_autoincrement=True,
    )
    _partial("ix_pending_use_open", "pending_use", ["item"], "settled_by IS NULL AND withdrawn_at IS NULL")


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, Words(), nullable=False, server_default="") for name in names]


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)
