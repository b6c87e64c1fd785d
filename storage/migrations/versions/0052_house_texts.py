"""What the house wrote in the place of shipped articles and texts, version by version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcTime, Words

revision = "0052"
down_revision = "0051"


def upgrade() -> None:
    op.create_table(
        "house_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", Words(), server_default="", nullable=False),
        sa.Column("shipped", sa.String(), nullable=False),
        sa.Column("written_at", UtcTime(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_house_text_written_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_text")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_house_text_name", "house_text", ["kind", "name", "version"], unique=True)
