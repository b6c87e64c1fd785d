"""Görevler: who holds which office, and who acts for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcTime, Words

revision = "0067"
down_revision = "0066"


def upgrade() -> None:
    op.create_table(
        "officer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date()),
        sa.Column("in_place_of", sa.Integer()),
        sa.Column("document", Words(), nullable=False, server_default=""),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", UtcTime(), nullable=False),
        sa.Column("withdrawn_at", UtcTime()),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_officer_person_person")),
        sa.ForeignKeyConstraint(["in_place_of"], ["person.id"], name=op.f("fk_officer_in_place_of_person")),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_officer_entered_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_officer_person"), "officer", ["person"])
