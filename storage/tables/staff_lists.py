"""Lists of staff that were brought to the panel, row by row, until nobody may take them back any more."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, PrimaryKeyConstraint, String, Table

from storage.engine.columns import JsonText, UtcTime
from storage.tables.schema import metadata, partial, words

staff_import = Table(
    "staff_import",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("owner", Integer, ForeignKey("person.id"), nullable=False),
    Column("at", UtcTime, nullable=False, index=True),
    words("name"),
    Column("digest", String, nullable=False, index=True),
    Column("faults", JsonText, nullable=False),
    Column("notes", JsonText, nullable=False),
    Column("absent", Integer, nullable=False),
    Column("begun_at", UtcTime),
    Column("back_at", UtcTime),
    sqlite_autoincrement=True,
)
staff_import_row = Table(
    "staff_import_row",
    metadata,
    Column("list", Integer, ForeignKey("staff_import.id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("data", JsonText, nullable=False),
    Column("kind", String, nullable=False),
    Column("person", Integer, ForeignKey("person.id")),
    Column("twin", Integer, ForeignKey("person.id")),
    Column("fate", String),
    Column("before", JsonText, nullable=False, server_default="{}"),
    Column("after", JsonText, nullable=False, server_default="{}"),
    PrimaryKeyConstraint("list", "place"),
    partial("ix_staff_import_row_person", "person", where="person IS NOT NULL"),
    partial("ix_staff_import_row_twin", "twin", where="twin IS NOT NULL"),
    sqlite_with_rowid=False,
)
"""By their place in the list, from 0; `before` and `after` of a person whom it changed, to take it back."""
