"""Settings of the house that are said in the browser."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import JsonText, UtcTime

revision = "0051"
down_revision = "0050"


def upgrade() -> None:
    op.create_table(
        "stored_setting",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", JsonText(), nullable=False),
        sa.Column("before", JsonText(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.Integer()),
        sa.Column("set_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_stored_setting_set_by_person")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_stored_setting")),
        sqlite_with_rowid=False,
    )
