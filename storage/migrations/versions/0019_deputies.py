"""Who deputises for whom, and in whose place a line of a history was done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcTime

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("ticket_event", sa.Column("acting_for", sa.String()))
    op.create_table(
        "deputy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("deputy", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("unit", sa.String()),
        sa.Column("starts", UtcTime(), nullable=False),
        sa.Column("ends", UtcTime(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("entered_at", UtcTime(), nullable=False),
        sa.Column("ended_at", UtcTime()),
        sa.ForeignKeyConstraint(["deputy"], ["person.id"], name=op.f("fk_deputy_deputy_person")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_deputy_person_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputy")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_deputy_deputy"), "deputy", ["deputy"])
    op.create_index(op.f("ix_deputy_person"), "deputy", ["person"])
    op.create_index("ix_deputy_ends", "deputy", ["ends"])
