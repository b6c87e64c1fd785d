"""Handovers to people outside, confirmed by a code or a signed page; orders that are signed, and standing ones."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import JsonText, UtcTime, Words

revision = "0094"
down_revision = "0100"


def upgrade() -> None:
    op.create_table(
        "standing_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kinds", JsonText(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("document", Words(), nullable=False, server_default=""),
        sa.Column("given_by", sa.Integer(), nullable=False),
        sa.Column("acting_for", sa.Integer()),
        sa.Column("given_at", UtcTime(), nullable=False),
        sa.Column("withdrawn_at", UtcTime()),
        _to("standing_order", "given_by", "person"),
        _to("standing_order", "acting_for", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_order")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "handover_code",
        sa.Column("handover", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("used_at", UtcTime()),
        _to("handover_code", "handover", "handover"),
        _to("handover_code", "made_by", "person"),
        sa.PrimaryKeyConstraint("handover", name=op.f("pk_handover_code")),
    )
    for name in ("outside", "plan", "document"):
        op.add_column("depot_order", sa.Column(name, Words(), nullable=False, server_default=""))
    op.add_column("depot_order", sa.Column("page", sa.String(), nullable=False, server_default=""))
    op.add_column("depot_order", sa.Column("signed_at", UtcTime()))
    for name in ("signed_by", "standing"):
        op.add_column("depot_order", sa.Column(name, sa.Integer()))
    for name in ("stands_at", "outside"):
        op.add_column("handover", sa.Column(name, Words(), nullable=False, server_default=""))
    op.add_column("handover", sa.Column("due_back", sa.Date()))
    for name in ("channel", "page"):
        op.add_column("handover", sa.Column(name, sa.String(), nullable=False, server_default=""))
    condition = sa.text("due_back IS NOT NULL")
    op.create_index("ix_handover_outside", "handover", ["due_back"], sqlite_where=condition, postgresql_where=condition)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))
