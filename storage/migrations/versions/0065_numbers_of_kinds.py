"""Numbers are counted by kind and year; what was counted before are tickets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0062"


def upgrade() -> None:
    """Anew, and the rows over: SQLite changes no primary key, and there is a row a year."""
    op.rename_table("counter", "counter_of_tickets")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX pk_counter RENAME TO pk_counter_of_tickets")
    op.create_table(
        "counter",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "year", name=op.f("pk_counter")),
    )
    op.execute("INSERT INTO counter (kind, year, value) SELECT 'ticket', year, value FROM counter_of_tickets")
    op.drop_table("counter_of_tickets")
