"""Of kept weeks it is kept, too, which tickets are the same once more. The last ones are counted anew for that."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcTime

revision = "0083"
down_revision = "0072"

_ASKED_FOR = timedelta(days=100)
"""Rather more than the charts look back for what repeats itself."""


def upgrade() -> None:
    op.add_column("figure_week", sa.Column("alike", sa.Text()))
    week = sa.table("figure_week", sa.column("ends_at", UtcTime()))
    last = op.get_bind().execute(sa.select(sa.func.max(week.c.ends_at))).scalar()
    if last is not None:
        op.get_bind().execute(sa.delete(week).where(week.c.ends_at > last - _ASKED_FOR))
