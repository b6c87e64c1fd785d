"""Programs that the house runs, and who has their seats."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcTime, Words

revision = "0099"
down_revision = "0106"


def upgrade() -> None:
    op.create_table(
        "program",
        sa.Column("id", sa.Integer(), nullable=False),
        *_words("name"),
        sa.Column("name_key", sa.String(), nullable=False),
        *_words("maker"),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("owned", sa.Integer(), nullable=False),
        *_words("version_in_use"),
        sa.Column("support_ends", sa.Date()),
        *_words("pledge", "pledge_excused"),
        sa.Column("tested_on", sa.Date()),
        *_words("accounting", "key_kept"),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", UtcTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer()),
        sa.Column("version", sa.Integer(), nullable=False),
        _to("program", "recorded_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_program")),
        sa.UniqueConstraint("name_key", name=op.f("uq_program_name_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "program_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer()),
        sa.Column("device", sa.Integer()),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("ended_at", UtcTime()),
        *(_to("program_seat", name, name) for name in ("program", "person", "device")),
        _to("program_seat", "by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_program_seat")),
        sqlite_autoincrement=True,
    )
    _partial("ix_program_seat_standing", "program", "ended_at IS NULL")
    _partial("ix_program_seat_person", "person", "ended_at IS NULL AND person IS NOT NULL")


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, Words(), nullable=False, server_default="") for name in names]


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def _partial(name: str, column: str, where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, "program_seat", [column], sqlite_where=condition, postgresql_where=condition)
