"""The date of the document behind a vekâlet; of those written down before it is not known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.add_column("deputy", sa.Column("document_day", sa.Date()))
