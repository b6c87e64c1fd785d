"""Work on systems that is announced beforehand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import JsonText, UtcTime, Words

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "maintenance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("starts", UtcTime(), nullable=False),
        sa.Column("ends", UtcTime(), nullable=False),
        sa.Column("text", Words(), nullable=False, server_default=""),
        sa.Column("departments", JsonText(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", UtcTime(), nullable=False),
        sa.Column("withdrawn_at", UtcTime()),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_maintenance_entered_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_maintenance")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_maintenance_entered_by"), "maintenance", ["entered_by"])
    where = sa.text("withdrawn_at IS NULL")
    op.create_index(
        "ix_maintenance_standing", "maintenance", ["ends", "starts"], sqlite_where=where, postgresql_where=where
    )
