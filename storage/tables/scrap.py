"""Proposals to write devices off, their lines and commissions."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from storage.engine.columns import UtcTime
from storage.tables.schema import metadata, words

scrap_proposal = Table(
    "scrap_proposal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String, nullable=False, unique=True),
    Column("opened_at", UtcTime, nullable=False),
    Column("opened_by", Integer, ForeignKey("person.id"), nullable=False),
    Column("checked_at", UtcTime),
    Column("checked_by", Integer, ForeignKey("person.id")),
    Column("commissioned_at", UtcTime),
    Column("commissioned_by", Integer, ForeignKey("person.id")),
    Column("approved_at", UtcTime),
    Column("approved_by", Integer, ForeignKey("person.id")),
    Column("approved_on", Date),
    words("document"),
    words("slip"),
    Column("version", Integer, nullable=False),
    sqlite_autoincrement=True,
)

scrap_line = Table(
    "scrap_line",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("proposal", Integer, ForeignKey("scrap_proposal.id"), nullable=False),
    Column("device", Integer, ForeignKey("device.id"), nullable=False),
    Column("reason", String, nullable=False),
    words("opinion"),
    Column("file", String, nullable=False, server_default=""),
    Column("proposed_by", Integer, ForeignKey("person.id"), nullable=False),
    Column("proposed_at", UtcTime, nullable=False),
    Column("disk", String),
    words("disk_note"),
    Column("verdict", String),
    words("verdict_reason"),
    Column("disposal", String),
    words("disposal_note"),
    UniqueConstraint("proposal", "device"),
    Index("ix_scrap_line_device", "device"),
    Index("ix_scrap_line_proposed_by", "proposed_by"),
    sqlite_autoincrement=True,
)

scrap_member = Table(
    "scrap_member",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("proposal", Integer, ForeignKey("scrap_proposal.id"), nullable=False),
    words("name"),
    Column("person", Integer, ForeignKey("person.id")),
    Column("expert", Boolean, nullable=False),
    Index("ix_scrap_member_proposal", "proposal"),
    sqlite_autoincrement=True,
)
