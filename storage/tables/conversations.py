"""What was said, what can be pressed, who has read how far, and files."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    true,
)

from storage.engine.columns import JsonText, UtcTime, Words
from storage.tables.schema import metadata, partial, words

message = Table(
    "message",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation", String, ForeignKey("conversation.address"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("first_seq", Integer, nullable=False),
    Column("author", Integer, ForeignKey("person.id")),
    Column("at", UtcTime, nullable=False),
    words("text"),
    Column("files", JsonText, nullable=False),
    Column("kind", String, nullable=False),
    Column("ticket", Integer, ForeignKey("ticket.id")),
    Column("rings", Boolean, nullable=False),
    Column("slot", String),
    Column("reply_to", Integer),
    Column("native_ref", String),
    Column("event_key", String, nullable=False),
    Column("minimal", Words),
    Column("confidential", Boolean, nullable=False, server_default=true()),
    Column("deleted", Boolean, nullable=False),
    Index("ix_message_seq", "conversation", "seq"),
    Index("ix_message_conversation", "conversation", "id"),
    partial("ix_message_slot", "slot", "conversation", where="slot IS NOT NULL", unique=True),
    partial("ix_message_author", "author", where="author IS NOT NULL"),
    partial("ix_message_ticket", "ticket", where="author IS NULL AND ticket IS NOT NULL"),
    partial("ix_message_list", "id", where="kind IN ('found', 'prompt_merge', 'work_similar')"),
    partial("ix_message_native_ref", "conversation", "native_ref", where="native_ref IS NOT NULL"),
    sqlite_autoincrement=True,
)

button = Table(
    "button",
    metadata,
    Column("token", String, primary_key=True),
    Column("message", Integer, ForeignKey("message.id"), nullable=False, index=True),
    Column("action", String, nullable=False),
    words("label"),
    Column("position", SmallInteger, nullable=False),
    Column("live", Boolean, nullable=False),
    sqlite_with_rowid=False,
)

seen = Table(
    "seen",
    metadata,
    Column("conversation", String, nullable=False),
    Column("person", Integer, ForeignKey("person.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    PrimaryKeyConstraint("conversation", "person"),
    sqlite_with_rowid=False,
)

attachment = Table(
    "attachment",
    metadata,
    Column("id", String, primary_key=True),
    words("name"),
    Column("media_type", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String, nullable=False),
    Column("uploader", Integer, ForeignKey("person.id"), index=True),
    Column("conversation", String, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("ticket", Integer, ForeignKey("ticket.id"), index=True),
    Column("codes", JsonText, nullable=False, server_default="[]"),
    Index("ix_attachment_at", "at"),
)
