"""Reports as they are compared with others, and what was proposed of them."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, SmallInteger, String, Table

from storage.engine.columns import UtcTime
from storage.tables.schema import metadata, partial

symptom = Table(
    "symptom",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False, index=True),
    Column("day", Integer, nullable=False),
    Column("half_hour", SmallInteger, nullable=False),
    Column("person", Integer, ForeignKey("person.id"), nullable=False, index=True),
    Column("unit", String, nullable=False),
    Column("category", String),
    Column("place", String, nullable=False),
    Column("draft", String, nullable=False),
    Column("conversation", String, nullable=False),
    Column("ticket", Integer, ForeignKey("ticket.id"), index=True),
    Index("ix_symptom_category", "category", "at", "person", "place"),
    Index("ix_symptom_usual", "category", "half_hour", "day", "person", "place"),
    partial("ix_symptom_without_subject", "unit", "at", where="category IS NULL"),
    partial("ix_symptom_draft", "draft", where="draft != ''"),
    sqlite_autoincrement=True,
)
"""Reports of the last weeks as they are compared with others; their words stand elsewhere."""

outage_proposal = Table(
    "outage_proposal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("scope", String, nullable=False),
    Column("key", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("category", String),
    Column("since", UtcTime, nullable=False),
    Column("changed_at", UtcTime, nullable=False, index=True),
    Column("people", Integer, nullable=False),
    Column("answer", String, nullable=False),
    Column("answered_at", UtcTime),
    sqlite_autoincrement=True,
)
