"""People in the panel: in the order of their names, roles that end by themselves, codes that can be taken back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcTime

revision = "0054"
down_revision = "0053"


def upgrade() -> None:
    op.add_column("person", sa.Column("role_until", UtcTime()))
    op.add_column("person", sa.Column("then_role", sa.String()))
    op.add_column("person", sa.Column("then_unit", sa.String()))
    op.create_index("ix_person_search", "person", ["search", "id"])
    _partial("ix_person_role_until", "person", "role_until")
    op.add_column("join_code", sa.Column("made_by", sa.Integer()))
    op.add_column("join_code", sa.Column("made_at", UtcTime()))
    op.add_column("join_code", sa.Column("revoked_at", UtcTime()))
    _partial("ix_join_code_made_at", "join_code", "made_at")
    _partial("ix_join_code_person", "join_code", "person")


def _partial(name: str, table: str, column: str) -> None:
    known = sa.text(f"{column} IS NOT NULL")
    op.create_index(name, table, [column], sqlite_where=known, postgresql_where=known)
