"""Calendars and targets are rows, and how long tickets take is counted in working time.

What was opened before this has no targets: `targets_since` remembers when they began, and what is counted stays empty.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import JsonText, UtcTime, Words

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    _tables()
    finished = sa.text("finished_at IS NOT NULL")
    op.create_index("ix_ticket_finished", "ticket", ["finished_at"], sqlite_where=finished, postgresql_where=finished)
    ticket = sa.table("ticket", sa.column("opened_at", UtcTime()))
    newest: datetime | None = op.get_bind().execute(sa.select(sa.func.max(ticket.c.opened_at))).scalar()
    if newest is not None:
        setting = sa.table("setting", sa.column("name", sa.String()), sa.column("value", sa.Text()))
        since = newest + timedelta(microseconds=1)
        op.bulk_insert(setting, [{"name": "targets_since", "value": since.isoformat()}])


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, Words(), nullable=False, server_default="")


def _tables() -> None:
    op.create_table(
        "work_pattern",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String()),
        _words("name"),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date()),
        sa.Column("week", JsonText(), nullable=False),
        _words("basis"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_pattern")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "special_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String()),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        _words("title"),
        sa.Column("starts", sa.String()),
        sa.Column("ends", sa.String()),
        _words("basis"),
        sa.Column("decided_at", UtcTime()),
        sa.Column("decided_by", sa.Integer()),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_at", UtcTime()),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_special_day_decided_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_special_day")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_special_day_day"), "special_day", ["day"])
    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String()),
        sa.Column("category", sa.String()),
        sa.Column("kind", sa.String()),
        sa.Column("priority", sa.String()),
        sa.Column("claim_min", sa.Integer()),
        sa.Column("solve_min", sa.Integer()),
        sa.Column("valid_from", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "ticket_timing",
        sa.Column("ticket", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("outdated", sa.Boolean(), nullable=False),
        sa.Column("claim_due_at", UtcTime()),
        sa.Column("solve_due_at", UtcTime()),
        sa.Column("spent_s", sa.Integer(), nullable=False),
        sa.Column("running_since", UtcTime()),
        sa.Column("solve_target_s", sa.Integer()),
        sa.Column("missed", sa.Boolean(), nullable=False),
        sa.Column("warn_at", UtcTime()),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.id"], name=op.f("fk_ticket_timing_ticket_ticket")),
        sa.PrimaryKeyConstraint("ticket", name=op.f("pk_ticket_timing")),
    )
    for name, column, condition in (
        ("ix_ticket_timing_outdated", "ticket", "outdated"),
        ("ix_ticket_timing_warn_at", "warn_at", "warn_at IS NOT NULL"),
    ):
        where = sa.text(condition)
        op.create_index(name, "ticket_timing", [column], sqlite_where=where, postgresql_where=where)
