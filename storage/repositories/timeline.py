"""Reading of conversations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import and_, bindparam, case, func, literal, or_, select

from handlers.domain.people import PersonId
from handlers.messages import TimelineMessage
from storage.engine.in_list import in_list
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction, upsert
from storage.repositories.message_parts import files, live_buttons
from storage.repositories.messages import SqlMessages
from storage.repositories.rows import ReadRow, ShownRow, UnreadRow
from storage.tables import conversation, message, person, seen

MAX_UNREAD = 100
"""A badge says "99+": further rows are not counted."""

_SHOWN = select(
    *(message.c[name] for name in ShownRow._fields if name in message.c),
    case((person.c.name != "", person.c.name), else_=func.coalesce(person.c.handle, "")).label("author_name"),
).outerjoin(person, person.c.id == message.c.author)
_SINCE = prepared(
    _SHOWN.where(message.c.conversation == bindparam("place"), message.c.seq > bindparam("after"))
    .order_by(message.c.seq)
    .limit(bindparam("limit")),
    ShownRow,
)
_NEWEST = (
    _SHOWN.where(message.c.conversation == bindparam("place")).order_by(message.c.id.desc()).limit(bindparam("limit"))
)
_LAST = prepared(_NEWEST, ShownRow)
_BEFORE = prepared(_NEWEST.where(message.c.id < bindparam("before")), ShownRow)
_LAST_SEQ = prepared_value(select(conversation.c.last_seq).where(conversation.c.address == bindparam("place")), int)
_SEEN = prepared_value(
    select(seen.c.seq).where(seen.c.conversation == bindparam("place"), seen.c.person == bindparam("reader")), int
)
_MARK = prepared(
    upsert(
        lambda insert: (adding := insert(seen)).on_conflict_do_update(
            index_elements=["conversation", "person"],
            set_={"seq": adding.excluded.seq},
            where=seen.c.seq < adding.excluded.seq,
        )
    )
)
_SEEN_SEQ = func.coalesce(
    select(seen.c.seq)
    .where(seen.c.conversation == conversation.c.address, seen.c.person == bindparam("reader"))
    .correlate(conversation)
    .scalar_subquery(),
    0,
)
_NEW_ONES = (
    select(literal(1).label("one"))
    .where(
        message.c.conversation == conversation.c.address,
        message.c.seq > _SEEN_SEQ,
        message.c.first_seq > _SEEN_SEQ,
        ~message.c.deleted,
        message.c.rings,
        or_(message.c.author.is_(None), message.c.author != bindparam("reader")),
    )
    .correlate(conversation)
    .limit(MAX_UNREAD)
    .subquery()
)
_UNREAD = prepared(
    select(conversation.c.address, select(func.count()).select_from(_NEW_ONES).scalar_subquery().label("unread")).where(
        in_list(conversation.c.address, "places"), conversation.c.last_seq > _SEEN_SEQ
    ),
    UnreadRow,
)

_READ_COUNTS = prepared(
    select(
        conversation.c.channel,
        func.count().label("told"),
        func.count(seen.c.person).label("read"),
    )
    .select_from(
        message.join(conversation, conversation.c.address == message.c.conversation).outerjoin(
            seen,
            and_(
                seen.c.conversation == message.c.conversation,
                seen.c.person == conversation.c.person,
                seen.c.seq >= message.c.first_seq,
            ),
        )
    )
    .where(
        message.c.slot == bindparam("slot"),
        message.c.slot.is_not(None),
        message.c.kind == bindparam("of_kind"),
        ~message.c.deleted,
        conversation.c.person.is_not(None),
    )
    .group_by(conversation.c.channel),
    ReadRow,
)


class SqlTimeline:
    def __init__(self, transaction: Transaction, messages: SqlMessages) -> None:
        self._transaction = transaction
        self._messages = messages

    def since(self, conversation: str, seq: int, limit: int = 200) -> Sequence[TimelineMessage]:
        self._messages.flush()
        parameters = {"place": conversation, "after": seq, "limit": limit}
        return self._shown(self._transaction.run(_SINCE, parameters).all())

    def page(self, conversation: str, before: int | None = None, limit: int = 50) -> Sequence[TimelineMessage]:
        self._messages.flush()
        parameters = {"place": conversation, "limit": limit}
        if before is None:
            rows = self._transaction.run(_LAST, parameters).all()
        else:
            rows = self._transaction.run(_BEFORE, {**parameters, "before": before}).all()
        return self._shown(rows[::-1])

    def last_seq(self, conversation: str) -> int:
        self._messages.flush()
        return self._transaction.run(_LAST_SEQ, {"place": conversation}).first() or 0

    def seen(self, conversation: str, person: PersonId) -> int:
        return self._transaction.run(_SEEN, {"place": conversation, "reader": person}).first() or 0

    def mark_seen(self, conversation: str, person: PersonId, seq: int) -> None:
        values = {"conversation": conversation, "person": person, "seq": seq}
        self._transaction.run(_MARK, values)

    def unread(self, person: PersonId, conversations: Sequence[str]) -> Mapping[str, int]:
        """Counted up to `MAX_UNREAD`."""
        self._messages.flush()
        found = dict.fromkeys(conversations, 0)
        if conversations:
            parameters = {"reader": person, "places": list(found)}
            found.update((row.address, row.unread) for row in self._transaction.run(_UNREAD, parameters))
        return found

    def _shown(self, rows: Sequence[ShownRow]) -> list[TimelineMessage]:
        buttons = live_buttons(self._transaction, [row.id for row in rows])
        attached = files(self._transaction, (file for row in rows for file in row.files))
        return [
            TimelineMessage(
                id=row.id,
                seq=row.seq,
                first_seq=row.first_seq,
                conversation=row.conversation,
                author=row.author,
                author_name=row.author_name,
                text=row.text,
                buttons=tuple(buttons[row.id]),
                files=tuple(attached[file] for file in row.files if file in attached),
                reply_to=row.reply_to,
                at=row.at.isoformat(),
                kind=row.kind,
                ticket=row.ticket,
                rings=row.rings,
                deleted=row.deleted,
                event_key=row.event_key,
            )
            for row in rows
        ]

    def read_counts(self, slot: str, kind: str) -> Mapping[str, tuple[int, int]]:
        self._messages.flush()
        rows = self._transaction.run(_READ_COUNTS, {"slot": slot, "of_kind": kind})
        return {row.channel: (row.told, row.read) for row in rows}
