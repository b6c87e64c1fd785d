"""A message says of itself whether the "minimal" content policy withholds it; what was said before counts as such."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("message", sa.Column("confidential", sa.Boolean(), nullable=False, server_default=sa.true()))
