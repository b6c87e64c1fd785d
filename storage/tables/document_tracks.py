"""Documents to be answered, beside EBYS."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table

from storage.engine.columns import UtcTime
from storage.tables.schema import metadata, partial, words

document_track = Table(
    "document_track",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String, nullable=False, unique=True),
    words("registry_no"),
    Column("registry_key", String, nullable=False),
    Column("came_on", Date, nullable=False),
    Column("came_in", Integer, nullable=False),
    Column("dated", Date),
    words("sender"),
    words("subject"),
    Column("kind", String, nullable=False),
    Column("last_day", Date),
    Column("enclosures", Integer, nullable=False),
    Column("holder", Integer, ForeignKey("person.id")),
    Column("ticket", Integer, ForeignKey("ticket.id")),
    Column("result", String),
    words("answer_no"),
    Column("ended_at", UtcTime),
    Column("ended_by", Integer, ForeignKey("person.id")),
    Column("withdrawn_at", UtcTime),
    Column("made_by", Integer, ForeignKey("person.id"), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("version", Integer, nullable=False),
    partial("uq_document_track_standing", "registry_key", "came_in", where="withdrawn_at IS NULL", unique=True),
    partial("ix_document_track_open", "last_day", where="result IS NULL AND withdrawn_at IS NULL"),
    Index("ix_document_track_holder", "holder"),
    partial("ix_document_track_ticket", "ticket", where="ticket IS NOT NULL"),
    sqlite_autoincrement=True,
)
