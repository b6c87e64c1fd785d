"""Groups of a platform that came under a new id, and forum topics that were opened for a ticket."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.sql import Executable

from storage.engine.transaction import Insert, Transaction, upsert
from storage.tables import chat_migration, forum_topic


def _open_topic(insert: Insert) -> Executable:
    added = insert(forum_topic)
    columns = ("ticket", "card", "at")
    opened: Executable = added.on_conflict_do_update(
        index_elements=["chat", "thread"], set_={column: added.excluded[column] for column in columns}
    )
    return opened


_MIGRATED = upsert(lambda insert: insert(chat_migration).on_conflict_do_nothing())
_TO = (
    select(chat_migration.c.new_chat)
    .where(chat_migration.c.old_chat == bindparam("chat"))
    .order_by(chat_migration.c.at.desc(), chat_migration.c.new_chat.desc())
    .limit(1)
)
_FROM = (
    select(chat_migration.c.old_chat)
    .where(chat_migration.c.new_chat == bindparam("chat"))
    .order_by(chat_migration.c.at.desc(), chat_migration.c.old_chat.desc())
    .limit(1)
)
_OPEN_TOPIC = upsert(_open_topic)
_TOPIC_OF = (
    select(forum_topic.c.thread)
    .where(forum_topic.c.chat == bindparam("of_chat"), forum_topic.c.ticket == bindparam("of_ticket"))
    .order_by(forum_topic.c.at.desc(), forum_topic.c.thread.desc())
    .limit(1)
)
_CARD_OF = select(forum_topic.c.card).where(
    forum_topic.c.chat == bindparam("of_chat"), forum_topic.c.thread == bindparam("of_thread")
)


class GroupChats:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def migrated(self, old: int, new: int, at: datetime) -> None:
        self._transaction.run(_MIGRATED[self._transaction.dialect], {"old_chat": old, "new_chat": new, "at": at})

    def migrated_to(self, old: int) -> int | None:
        return self._number(_TO, {"chat": old})

    def migrated_from(self, new: int) -> int | None:
        return self._number(_FROM, {"chat": new})

    def topic_opened(self, chat: int, thread: int, *, ticket: int, card: int, at: datetime) -> None:
        values = {"chat": chat, "thread": thread, "ticket": ticket, "card": card, "at": at}
        self._transaction.run(_OPEN_TOPIC[self._transaction.dialect], values)

    def topic_of(self, chat: int, ticket: int) -> int | None:
        return self._number(_TOPIC_OF, {"of_chat": chat, "of_ticket": ticket})

    def card_of(self, chat: int, thread: int) -> int | None:
        return self._number(_CARD_OF, {"of_chat": chat, "of_thread": thread})

    def _number(self, query: Executable, about: dict[str, int]) -> int | None:
        found: int | None = self._transaction.run(query, about).scalar()
        return found
