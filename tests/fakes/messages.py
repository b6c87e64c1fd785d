from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId
from handlers.messages import (
    LISTS,
    TO_WHO_LEFT,
    Button,
    Outgoing,
    PostedMessage,
    PressedButton,
    Recorded,
    TimelineButton,
    TimelineFile,
    TimelineMessage,
)
from knowledge.language.storable import storable
from tests.fakes.tables import FakeTransaction, StoredButton, StoredDelivery, StoredMessage

LOCAL = ("web", "terminal")
CHANGEABLE = ("text", "files", "kind", "ticket", "rings", "minimal", "confidential")
"""What an edit in place can change of a message, beside its buttons."""


class FakeMessages:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction
        self._moved: set[int] = set()
        """Messages that took a seq in this transaction."""

    def record(self, message: Recorded) -> None:
        self._require(message.conversation)
        self._add(
            StoredMessage(
                id=0,
                conversation=message.conversation,
                seq=0,
                first_seq=0,
                author=PersonId(message.person),
                at=self._transaction.now(),
                text=storable(message.text),
                files=message.files,
                ticket=message.ticket,
                reply_to=message.reply_to,
                native_ref=message.native_ref,
                event_key=message.event_key,
            )
        )

    def put(self, message: Outgoing) -> None:
        self._require(message.conversation)
        standing = self._in_slot(message.conversation, message.slot)
        if standing is not None and not message.fresh:
            self._replace(standing, message)
            return
        if standing is not None:
            standing.slot = None
            self._show(standing, ())
            self._move(standing)
        posted = StoredMessage(
            id=0,
            conversation=message.conversation,
            seq=0,
            first_seq=0,
            author=None,
            at=self._transaction.now(),
            text=storable(message.text),
            files=message.files,
            kind=message.kind,
            ticket=message.ticket,
            rings=message.rings,
            slot=message.slot,
            minimal=message.minimal,
            confidential=message.confidential,
        )
        self._add(posted)
        self._show(posted, message.buttons)

    def standing_in(self, slot: str) -> Sequence[str]:
        return sorted(stored.conversation for stored in self._all() if stored.slot == slot)

    def by_ref(self, conversation: str, ref: str) -> PostedMessage | None:
        there = [stored for stored in self._all() if stored.conversation == conversation]
        found = None
        if conversation.partition(":")[0] not in LOCAL:
            found = next((stored for stored in reversed(there) if stored.native_ref == ref), None)
        if found is None:
            found = next((stored for stored in there if str(stored.id) == ref), None)
        return None if found is None else _standing(found)

    def shown(self, conversation: str, slot: str, by: datetime) -> PostedMessage | None:
        found = self._in_slot(conversation, slot)
        local = conversation.partition(":")[0] in LOCAL
        if found is None or found.at > by or not (local or found.native_ref):
            return None
        return _standing(found)

    def offer(self, message: PostedMessage, buttons: Sequence[Button]) -> Sequence[TimelineButton]:
        known = {
            one.action: one.token
            for one in self._transaction.changing.buttons.values()
            if one.message == message.id and one.action
        }
        for position, button in enumerate(buttons):
            if button.action not in known:
                known[button.action] = token = f"token-{self._transaction.new_id()}"
                self._transaction.changing.buttons[token] = StoredButton(
                    token=token,
                    message=message.id,
                    action=button.action,
                    label=button.label,
                    position=position,
                    live=False,
                )
        return [TimelineButton(label=button.label, token=known[button.action]) for button in buttons]

    def press(self, token: str) -> PressedButton | None:
        button = self._transaction.seen.buttons.get(token)
        if button is None:
            return None
        message = self._transaction.seen.messages[button.message]
        return PressedButton(action=button.action, label=button.label, message=_standing(message), live=button.live)

    def disable_buttons(self, conversation: str, slot: str) -> None:
        self._require(conversation)
        standing = self._in_slot(conversation, slot)
        if standing is not None and live_buttons(self._transaction, standing.id):
            self._show(standing, ())
            self._move(standing)

    def rewrite(self, conversation: str, ref: str, text: str) -> None:
        standing = self.by_ref(conversation, ref)
        if standing is not None:
            stored = self._transaction.changing.messages[standing.id]
            if stored.author is not None and stored.text != text:
                stored.text, stored.deleted = storable(text), not text
                self._move(stored)

    def said_of(self, ticket: int) -> Sequence[PostedMessage]:
        return [_standing(stored) for stored in self._all() if stored.ticket == ticket and stored.author is None]

    def withdraw(self, message: PostedMessage, text: str, *, kind: str | None = None) -> None:
        stored = self._transaction.changing.messages[message.id]
        if (stored.text, stored.files, live_buttons(self._transaction, message.id)) == (text, (), []):
            return
        stored.text, stored.files, stored.kind, stored.rings = storable(text), (), kind or stored.kind, False
        self._show(stored, ())
        for button in self._transaction.changing.buttons.values():
            if button.message == message.id:
                button.action = button.label = ""
        self._move(stored)

    def erase_written_by(self, person: PersonId, files: Collection[str] = ()) -> int:
        written = [stored for stored in self._all() if stored.author == person and stored.text]
        for stored in written:
            self.rewrite(stored.conversation, str(stored.id), "")
        for stored in self._transaction.changing.messages.values():
            if stored.author == person:
                stored.files = tuple(file for file in stored.files if file not in files)
        return len(written)

    def erase_events(self, author: PersonId, keys: Collection[str]) -> None:
        for stored in self._all():
            if stored.author == author and stored.event_key in keys:
                self.rewrite(stored.conversation, str(stored.id), "")

    def written_in(self, person: PersonId) -> Collection[str]:
        return {stored.conversation for stored in self._all() if stored.author == person}

    def repeating(
        self, kinds: Collection[str], *, tickets: Collection[int], places: Collection[str]
    ) -> Sequence[PostedMessage]:
        said = [stored for stored in self._all() if stored.author is None and stored.kind in kinds]
        of_tickets = [stored for stored in said if stored.ticket in tickets]
        in_places = [stored for stored in said if stored.ticket is None and stored.conversation in places]
        return [_standing(stored) for stored in (*of_tickets, *in_places)]

    def lists(self) -> Sequence[PostedMessage]:
        return [_standing(stored) for stored in self._all() if stored.author is None and stored.kind in LISTS]

    def move_written(self, guest: PersonId, person: PersonId) -> None:
        for stored in self._transaction.changing.messages.values():
            stored.author = person if stored.author == guest else stored.author

    def _all(self) -> list[StoredMessage]:
        return list(self._transaction.seen.messages.values())

    def _require(self, conversation: str) -> None:
        if conversation not in self._transaction.changing.conversations:
            raise NotFound("conversation", conversation)

    def _in_slot(self, conversation: str, slot: str | None) -> StoredMessage | None:
        standing = (one for one in self._all() if one.conversation == conversation and one.slot == slot)
        return None if slot is None else next(standing, None)

    def _add(self, stored: StoredMessage) -> None:
        stored.id = self._transaction.new_id()
        self._transaction.changing.messages[stored.id] = stored
        self._move(stored)
        stored.first_seq = stored.seq

    def _replace(self, stored: StoredMessage, by: Outgoing) -> None:
        shown = tuple(Button(one.label, one.action) for one in live_buttons(self._transaction, stored.id))
        content = {name: getattr(by, name) for name in CHANGEABLE} | {"text": storable(by.text)}
        content["rings"] = by.rings or stored.rings
        if shown == by.buttons and all(getattr(stored, name) == value for name, value in content.items()):
            return
        for name, value in content.items():
            setattr(stored, name, value)
        self._show(stored, by.buttons)
        self._move(stored)

    def _show(self, stored: StoredMessage, buttons: tuple[Button, ...]) -> None:
        """Buttons that stay keep their token."""
        kept = {one.action: one for one in live_buttons(self._transaction, stored.id)}
        for position, button in enumerate(buttons):
            one = kept.pop(button.action, None)
            if one is not None:
                one.label, one.position = button.label, position
            else:
                token = f"token-{self._transaction.new_id()}"
                self._transaction.changing.buttons[token] = StoredButton(
                    token=token, message=stored.id, action=button.action, label=button.label, position=position
                )
        for one in kept.values():
            one.live = False

    def _move(self, stored: StoredMessage) -> None:
        """To the end of what changed in its conversation; once in a transaction."""
        self._transaction.touched.add(stored.conversation)
        if stored.id not in self._moved:
            self._moved.add(stored.id)
            place = self._transaction.changing.conversations[stored.conversation]
            place.last_seq += 1
            stored.seq = place.last_seq
        place = self._transaction.changing.conversations[stored.conversation]
        left = place.person is not None and self._transaction.seen.people[place.person].gone
        if stored.author is None and place.channel not in LOCAL and (not left or stored.kind in TO_WHO_LEFT):
            self._send(stored)

    def _send(self, stored: StoredMessage) -> None:
        outbox = self._transaction.changing.outbox
        if any(row.message == stored.id and row.state == "due" and row.owner is None for row in outbox.values()):
            return
        now = self._transaction.now()
        own = self._transaction.new_id()
        outbox[own] = StoredDelivery(
            id=own, conversation=stored.conversation, message=stored.id, created_at=now, due_at=now
        )


