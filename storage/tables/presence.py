"""Who is away, who deputises for whom, and who is on call."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
)

from storage.engine.columns import UtcTime
from storage.tables.schema import metadata, partial, words

absence = Table(
    "absence",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person", Integer, ForeignKey("person.id"), nullable=False, index=True),
    Column("starts", UtcTime, nullable=False),
    Column("ends", UtcTime, nullable=False),
    Column("kind", String, nullable=False),
    Column("entered_by", Integer, ForeignKey("person.id"), nullable=False),
    Column("entered_at", UtcTime, nullable=False),
    Column("fate", String),
    Column("fate_to", Integer, ForeignKey("person.id")),
    Column("begun_at", UtcTime),
    Column("withdrawn_at", UtcTime),
    partial("ix_absence_standing", "ends", "starts", where="withdrawn_at IS NULL"),
    partial("ix_absence_to_begin", "starts", where="withdrawn_at IS NULL AND begun_at IS NULL"),
    sqlite_autoincrement=True,
)

absence_ticket = Table(
    "absence_ticket",
    metadata,
    Column("absence", Integer, ForeignKey("absence.id"), nullable=False),
    Column("ticket", Integer, ForeignKey("ticket.id"), nullable=False),
    Column("fate", String, nullable=False),
    Column("fate_to", Integer, ForeignKey("person.id")),
    PrimaryKeyConstraint("absence", "ticket"),
    sqlite_with_rowid=False,
)
"""What was chosen for one ticket of them."""

deputy = Table(
    "deputy",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person", Integer, ForeignKey("person.id"), nullable=False, index=True),
    Column("deputy", Integer, ForeignKey("person.id"), nullable=False, index=True),
    Column("role", String, nullable=False),
    Column("unit", String),
    Column("starts", UtcTime, nullable=False),
    Column("ends", UtcTime, nullable=False),
    Column("document", String, nullable=False),
    Column("document_day", Date),
    Column("restricted", Boolean, nullable=False),
    Column("entered_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Index("ix_deputy_ends", "ends"),
    sqlite_autoincrement=True,
)

duty = Table(
    "duty",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit", String, nullable=False),
    Column("person", Integer, ForeignKey("person.id"), nullable=False, index=True),
    Column("starts", UtcTime, nullable=False),
    Column("ends", UtcTime, nullable=False),
    Column("place", SmallInteger, nullable=False),
    Column("entered_by", Integer, ForeignKey("person.id"), nullable=False),
    Column("entered_at", UtcTime, nullable=False),
    Column("swapped_from", Integer, ForeignKey("person.id")),
    Column("offered_at", UtcTime),
    Column("withdrawn_at", UtcTime),
    partial("ix_duty_standing", "ends", "starts", where="withdrawn_at IS NULL"),
    sqlite_autoincrement=True,
)

officer = Table(
    "officer",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("office", String, nullable=False),
    Column("person", Integer, ForeignKey("person.id"), nullable=False, index=True),
    Column("starts", Date, nullable=False),
    Column("ends", Date),
    Column("in_place_of", Integer, ForeignKey("person.id")),
    words("document"),
    Column("entered_by", Integer, ForeignKey("person.id"), nullable=False),
    Column("entered_at", UtcTime, nullable=False),
    Column("withdrawn_at", UtcTime),
    sqlite_autoincrement=True,
)
