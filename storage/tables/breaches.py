"""Matters that may have touched personal data."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from storage.engine.columns import UtcTime
from storage.tables.schema import metadata, partial

breach = Table(
    "breach",
    metadata,
    Column("ticket", Integer, ForeignKey("ticket.id"), primary_key=True, autoincrement=False),
    Column("number", String, nullable=False, unique=True),
    Column("learned_at", UtcTime, nullable=False),
    Column("begun_at", UtcTime, nullable=False),
    Column("begun_by", Integer, ForeignKey("person.id")),
    Column("reminded", Integer, nullable=False),
    Column("reported_at", UtcTime),
    Column("reported_by", Integer, ForeignKey("person.id")),
    Column("version", Integer, nullable=False),
    partial("ix_breach_waiting", "learned_at", where="reported_at IS NULL"),
)
