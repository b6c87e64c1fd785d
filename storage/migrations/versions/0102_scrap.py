"""Proposals to write devices off, their lines and commissions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcTime, Words

revision = "0102"
down_revision = "0105"


def upgrade() -> None:
    op.create_table(
        "scrap_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("opened_at", UtcTime(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("checked_at", UtcTime()),
        sa.Column("checked_by", sa.Integer()),
        sa.Column("commissioned_at", UtcTime()),
        sa.Column("commissioned_by", sa.Integer()),
        sa.Column("approved_at", UtcTime()),
        sa.Column("approved_by", sa.Integer()),
        sa.Column("approved_on", sa.Date()),
        *_words("document", "slip"),
        sa.Column("version", sa.Integer(), nullable=False),
        *[
            _to("scrap_proposal", name, "person")
            for name in ("opened_by", "checked_by", "commissioned_by", "approved_by")
        ],
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scrap_proposal")),
        sa.UniqueConstraint("number", name=op.f("uq_scrap_proposal_number")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "scrap_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal", sa.Integer(), nullable=False),
        sa.Column("device", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        *_words("opinion"),
        sa.Column("file", sa.String(), nullable=False, server_default=""),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", UtcTime(), nullable=False),
        sa.Column("disk", sa.String()),
        *_words("disk_note"),
        sa.Column("verdict", sa.String()),
        *_words("verdict_reason"),
        sa.Column("disposal", sa.String()),
        *_words("disposal_note"),
        _to("scrap_line", "proposal", "scrap_proposal"),
        _to("scrap_line", "device", "device"),
        _to("scrap_line", "proposed_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scrap_line")),
        sa.UniqueConstraint("proposal", "device", name=op.f("uq_scrap_line_proposal_device")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_scrap_line_device", "scrap_line", ["device"])
    op.create_index("ix_scrap_line_proposed_by", "scrap_line", ["proposed_by"])
    op.create_table(
        "scrap_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal", sa.Integer(), nullable=False),
        *_words("name"),
        sa.Column("person", sa.Integer()),
        sa.Column("expert", sa.Boolean(), nullable=False),
        _to("scrap_member", "proposal", "scrap_proposal"),
        _to("scrap_member", "person", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scrap_member")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_scrap_member_proposal", "scrap_member", ["proposal"])


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, Words(), nullable=False, server_default="") for name in names]


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))
