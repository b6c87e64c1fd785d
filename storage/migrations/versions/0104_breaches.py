"""Matters that may have touched personal data: the 72 hours within which the Board is told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcTime

revision = "0104"
down_revision = "0098"


def upgrade() -> None:
    op.create_table(
        "breach",
        sa.Column("ticket", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("learned_at", UtcTime(), nullable=False),
        sa.Column("begun_at", UtcTime(), nullable=False),
        sa.Column("begun_by", sa.Integer()),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("reported_at", UtcTime()),
        sa.Column("reported_by", sa.Integer()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.id"], name=op.f("fk_breach_ticket_ticket")),
        sa.ForeignKeyConstraint(["begun_by"], ["person.id"], name=op.f("fk_breach_begun_by_person")),
        sa.ForeignKeyConstraint(["reported_by"], ["person.id"], name=op.f("fk_breach_reported_by_person")),
        sa.PrimaryKeyConstraint("ticket", name=op.f("pk_breach")),
        sa.UniqueConstraint("number", name=op.f("uq_breach_number")),
    )
    waiting = sa.text("reported_at IS NULL")
    op.create_index("ix_breach_waiting", "breach", ["learned_at"], sqlite_where=waiting, postgresql_where=waiting)
