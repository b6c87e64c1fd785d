"""People are found by müdürlük and room too, and by a phone with an extension behind it; what a staff list took from
somebody waits for the next."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from knowledge.language.folding import folded
from knowledge.language.phones import phone_key

revision = "0011"
down_revision = "0010"

_PERSON = sa.table(
    "person",
    *(
        sa.column(name, sa.String())
        for name in ("name", "handle", "department", "room", "phone", "phone_key", "search")
    ),
    sa.column("id", sa.Integer()),
)


def upgrade() -> None:
    op.add_column("person", sa.Column("former_role", sa.String()))
    op.add_column("person", sa.Column("former_unit", sa.String()))
    connection = op.get_bind()
    for row in connection.execute(sa.select(_PERSON)).all():
        searched = folded(f"{row.name} {row.handle} {row.department} {row.room}")
        changed = _PERSON.update().where(_PERSON.c.id == row.id)
        connection.execute(changed.values(search=searched, phone_key=phone_key(row.phone)))
