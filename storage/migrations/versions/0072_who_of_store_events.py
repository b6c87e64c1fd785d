"""Lines of the stores' histories are found by who wrote them, as tickets' are."""

from __future__ import annotations

from alembic import op

revision = "0072"
down_revision = "0071"


def upgrade() -> None:
    op.create_index("ix_store_event_who", "store_event", ["who"])
