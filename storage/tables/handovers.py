"""Handovers of devices, and orders by which they leave the depot."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from storage.engine.columns import JsonText, UtcTime
from storage.tables.schema import metadata, partial, words

standing_order = Table(
    "standing_order",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kinds", JsonText, nullable=False),
    Column("starts", Date, nullable=False),
    Column("ends", Date, nullable=False),
    words("document"),
    Column("given_by", Integer, ForeignKey("person.id"), nullable=False),
    Column("acting_for", Integer, ForeignKey("person.id")),
    Column("given_at", UtcTime, nullable=False),
    Column("withdrawn_at", UtcTime),
    sqlite_autoincrement=True,
)

depot_order = Table(
    "depot_order",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String, nullable=False, unique=True),
    Column("receiver", Integer, ForeignKey("person.id"), nullable=False),
    Column("ticket", Integer, ForeignKey("ticket.id")),
    Column("asked_by", Integer, ForeignKey("person.id"), nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("state", String, nullable=False),
    Column("decided_by", Integer, ForeignKey("person.id")),
    Column("acting_for", Integer, ForeignKey("person.id")),
    Column("decided_at", UtcTime),
    Column("channel", String, nullable=False),
    words("reason"),
    words("outside"),
    words("plan"),
    words("document"),
    Column("page", String, nullable=False, server_default=""),
    Column("signed_by", Integer),
    Column("signed_at", UtcTime),
    Column("standing", Integer),
    Column("version", Integer, nullable=False),
    sqlite_autoincrement=True,
)

depot_order_line = Table(
    "depot_order_line",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("depot_order", Integer, ForeignKey("depot_order.id"), nullable=False),
    Column("device", Integer, ForeignKey("device.id"), nullable=False),
    UniqueConstraint("depot_order", "device"),
    Index("ix_depot_order_line_device", "device"),
)

handover = Table(
    "handover",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String, nullable=False, unique=True),
    Column("direction", String, nullable=False),
    Column("giver", Integer, ForeignKey("person.id")),
    Column("receiver", Integer, ForeignKey("person.id")),
    Column("common", Boolean, nullable=False),
    Column("ticket", Integer, ForeignKey("ticket.id")),
    words("text"),
    Column("digest", String, nullable=False),
    Column("state", String, nullable=False),
    Column("made_by", Integer, ForeignKey("person.id"), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("giver_at", UtcTime),
    Column("receiver_at", UtcTime),
    Column("how", String),
    Column("ended_at", UtcTime),
    words("stands_at"),
    words("outside"),
    Column("due_back", Date),
    Column("channel", String, nullable=False, server_default=""),
    Column("page", String, nullable=False, server_default=""),
    Column("version", Integer, nullable=False),
    partial("ix_handover_waiting", "id", where="state = 'waiting'"),
    partial("ix_handover_outside", "due_back", where="due_back IS NOT NULL"),
    sqlite_autoincrement=True,
)

handover_line = Table(
    "handover_line",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("handover", Integer, ForeignKey("handover.id"), nullable=False),
    Column("device", Integer, ForeignKey("device.id"), nullable=False),
    words("accessories"),
    Column("depot_order", Integer, ForeignKey("depot_order.id")),
    Column("problem", String),
    Column("returned", String),
    words("note"),
    Column("waiting", Boolean, nullable=False),
    UniqueConstraint("handover", "device"),
    Index("ix_handover_line_device", "device"),
    partial("ix_handover_line_waiting", "device", where="waiting", unique=True),
)
"""`waiting`: its handover is open and it has not fallen out; of a device there is one at most."""

handover_code = Table(
    "handover_code",
    metadata,
    Column("handover", Integer, ForeignKey("handover.id"), primary_key=True, autoincrement=False),
    Column("digest", String, nullable=False),
    Column("made_by", Integer, ForeignKey("person.id"), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("wrong", Integer, nullable=False),
    Column("used_at", UtcTime),
)

official_record = Table(
    "official_record",
    metadata,
    Column("handover", Integer, ForeignKey("handover.id"), primary_key=True),
    Column("document", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("entered_by", Integer, ForeignKey("person.id"), nullable=False),
    Column("entered_at", UtcTime, nullable=False),
)
"""Where a confirmed act stands in the official movables ledger."""
