"""The tables. What a query is measured by at a million tickets has a partial index of its own.

`finished_at` of a ticket is when nobody had to do anything any more (resolved, cancelled or merged): NULL means active.
`span` sorts the finished ones by how long they took, each class twice the one before: what was active on some day years
ago was opened within the length of its class before that day, so that few rows have to be looked at.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    Text,
    false,
    text,
    true,
)
from sqlalchemy.sql.elements import TextClause

from storage.engine.columns import JsonText, UtcTime, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _partial(name: str, *columns: Any, where: str, unique: bool = False) -> Index:
    condition: TextClause = text(where)
    return Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


def _words(name: str, default: str | None = "") -> Column[str]:
    return Column(name, Words, nullable=False, server_default=default)


# --- people ---
person = Table(
    "person",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("handle", String, nullable=False, unique=True),
    _words("name"),
    Column("role", String, nullable=False),
    Column("unit", String),
    _words("department"),
    _words("room"),
    _words("phone"),
    Column("phone_key", String, nullable=False, index=True),
    _words("email"),
    Column("email_key", String, nullable=False, index=True),
    Column("staff_no", String, nullable=False, index=True),
    Column("search", Words, nullable=False),
    Column("verified", Boolean, nullable=False),
    Column("notice_version", Integer),
    Column("notice_shown_at", UtcTime),
    Column("left_at", UtcTime),
    Column("became", Integer),  # a person; as a foreign key to its own table it could not be added later
    Column("former_role", String),
    Column("former_unit", String),
    Index("ix_person_role_unit", "role", "unit"),
    _partial("ix_person_became", "became", where="became IS NOT NULL"),
    sqlite_autoincrement=True,
)

conversation = Table(
    "conversation",
    metadata,
    Column("address", String, primary_key=True),
    Column("channel", String, nullable=False),
    Column("person", Integer, ForeignKey("person.id"), index=True),
    Column("unit", String, index=True),
    _words("title"),
    Column("is_room", Boolean, nullable=False),
    Column("blocked", Boolean, nullable=False),
    Column("last_seq", Integer, nullable=False, server_default="0"),
    Column("active_at", UtcTime),
)

account = Table(
    "account",
    metadata,
    Column("channel", String, nullable=False),
    Column("name", String, nullable=False),
    Column("person", Integer, ForeignKey("person.id"), nullable=False, index=True),
    Column("conversation", String, nullable=False),
    PrimaryKeyConstraint("channel", "name"),
    sqlite_with_rowid=False,
)

dialog = Table(
    "dialog",
    metadata,
    Column("conversation", String, ForeignKey("conversation.address"), nullable=False),
    Column("person", Integer, ForeignKey("person.id"), nullable=False),
    Column("data", Text, nullable=False),
    Column("draft_idle_since", UtcTime),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("conversation", "person"),
    _partial("ix_dialog_idle", "draft_idle_since", where="draft_idle_since IS NOT NULL"),
)

# --- tickets ---
counter = Table(
    "counter",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("value", Integer, nullable=False),
)

ticket = Table(
    "ticket",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String, nullable=False, unique=True),
    Column("unit", String, nullable=False),
    Column("category", String),
    _words("text"),
    Column("reporter", Integer, ForeignKey("person.id"), nullable=False),
    Column("department", Words, nullable=False),
    Column("conversation", String, nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("opened_by", Integer, ForeignKey("person.id"), nullable=False),
    Column("untold", Boolean, nullable=False),
    Column("priority", String, nullable=False),
    Column("rank", SmallInteger, nullable=False),
    Column("state", String, nullable=False),
    Column("holder", Integer, ForeignKey("person.id")),
    Column("restricted", Boolean, nullable=False),
    Column("facts", JsonText, nullable=False),
    Column("tried", Integer, nullable=False),
    Column("tried_article", String),
    Column("reasons", JsonText, nullable=False),
    Column("files", JsonText, nullable=False),
    _words("waiting_for"),
    _words("resolution"),
    Column("resolved_at", UtcTime),
    Column("resolved_by", Integer, ForeignKey("person.id")),
    Column("ended_at", UtcTime),
    Column("finished_at", UtcTime),
    Column("span", SmallInteger),
    Column("changed_at", UtcTime),
    Column("reminded_at", UtcTime),
    Column("merged_into", String),
    Column("rating", SmallInteger),
    Column("outage", Boolean, nullable=False),
    Column("draft", String, nullable=False),
    Column("followers", JsonText, nullable=False),
    Column("version", Integer, nullable=False),
    Column("event_count", Integer, nullable=False),
    Column("last_hash", String, nullable=False),
    _partial("ix_ticket_queue", "unit", "rank", "opened_at", where="state = 'open' AND holder IS NULL"),
    _partial("ix_ticket_held", "holder", "rank", "opened_at", where="finished_at IS NULL AND holder IS NOT NULL"),
    _partial("ix_ticket_active", "unit", "opened_at", "state", "holder", "changed_at", where="finished_at IS NULL"),
    _partial("ix_ticket_active_category", "unit", "category", "opened_at", where="finished_at IS NULL"),
    _partial("ix_ticket_outage", "opened_at", where="outage AND finished_at IS NULL"),
    _partial("ix_ticket_draft", "draft", where="draft != ''"),
    _partial("ix_ticket_followed", "id", where="followers != '[]'"),
    _partial("ix_ticket_merged_into", "merged_into", where="merged_into IS NOT NULL"),
    _partial("ix_ticket_resolved_waiting", "resolved_at", where="state = 'resolved'"),
    _partial("ix_ticket_waiting_reporter", "changed_at", where="state = 'waiting_reporter'"),
    _partial("ix_ticket_reporter_open", "reporter", "opened_at", where="ended_at IS NULL"),
    Index("ix_ticket_reporter", "reporter", "id"),
    Index("ix_ticket_opened", "unit", "opened_at", "category", "department"),
    _partial("ix_ticket_resolved", "unit", "resolved_at", "resolved_by", "department", where="resolved_at IS NOT NULL"),
    _partial("ix_ticket_span", "unit", "span", "opened_at", "finished_at", where="finished_at IS NOT NULL"),
    _partial("ix_ticket_finished", "finished_at", where="finished_at IS NOT NULL"),
    sqlite_autoincrement=True,
)

ticket_timing = Table(
    "ticket_timing",
    metadata,
    Column("ticket", Integer, ForeignKey("ticket.id"), primary_key=True, autoincrement=False),
    Column("lines", Integer, nullable=False),
    Column("outdated", Boolean, nullable=False),
    Column("claim_due_at", UtcTime),
    Column("solve_due_at", UtcTime),
    Column("spent_s", Integer, nullable=False),
    Column("running_since", UtcTime),
    Column("solve_target_s", Integer),
    Column("missed", Boolean, nullable=False),
    Column("warn_at", UtcTime),
    _partial("ix_ticket_timing_outdated", "ticket", where="outdated"),
    _partial("ix_ticket_timing_warn_at", "warn_at", where="warn_at IS NOT NULL"),
)
"""What is counted of a ticket's time, kept to be found by it; a ticket from before there were targets has none."""

