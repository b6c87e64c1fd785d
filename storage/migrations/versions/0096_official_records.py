"""Where confirmed acts stand in the official movables ledger."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcTime

revision = "0096"
down_revision = "0097"


def upgrade() -> None:
    op.create_table(
        "official_record",
        sa.Column("handover", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["handover"], ["handover.id"], name=op.f("fk_official_record_handover_handover")),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_official_record_entered_by_person")),
        sa.PrimaryKeyConstraint("handover", name=op.f("pk_official_record")),
    )
