"""Codes that were refused are counted with each code that is tried."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    refused = sa.text("what = 'code_refused'")
    op.create_index("ix_audit_code_refused", "audit", ["at", "who"], sqlite_where=refused, postgresql_where=refused)
