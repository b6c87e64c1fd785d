"""Of who left, what they were, apart from what they are when their role ends; and whether a list had them no more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"


def upgrade() -> None:
    op.add_column("person", sa.Column("left_by_list", sa.Boolean(), nullable=False, server_default=sa.false()))
    person = sa.table(
        "person",
        *(sa.column(name) for name in ("left_at", "former_role", "former_unit", "then_role", "then_unit")),
        sa.column("left_by_list", sa.Boolean()),
    )
    gone = person.c.left_at.is_not(None)
    op.execute(sa.update(person).where(gone, person.c.former_role.is_not(None)).values(left_by_list=sa.true()))
    op.execute(
        sa.update(person)
        .where(gone, person.c.former_role.is_(None), person.c.then_role.is_not(None))
        .values(former_role=person.c.then_role, former_unit=person.c.then_unit, then_role=None, then_unit=None)
    )
