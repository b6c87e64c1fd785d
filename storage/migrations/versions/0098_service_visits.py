"""Whom tickets wait for, and service forms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import JsonText, UtcTime, Words

revision = "0098"
down_revision = "0102"


def upgrade() -> None:
    _waits()
    _visits()


def _waits() -> None:
    op.create_table(
        "vendor_wait",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("vendor", sa.Integer(), nullable=False),
        sa.Column("device", sa.Integer()),
        sa.Column("covered_until", sa.Date()),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("disk", sa.String()),
        sa.Column("asked_at", UtcTime()),
        sa.Column("left_at", UtcTime()),
        sa.Column("left_by", sa.Integer()),
        sa.Column("was", sa.String()),
        sa.Column("was_holder", sa.Integer()),
        *_words("was_holder_text"),
        sa.Column("was_keeper", sa.Integer()),
        sa.Column("was_since", sa.Date()),
        sa.Column("back_at", UtcTime()),
        sa.Column("version", sa.Integer(), nullable=False),
        *(_to("vendor_wait", name, name) for name in ("ticket", "vendor", "device")),
        *(_to("vendor_wait", name, "person") for name in ("by", "left_by", "was_holder", "was_keeper")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vendor_wait")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_vendor_wait_ticket", "vendor_wait", ["ticket", "id"])
    _partial("ix_vendor_wait_device", "vendor_wait", "device", "device IS NOT NULL")
    _partial("ix_vendor_wait_out", "vendor_wait", "id", "left_at IS NOT NULL AND back_at IS NULL")


def _visits() -> None:
    op.create_table(
        "service_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("vendor", sa.Integer(), nullable=False),
        sa.Column("device", sa.Integer()),
        sa.Column("wait", sa.Integer()),
        sa.Column("came_at", UtcTime(), nullable=False),
        *_words("who_came", "done"),
        sa.Column("parts", JsonText(), nullable=False),
        *_words("new_serial", "charged"),
        sa.Column("in_warranty", sa.Boolean(), nullable=False),
        sa.Column("form", sa.String(), nullable=False, server_default=""),
        *_words("without_form"),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("submitted_at", UtcTime()),
        sa.Column("approved_by", sa.Integer()),
        sa.Column("approved_at", UtcTime()),
        sa.Column("version", sa.Integer(), nullable=False),
        *_words("search"),
        *(_to("service_visit", name, name) for name in ("ticket", "vendor", "device")),
        _to("service_visit", "wait", "vendor_wait"),
        *(_to("service_visit", name, "person") for name in ("made_by", "approved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_visit")),
        sa.UniqueConstraint("number", name=op.f("uq_service_visit_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_service_visit_ticket", "service_visit", ["ticket"])
    op.create_index("ix_service_visit_vendor", "service_visit", ["vendor"])


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, Words(), nullable=False, server_default="") for name in names]


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def _partial(name: str, table: str, column: str, where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, [column], sqlite_where=condition, postgresql_where=condition)
