"""Small records: codes, sessions, the audit, marks, jobs, what was learned, settings."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

from storage.engine.columns import JsonText, UtcTime
from storage.tables.schema import metadata, partial, words

join_code = Table(
    "join_code",
    metadata,
    Column("code_hash", String, primary_key=True),
    Column("role", String, nullable=False),
    Column("unit", String),
    words("name"),
    Column("person", Integer, ForeignKey("person.id")),
    Column("expires_at", UtcTime, nullable=False),
    Column("used_at", UtcTime),
    Column("used_by", Integer, ForeignKey("person.id")),
    Column("made_by", Integer),  # a person; as a foreign key it could not be added later
    Column("made_at", UtcTime),
    Column("revoked_at", UtcTime),
    partial("ix_join_code_made_at", "made_at", where="made_at IS NOT NULL"),
    partial("ix_join_code_person", "person", where="person IS NOT NULL"),
)

session = Table(
    "session",
    metadata,
    Column("token_hash", String, primary_key=True),
    Column("person", Integer, ForeignKey("person.id"), nullable=False, index=True),
    Column("created_at", UtcTime, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
    words("user_agent"),
    Column("ended_at", UtcTime),
    Column("rights", String, nullable=False, server_default=""),
    Column("renewed_with", String, nullable=False, server_default=""),
)

push_subscription = Table(
    "push_subscription",
    metadata,
    Column("key", String, primary_key=True),
    Column("session", String, ForeignKey("session.token_hash"), nullable=False, index=True),
    Column("endpoint", String, nullable=False),
    Column("public_key", String, nullable=False),
    Column("auth", String, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("house_key", String, nullable=False, server_default=""),
)
"""A browser that rings although no page of ours is open; it is whose its session is."""

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("who", Integer, ForeignKey("person.id")),
    Column("what", String, nullable=False),
    words("about"),
    Column("channel", String, nullable=False),
    partial("ix_audit_code_refused", "at", "who", where="what = 'code_refused'"),
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

stored_setting = Table(
    "stored_setting",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", JsonText, nullable=False),
    Column("before", JsonText, nullable=False),
    Column("version", Integer, nullable=False),
    Column("set_by", Integer, ForeignKey("person.id")),
    Column("set_at", UtcTime, nullable=False),
    sqlite_with_rowid=False,
)
"""What was said in the browser, by the name that `masa.toml` has for it; `value` and `before` hold it under `is`, and
are empty where nothing was said. Of a secret nothing is kept of before."""

month_lock = Table(
    "month_lock",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit", String, nullable=False),
    Column("month", String, nullable=False),
    Column("figures", JsonText, nullable=False),
    Column("locked_at", UtcTime, nullable=False),
    Column("locked_by", Integer, ForeignKey("person.id"), nullable=False),
    Column("seal", String, nullable=False),
    Column("undone_at", UtcTime),
    Column("undone_by", Integer, ForeignKey("person.id")),
    partial("ix_month_lock_standing", "unit", "month", where="undone_at IS NULL", unique=True),
    sqlite_autoincrement=True,
)

figure_week = Table(
    "figure_week",
    metadata,
    Column("unit", String, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
    Column("starts_at", UtcTime, nullable=False),
    Column("counted", Boolean, nullable=False),
    Column("content", JsonText, nullable=False),
    Column("alike", Text),
    PrimaryKeyConstraint("unit", "ends_at"),
)
"""What a week adds to the charts; `alike`: which tickets of it are the same once more, see `repetitions`. A row that
is not counted waits to be: as any other it goes when something changes that is counted in it. The triggers that see to
that (`figure_week_…`) are made by the migration alone."""

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
    words("text"),
    Column("category", String, nullable=False),
    Column("source", String, nullable=False),
    Column("person", Integer),  # as a foreign key it could not be added later
    partial("ix_feedback_person", "person", where="person IS NOT NULL"),
)

tip_solved = Table(
    "tip_solved",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("unit", String, nullable=False),
    Column("category", String, nullable=False),
    words("department"),
    Index("ix_tip_solved_unit_at", "unit", "at"),
)

setting = Table(
    "setting",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)
