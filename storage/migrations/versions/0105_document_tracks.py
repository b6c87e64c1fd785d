"""Documents to be answered, beside EBYS."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcTime, Words

revision = "0105"
down_revision = "0096"


def upgrade() -> None:
    op.create_table(
        "document_track",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        _words("registry_no"),
        sa.Column("registry_key", sa.String(), nullable=False),
        sa.Column("came_on", sa.Date(), nullable=False),
        sa.Column("came_in", sa.Integer(), nullable=False),
        sa.Column("dated", sa.Date()),
        _words("sender"),
        _words("subject"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("last_day", sa.Date()),
        sa.Column("enclosures", sa.Integer(), nullable=False),
        sa.Column("holder", sa.Integer()),
        sa.Column("ticket", sa.Integer()),
        sa.Column("result", sa.String()),
        _words("answer_no"),
        sa.Column("ended_at", UtcTime()),
        sa.Column("ended_by", sa.Integer()),
        sa.Column("withdrawn_at", UtcTime()),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(_to(name, "person") for name in ("holder", "ended_by", "made_by")),
        _to("ticket", "ticket"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_track")),
        sa.UniqueConstraint("number", name=op.f("uq_document_track_number")),
        sqlite_autoincrement=True,
    )
    _partial("uq_document_track_standing", ["registry_key", "came_in"], "withdrawn_at IS NULL", unique=True)
    _partial("ix_document_track_open", ["last_day"], "result IS NULL AND withdrawn_at IS NULL")
    op.create_index("ix_document_track_holder", "document_track", ["holder"])
    _partial("ix_document_track_ticket", ["ticket"], "ticket IS NOT NULL")


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, Words(), nullable=False, server_default="")


def _to(column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_document_track_{column}_{other}"))


def _partial(name: str, on: list[str], where: str, *, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(name, "document_track", on, unique=unique, sqlite_where=condition, postgresql_where=condition)
