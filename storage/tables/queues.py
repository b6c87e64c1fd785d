"""What comes in, what goes out, and what a process holds."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, Text, false

from storage.engine.columns import UtcTime
from storage.tables.schema import metadata, partial, words

inbox = Table(
    "inbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("channel", String, nullable=False),
    Column("conversation", String, nullable=False),
    Column("payload", Text, nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("state", String, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("owner", String),
    Column("leased_until", UtcTime),
    words("error"),
    partial("ix_inbox_waiting", "conversation", "id", where="state = 'waiting'"),
    partial("ix_inbox_oldest", "id", where="state = 'waiting'"),
    partial("ix_inbox_quarantined", "id", where="state = 'quarantined'"),
    sqlite_autoincrement=True,
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", String, nullable=False),
    Column("conversation", String, ForeignKey("conversation.address"), nullable=False),
    Column("message", Integer, ForeignKey("message.id"), nullable=False, index=True),
    Column("created_at", UtcTime, nullable=False),
    Column("state", String, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("owner", String),
    Column("leased_until", UtcTime),
    words("error"),
    Column("may_have_arrived", Boolean, nullable=False, server_default=false()),
    partial("ix_outbox_due", "channel", "conversation", "id", where="state = 'due'"),
    partial("ix_outbox_delivered", "due_at", where="state = 'delivered'"),
    partial("ix_outbox_given_up", "id", where="state = 'given_up'"),
    sqlite_autoincrement=True,
)

lease = Table(
    "lease",
    metadata,
    Column("name", String, primary_key=True),
    Column("owner", String, nullable=False),
    Column("until", UtcTime, nullable=False),
)
