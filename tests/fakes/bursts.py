from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from handlers.messages import Outgoing
from handlers.ports import WaitingPost
from tests.fakes.messages import FakeMessages, shown_buttons
from tests.fakes.tables import FakeTransaction, StoredDelivery


class FakeBursts:
    def __init__(self, transaction: FakeTransaction, messages: FakeMessages) -> None:
        self._transaction = transaction
        self._messages = messages

    def crowded(self, channel: str, rooms: Collection[str], most: int) -> Sequence[str]:
        waiting = Counter(row.conversation for row in self._due(channel) if row.conversation in rooms)
        return sorted(room for room, count in waiting.items() if count > most)

    def waiting(self, channel: str, room: str, limit: int) -> Sequence[WaitingPost]:
        posts = [
            self._post(row)
            for row in self._due(channel)
            if row.conversation == room and row.owner is None and not row.attempts and self._is_new(row)
        ]
        chosen = sorted(posts, key=lambda post: (post.priority != "acil", post.row))[:limit]
        return sorted(chosen, key=lambda post: post.row)

    def join(self, urgent: Sequence[WaitingPost], lists: Sequence[tuple[Outgoing, Sequence[WaitingPost]]]) -> None:
        rows = self._transaction.changing.outbox
        places = sorted(post.row for post in (*urgent, *(post for _, joined in lists for post in joined)))
        content = [(post.message, rows[post.row].created_at) for post in urgent]
        for said, joined in lists:
            self._messages.put(said)
            added = rows.pop(max(rows))
            content.append((added.message, min(rows[post.row].created_at for post in joined)))
        for place in places[len(content) :]:
            del rows[place]
        for place, (message, since) in zip(places, content, strict=False):
            rows[place].message, rows[place].created_at = message, since

    def _due(self, channel: str) -> list[StoredDelivery]:
        tables = self._transaction.seen
        return [
            row
            for _, row in sorted(tables.outbox.items())
            if row.state == "due" and tables.conversations[row.conversation].channel == channel
        ]

    def _is_new(self, row: StoredDelivery) -> bool:
        message = self._transaction.seen.messages[row.message]
        return message.native_ref is None and message.author is None

    def _post(self, row: StoredDelivery) -> WaitingPost:
        message = self._transaction.seen.messages[row.message]
        ticket = self._transaction.seen.tickets.get(message.ticket or 0)
        return WaitingPost(
            row=row.id,
            message=row.message,
            kind=message.kind,
            text=message.text,
            rings=message.rings,
            minimal=message.minimal,
            plain=not (message.files or shown_buttons(self._transaction, message.id)),
            priority=ticket.priority.value if ticket else "",
            state=ticket.state.value if ticket else "",
        )
