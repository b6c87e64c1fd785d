"""Who watches how far tickets are counted anew. Nobody did before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcTime

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.create_table(
        "recount",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("tickets", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("begun_at", UtcTime(), nullable=False),
        sa.Column("ended_at", UtcTime()),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.address"], name=op.f("fk_recount_conversation_conversation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recount")),
        sqlite_autoincrement=True,
    )
    running = sa.text("ended_at IS NULL")
    op.create_index("ix_recount_running", "recount", ["id"], sqlite_where=running, postgresql_where=running)
