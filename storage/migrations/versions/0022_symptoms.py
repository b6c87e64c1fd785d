"""Reports are compared with others, so that an outage can be proposed. Of what came before nothing is known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcTime

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "symptom",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("half_hour", sa.SmallInteger(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("category", sa.String()),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("ticket", sa.Integer()),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_symptom_person_person")),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.id"], name=op.f("fk_symptom_ticket_ticket")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_symptom")),
        sqlite_autoincrement=True,
    )
    for column in ("at", "person", "ticket"):
        op.create_index(op.f(f"ix_symptom_{column}"), "symptom", [column])
    op.create_index("ix_symptom_category", "symptom", ["category", "at", "person", "place"])
    op.create_index("ix_symptom_usual", "symptom", ["category", "half_hour", "day", "person", "place"])
    unknown, drafts = sa.text("category IS NULL"), sa.text("draft != ''")
    op.create_index(
        "ix_symptom_without_subject", "symptom", ["unit", "at"], sqlite_where=unknown, postgresql_where=unknown
    )
    op.create_index("ix_symptom_draft", "symptom", ["draft"], sqlite_where=drafts, postgresql_where=drafts)
    op.create_table(
        "outage_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("category", sa.String()),
        sa.Column("since", UtcTime(), nullable=False),
        sa.Column("changed_at", UtcTime(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", UtcTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outage_proposal")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_outage_proposal_changed_at"), "outage_proposal", ["changed_at"])
