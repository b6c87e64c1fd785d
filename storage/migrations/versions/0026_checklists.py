"""Checklists of units, and as they hang on tickets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import JsonText, UtcTime

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "checklist",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("items", JsonText(), nullable=False),
        sa.Column("category", sa.String()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_at", UtcTime(), nullable=False),
        sa.Column("withdrawn_at", UtcTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_checklist_unit_name", "checklist", ["unit", "name", "version"], unique=True)
    op.create_table(
        "ticket_checklist",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("items", JsonText(), nullable=False),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.id"], name=op.f("fk_ticket_checklist_ticket_ticket")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_checklist")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_ticket_checklist_ticket", "ticket_checklist", ["ticket", "name"], unique=True)
