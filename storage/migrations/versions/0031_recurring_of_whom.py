"""Who has what is done again and again, how long before its day, and what is wanted of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.add_column("recurring", sa.Column("days_before", sa.SmallInteger(), nullable=False, server_default="0"))
    op.add_column("recurring", sa.Column("whose", sa.String(), nullable=False, server_default="nobody"))
    op.add_column("recurring", sa.Column("person", sa.Integer()))
    op.add_column("recurring", sa.Column("evidence", sa.String()))
