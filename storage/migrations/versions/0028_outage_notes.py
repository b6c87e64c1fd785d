"""What is asked after an outage; the answers are entries of its head."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcTime

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.add_column("outage", sa.Column("note_asked_at", UtcTime()))
    op.create_table(
        "outage_note",
        sa.Column("outage", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["ticket_entry.id"], name=op.f("fk_outage_note_entry_ticket_entry")),
        sa.ForeignKeyConstraint(["outage"], ["outage.id"], name=op.f("fk_outage_note_outage_outage")),
        sa.PrimaryKeyConstraint("outage", "question", name=op.f("pk_outage_note")),
        sqlite_with_rowid=False,
    )
