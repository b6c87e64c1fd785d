"""Counts: who counts, and what was seen."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from storage.engine.columns import UtcTime
from storage.tables.schema import metadata, partial, words

inventory_count = Table(
    "inventory_count",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String, nullable=False, unique=True),
    Column("scope", String, nullable=False),
    words("department"),
    Column("place", Integer, ForeignKey("place.id")),
    Column("opened_by", Integer, ForeignKey("person.id"), nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("freeze_asked_until", UtcTime),
    Column("frozen_until", UtcTime),
    Column("frozen_by", Integer, ForeignKey("person.id")),
    Column("closed_by", Integer, ForeignKey("person.id")),
    Column("closed_at", UtcTime),
    Column("written_by", Integer, ForeignKey("person.id")),
    Column("written_at", UtcTime),
    Column("version", Integer, nullable=False),
    partial("ix_inventory_count_open", "id", where="closed_at IS NULL"),
    sqlite_autoincrement=True,
)

inventory_counter = Table(
    "inventory_counter",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("count", Integer, ForeignKey("inventory_count.id"), nullable=False),
    Column("person", Integer, ForeignKey("person.id"), nullable=False),
    Column("board", Boolean, nullable=False),
    Column("place", Integer, ForeignKey("place.id")),
    UniqueConstraint("count", "person"),
    Index("ix_inventory_counter_person", "person"),
    sqlite_autoincrement=True,
)

inventory_count_line = Table(
    "inventory_count_line",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("count", Integer, ForeignKey("inventory_count.id"), nullable=False),
    Column("device", Integer, ForeignKey("device.id")),
    Column("item", Integer, ForeignKey("stock_item.id")),
    Column("expected", Integer, nullable=False),
    Column("seen", Integer),
    Column("again", Integer),
    Column("place", Integer, ForeignKey("place.id")),
    Column("recorded", Integer, ForeignKey("place.id")),
    Column("by", Integer, ForeignKey("person.id")),
    Column("at", UtcTime),
    Column("how", String),
    words("note"),
    Column("file", String, nullable=False, server_default=""),
    UniqueConstraint("count", "device"),
    UniqueConstraint("count", "item"),
    partial("ix_inventory_count_line_by", "by", where='"by" IS NOT NULL'),
    sqlite_autoincrement=True,
)
