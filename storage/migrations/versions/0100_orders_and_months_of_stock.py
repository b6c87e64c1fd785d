"""Until when malzeme is on its way, and which months' lists were taken."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcTime

revision = "0100"
down_revision = "0093"


def upgrade() -> None:
    op.add_column("stock_item", sa.Column("ordered_until", sa.Date()))
    op.create_table(
        "stock_month_print",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_stock_month_print_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_month_print")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_stock_month_print_month", "stock_month_print", ["month"])
