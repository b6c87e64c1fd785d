"""What the director writes under the figures of a year."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcTime, Words

revision = "0050"
down_revision = "0044"


def upgrade() -> None:
    op.create_table(
        "recommendation",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", Words(), server_default="", nullable=False),
        sa.Column("written_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("year", "version", name=op.f("pk_recommendation")),
        sqlite_with_rowid=False,
    )
