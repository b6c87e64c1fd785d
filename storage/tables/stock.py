"""Items of the depot, their movements, and uses that no stock covers yet."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table

from storage.engine.columns import JsonText, UtcTime
from storage.tables.schema import metadata, partial, words

stock_item = Table(
    "stock_item",
    metadata,
    Column("id", Integer, primary_key=True),
    words("code"),
    Column("code_key", String, nullable=False, unique=True),
    words("name"),
    words("unit"),
    Column("movable_code", String, nullable=False),
    Column("minimum", Integer, nullable=False),
    Column("target", Integer, nullable=False),
    words("shelf"),
    Column("kind", String, nullable=False),
    Column("fits", JsonText, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("ordered_until", Date),
    Column("recorded_at", UtcTime, nullable=False),
    Column("recorded_by", Integer, ForeignKey("person.id")),
    Column("version", Integer, nullable=False),
    sqlite_autoincrement=True,
)

stock_move = Table(
    "stock_move",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String, nullable=False, unique=True),
    Column("item", Integer, ForeignKey("stock_item.id"), nullable=False),
    Column("depot", Integer, nullable=False, server_default="1"),
    Column("at", UtcTime, nullable=False),
    Column("delta", Integer, nullable=False),
    Column("why", String, nullable=False),
    Column("who", Integer, ForeignKey("person.id"), nullable=False),
    Column("ticket", Integer, ForeignKey("ticket.id")),
    Column("device", Integer, ForeignKey("device.id")),
    words("department"),
    Column("undoes", Integer, ForeignKey("stock_move.id"), unique=True),
    words("document"),
    words("note"),
    Index("ix_stock_move_item", "item", "id", "delta"),
    Index("ix_stock_move_at", "at"),
    partial("ix_stock_move_ticket", "ticket", where="ticket IS NOT NULL"),
    partial("ix_stock_move_document", "document", where="document <> ''"),
    sqlite_autoincrement=True,
)
"""`depot`: there is one, for now."""

pending_use = Table(
    "pending_use",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item", Integer, ForeignKey("stock_item.id"), nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("who", Integer, ForeignKey("person.id"), nullable=False),
    Column("ticket", Integer, ForeignKey("ticket.id")),
    Column("device", Integer, ForeignKey("device.id")),
    words("department"),
    Column("settled_by", Integer, ForeignKey("stock_move.id"), unique=True),
    Column("withdrawn_at", UtcTime),
    partial("ix_pending_use_open", "item", where="settled_by IS NULL AND withdrawn_at IS NULL"),
    sqlite_autoincrement=True,
)

stock_month_print = Table(
    "stock_month_print",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("month", String, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("by", Integer, ForeignKey("person.id"), nullable=False),
    Index("ix_stock_month_print_month", "month"),
    sqlite_autoincrement=True,
)
"""Who took the list of a month as a file, each time."""
