"""Announcements, and who read them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table

from storage.engine.columns import UtcTime
from storage.tables.schema import metadata, partial, words

announcement = Table(
    "announcement",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String, nullable=False, unique=True),
    words("text"),
    Column("security", Boolean, nullable=False),
    Column("audience", String, nullable=False),
    words("department"),
    Column("made_by", Integer, ForeignKey("person.id"), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("withdrawn_at", UtcTime),
    Column("version", Integer, nullable=False),
    partial("ix_announcement_in_force", "id", where="withdrawn_at IS NULL"),
    sqlite_autoincrement=True,
)

announcement_reader = Table(
    "announcement_reader",
    metadata,
    Column("announcement", Integer, ForeignKey("announcement.id"), nullable=False),
    Column("person", Integer, ForeignKey("person.id"), nullable=False),
    Column("told_at", UtcTime),
    Column("read_at", UtcTime),
    Column("reminded_at", UtcTime),
    PrimaryKeyConstraint("announcement", "person"),
    Index("ix_announcement_reader_person", "person"),
    partial("ix_announcement_reader_unread", "announcement", where="read_at IS NULL"),
)
