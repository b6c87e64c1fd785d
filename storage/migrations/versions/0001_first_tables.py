"""The first tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import JsonText, UtcTime, Words

revision = "0001"
down_revision = None


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    op.create_table(
        "counter",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_counter")),
    )
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("text", Words(), server_default="", nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
    )
    op.create_index(op.f("ix_feedback_at"), "feedback", ["at"], unique=False)
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("received_at", UtcTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("leased_until", UtcTime(), nullable=True),
        sa.Column("error", Words(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("key", name=op.f("uq_inbox_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_inbox_quarantined", "inbox", ["id"], unique=False, **_where("state = 'quarantined'"))
    op.create_index("ix_inbox_waiting", "inbox", ["conversation", "id"], unique=False, **_where("state = 'waiting'"))
    op.create_table(
        "once",
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_once")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("name", Words(), server_default="", nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("department", Words(), server_default="", nullable=False),
        sa.Column("room", Words(), server_default="", nullable=False),
        sa.Column("phone", Words(), server_default="", nullable=False),
        sa.Column("phone_key", sa.String(), nullable=False),
        sa.Column("email", Words(), server_default="", nullable=False),
        sa.Column("email_key", sa.String(), nullable=False),
        sa.Column("staff_no", sa.String(), nullable=False),
        sa.Column("search", Words(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("notice_version", sa.Integer(), nullable=True),
        sa.Column("notice_shown_at", UtcTime(), nullable=True),
        sa.Column("left_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("handle", name=op.f("uq_person_handle")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_person_email_key"), "person", ["email_key"], unique=False)
    op.create_index(op.f("ix_person_phone_key"), "person", ["phone_key"], unique=False)
    op.create_index("ix_person_role_unit", "person", ["role", "unit"], unique=False)
    op.create_index(op.f("ix_person_staff_no"), "person", ["staff_no"], unique=False)
    op.create_table(
        "setting",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "tip_solved",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("department", Words(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip_solved")),
    )
    op.create_index("ix_tip_solved_unit_at", "tip_solved", ["unit", "at"], unique=False)
    op.create_table(
        "account",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_account_person_person")),
        sa.PrimaryKeyConstraint("channel", "name", name=op.f("pk_account")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_account_person"), "account", ["person"], unique=False)
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("who", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("about", Words(), server_default="", nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["who"], ["person.id"], name=op.f("fk_audit_who_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "conversation",
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("title", Words(), server_default="", nullable=False),
        sa.Column("is_room", sa.Boolean(), nullable=False),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.Column("last_seq", sa.Integer(), server_default="0", nullable=False),
        sa.Column("active_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_conversation_person_person")),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_conversation")),
    )
    op.create_index(op.f("ix_conversation_person"), "conversation", ["person"], unique=False)
    op.create_index(op.f("ix_conversation_unit"), "conversation", ["unit"], unique=False)
    op.create_table(
        "join_code",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("name", Words(), server_default="", nullable=False),
        sa.Column("person", sa.Integer(), nullable=True),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.Column("used_at", UtcTime(), nullable=True),
        sa.Column("used_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_join_code_person_person")),
        sa.ForeignKeyConstraint(["used_by"], ["person.id"], name=op.f("fk_join_code_used_by_person")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_join_code")),
    )
    op.create_table(
        "seen",
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_seen_person_person")),
        sa.PrimaryKeyConstraint("conversation", "person", name=op.f("pk_seen")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "session",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("seen_at", UtcTime(), nullable=False),
        sa.Column("user_agent", Words(), server_default="", nullable=False),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_session_person_person")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_session")),
    )
    op.create_index(op.f("ix_session_person"), "session", ["person"], unique=False)
    op.create_table(
        "ticket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("text", Words(), server_default="", nullable=False),
        sa.Column("reporter", sa.Integer(), nullable=False),
        sa.Column("department", Words(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("opened_at", UtcTime(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("untold", sa.Boolean(), nullable=False),
        sa.Column("priority", sa.String(), nullable=False),
        sa.Column("rank", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("holder", sa.Integer(), nullable=True),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("facts", JsonText(), nullable=False),
        sa.Column("tried", sa.Integer(), nullable=False),
        sa.Column("tried_article", sa.String(), nullable=True),
        sa.Column("reasons", JsonText(), nullable=False),
        sa.Column("files", JsonText(), nullable=False),
        sa.Column("waiting_for", Words(), server_default="", nullable=False),
        sa.Column("resolution", Words(), server_default="", nullable=False),
        sa.Column("resolved_at", UtcTime(), nullable=True),
        sa.Column("resolved_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.Column("finished_at", UtcTime(), nullable=True),
        sa.Column("span", sa.SmallInteger(), nullable=True),
        sa.Column("changed_at", UtcTime(), nullable=True),
        sa.Column("reminded_at", UtcTime(), nullable=True),
        sa.Column("merged_into", sa.String(), nullable=True),
        sa.Column("rating", sa.SmallInteger(), nullable=True),
        sa.Column("outage", sa.Boolean(), nullable=False),
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("followers", JsonText(), nullable=False),
        sa.Column("search", Words(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event_count", sa.Integer(), nullable=False),
        sa.Column("last_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["holder"], ["person.id"], name=op.f("fk_ticket_holder_person")),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"], name=op.f("fk_ticket_opened_by_person")),
        sa.ForeignKeyConstraint(["reporter"], ["person.id"], name=op.f("fk_ticket_reporter_person")),
        sa.ForeignKeyConstraint(["resolved_by"], ["person.id"], name=op.f("fk_ticket_resolved_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("number", name=op.f("uq_ticket_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_ticket_active",
        "ticket",
        ["unit", "opened_at", "state", "holder", "changed_at"],
        unique=False,
        **_where("finished_at IS NULL"),
    )
    op.create_index(
        "ix_ticket_active_category",
        "ticket",
        ["unit", "category", "opened_at"],
        unique=False,
        **_where("finished_at IS NULL"),
    )
    op.create_index("ix_ticket_draft", "ticket", ["draft"], unique=False, **_where("draft != ''"))
    op.create_index(
        "ix_ticket_held",
        "ticket",
        ["holder", "rank", "opened_at"],
        unique=False,
        **_where("finished_at IS NULL AND holder IS NOT NULL"),
    )
    op.create_index("ix_ticket_opened", "ticket", ["unit", "opened_at", "category", "department"], unique=False)
    op.create_index(
        "ix_ticket_outage", "ticket", ["opened_at"], unique=False, **_where("outage AND finished_at IS NULL")
    )
    op.create_index(
        "ix_ticket_queue",
        "ticket",
        ["unit", "rank", "opened_at"],
        unique=False,
        **_where("state = 'open' AND holder IS NULL"),
    )
    op.create_index("ix_ticket_reporter", "ticket", ["reporter", "id"], unique=False)
    op.create_index(
        "ix_ticket_reporter_open", "ticket", ["reporter", "opened_at"], unique=False, **_where("ended_at IS NULL")
    )
    op.create_index(
        "ix_ticket_resolved",
        "ticket",
        ["unit", "resolved_at", "resolved_by", "department"],
        unique=False,
        **_where("resolved_at IS NOT NULL"),
    )
    op.create_index(
        "ix_ticket_resolved_waiting", "ticket", ["resolved_at"], unique=False, **_where("state = 'resolved'")
    )
    op.create_index(
        "ix_ticket_span",
        "ticket",
        ["unit", "span", "opened_at", "finished_at"],
        unique=False,
        **_where("finished_at IS NOT NULL"),
    )
    op.create_index(
        "ix_ticket_waiting_reporter", "ticket", ["changed_at"], unique=False, **_where("state = 'waiting_reporter'")
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", Words(), server_default="", nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("uploader", sa.Integer(), nullable=True),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.id"], name=op.f("fk_attachment_ticket_ticket")),
        sa.ForeignKeyConstraint(["uploader"], ["person.id"], name=op.f("fk_attachment_uploader_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_ticket"), "attachment", ["ticket"], unique=False)
    op.create_table(
        "dialog",
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("draft_idle_since", UtcTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.address"], name=op.f("fk_dialog_conversation_conversation")
        ),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_dialog_person_person")),
        sa.PrimaryKeyConstraint("conversation", "person", name=op.f("pk_dialog")),
    )
    op.create_index(
        "ix_dialog_idle", "dialog", ["draft_idle_since"], unique=False, **_where("draft_idle_since IS NOT NULL")
    )
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("first_seq", sa.Integer(), nullable=False),
        sa.Column("author", sa.Integer(), nullable=True),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("text", Words(), server_default="", nullable=False),
        sa.Column("files", JsonText(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=True),
        sa.Column("rings", sa.Boolean(), nullable=False),
        sa.Column("slot", sa.String(), nullable=True),
        sa.Column("reply_to", sa.Integer(), nullable=True),
        sa.Column("native_ref", sa.String(), nullable=True),
        sa.Column("event_key", sa.String(), nullable=False),
        sa.Column("minimal", Words(), nullable=True),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["author"], ["person.id"], name=op.f("fk_message_author_person")),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.address"], name=op.f("fk_message_conversation_conversation")
        ),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.id"], name=op.f("fk_message_ticket_ticket")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_message_author", "message", ["author"], unique=False, **_where("author IS NOT NULL"))
    op.create_index("ix_message_conversation", "message", ["conversation", "id"], unique=False)
    op.create_index(
        "ix_message_native_ref",
        "message",
        ["conversation", "native_ref"],
        unique=False,
        **_where("native_ref IS NOT NULL"),
    )
    op.create_index("ix_message_seq", "message", ["conversation", "seq"], unique=False)
    op.create_index("ix_message_slot", "message", ["slot", "conversation"], unique=True, **_where("slot IS NOT NULL"))
    op.create_table(
        "ticket_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("author", sa.Integer(), nullable=False),
        sa.Column("text", Words(), server_default="", nullable=False),
        sa.Column("files", JsonText(), nullable=False),
        sa.Column("message_key", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["author"], ["person.id"], name=op.f("fk_ticket_entry_author_person")),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.id"], name=op.f("fk_ticket_entry_ticket_ticket")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_entry")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_ticket_entry_author"), "ticket_entry", ["author"], unique=False)
    op.create_index(
        "ix_ticket_entry_message_key",
        "ticket_entry",
        ["message_key"],
        unique=False,
        **_where("message_key IS NOT NULL"),
    )
    op.create_index(op.f("ix_ticket_entry_ticket"), "ticket_entry", ["ticket"], unique=False)
    op.create_table(
        "ticket_event",
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("who", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("prev_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.id"], name=op.f("fk_ticket_event_ticket_ticket")),
        sa.ForeignKeyConstraint(["who"], ["person.id"], name=op.f("fk_ticket_event_who_person")),
        sa.PrimaryKeyConstraint("ticket", "position", name=op.f("pk_ticket_event")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "button",
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("message", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("label", Words(), server_default="", nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["message"], ["message.id"], name=op.f("fk_button_message_message")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_button")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_button_message"), "button", ["message"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("message", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("leased_until", UtcTime(), nullable=True),
        sa.Column("error", Words(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.address"], name=op.f("fk_outbox_conversation_conversation")
        ),
        sa.ForeignKeyConstraint(["message"], ["message.id"], name=op.f("fk_outbox_message_message")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_delivered", "outbox", ["due_at"], unique=False, **_where("state = 'delivered'"))
    op.create_index(
        "ix_outbox_due", "outbox", ["channel", "conversation", "id"], unique=False, **_where("state = 'due'")
    )
    op.create_index("ix_outbox_given_up", "outbox", ["id"], unique=False, **_where("state = 'given_up'"))
    op.create_index(op.f("ix_outbox_message"), "outbox", ["message"], unique=False)
