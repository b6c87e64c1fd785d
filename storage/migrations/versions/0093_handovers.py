"""Handovers of devices, and orders by which they leave the depot."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcTime, Words

revision = "0093"
down_revision = "0092"


def upgrade() -> None:
    _orders()
    _handovers()


def _orders() -> None:
    op.create_table(
        "depot_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("receiver", sa.Integer(), nullable=False),
        sa.Column("ticket", sa.Integer()),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_by", sa.Integer()),
        sa.Column("acting_for", sa.Integer()),
        sa.Column("decided_at", UtcTime()),
        sa.Column("channel", sa.String(), nullable=False),
        *_words("reason"),
        sa.Column("version", sa.Integer(), nullable=False),
        *(_to("depot_order", name, "person") for name in ("receiver", "asked_by", "decided_by", "acting_for")),
        _to("depot_order", "ticket", "ticket"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_depot_order")),
        sa.UniqueConstraint("number", name=op.f("uq_depot_order_number")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "depot_order_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("depot_order", sa.Integer(), nullable=False),
        sa.Column("device", sa.Integer(), nullable=False),
        _to("depot_order_line", "depot_order", "depot_order"),
        _to("depot_order_line", "device", "device"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_depot_order_line")),
        sa.UniqueConstraint("depot_order", "device", name=op.f("uq_depot_order_line_depot_order_device")),
    )
    op.create_index("ix_depot_order_line_device", "depot_order_line", ["device"])


def _handovers() -> None:
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("giver", sa.Integer()),
        sa.Column("receiver", sa.Integer()),
        sa.Column("common", sa.Boolean(), nullable=False),
        sa.Column("ticket", sa.Integer()),
        *_words("text"),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("giver_at", UtcTime()),
        sa.Column("receiver_at", UtcTime()),
        sa.Column("how", sa.String()),
        sa.Column("ended_at", UtcTime()),
        sa.Column("version", sa.Integer(), nullable=False),
        *(_to("handover", name, "person") for name in ("giver", "receiver", "made_by")),
        _to("handover", "ticket", "ticket"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint("number", name=op.f("uq_handover_number")),
        sqlite_autoincrement=True,
    )
    _partial("ix_handover_waiting", "handover", "id", "state = 'waiting'")
    op.create_table(
        "handover_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover", sa.Integer(), nullable=False),
        sa.Column("device", sa.Integer(), nullable=False),
        *_words("accessories"),
        sa.Column("depot_order", sa.Integer()),
        sa.Column("problem", sa.String()),
        sa.Column("returned", sa.String()),
        *_words("note"),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        *(_to("handover_line", name, name) for name in ("handover", "device", "depot_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_line")),
        sa.UniqueConstraint("handover", "device", name=op.f("uq_handover_line_handover_device")),
    )
    op.create_index("ix_handover_line_device", "handover_line", ["device"])
    _partial("ix_handover_line_waiting", "handover_line", "device", "waiting", unique=True)


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, Words(), nullable=False, server_default="") for name in names]


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def _partial(name: str, table: str, column: str, where: str, *, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(name, table, [column], unique=unique, sqlite_where=condition, postgresql_where=condition)