class FakeTimeline:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def since(self, conversation: str, seq: int, limit: int = 200) -> Sequence[TimelineMessage]:
        found = [stored for stored in self._in(conversation) if stored.seq > seq]
        return [self._shown(stored) for stored in sorted(found, key=lambda one: one.seq)[:limit]]

    def page(self, conversation: str, before: int | None = None, limit: int = 50) -> Sequence[TimelineMessage]:
        found = [stored for stored in self._in(conversation) if before is None or stored.id < before]
        return [self._shown(stored) for stored in sorted(found, key=lambda one: one.id)[-limit:]]

    def last_seq(self, conversation: str) -> int:
        place = self._transaction.seen.conversations.get(conversation)
        return 0 if place is None else place.last_seq

    def seen(self, conversation: str, person: PersonId) -> int:
        return self._transaction.seen.seen.get((conversation, person), 0)

    def mark_seen(self, conversation: str, person: PersonId, seq: int) -> None:
        self._transaction.changing.seen[conversation, person] = max(seq, self.seen(conversation, person))

    def unread(self, person: PersonId, conversations: Sequence[str]) -> Mapping[str, int]:
        return {
            address: min(
                100,
                sum(
                    stored.first_seq > self.seen(address, person)
                    and stored.author != person
                    and stored.rings
                    and not stored.deleted
                    for stored in self._in(address)
                ),
            )
            for address in conversations
        }

    def read_counts(self, slot: str, kind: str) -> Mapping[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        for stored in self._transaction.seen.messages.values():
            place = self._transaction.seen.conversations.get(stored.conversation)
            if (stored.slot, stored.kind) != (slot, kind) or stored.deleted or place is None or place.person is None:
                continue
            told, read = found.get(place.channel, (0, 0))
            has_read = self.seen(stored.conversation, place.person) >= stored.first_seq
            found[place.channel] = (told + 1, read + has_read)
        return found

    def _in(self, conversation: str) -> list[StoredMessage]:
        return [stored for stored in self._transaction.seen.messages.values() if stored.conversation == conversation]

    def _shown(self, stored: StoredMessage) -> TimelineMessage:
        author = None if stored.author is None else self._transaction.seen.people[stored.author]
        return TimelineMessage(
            id=stored.id,
            seq=stored.seq,
            first_seq=stored.first_seq,
            conversation=stored.conversation,
            author=stored.author,
            author_name="" if author is None else author.name or author.handle,
            text=stored.text,
            buttons=shown_buttons(self._transaction, stored.id),
            files=shown_files(self._transaction, stored.files),
            reply_to=stored.reply_to,
            at=stored.at.isoformat(),
            kind=stored.kind,
            ticket=stored.ticket,
            rings=stored.rings,
            deleted=stored.deleted,
        )


def live_buttons(transaction: FakeTransaction, message: int) -> list[StoredButton]:
    live = [button for button in transaction.seen.buttons.values() if button.message == message and button.live]
    return sorted(live, key=lambda button: button.position)


def shown_buttons(transaction: FakeTransaction, message: int) -> tuple[TimelineButton, ...]:
    return tuple(TimelineButton(label=one.label, token=one.token) for one in live_buttons(transaction, message))


def shown_files(transaction: FakeTransaction, files: tuple[str, ...]) -> tuple[TimelineFile, ...]:
    found = (transaction.seen.attachments.get(file) for file in files)
    return tuple(
        TimelineFile(id=one.id, name=one.name, media_type=one.media_type, size=one.size)
        for one in found
        if one is not None
    )


def _standing(stored: StoredMessage) -> PostedMessage:
    return PostedMessage(
        id=stored.id,
        conversation=stored.conversation,
        author=stored.author,
        ticket=stored.ticket,
        slot=stored.slot,
        kind=stored.kind,
        text=stored.text,
        event_key=stored.event_key,
    )
