"""Trainings, and who takes part."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcTime, Words

revision = "0107"
down_revision = "0099"


def upgrade() -> None:
    op.create_table(
        "training",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        _words("title"),
        sa.Column("starts", UtcTime(), nullable=False),
        _words("place"),
        _words("trainer"),
        sa.Column("capacity", sa.Integer(), nullable=False),
        _words("note"),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("held_at", UtcTime()),
        sa.Column("cancelled_at", UtcTime()),
        sa.Column("version", sa.Integer(), nullable=False),
        _to("training", "made_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training")),
        sa.UniqueConstraint("number", name=op.f("uq_training_number")),
        sqlite_autoincrement=True,
    )
    condition = sa.text("held_at IS NULL AND cancelled_at IS NULL")
    op.create_index("ix_training_open", "training", ["starts"], sqlite_where=condition, postgresql_where=condition)
    op.create_table(
        "training_participant",
        sa.Column("training", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("ticket", sa.Integer()),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", UtcTime()),
        sa.Column("attended", sa.Boolean(), nullable=False),
        *(_to("training_participant", name, name) for name in ("training", "person", "ticket")),
        sa.PrimaryKeyConstraint("training", "person", name=op.f("pk_training_participant")),
    )
    op.create_index("ix_training_participant_person", "training_participant", ["person"])


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, Words(), nullable=False, server_default="")


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))
