"""The systems as this house changed them, and outages."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table

from storage.engine.columns import JsonText, UtcTime
from storage.tables.schema import metadata, partial, words

system = Table(
    "system",
    metadata,
    Column("id", String, primary_key=True),
    words("title"),
    Column("unit", String, nullable=False),
    Column("categories", JsonText, nullable=False),
    Column("dropped", Boolean, nullable=False),
)
"""In place of the shipped one of that id, or beside them."""

outage = Table(
    "outage",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("system", String),
    Column("ticket", Integer, ForeignKey("ticket.id"), nullable=False),
    Column("state", String, nullable=False),
    Column("since", UtcTime, nullable=False),
    Column("declared_at", UtcTime, nullable=False),
    Column("declared_by", Integer, ForeignKey("person.id"), nullable=False),
    Column("heard_at", UtcTime, nullable=False),
    Column("reminded_at", UtcTime),
    Column("announced_at", UtcTime),
    Column("ended_at", UtcTime),
    Column("ended_by", Integer, ForeignKey("person.id")),
    Column("cause", String),
    Column("note_asked_at", UtcTime),
    partial("ix_outage_open", "ticket", where="ended_at IS NULL", unique=True),
    Index("ix_outage_ended_at", "ended_at"),
    Index("ix_outage_ticket", "ticket"),
    sqlite_autoincrement=True,
)

outage_ticket = Table(
    "outage_ticket",
    metadata,
    Column("outage", Integer, ForeignKey("outage.id"), nullable=False),
    Column("ticket", Integer, ForeignKey("ticket.id"), nullable=False, index=True),
    Column("closed_from", String),
    words("waiting_for"),
    PrimaryKeyConstraint("outage", "ticket"),
    sqlite_with_rowid=False,
)
"""Tickets of others who have the same trouble."""

outage_update = Table(
    "outage_update",
    metadata,
    Column("outage", Integer, ForeignKey("outage.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("entry", Integer, ForeignKey("ticket_entry.id"), nullable=False),
    PrimaryKeyConstraint("outage", "position"),
    sqlite_with_rowid=False,
)

outage_note = Table(
    "outage_note",
    metadata,
    Column("outage", Integer, ForeignKey("outage.id"), nullable=False),
    Column("question", String, nullable=False),
    Column("entry", Integer, ForeignKey("ticket_entry.id"), nullable=False),
    PrimaryKeyConstraint("outage", "question"),
    sqlite_with_rowid=False,
)
"""What was answered after it."""

maintenance = Table(
    "maintenance",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("system", String, nullable=False),
    Column("starts", UtcTime, nullable=False),
    Column("ends", UtcTime, nullable=False),
    words("text"),
    Column("departments", JsonText, nullable=False),
    Column("entered_by", Integer, ForeignKey("person.id"), nullable=False, index=True),
    Column("entered_at", UtcTime, nullable=False),
    Column("withdrawn_at", UtcTime),
    partial("ix_maintenance_standing", "ends", "starts", where="withdrawn_at IS NULL"),
    sqlite_autoincrement=True,
)
