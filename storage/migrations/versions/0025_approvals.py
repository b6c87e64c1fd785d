"""What is done only with somebody's yes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import JsonText, UtcTime

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("step", sa.SmallInteger(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcTime(), nullable=False),
        sa.Column("manager", sa.Integer()),
        sa.Column("why", sa.Integer()),
        sa.Column("answer", sa.Integer()),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("decision", sa.String()),
        sa.Column("decided_by", sa.Integer()),
        sa.Column("decided_at", UtcTime()),
        sa.Column("acting_for", JsonText(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("document_day", sa.Date()),
        sa.Column("withdrawn_at", UtcTime()),
        sa.ForeignKeyConstraint(["answer"], ["ticket_entry.id"], name=op.f("fk_approval_answer_ticket_entry")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_approval_asked_by_person")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_approval_decided_by_person")),
        sa.ForeignKeyConstraint(["manager"], ["person.id"], name=op.f("fk_approval_manager_person")),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.id"], name=op.f("fk_approval_ticket_ticket")),
        sa.ForeignKeyConstraint(["why"], ["ticket_entry.id"], name=op.f("fk_approval_why_ticket_entry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_approval_ticket"), "approval", ["ticket"])
    where = sa.text("decision IS NULL AND withdrawn_at IS NULL")
    op.create_index("ix_approval_pending", "approval", ["asked_at"], sqlite_where=where, postgresql_where=where)
