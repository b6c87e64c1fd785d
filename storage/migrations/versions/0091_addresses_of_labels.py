"""Of a label it is kept under which address its code was printed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0091"
down_revision = "0090"


def upgrade() -> None:
    op.add_column("device_label", sa.Column("address", sa.String(), server_default="", nullable=False))
