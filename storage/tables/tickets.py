"""Tickets: as they are, their history, what is written on them, and what is kept to find them by."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, SmallInteger, String, Table

from storage.engine.columns import JsonText, UtcTime, Words
from storage.tables.schema import metadata, partial, words

counter = Table(
    "counter",
    metadata,
    Column("kind", String, nullable=False),
    Column("year", Integer, nullable=False),
    Column("value", Integer, nullable=False),
    PrimaryKeyConstraint("kind", "year"),
)
"""`kind`: a series of `handlers.domain.numbers`; `year` 0 for one that is not begun anew."""

ticket = Table(
    "ticket",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String, nullable=False, unique=True),
    Column("unit", String, nullable=False),
    Column("category", String),
    words("text"),
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
    words("waiting_for"),
    words("resolution"),
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
    partial("ix_ticket_queue", "unit", "rank", "opened_at", where="state = 'open' AND holder IS NULL"),
    partial("ix_ticket_held", "holder", "rank", "opened_at", where="finished_at IS NULL AND holder IS NOT NULL"),
    partial("ix_ticket_active", "unit", "opened_at", "state", "holder", "changed_at", where="finished_at IS NULL"),
    partial("ix_ticket_active_category", "unit", "category", "opened_at", where="finished_at IS NULL"),
    partial("ix_ticket_outage", "opened_at", where="outage AND finished_at IS NULL"),
    partial("ix_ticket_draft", "draft", where="draft != ''"),
    partial("ix_ticket_followed", "id", where="followers != '[]'"),
    partial("ix_ticket_merged_into", "merged_into", where="merged_into IS NOT NULL"),
    partial("ix_ticket_resolved_waiting", "resolved_at", where="state = 'resolved'"),
    partial("ix_ticket_waiting_reporter", "changed_at", where="state = 'waiting_reporter'"),
    partial("ix_ticket_reporter_open", "reporter", "opened_at", where="ended_at IS NULL"),
    Index("ix_ticket_reporter", "reporter", "id"),
    Index("ix_ticket_category", "category", "id", "department", "holder"),
    Index("ix_ticket_department", "department", "id", "category", "holder"),
    partial("ix_ticket_holder", "holder", "id", "category", "department", where="holder IS NOT NULL"),
    Index("ix_ticket_opened", "unit", "opened_at", "category", "department"),
    partial("ix_ticket_resolved", "unit", "resolved_at", "resolved_by", "department", where="resolved_at IS NOT NULL"),
    partial("ix_ticket_span", "unit", "span", "opened_at", "finished_at", where="finished_at IS NOT NULL"),
    partial("ix_ticket_finished", "finished_at", where="finished_at IS NOT NULL"),
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
    partial("ix_ticket_timing_outdated", "ticket", where="outdated"),
    partial("ix_ticket_timing_warn_at", "warn_at", where="warn_at IS NOT NULL"),
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
    Column("acting_for", String),
    PrimaryKeyConstraint("ticket", "position"),
    partial("ix_ticket_event_kept_waiting", "at", where="what IN ('waiting', 'found_closed', 'reopened')"),
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
    words("text"),
    Column("files", JsonText, nullable=False),
    Column("message_key", String),
    partial("ix_ticket_entry_message_key", "message_key", where="message_key IS NOT NULL"),
    sqlite_autoincrement=True,
)

ticket_place = Table(
    "ticket_place",
    metadata,
    Column("ticket", Integer, ForeignKey("ticket.id"), primary_key=True, autoincrement=False),
    Column("place", Integer, ForeignKey("place.id"), nullable=False, index=True),
)
"""Where its matter is; the words stay among its facts."""
