"""Who is on call."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcTime

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("starts", UtcTime(), nullable=False),
        sa.Column("ends", UtcTime(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", UtcTime(), nullable=False),
        sa.Column("swapped_from", sa.Integer()),
        sa.Column("offered_at", UtcTime()),
        sa.Column("withdrawn_at", UtcTime()),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_duty_entered_by_person")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_duty_person_person")),
        sa.ForeignKeyConstraint(["swapped_from"], ["person.id"], name=op.f("fk_duty_swapped_from_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_duty_person"), "duty", ["person"])
    where = sa.text("withdrawn_at IS NULL")
    op.create_index("ix_duty_standing", "duty", ["ends", "starts"], sqlite_where=where, postgresql_where=where)
