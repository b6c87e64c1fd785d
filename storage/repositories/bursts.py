"""Posts that wait for a room, and the lists that take their place."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import bindparam, case, delete, func, select, update

from handlers.messages import Outgoing
from handlers.ports import WaitingPost
from storage.engine.in_list import in_list
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories.messages import SqlMessages
from storage.repositories.rows import OutboxPlaceRow, WaitingPostRow
from storage.tables import button, conversation, message, outbox, ticket

_OF_CHANNEL = outbox.c.channel == bindparam("of_channel")
_IN_ROOM = outbox.c.conversation == bindparam("room")
_DUE = outbox.c.state == "due"
_CROWDED = prepared_value(
    select(outbox.c.conversation)
    .where(_OF_CHANNEL, _DUE, in_list(outbox.c.conversation, "rooms"))
    .group_by(outbox.c.conversation)
    .having(func.count() > bindparam("most"))
    .order_by(outbox.c.conversation),
    str,
)
_LOCK = prepared_value(
    select(conversation.c.address).where(conversation.c.address == bindparam("room")).with_for_update(key_share=True),
    str,
)
_PRESSABLE = select(button.c.token).where(button.c.message == message.c.id, button.c.live).exists()
_POSTS = (
    select(
        outbox.c.id,
        outbox.c.message,
        message.c.kind,
        message.c.text,
        message.c.files,
        message.c.rings,
        message.c.minimal,
        ticket.c.priority,
        ticket.c.state,
        _PRESSABLE.label("pressable"),
    )
    .select_from(outbox.join(message, message.c.id == outbox.c.message))
    .outerjoin(ticket, ticket.c.id == message.c.ticket)
    .where(
        _OF_CHANNEL,
        _IN_ROOM,
        _DUE,
        outbox.c.owner.is_(None),
        outbox.c.attempts == 0,
        message.c.native_ref.is_(None),
        message.c.author.is_(None),
    )
    .order_by(case((ticket.c.priority == "acil", 0), else_=1), outbox.c.id)
    .limit(bindparam("limit"))
)
_WAITING = prepared(_POSTS, WaitingPostRow)
_WAITING_LOCKED = prepared(_POSTS.with_for_update(of=outbox), WaitingPostRow)
_ROWS = prepared(
    select(outbox.c.id, outbox.c.message, outbox.c.created_at).where(in_list(outbox.c.id, "rows")), OutboxPlaceRow
)
_ROW_OF = prepared_value(select(outbox.c.id).where(_IN_ROOM, _DUE).order_by(outbox.c.id.desc()).limit(1), int)
_PUT_IN_PLACE = prepared(
    update(outbox)
    .where(outbox.c.id == bindparam("place"))
    .values(message=bindparam("new_message"), created_at=bindparam("since", type_=outbox.c.created_at.type))
)
_TAKE_OUT = prepared(delete(outbox).where(in_list(outbox.c.id, "rows")))


class SqlBursts:
    def __init__(self, transaction: Transaction, messages: SqlMessages) -> None:
        self._transaction = transaction
        self._messages = messages

    def crowded(self, channel: str, rooms: Collection[str], most: int) -> Sequence[str]:
        self._messages.flush()
        return self._transaction.run(_CROWDED, {"of_channel": channel, "rooms": sorted(rooms), "most": most}).all()

    def waiting(self, channel: str, room: str, limit: int) -> Sequence[WaitingPost]:
        self._messages.flush()
        wanted = {"of_channel": channel, "room": room, "limit": limit}
        if self._transaction.locks_rows:  # the room first, as whoever says something there does
            self._transaction.run(_LOCK, {"room": room})
        query = _WAITING_LOCKED if self._transaction.locks_rows else _WAITING
        return sorted(map(_post, self._transaction.run(query, wanted)), key=lambda post: post.row)

    def join(self, urgent: Sequence[WaitingPost], lists: Sequence[tuple[Outgoing, Sequence[WaitingPost]]]) -> None:
        rows = sorted(post.row for post in (*urgent, *(post for _, joined in lists for post in joined)))
        there = {row.id: row for row in self._transaction.run(_ROWS, {"rows": rows})}
        content = [(there[post.row].message, there[post.row].created_at) for post in urgent]
        extra = []
        for said, joined in lists:
            self._messages.put(said)
            self._messages.flush()
            own = self._transaction.run(_ROW_OF, {"room": said.conversation}).one()
            (added,) = self._transaction.run(_ROWS, {"rows": [own]})
            content.append((added.message, min(there[post.row].created_at for post in joined)))
            extra.append(own)
        self._transaction.run(_TAKE_OUT, {"rows": [*rows[len(content) :], *extra]})
        self._transaction.run(
            _PUT_IN_PLACE,
            [
                {"place": place, "new_message": message, "since": since}
                for place, (message, since) in zip(rows, content, strict=False)
            ],
        )


def _post(row: WaitingPostRow) -> WaitingPost:
    return WaitingPost(
        row=row.id,
        message=row.message,
        kind=row.kind,
        text=row.text,
        rings=row.rings,
        minimal=row.minimal,
        plain=not (row.pressable or row.files),
        priority=row.priority or "",
        state=row.state or "",
    )
