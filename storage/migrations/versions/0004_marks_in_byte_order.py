"""Marks stand in the order of their bytes on PostgreSQL too, so that those with one beginning lie together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("once", "mark", type_=sa.String(collation="C"))