ticket_search = Table(
    "ticket_search",
    metadata,
    Column("ticket", Integer, ForeignKey("ticket.id"), primary_key=True, autoincrement=False),
    Column("reporter", Words, nullable=False),
    Column("words", Words, nullable=False),
    Column("notes", Words, nullable=False),
)
"""Folded, for the index over it: `ticket_fts` with its triggers on SQLite; on PostgreSQL the generated columns `shared`
and `whole` with `ix_ticket_search_whole`. Both are made by the migration alone."""

ticket_event = Table(
    "ticket_event",
    metadata,
    Column("ticket", Integer, ForeignKey("ticket.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("who", Integer, ForeignKey("person.id")),
    Column("channel", String, nullable=False),
    Column("what", String, nullable=False),
    Column("before", String),
    Column("after", String),
    Column("reason", String),
    Column("prev_hash", String, nullable=False),
    Column("hash", String, nullable=False),
    PrimaryKeyConstraint("ticket", "position"),
    sqlite_with_rowid=False,
)

ticket_entry = Table(
    "ticket_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ticket", Integer, ForeignKey("ticket.id"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("author", Integer, ForeignKey("person.id"), nullable=False, index=True),
    _words("text"),
    Column("files", JsonText, nullable=False),
    Column("message_key", String),
    _partial("ix_ticket_entry_message_key", "message_key", where="message_key IS NOT NULL"),
    sqlite_autoincrement=True,
)

# --- conversations ---
message = Table(
    "message",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation", String, ForeignKey("conversation.address"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("first_seq", Integer, nullable=False),
    Column("author", Integer, ForeignKey("person.id")),
    Column("at", UtcTime, nullable=False),
    _words("text"),
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
    _partial("ix_message_slot", "slot", "conversation", where="slot IS NOT NULL", unique=True),
    _partial("ix_message_author", "author", where="author IS NOT NULL"),
    _partial("ix_message_ticket", "ticket", where="author IS NULL AND ticket IS NOT NULL"),
    _partial("ix_message_list", "id", where="kind IN ('found', 'prompt_merge', 'work_similar')"),
    _partial("ix_message_native_ref", "conversation", "native_ref", where="native_ref IS NOT NULL"),
    sqlite_autoincrement=True,
)

button = Table(
    "button",
    metadata,
    Column("token", String, primary_key=True),
    Column("message", Integer, ForeignKey("message.id"), nullable=False, index=True),
    Column("action", String, nullable=False),
    _words("label"),
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
    _words("name"),
    Column("media_type", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String, nullable=False),
    Column("uploader", Integer, ForeignKey("person.id"), index=True),
    Column("conversation", String, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("ticket", Integer, ForeignKey("ticket.id"), index=True),
    Index("ix_attachment_at", "at"),
)

# --- small records ---
join_code = Table(
    "join_code",
    metadata,
    Column("code_hash", String, primary_key=True),
    Column("role", String, nullable=False),
    Column("unit", String),
    _words("name"),
    Column("person", Integer, ForeignKey("person.id")),
    Column("expires_at", UtcTime, nullable=False),
    Column("used_at", UtcTime),
    Column("used_by", Integer, ForeignKey("person.id")),
)

session = Table(
    "session",
    metadata,
    Column("token_hash", String, primary_key=True),
    Column("person", Integer, ForeignKey("person.id"), nullable=False, index=True),
    Column("created_at", UtcTime, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
    _words("user_agent"),
    Column("ended_at", UtcTime),
    Column("rights", String, nullable=False, server_default=""),
    Column("renewed_with", String, nullable=False, server_default=""),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("who", Integer, ForeignKey("person.id")),
    Column("what", String, nullable=False),
    _words("about"),
    Column("channel", String, nullable=False),
    _partial("ix_audit_code_refused", "at", "who", where="what = 'code_refused'"),
    sqlite_autoincrement=True,
)

once = Table(
    "once",
    metadata,
    Column("mark", String, primary_key=True),
    Column("at", UtcTime, nullable=False),
    sqlite_with_rowid=False,
)

job_run = Table(
    "job_run",
    metadata,
    Column("job", String, nullable=False),
    Column("scope", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("until", UtcTime, nullable=False),
    PrimaryKeyConstraint("job", "scope", "day"),
    sqlite_with_rowid=False,
)

chat_migration = Table(
    "chat_migration",
    metadata,
    Column("old_chat", BigInteger, nullable=False),
    Column("new_chat", BigInteger, nullable=False, index=True),
    Column("at", UtcTime, nullable=False),
    PrimaryKeyConstraint("old_chat", "new_chat"),
    sqlite_with_rowid=False,
)

forum_topic = Table(
    "forum_topic",
    metadata,
    Column("chat", BigInteger, nullable=False),
    Column("thread", BigInteger, nullable=False),
    Column("ticket", Integer, ForeignKey("ticket.id"), nullable=False),
    Column("card", Integer, ForeignKey("message.id"), nullable=False),
    Column("at", UtcTime, nullable=False),
    PrimaryKeyConstraint("chat", "thread"),
    Index("ix_forum_topic_ticket", "ticket", "chat", "at"),
    sqlite_with_rowid=False,
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False, index=True),
    _words("text"),
    Column("category", String, nullable=False),
    Column("source", String, nullable=False),
    Column("person", Integer),  # as a foreign key it could not be added later
    _partial("ix_feedback_person", "person", where="person IS NOT NULL"),
)

tip_solved = Table(
    "tip_solved",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("unit", String, nullable=False),
    Column("category", String, nullable=False),
    _words("department"),
    Index("ix_tip_solved_unit_at", "unit", "at"),
)

setting = Table(
    "setting",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)

# --- working time ---
work_pattern = Table(
    "work_pattern",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit", String),
    _words("name"),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date),
    Column("week", JsonText, nullable=False),
    _words("basis"),
    sqlite_autoincrement=True,
)

special_day = Table(
    "special_day",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit", String),
    Column("day", Date, nullable=False, index=True),
    Column("kind", String, nullable=False),
    _words("title"),
    Column("starts", String),
    Column("ends", String),
    _words("basis"),
    Column("decided_at", UtcTime),
    Column("decided_by", Integer, ForeignKey("person.id")),
    Column("confirmed", Boolean, nullable=False),
    Column("withdrawn_at", UtcTime),
    sqlite_autoincrement=True,
)

target = Table(
    "target",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit", String),
    Column("category", String),
    Column("kind", String),
    Column("priority", String),
    Column("claim_min", Integer),
    Column("solve_min", Integer),
    Column("valid_from", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)

# --- in and out ---
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
    _words("error"),
    _partial("ix_inbox_waiting", "conversation", "id", where="state = 'waiting'"),
    _partial("ix_inbox_oldest", "id", where="state = 'waiting'"),
    _partial("ix_inbox_quarantined", "id", where="state = 'quarantined'"),
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
    _words("error"),
    Column("may_have_arrived", Boolean, nullable=False, server_default=false()),
    _partial("ix_outbox_due", "channel", "conversation", "id", where="state = 'due'"),
    _partial("ix_outbox_delivered", "due_at", where="state = 'delivered'"),
    _partial("ix_outbox_given_up", "id", where="state = 'given_up'"),
    sqlite_autoincrement=True,
)

lease = Table(
    "lease",
    metadata,
    Column("name", String, primary_key=True),
    Column("owner", String, nullable=False),
    Column("until", UtcTime, nullable=False),
)
