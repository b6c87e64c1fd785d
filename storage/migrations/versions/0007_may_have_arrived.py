"""Whether an attempt may have reached the platform stands in a column; until now the beginning of the error told it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"

_UNSURE = ("no answer", "stopped", "fault:")
"""How the errors began after which a message may have arrived; one that was given up has them after a colon."""


def upgrade() -> None:
    op.add_column("outbox", sa.Column("may_have_arrived", sa.Boolean(), server_default=sa.false(), nullable=False))
    outbox = sa.table(
        "outbox",
        sa.column("state", sa.String()),
        sa.column("attempts", sa.Integer()),
        sa.column("error", sa.String()),
        sa.column("may_have_arrived", sa.Boolean()),
    )
    error = outbox.c.error
    due = sa.and_(
        outbox.c.state == "due",
        outbox.c.attempts > 0,
        sa.or_(error == "", *(error.like(f"{why}%") for why in _UNSURE)),
    )
    given_up = sa.and_(
        outbox.c.state == "given_up",
        sa.or_(error.like("%nobody survived%"), *(error.like(f"%{why}%") for why in _UNSURE)),
    )
    op.execute(outbox.update().where(sa.or_(due, given_up)).values(may_have_arrived=sa.true()))
