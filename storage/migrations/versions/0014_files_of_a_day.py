"""What came in files within a day is counted with each of them."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_index("ix_attachment_at", "attachment", ["at"])
