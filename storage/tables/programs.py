"""Programs that the house runs, and who has their seats."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, String, Table

from storage.engine.columns import UtcTime
from storage.tables.schema import metadata, partial, words

program = Table(
    "program",
    metadata,
    Column("id", Integer, primary_key=True),
    words("name"),
    Column("name_key", String, nullable=False, unique=True),
    words("maker"),
    Column("unit", String, nullable=False),
    Column("model", String, nullable=False),
    Column("owned", Integer, nullable=False),
    words("version_in_use"),
    Column("support_ends", Date),
    words("pledge"),
    words("pledge_excused"),
    Column("tested_on", Date),
    words("accounting"),
    words("key_kept"),
    Column("active", Boolean, nullable=False),
    Column("recorded_at", UtcTime, nullable=False),
    Column("recorded_by", Integer, ForeignKey("person.id")),
    Column("version", Integer, nullable=False),
    sqlite_autoincrement=True,
)

program_seat = Table(
    "program_seat",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("program", Integer, ForeignKey("program.id"), nullable=False),
    Column("person", Integer, ForeignKey("person.id")),
    Column("device", Integer, ForeignKey("device.id")),
    Column("at", UtcTime, nullable=False),
    Column("by", Integer, ForeignKey("person.id"), nullable=False),
    Column("ended_at", UtcTime),
    partial("ix_program_seat_standing", "program", where="ended_at IS NULL"),
    partial("ix_program_seat_person", "person", where="ended_at IS NULL AND person IS NOT NULL"),
    sqlite_autoincrement=True,
)
"""Of a person or of a device."""
