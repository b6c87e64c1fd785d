"""Mesai düzenleri, özel günler and targets."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, String, Table

from storage.engine.columns import JsonText, UtcTime
from storage.tables.schema import metadata, partial, words

work_pattern = Table(
    "work_pattern",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit", String),
    words("name"),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date),
    Column("week", JsonText, nullable=False),
    words("basis"),
    sqlite_autoincrement=True,
)

special_day = Table(
    "special_day",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit", String),
    Column("day", Date, nullable=False, index=True),
    Column("kind", String, nullable=False),
    words("title"),
    Column("starts", String),
    Column("ends", String),
    words("basis"),
    Column("decided_at", UtcTime),
    Column("decided_by", Integer, ForeignKey("person.id")),
    Column("confirmed", Boolean, nullable=False),
    Column("withdrawn_at", UtcTime),
    sqlite_autoincrement=True,
)

target = Table(
    "target",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit", String),
    Column("category", String),
    Column("kind", String),
    Column("priority", String),
    Column("claim_min", Integer),
    Column("solve_min", Integer),
    Column("valid_from", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)

recount = Table(
    "recount",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation", String, ForeignKey("conversation.address"), nullable=False),
    Column("tickets", Integer, nullable=False),
    Column("told", Integer, nullable=False),
    Column("begun_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    partial("ix_recount_running", "id", where="ended_at IS NULL"),
    sqlite_autoincrement=True,
)
"""Who watches how far tickets are counted anew."""
