"""A browser is given a new cookie when what its person may do has changed: what that was, with what it was renewed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Whoever is signed in is given a new cookie with the next page: nobody knows who else has the old one."""
    op.add_column("session", sa.Column("rights", sa.String(), nullable=False, server_default=""))
    op.add_column("session", sa.Column("renewed_with", sa.String(), nullable=False, server_default=""))
    session = sa.table("session", sa.column("rights", sa.String()))
    op.get_bind().execute(session.update().values(rights="before 0013"))
