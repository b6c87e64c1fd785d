"""What a unit has made a habit of: texts that it sends again and again."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, PrimaryKeyConstraint, String, Table

from storage.engine.columns import UtcTime
from storage.tables.schema import metadata, partial, words

canned_reply = Table(
    "canned_reply",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit", String, nullable=False),
    Column("name", String, nullable=False),
    words("text"),
    Column("written_at", UtcTime, nullable=False),
    Column("withdrawn_at", UtcTime),
    partial("ix_canned_reply_standing", "unit", "name", where="withdrawn_at IS NULL", unique=True),
    sqlite_autoincrement=True,
)
"""The unit's, not anybody's own: who wrote it stands in the audit."""

canned_reply_use = Table(
    "canned_reply_use",
    metadata,
    Column("reply", Integer, ForeignKey("canned_reply.id"), nullable=False),
    Column("category", String, nullable=False),
    Column("count", Integer, nullable=False),
    PrimaryKeyConstraint("reply", "category"),
    sqlite_with_rowid=False,
)
"""How often for which subject; empty: for none that was known."""
