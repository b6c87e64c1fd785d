"""Whose words an example for the matcher was; what the desk said of a ticket, and which files somebody brought, are
found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_OF_THE_DESK = sa.text("author IS NULL AND ticket IS NOT NULL")
_LISTS = sa.text("kind IN ('found', 'prompt_merge', 'work_similar')")
_SAID_BY_SOMEBODY = sa.text("person IS NOT NULL")


def upgrade() -> None:
    op.add_column("feedback", sa.Column("person", sa.Integer()))
    for name, table, column, where in (
        ("ix_feedback_person", "feedback", "person", _SAID_BY_SOMEBODY),
        ("ix_message_ticket", "message", "ticket", _OF_THE_DESK),
        ("ix_message_list", "message", "id", _LISTS),
    ):
        op.create_index(name, table, [column], sqlite_where=where, postgresql_where=where)
    op.create_index("ix_attachment_uploader", "attachment", ["uploader"])
