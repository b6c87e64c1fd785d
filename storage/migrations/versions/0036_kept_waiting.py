"""Where a history says that a ticket was kept waiting or opened again, to be found by its time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    kept = sa.text("what IN ('waiting', 'found_closed', 'reopened')")
    op.create_index("ix_ticket_event_kept_waiting", "ticket_event", ["at"], sqlite_where=kept, postgresql_where=kept)
