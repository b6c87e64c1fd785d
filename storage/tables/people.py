"""People, their accounts and conversations, and where each talk stands."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from storage.engine.columns import JsonText, UtcTime, Words
from storage.tables.schema import metadata, partial, words

person = Table(
    "person",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("handle", String, nullable=False, unique=True),
    words("name"),
    Column("role", String, nullable=False),
    Column("unit", String),
    words("department"),
    words("room"),
    words("phone"),
    Column("phone_key", String, nullable=False, index=True),
    words("email"),
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
    Column("left_by_list", Boolean, nullable=False, server_default=false()),
    Column("role_until", UtcTime),
    Column("then_role", String),
    Column("then_unit", String),
    Column("end_of_day", Boolean, nullable=False, server_default=false()),
    Index("ix_person_role_unit", "role", "unit"),
    Index("ix_person_search", "search", "id"),
    partial("ix_person_role_until", "role_until", where="role_until IS NOT NULL"),
    partial("ix_person_became", "became", where="became IS NOT NULL"),
    sqlite_autoincrement=True,
)

department = Table(
    "department",
    metadata,
    Column("id", Integer, primary_key=True),
    words("name"),
    Column("short_names", JsonText, nullable=False),
    Column("former_names", JsonText, nullable=False),
    Column("closed_at", UtcTime),
    Column("merge", JsonText, nullable=False),
    sqlite_autoincrement=True,
)

department_name = Table(
    "department_name",
    metadata,
    Column("key", String, primary_key=True),
    Column("department", Integer, ForeignKey("department.id"), nullable=False, index=True),
    sqlite_with_rowid=False,
)
"""Every name that one has, had or is called by, as it is compared: so no two have the same."""

conversation = Table(
    "conversation",
    metadata,
    Column("address", String, primary_key=True),
    Column("channel", String, nullable=False),
    Column("person", Integer, ForeignKey("person.id"), index=True),
    Column("unit", String, index=True),
    words("title"),
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
    partial("ix_dialog_idle", "draft_idle_since", where="draft_idle_since IS NOT NULL"),
)

people_join = Table(
    "people_join",
    metadata,
    Column("guest", Integer, ForeignKey("person.id"), primary_key=True),
    Column("person", Integer, ForeignKey("person.id"), nullable=False, index=True),
    Column("by", Integer, ForeignKey("person.id"), nullable=False),
    Column("at", UtcTime, nullable=False, index=True),
    Column("guest_before", JsonText, nullable=False),
    Column("person_before", JsonText, nullable=False),
    Column("look", JsonText, nullable=False),
    Column("never", String),
    sqlite_with_rowid=False,
)
"""Two who were made one by hand, as long as that may be taken back: how both stood, and what has to be as it was."""

place = Table(
    "place",
    metadata,
    Column("id", Integer, primary_key=True),
    words("building"),
    words("floor"),
    words("room"),
    Column("building_key", String, nullable=False),
    Column("floor_key", String, nullable=False),
    Column("room_key", String, nullable=False),
    Column("merged_into", Integer, ForeignKey("place.id")),
    Column("merged_at", UtcTime),
    UniqueConstraint("building_key", "room_key", "floor_key"),
    sqlite_autoincrement=True,
)
