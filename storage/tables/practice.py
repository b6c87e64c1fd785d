"""What a unit has made a habit of: texts that it sends again and again, and what it does only with a yes."""

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

from storage.engine.columns import JsonText, UtcTime
from storage.tables.schema import metadata, partial, words

canned_reply = Table(
    "canned_reply",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit", String, nullable=False),
    Column("name", String, nullable=False),
    words("text"),
    Column("written_at", UtcTime, nullable=False),
    Column("withdrawn_at", UtcTime),
    partial("ix_canned_reply_standing", "unit", "name", where="withdrawn_at IS NULL", unique=True),
    sqlite_autoincrement=True,
)
"""The unit's, not anybody's own: who wrote it stands in the audit."""

house_text = Table(
    "house_text",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("name", String, nullable=False),
    Column("version", Integer, nullable=False),
    words("body"),
    Column("shipped", String, nullable=False),
    Column("written_at", UtcTime, nullable=False),
    Column("written_by", Integer, ForeignKey("person.id"), nullable=False),
    Index("ix_house_text_name", "kind", "name", "version", unique=True),
    sqlite_autoincrement=True,
)
"""What stands in the place of shipped articles and texts: the house's, as those are."""

saved_view = Table(
    "saved_view",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner", Integer, ForeignKey("person.id"), nullable=False, index=True),
    words("title"),
    words("query"),
    Column("saved_at", UtcTime, nullable=False),
    Column("unit", String, nullable=False, server_default=""),
    partial("ix_saved_view_unit", "unit", where="unit != ''"),
    sqlite_autoincrement=True,
)
"""A person's own, where no `unit` is named: an erasure takes them all. A unit's stay: they are the house's."""

recommendation = Table(
    "recommendation",
    metadata,
    Column("year", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    words("text"),
    Column("written_at", UtcTime, nullable=False),
    PrimaryKeyConstraint("year", "version"),
    sqlite_with_rowid=False,
)
"""For a report that the house signs, and so nobody's own: who wrote it stands in the audit."""

canned_reply_use = Table(
    "canned_reply_use",
    metadata,
    Column("reply", Integer, ForeignKey("canned_reply.id"), nullable=False),
    Column("category", String, nullable=False),
    Column("count", Integer, nullable=False),
    PrimaryKeyConstraint("reply", "category"),
    sqlite_with_rowid=False,
)
"""How often for which subject; empty: for none that was known."""

checklist = Table(
    "checklist",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit", String, nullable=False),
    Column("name", String, nullable=False),
    Column("title", String, nullable=False),
    Column("items", JsonText, nullable=False),
    Column("category", String),
    Column("version", Integer, nullable=False),
    Column("written_at", UtcTime, nullable=False),
    Column("withdrawn_at", UtcTime),
    Index("ix_checklist_unit_name", "unit", "name", "version", unique=True),
    sqlite_autoincrement=True,
)
"""The unit's, as texts are; `items` are texts, those that must be ticked with a mark before them."""

ticket_checklist = Table(
    "ticket_checklist",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ticket", Integer, ForeignKey("ticket.id"), nullable=False),
    Column("name", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("title", String, nullable=False),
    Column("items", JsonText, nullable=False),
    Index("ix_ticket_checklist_ticket", "ticket", "name", unique=True),
    sqlite_autoincrement=True,
)
"""As it was when it was hung there. What is ticked, by whom and when is in the history."""

recurring = Table(
    "recurring",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit", String, nullable=False),
    Column("title", String, nullable=False),
    Column("every", String, nullable=False),
    Column("day", SmallInteger, nullable=False),
    Column("months", SmallInteger, nullable=False),
    Column("shift", String, nullable=False),
    Column("category", String),
    Column("checked", Boolean, nullable=False),
    Column("days_before", SmallInteger, nullable=False, server_default="0"),
    Column("whose", String, nullable=False, server_default="nobody"),
    Column("person", Integer),  # as a foreign key it could not be added later
    Column("evidence", String),
    Column("begins", Date, nullable=False),
    Column("written_at", UtcTime, nullable=False),
    Column("withdrawn_at", UtcTime),
    sqlite_autoincrement=True,
)
"""What opens a ticket again and again. Which days it opened one for stands in the tickets' `draft`."""

approval = Table(
    "approval",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ticket", Integer, ForeignKey("ticket.id"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("step", SmallInteger, nullable=False),
    Column("asked_by", Integer, ForeignKey("person.id"), nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("manager", Integer, ForeignKey("person.id")),
    Column("why", Integer, ForeignKey("ticket_entry.id")),
    Column("answer", Integer, ForeignKey("ticket_entry.id")),
    Column("shown", String, nullable=False),
    Column("decision", String),
    Column("decided_by", Integer, ForeignKey("person.id")),
    Column("decided_at", UtcTime),
    Column("acting_for", JsonText, nullable=False),
    Column("document", String, nullable=False),
    Column("document_day", Date),
    Column("withdrawn_at", UtcTime),
    partial("ix_approval_pending", "asked_at", where="decision IS NULL AND withdrawn_at IS NULL"),
    sqlite_autoincrement=True,
)
"""One step of a request each; what was written to it are entries of the ticket."""
