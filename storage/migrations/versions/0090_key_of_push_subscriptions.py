"""With which key of the house a browser subscribed: it rings for what is signed with that one alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0090"
down_revision = "0086"


def upgrade() -> None:
    op.add_column("push_subscription", sa.Column("house_key", sa.String(), nullable=False, server_default=""))
