"""What inventory agents saw in the network, by what each is told again, and what printers counted."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table

from storage.engine.columns import JsonText, UtcTime
from storage.tables.schema import metadata, partial, words

sighting = Table(
    "sighting",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_type", String, nullable=False),
    words("agent"),
    words("device_text"),
    words("agent_key"),
    Column("seen", JsonText, nullable=False),
    words("search"),
    Column("first_seen", UtcTime, nullable=False),
    Column("last_seen", UtcTime, nullable=False, index=True),
    Column("device", Integer, ForeignKey("device.id")),
    Column("link", String),
    Column("linked_by", Integer, ForeignKey("person.id")),
    Column("linked_at", UtcTime),
    Column("ignored_at", UtcTime),
    Column("ignored_by", Integer, ForeignKey("person.id")),
    Column("version", Integer, nullable=False),
    partial("ix_sighting_device", "device", where="device IS NOT NULL"),
    sqlite_autoincrement=True,
)
"""`seen`: what is kept of the inventory. `search`: folded, what a list is searched by."""

sighting_key = Table(
    "sighting_key",
    metadata,
    Column("kind", String, nullable=False),
    Column("key", String, nullable=False),
    Column("sighting", Integer, ForeignKey("sighting.id"), nullable=False),
    PrimaryKeyConstraint("kind", "key", "sighting"),
    Index("ix_sighting_key_sighting", "sighting"),
    sqlite_with_rowid=False,
)

page_count = Table(
    "page_count",
    metadata,
    Column("sighting", Integer, ForeignKey("sighting.id"), nullable=False),
    Column("month", String, nullable=False),
    Column("total", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    PrimaryKeyConstraint("sighting", "month"),
    sqlite_with_rowid=False,
)
"""`month`: `2026-11`, by the house's clock."""
