"""An outage is kept by itself, and the systems as the house changes them.

What was a known outage on an open ticket is one, of no system; a ticket that is done is none any more.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import JsonText, UtcTime, Words

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "system",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", Words(), nullable=False, server_default=""),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("categories", JsonText(), nullable=False),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_system")),
    )
    _outage()
    op.create_table(
        "outage_ticket",
        sa.Column("outage", sa.Integer(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("closed_from", sa.String()),
        sa.Column("waiting_for", Words(), nullable=False, server_default=""),
        sa.ForeignKeyConstraint(["outage"], ["outage.id"], name=op.f("fk_outage_ticket_outage_outage")),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.id"], name=op.f("fk_outage_ticket_ticket_ticket")),
        sa.PrimaryKeyConstraint("outage", "ticket", name=op.f("pk_outage_ticket")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_outage_ticket_ticket"), "outage_ticket", ["ticket"])
    op.create_table(
        "outage_update",
        sa.Column("outage", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["ticket_entry.id"], name=op.f("fk_outage_update_entry_ticket_entry")),
        sa.ForeignKeyConstraint(["outage"], ["outage.id"], name=op.f("fk_outage_update_outage_outage")),
        sa.PrimaryKeyConstraint("outage", "position", name=op.f("pk_outage_update")),
        sqlite_with_rowid=False,
    )
    _carry_over()


def _outage() -> None:
    op.create_table(
        "outage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("system", sa.String()),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("since", UtcTime(), nullable=False),
        sa.Column("declared_at", UtcTime(), nullable=False),
        sa.Column("declared_by", sa.Integer(), nullable=False),
        sa.Column("heard_at", UtcTime(), nullable=False),
        sa.Column("reminded_at", UtcTime()),
        sa.Column("announced_at", UtcTime()),
        sa.Column("ended_at", UtcTime()),
        sa.Column("ended_by", sa.Integer()),
        sa.Column("cause", sa.String()),
        sa.ForeignKeyConstraint(["declared_by"], ["person.id"], name=op.f("fk_outage_declared_by_person")),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name=op.f("fk_outage_ended_by_person")),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.id"], name=op.f("fk_outage_ticket_ticket")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outage")),
        sqlite_autoincrement=True,
    )
    open_ones = sa.text("ended_at IS NULL")
    op.create_index(
        "ix_outage_open", "outage", ["ticket"], unique=True, sqlite_where=open_ones, postgresql_where=open_ones
    )
    op.create_index("ix_outage_ended_at", "outage", ["ended_at"])
    op.create_index("ix_outage_ticket", "outage", ["ticket"])


def _carry_over() -> None:
    op.execute("UPDATE ticket SET outage = false WHERE outage AND finished_at IS NOT NULL")
    op.execute(
        "INSERT INTO outage (ticket, state, since, declared_at, declared_by, heard_at)"
        " SELECT id, 'down', opened_at, opened_at, COALESCE(holder, opened_by), COALESCE(changed_at, opened_at)"
        " FROM ticket WHERE outage"
    )
