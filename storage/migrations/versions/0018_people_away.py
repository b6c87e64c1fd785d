"""Who is away, and what becomes of their tickets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcTime

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("starts", UtcTime(), nullable=False),
        sa.Column("ends", UtcTime(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", UtcTime(), nullable=False),
        sa.Column("fate", sa.String()),
        sa.Column("fate_to", sa.Integer()),
        sa.Column("begun_at", UtcTime()),
        sa.Column("withdrawn_at", UtcTime()),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_absence_entered_by_person")),
        sa.ForeignKeyConstraint(["fate_to"], ["person.id"], name=op.f("fk_absence_fate_to_person")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_absence_person_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_absence_person"), "absence", ["person"])
    for name, columns, condition in (
        ("ix_absence_standing", ["ends", "starts"], "withdrawn_at IS NULL"),
        ("ix_absence_to_begin", ["starts"], "withdrawn_at IS NULL AND begun_at IS NULL"),
    ):
        where = sa.text(condition)
        op.create_index(name, "absence", columns, sqlite_where=where, postgresql_where=where)
    op.create_table(
        "absence_ticket",
        sa.Column("absence", sa.Integer(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("fate", sa.String(), nullable=False),
        sa.Column("fate_to", sa.Integer()),
        sa.ForeignKeyConstraint(["absence"], ["absence.id"], name=op.f("fk_absence_ticket_absence_absence")),
        sa.ForeignKeyConstraint(["fate_to"], ["person.id"], name=op.f("fk_absence_ticket_fate_to_person")),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.id"], name=op.f("fk_absence_ticket_ticket_ticket")),
        sa.PrimaryKeyConstraint("absence", "ticket", name=op.f("pk_absence_ticket")),
        sqlite_with_rowid=False,
    )
