"""Whom tickets wait for, and service forms."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table

from storage.engine.columns import JsonText, UtcTime
from storage.tables.schema import metadata, partial, words

vendor_wait = Table(
    "vendor_wait",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ticket", Integer, ForeignKey("ticket.id"), nullable=False),
    Column("vendor", Integer, ForeignKey("vendor.id"), nullable=False),
    Column("device", Integer, ForeignKey("device.id")),
    Column("covered_until", Date),
    Column("at", UtcTime, nullable=False),
    Column("by", Integer, ForeignKey("person.id"), nullable=False),
    Column("disk", String),
    Column("asked_at", UtcTime),
    Column("left_at", UtcTime),
    Column("left_by", Integer, ForeignKey("person.id")),
    Column("was", String),
    Column("was_holder", Integer, ForeignKey("person.id")),
    words("was_holder_text"),
    Column("was_keeper", Integer, ForeignKey("person.id")),
    Column("was_since", Date),
    Column("back_at", UtcTime),
    Column("version", Integer, nullable=False),
    Index("ix_vendor_wait_ticket", "ticket", "id"),
    partial("ix_vendor_wait_device", "device", where="device IS NOT NULL"),
    partial("ix_vendor_wait_out", "id", where="left_at IS NOT NULL AND back_at IS NULL"),
    sqlite_autoincrement=True,
)
"""`was` and the four behind it: the custody in which the device was before it left."""

service_visit = Table(
    "service_visit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String, nullable=False, unique=True),
    Column("ticket", Integer, ForeignKey("ticket.id"), nullable=False, index=True),
    Column("vendor", Integer, ForeignKey("vendor.id"), nullable=False, index=True),
    Column("device", Integer, ForeignKey("device.id")),
    Column("wait", Integer, ForeignKey("vendor_wait.id")),
    Column("came_at", UtcTime, nullable=False),
    words("who_came"),
    words("done"),
    Column("parts", JsonText, nullable=False),
    words("new_serial"),
    words("charged"),
    Column("in_warranty", Boolean, nullable=False),
    Column("form", String, nullable=False, server_default=""),
    words("without_form"),
    Column("state", String, nullable=False),
    Column("made_by", Integer, ForeignKey("person.id"), nullable=False),
    Column("submitted_at", UtcTime),
    Column("approved_by", Integer, ForeignKey("person.id")),
    Column("approved_at", UtcTime),
    Column("version", Integer, nullable=False),
    words("search"),
    sqlite_autoincrement=True,
)
"""`parts`: what was swapped, its old serial and its new one."""
