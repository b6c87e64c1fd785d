"""Whatever ends on a day, the devices that it covers, and firms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import JsonText, UtcTime, Words

revision = "0097"
down_revision = "0101"


def upgrade() -> None:
    _vendors()
    _terms()
    op.create_table(
        "term_device",
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("device", sa.Integer(), nullable=False),
        *(_to("term_device", name, name) for name in ("term", "device")),
        sa.PrimaryKeyConstraint("term", "device", name=op.f("pk_term_device")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_term_device_device", "term_device", ["device"])


def _vendors() -> None:
    op.create_table(
        "vendor",
        sa.Column("id", sa.Integer(), nullable=False),
        *_words("name"),
        sa.Column("name_key", sa.String(), nullable=False),
        *_words("phone", "email", "fault_line", "contact"),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", UtcTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer()),
        sa.Column("version", sa.Integer(), nullable=False),
        _to("vendor", "recorded_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vendor")),
        sa.UniqueConstraint("name_key", name=op.f("uq_vendor_name_key")),
        sqlite_autoincrement=True,
    )


def _terms() -> None:
    op.create_table(
        "term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        *_words("name"),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("starts", sa.Date()),
        sa.Column("ends", sa.Date()),
        sa.Column("vendor", sa.Integer()),
        *_words("contract_no"),
        sa.Column("steps", JsonText(), nullable=False),
        sa.Column("office", sa.String()),
        sa.Column("place", sa.Integer()),
        *_words("place_text", "line_number", "service_no", "speed", "fault_line", "cost", "note"),
        sa.Column("host", sa.String(), nullable=False, server_default=""),
        sa.Column("read_at", UtcTime()),
        sa.Column("failing_since", sa.Date()),
        sa.Column("failure", sa.String(), nullable=False, server_default=""),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("changed_state_at", UtcTime()),
        sa.Column("successor", sa.Integer()),
        sa.Column("told", JsonText(), nullable=False),
        sa.Column("ticket", sa.Integer()),
        sa.Column("next_day", sa.Date()),
        sa.Column("recorded_at", UtcTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer()),
        sa.Column("version", sa.Integer(), nullable=False),
        *_words("search"),
        *(_to("term", name, name) for name in ("vendor", "place", "ticket")),
        _to("term", "successor", "term"),
        _to("term", "recorded_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint("number", name=op.f("uq_term_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_term_vendor", "term", ["vendor"])
    for column in ("next_day", "ticket", "place"):
        _partial(f"ix_term_{column}", "term", column, f"{column} IS NOT NULL")
    _partial("uq_term_host", "term", "host", "host <> '' AND state IN ('in_force', 'ended')", unique=True)


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, Words(), nullable=False, server_default="") for name in names]


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def _partial(name: str, table: str, column: str, where: str, *, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(name, table, [column], unique=unique, sqlite_where=condition, postgresql_where=condition)
