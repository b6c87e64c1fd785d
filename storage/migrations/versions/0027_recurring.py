"""What is done again and again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcTime

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "recurring",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("every", sa.String(), nullable=False),
        sa.Column("day", sa.SmallInteger(), nullable=False),
        sa.Column("months", sa.SmallInteger(), nullable=False),
        sa.Column("shift", sa.String(), nullable=False),
        sa.Column("category", sa.String()),
        sa.Column("checked", sa.Boolean(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("written_at", UtcTime(), nullable=False),
        sa.Column("withdrawn_at", UtcTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recurring")),
        sqlite_autoincrement=True,
    )
