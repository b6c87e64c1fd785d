"""Browsers that ring although no page of ours is open."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcTime

revision = "0056"
down_revision = "0055"


def upgrade() -> None:
    op.create_table(
        "push_subscription",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("endpoint", sa.String(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("auth", sa.String(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["session"], ["session.token_hash"], name=op.f("fk_push_subscription_session_session")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_push_subscription")),
    )
    op.create_index("ix_push_subscription_session", "push_subscription", ["session"])
