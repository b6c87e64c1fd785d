"""Months whose figures were signed keep them as they were. None was before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import JsonText, UtcTime

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    op.create_table(
        "month_lock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("figures", JsonText(), nullable=False),
        sa.Column("locked_at", UtcTime(), nullable=False),
        sa.Column("locked_by", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("undone_at", UtcTime()),
        sa.Column("undone_by", sa.Integer()),
        sa.ForeignKeyConstraint(["locked_by"], ["person.id"], name=op.f("fk_month_lock_locked_by_person")),
        sa.ForeignKeyConstraint(["undone_by"], ["person.id"], name=op.f("fk_month_lock_undone_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_month_lock")),
        sqlite_autoincrement=True,
    )
    standing = sa.text("undone_at IS NULL")
    op.create_index(
        "ix_month_lock_standing",
        "month_lock",
        ["unit", "month"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )
