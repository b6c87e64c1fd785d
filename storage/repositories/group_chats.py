"""Groups of a platform that came under a new id, and forum topics that were opened for a ticket."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.sql import Executable

from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Insert, Transaction, upsert
from storage.tables import chat_migration, forum_topic


def _open_topic(insert: Insert) -> Executable:
    added = insert(forum_topic)
    columns = ("ticket", "card", "at")
    return added.on_conflict_do_update(
        index_elements=["chat", "thread"], set_={column: added.excluded[column] for column in columns}
    )


_MIGRATED = prepared(upsert(lambda insert: insert(chat_migration).on_conflict_do_nothing()))
_TO = prepared_value(
    select(chat_migration.c.new_chat)
    .where(chat_migration.c.old_chat == bindparam("chat"))
    .order_by(chat_migration.c.at.desc(), chat_migration.c.new_chat.desc())
    .limit(1),
    int,
)
_FROM = prepared_value(
    select(chat_migration.c.old_chat)
    .where(chat_migration.c.new_chat == bindparam("chat"))
    .order_by(chat_migration.c.at.desc(), chat_migration.c.old_chat.desc())
    .limit(1),
    int,
)
_OPEN_TOPIC = prepared(upsert(_open_topic))
_TOPIC_OF = prepared_value(
    select(forum_topic.c.thread)
    .where(forum_topic.c.chat == bindparam("of_chat"), forum_topic.c.ticket == bindparam("of_ticket"))
    .order_by(forum_topic.c.at.desc(), forum_topic.c.thread.desc())
    .limit(1),
    int,
)
_CARD_OF = prepared_value(
    select(forum_topic.c.card).where(
        forum_topic.c.chat == bindparam("of_chat"), forum_topic.c.thread == bindparam("of_thread")
    ),
    int,
)


class SqlGroupChats:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def migrated(self, old: int, new: int, at: datetime) -> None:
        self._transaction.run(_MIGRATED, {"old_chat": old, "new_chat": new, "at": at})

    def migrated_to(self, old: int) -> int | None:
        return self._transaction.run(_TO, {"chat": old}).first()

    def migrated_from(self, new: int) -> int | None:
        return self._transaction.run(_FROM, {"chat": new}).first()

    def topic_opened(self, chat: int, thread: int, *, ticket: int, card: int, at: datetime) -> None:
        values = {"chat": chat, "thread": thread, "ticket": ticket, "card": card, "at": at}
        self._transaction.run(_OPEN_TOPIC, values)

    def topic_of(self, chat: int, ticket: int) -> int | None:
        return self._transaction.run(_TOPIC_OF, {"of_chat": chat, "of_ticket": ticket}).first()

    def card_of(self, chat: int, thread: int) -> int | None:
        return self._transaction.run(_CARD_OF, {"of_chat": chat, "of_thread": thread}).first()
