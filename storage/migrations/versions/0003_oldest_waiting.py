"""The oldest events that wait, found without reading all that wait."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    waiting = sa.text("state = 'waiting'")
    op.create_index("ix_inbox_oldest", "inbox", ["id"], sqlite_where=waiting, postgresql_where=waiting)
