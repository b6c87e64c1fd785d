"""Places: buildings, floors and rooms with ids, and where tickets' matters are. Those of before keep their words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcTime, Words

revision = "0068"
down_revision = "0067"


def upgrade() -> None:
    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, Words(), nullable=False, server_default="") for name in ("building", "floor", "room")),
        *(sa.Column(f"{name}_key", sa.String(), nullable=False) for name in ("building", "floor", "room")),
        sa.Column("merged_into", sa.Integer()),
        sa.Column("merged_at", UtcTime()),
        sa.ForeignKeyConstraint(["merged_into"], ["place.id"], name=op.f("fk_place_merged_into_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint(
            "building_key", "room_key", "floor_key", name=op.f("uq_place_building_key_room_key_floor_key")
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "ticket_place",
        sa.Column("ticket", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.id"], name=op.f("fk_ticket_place_ticket_ticket")),
        sa.ForeignKeyConstraint(["place"], ["place.id"], name=op.f("fk_ticket_place_place_place")),
        sa.PrimaryKeyConstraint("ticket", name=op.f("pk_ticket_place")),
    )
    op.create_index(op.f("ix_ticket_place_place"), "ticket_place", ["place"])
