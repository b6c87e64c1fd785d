"""Who follows a ticket is a person, and told once; whose ticket was merged is found by that ticket; a guest who is
recognised knows whom they became.

Followers were addresses before, those of merged tickets among them.
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_TICKET = sa.table(
    "ticket",
    *(
        sa.column(name)
        for name in ("id", "number", "conversation", "followers", "outage", "finished_at", "merged_into")
    ),
)
_CONVERSATION = sa.table("conversation", sa.column("address"), sa.column("person"))


def upgrade() -> None:
    recognised = sa.text("became IS NOT NULL")
    op.add_column("person", sa.Column("became", sa.Integer()))
    op.create_index("ix_person_became", "person", ["became"], sqlite_where=recognised, postgresql_where=recognised)
    merged = sa.text("merged_into IS NOT NULL")
    op.create_index("ix_ticket_merged_into", "ticket", ["merged_into"], sqlite_where=merged, postgresql_where=merged)
    followed = sa.text("followers != '[]'")
    op.create_index("ix_ticket_followed", "ticket", ["id"], sqlite_where=followed, postgresql_where=followed)
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(_TICKET).where(_TICKET.c.followers.not_in(["[]"])).execution_options(yield_per=1_000)
    )
    for row in list(rows):
        waits = bool(row.outage) and row.finished_at is None
        followers = [
            {"person": person, "conversation": address, "waits": waits}
            for address, person in _people(connection, row.number, json.loads(row.followers))
        ]
        connection.execute(
            _TICKET.update().where(_TICKET.c.id == row.id).values(followers=json.dumps(followers, ensure_ascii=False))
        )


def _people(connection: sa.Connection, number: str, addresses: list[str]) -> list[tuple[str, int]]:
    """Each of them once, those left out whose own ticket was merged into it."""
    merged = set(connection.scalars(sa.select(_TICKET.c.conversation).where(_TICKET.c.merged_into == number)))
    found: dict[int, str] = {}
    for address in addresses:
        person = connection.scalar(sa.select(_CONVERSATION.c.person).where(_CONVERSATION.c.address == address))
        if person is not None and address not in merged:
            found.setdefault(person, address)
    return [(address, person) for person, address in found.items()]
