"""What is needed to take back that two people were made one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import JsonText, UtcTime

revision = "0062"
down_revision = "0059"


def upgrade() -> None:
    op.create_table(
        "people_join",
        sa.Column("guest", sa.Integer(), sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("person", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("by", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("guest_before", JsonText(), nullable=False),
        sa.Column("person_before", JsonText(), nullable=False),
        sa.Column("look", JsonText(), nullable=False),
        sa.Column("never", sa.String()),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_people_join_person", "people_join", ["person"])
    op.create_index("ix_people_join_at", "people_join", ["at"])
