"""An index of a filter holds the other filters, too: of two or three at once no row is read that does not fit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0084"
down_revision = "0083"

_INDEXES = (
    ("ix_ticket_category", ["category", "id", "department", "holder"], None),
    ("ix_ticket_department", ["department", "id", "category", "holder"], None),
    ("ix_ticket_holder", ["holder", "id", "category", "department"], sa.text("holder IS NOT NULL")),
)


def upgrade() -> None:
    for name, columns, where in _INDEXES:
        op.drop_index(name, "ticket")
        op.create_index(name, "ticket", columns, sqlite_where=where, postgresql_where=where)
