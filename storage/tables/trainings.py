"""Trainings, and who takes part."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table

from storage.engine.columns import UtcTime
from storage.tables.schema import metadata, partial, words

training = Table(
    "training",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String, nullable=False, unique=True),
    words("title"),
    Column("starts", UtcTime, nullable=False),
    words("place"),
    words("trainer"),
    Column("capacity", Integer, nullable=False),
    words("note"),
    Column("made_by", Integer, ForeignKey("person.id"), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("held_at", UtcTime),
    Column("cancelled_at", UtcTime),
    Column("version", Integer, nullable=False),
    partial("ix_training_open", "starts", where="held_at IS NULL AND cancelled_at IS NULL"),
    sqlite_autoincrement=True,
)

training_participant = Table(
    "training_participant",
    metadata,
    Column("training", Integer, ForeignKey("training.id"), nullable=False),
    Column("person", Integer, ForeignKey("person.id"), nullable=False),
    Column("ticket", Integer, ForeignKey("ticket.id")),
    Column("answer", String, nullable=False),
    Column("answered_at", UtcTime),
    Column("attended", Boolean, nullable=False),
    PrimaryKeyConstraint("training", "person"),
    Index("ix_training_participant_person", "person"),
)
