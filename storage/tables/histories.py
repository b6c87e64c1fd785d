"""Histories of the stores, and what is anchored of every history, tickets' too."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table, UniqueConstraint

from storage.engine.columns import JsonText, UtcTime
from storage.tables.schema import metadata

store_event = Table(
    "store_event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("stream", String, nullable=False),
    Column("key", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("who", Integer, ForeignKey("person.id")),
    Column("channel", String, nullable=False),
    Column("what", String, nullable=False),
    Column("before", JsonText, nullable=False),
    Column("after", JsonText, nullable=False),
    Column("ref", String, nullable=False),
    Column("acting_for", String),
    Column("prev_hash", String, nullable=False),
    Column("hash", String, nullable=False),
    UniqueConstraint("stream", "key", "position"),
    Index("ix_store_event_who", "who"),
    sqlite_autoincrement=True,
)
"""`id` is the order in which all of them were written, whatever their stream."""

pending_head = Table(
    "pending_head",
    metadata,
    Column("stream", String, nullable=False),
    Column("key", Integer, nullable=False),
    Column("lines", Integer, nullable=False),
    Column("hash", String, nullable=False),
    PrimaryKeyConstraint("stream", "key"),
    sqlite_with_rowid=False,
)
"""Where a history stands that went on since it was anchored."""

anchor = Table(
    "anchor",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("day", Date, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("heads", Integer, nullable=False),
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False),
)

anchor_head = Table(
    "anchor_head",
    metadata,
    Column("stream", String, nullable=False),
    Column("key", Integer, nullable=False),
    Column("anchor", Integer, ForeignKey("anchor.number"), nullable=False),
    Column("lines", Integer, nullable=False),
    Column("hash", String, nullable=False),
    PrimaryKeyConstraint("stream", "key", "anchor"),
    Index("ix_anchor_head_anchor", "anchor"),
    sqlite_with_rowid=False,
)
