"""Lists of the panel under a name of a unit's own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"


def upgrade() -> None:
    op.add_column("saved_view", sa.Column("unit", sa.String(), server_default="", nullable=False))
    of_units = sa.text("unit != ''")
    op.create_index("ix_saved_view_unit", "saved_view", ["unit"], sqlite_where=of_units, postgresql_where=of_units)
