"""Lists of devices that were brought, row by row, until nobody may take them back any more."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, PrimaryKeyConstraint, String, Table

from storage.engine.columns import JsonText, UtcTime
from storage.tables.schema import metadata, partial, words

device_import = Table(
    "device_import",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("owner", Integer, ForeignKey("person.id"), nullable=False),
    Column("at", UtcTime, nullable=False, index=True),
    words("name"),
    Column("digest", String, nullable=False, index=True),
    Column("said", JsonText, nullable=False),
    Column("begun_at", UtcTime),
    Column("back_at", UtcTime),
    sqlite_autoincrement=True,
)
"""`said`: the header, rows that cannot be taken, notes, and müdürlükler to be confirmed."""
device_import_row = Table(
    "device_import_row",
    metadata,
    Column("list", Integer, ForeignKey("device_import.id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("data", JsonText, nullable=False),
    Column("kind", String, nullable=False),
    Column("waits", Integer, nullable=False),
    Column("device", Integer, ForeignKey("device.id")),
    Column("fate", String),
    Column("version", Integer, nullable=False),
    Column("before", JsonText, nullable=False, server_default="{}"),
    PrimaryKeyConstraint("list", "place"),
    partial("ix_device_import_row_device", "device", where="device IS NOT NULL"),
    sqlite_with_rowid=False,
)
"""By their place in the list, from 0. `waits`: whether a person is to be chosen; `before`: what is put back."""
