"""Lists of the panel under a name of one's own, and what is filtered for among all that ever were."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcTime, Words

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=False),
        sa.Column("title", Words(), server_default="", nullable=False),
        sa.Column("query", Words(), server_default="", nullable=False),
        sa.Column("saved_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["owner"], ["person.id"], name=op.f("fk_saved_view_owner_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_saved_view_owner", "saved_view", ["owner"])
    op.create_index("ix_ticket_category", "ticket", ["category", "id"])
    op.create_index("ix_ticket_department", "ticket", ["department", "id"])
    held = sa.text("holder IS NOT NULL")  # of those that nobody holds the queue has an index of its own
    op.create_index("ix_ticket_holder", "ticket", ["holder", "id"], sqlite_where=held, postgresql_where=held)
