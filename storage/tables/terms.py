"""Whatever ends on a day, the devices that it covers, and firms."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, PrimaryKeyConstraint, String, Table

from storage.engine.columns import JsonText, UtcTime
from storage.tables.schema import metadata, partial, words

vendor = Table(
    "vendor",
    metadata,
    Column("id", Integer, primary_key=True),
    words("name"),
    Column("name_key", String, nullable=False, unique=True),
    words("phone"),
    words("email"),
    words("fault_line"),
    words("contact"),
    Column("active", Boolean, nullable=False),
    Column("recorded_at", UtcTime, nullable=False),
    Column("recorded_by", Integer, ForeignKey("person.id")),
    Column("version", Integer, nullable=False),
    sqlite_autoincrement=True,
)

term = Table(
    "term",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    words("name"),
    Column("unit", String, nullable=False),
    Column("starts", Date),
    Column("ends", Date),
    Column("vendor", Integer, ForeignKey("vendor.id"), index=True),
    words("contract_no"),
    Column("steps", JsonText, nullable=False),
    Column("office", String),
    Column("place", Integer, ForeignKey("place.id")),
    words("place_text"),
    words("line_number"),
    words("service_no"),
    words("speed"),
    words("fault_line"),
    words("cost"),
    words("note"),
    Column("host", String, nullable=False, server_default=""),
    Column("read_at", UtcTime),
    Column("failing_since", Date),
    Column("failure", String, nullable=False, server_default=""),
    Column("state", String, nullable=False),
    Column("changed_state_at", UtcTime),
    Column("successor", Integer, ForeignKey("term.id")),
    Column("told", JsonText, nullable=False),
    Column("ticket", Integer, ForeignKey("ticket.id")),
    Column("next_day", Date),
    Column("recorded_at", UtcTime, nullable=False),
    Column("recorded_by", Integer, ForeignKey("person.id")),
    Column("version", Integer, nullable=False),
    words("search"),
    partial("ix_term_next_day", "next_day", where="next_day IS NOT NULL"),
    partial("ix_term_ticket", "ticket", where="ticket IS NOT NULL"),
    partial("ix_term_place", "place", where="place IS NOT NULL"),
    partial("uq_term_host", "host", where="host <> '' AND state IN ('in_force', 'ended')", unique=True),
    sqlite_autoincrement=True,
)
"""`told`: each step with the day on which it was. `next_day`: on which the clock has to look at it again. `search`:
folded, what a list is searched by."""

term_device = Table(
    "term_device",
    metadata,
    Column("term", Integer, ForeignKey("term.id"), nullable=False),
    Column("device", Integer, ForeignKey("device.id"), nullable=False, index=True),
    PrimaryKeyConstraint("term", "device"),
    sqlite_with_rowid=False,
)
"""What a term covers."""
