"""Devices, the numbers by which each is known, their labels, and the tickets that are about them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table

from storage.engine.columns import JsonText, UtcTime
from storage.tables.schema import metadata, partial, words

device = Table(
    "device",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    words("brand"),
    words("model"),
    words("serial"),
    words("asset_no"),
    words("other_no"),
    words("host"),
    Column("macs", JsonText, nullable=False),
    Column("ips", JsonText, nullable=False),
    words("supplier"),
    Column("bought_on", Date),
    words("price"),
    Column("warranty_until", Date),
    words("note"),
    Column("parts", JsonText, nullable=False),
    words("department"),
    Column("place", Integer, ForeignKey("place.id")),
    words("place_text"),
    Column("custody", String, nullable=False),
    Column("holder", Integer, ForeignKey("person.id")),
    words("holder_text"),
    Column("keeper", Integer, ForeignKey("person.id")),
    Column("custody_since", Date),
    Column("condition", String, nullable=False),
    Column("ending", String),
    Column("merged_into", Integer, ForeignKey("device.id")),
    Column("merged_at", UtcTime),
    Column("recorded_at", UtcTime, nullable=False),
    Column("recorded_by", Integer, ForeignKey("person.id")),
    Column("version", Integer, nullable=False),
    Column("living", Boolean, nullable=False),
    words("search"),
    partial("ix_device_department_kind", "department", "kind", where="living"),
    partial("ix_device_place_kind", "place", "kind", where="living AND place IS NOT NULL"),
    partial("ix_device_holder", "holder", where="holder IS NOT NULL"),
    partial("ix_device_keeper", "keeper", where="keeper IS NOT NULL"),
    partial("ix_device_merged_into", "merged_into", where="merged_into IS NOT NULL"),
    partial("ix_device_warranty_until", "warranty_until", where="living AND warranty_until IS NOT NULL"),
    sqlite_autoincrement=True,
)
"""`living`: it is neither merged, withdrawn nor written off. `search`: folded, what a list is searched by."""

device_key = Table(
    "device_key",
    metadata,
    Column("key", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("device", Integer, ForeignKey("device.id"), nullable=False, index=True),
    Column("make", String, nullable=False),
    Column("living", Boolean, nullable=False),
    PrimaryKeyConstraint("key", "kind", "device"),
    partial("uq_device_key_living", "kind", "key", where="living AND kind IN ('asset', 'other', 'mac')", unique=True),
    partial("uq_device_key_serial", "key", "make", where="living AND kind = 'serial'", unique=True),
    sqlite_with_rowid=False,
)
"""Each number by which a device is known, as it is compared (`knowledge.language.device_keys`). A withdrawn one has
none."""

device_label = Table(
    "device_label",
    metadata,
    Column("token", String, primary_key=True),
    Column("device", Integer, ForeignKey("device.id"), nullable=False, index=True),
    Column("issued_at", UtcTime, nullable=False),
    Column("issued_by", Integer, ForeignKey("person.id")),
    Column("revoked_at", UtcTime),
    Column("address", String, nullable=False, server_default=""),
    sqlite_with_rowid=False,
)

ticket_device = Table(
    "ticket_device",
    metadata,
    Column("ticket", Integer, ForeignKey("ticket.id"), nullable=False),
    Column("device", Integer, ForeignKey("device.id"), nullable=False),
    Column("role", String, nullable=False),
    Column("sure", Boolean, nullable=False),
    Column("by", Integer, ForeignKey("person.id")),
    Column("at", UtcTime, nullable=False),
    PrimaryKeyConstraint("ticket", "device"),
    Index("ix_ticket_device_device", "device", "ticket"),
    partial("uq_ticket_device_subject", "ticket", where="sure AND role = 'subject'", unique=True),
    sqlite_with_rowid=False,
)
