"""Who wants to hear before the day ends what follows from it; nobody who has not asked for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0028"


def upgrade() -> None:
    op.add_column("person", sa.Column("end_of_day", sa.Boolean(), server_default=sa.false(), nullable=False))
