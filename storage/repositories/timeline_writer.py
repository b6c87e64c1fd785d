"""One flush of the timeline.

The rows of the conversations are locked first, in sorted order; every message that is new or changes takes the next
`seq` of its conversation; what is alike is written in one statement. So on PostgreSQL too the order of `seq` and of
the outbox within a conversation is the order of the commits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, column, exists, insert, select, table, text, update

from handlers.domain.channels import EMBEDDED
from handlers.domain.errors import NotFound
from handlers.messages import TO_WHO_LEFT, Button, Outgoing, Recorded
from storage.engine.in_list import in_list
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories.rows import ButtonRow, SeqRow, StoredMessageRow, columns
from storage.tables import button, conversation, message, outbox, person


@dataclass(frozen=True, slots=True)
class Settle:
    conversation: str
    slot: str


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A person's own message; empty where they took it back."""

    conversation: str
    message: int
    text: str
    without: frozenset[str] = frozenset()
    """Files that are taken off."""


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The desk's own message: another text stands in its place, and nothing beside it."""

    conversation: str
    message: int
    text: str
    kind: str | None = None
    """None: as it was."""


Step = Recorded | Outgoing | Settle | Rewrite | Withdraw

_LEFT = exists().where(person.c.id == conversation.c.person, person.c.left_at.is_not(None))
_PLACES = (
    select(conversation.c.address, conversation.c.channel, conversation.c.last_seq, _LEFT.label("left"))
    .where(in_list(conversation.c.address, "addresses"))
    .order_by(conversation.c.address)
)
_CONVERSATIONS = prepared(_PLACES, SeqRow)
_CONVERSATIONS_LOCKED = prepared(_PLACES.with_for_update(key_share=True), SeqRow)
_MOVE_SEQ = prepared(
    update(conversation).where(conversation.c.address == bindparam("place")).values(last_seq=bindparam("seq"))
)
_IN_SLOTS = prepared(
    select(*columns(message, StoredMessageRow)).where(
        message.c.slot.is_not(None), in_list(message.c.slot, "slots"), in_list(message.c.conversation, "places")
    ),
    StoredMessageRow,
)
_BY_ID = prepared(
    select(*columns(message, StoredMessageRow)).where(in_list(message.c.id, "messages")), StoredMessageRow
)
_LIVE_BUTTONS = prepared(
    select(*columns(button, ButtonRow)).where(in_list(button.c.message, "messages"), button.c.live), ButtonRow
)
_LAST_ID = prepared_value(
    select(column("seq")).select_from(table("sqlite_sequence")).where(column("name") == "message"), int
)
_NEXT_IDS = prepared_value(
    text("SELECT nextval(pg_get_serial_sequence('message', 'id')) FROM generate_series(1, :count)"), int
)
_ADD = prepared(insert(message))
_CHANGE = prepared(
    update(message)
    .where(message.c.id == bindparam("key"))
    .values(
        seq=bindparam("new_seq"),
        text=bindparam("new_text"),
        files=bindparam("new_files"),
        kind=bindparam("new_kind"),
        ticket=bindparam("new_ticket"),
        rings=bindparam("new_rings"),
        slot=bindparam("new_slot"),
        minimal=bindparam("new_minimal"),
        confidential=bindparam("new_confidential"),
        deleted=bindparam("new_deleted"),
    )
)
_CHANGEABLE = ("text", "files", "kind", "ticket", "rings", "slot", "minimal", "confidential", "deleted")
_ADD_BUTTONS = prepared(insert(button))
_TAKE_BUTTONS = prepared(update(button).where(button.c.token == bindparam("key")).values(live=False))
_MOVE_BUTTONS = prepared(
    update(button)
    .where(button.c.token == bindparam("key"))
    .values(label=bindparam("new_label"), position=bindparam("new_position"))
)
_FORGET_BUTTONS = prepared(
    update(button).where(in_list(button.c.message, "messages"), ~button.c.live).values(action="", label="")
)
_NOT_SENT = select(outbox.c.message).where(
    in_list(outbox.c.message, "messages"), outbox.c.state == "due", outbox.c.owner.is_(None)
)
_UNSENT = prepared_value(_NOT_SENT, int)
_UNSENT_LOCKED = prepared_value(_NOT_SENT.with_for_update(), int)
_SEND = prepared(insert(outbox))


@dataclass(slots=True, eq=False)
class _Post:
    """A message that is new, or stored and perhaps changing."""

    values: dict[str, Any]
    buttons: tuple[Button, ...] = ()
    """Those that are live."""
    stored: StoredMessageRow | None = None
    stored_buttons: list[ButtonRow] = field(default_factory=list)
    changed: bool = True

    @property
    def conversation(self) -> str:
        return self.values["conversation"]  # type: ignore[no-any-return] # a column's value


class Posting:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._seqs: dict[str, int] = {}
        self._channels: dict[str, str] = {}
        self._left: set[str] = set()
        self._in_slot: dict[tuple[str, str], _Post] = {}
        """By (slot, conversation)."""
        self._by_id: dict[int, _Post] = {}
        self._changed: list[_Post] = []
        """In the order in which they were first touched, which becomes the order of `seq`."""

    def write(self, steps: Sequence[Step]) -> None:
        now = self._transaction.now()
        self._lock_conversations({step.conversation for step in steps})
        self._find_slots({place for step in steps if (place := _slot(step)) is not None})
        self._find_by_id([step.message for step in steps if isinstance(step, Rewrite | Withdraw)])
        for step in steps:
            match step:
                case Recorded():
                    self._record(step, now)
                case Outgoing():
                    self._put(step, now)
                case Settle():
                    self._settle(step)
                case Rewrite():
                    self._rewrite(step)
                case Withdraw():
                    self._withdraw(step)
        if self._changed:
            self._write_messages()
            self._write_buttons()
            if withdrawn := [step.message for step in steps if isinstance(step, Withdraw)]:
                self._transaction.run(_FORGET_BUTTONS, {"messages": withdrawn})
            self._write_outbox(now)

    # --- what is there ---
    def _lock_conversations(self, addresses: set[str]) -> None:
        query = _CONVERSATIONS_LOCKED if self._transaction.locks_rows else _CONVERSATIONS
        for row in self._transaction.run(query, {"addresses": sorted(addresses)}):
            self._seqs[row.address], self._channels[row.address] = row.last_seq, row.channel
            if row.left:
                self._left.add(row.address)
        if missing := addresses - self._seqs.keys():
            raise NotFound("conversation", min(missing))

    def _find_slots(self, slots: set[tuple[str, str]]) -> None:
        if not slots:
            return
        wanted = {"slots": sorted({slot for slot, _ in slots}), "places": sorted({place for _, place in slots})}
        rows = self._transaction.run(_IN_SLOTS, wanted).all()
        for post in self._stored([row for row in rows if (row.slot, row.conversation) in slots]):
            self._in_slot[post.values["slot"], post.conversation] = post

    def _find_by_id(self, messages: Sequence[int]) -> None:
        """One that is meant by its slot, too, is the same."""
        if messages:
            in_slots = {post.values["id"]: post for post in self._in_slot.values()}
            rows = self._transaction.run(_BY_ID, {"messages": messages}).all()
            self._by_id = {post.values["id"]: post for post in self._stored(rows)} | in_slots

    def _stored(self, rows: Sequence[StoredMessageRow]) -> Iterable[_Post]:
        if not rows:
            return
        buttons: dict[int, list[ButtonRow]] = {row.id: [] for row in rows}
        for shown_one in self._transaction.run(_LIVE_BUTTONS, {"messages": list(buttons)}):
            buttons[shown_one.message].append(shown_one)
        for row in rows:
            live = sorted(buttons[row.id], key=lambda button: button.position)
            shown = tuple(Button(button.label, button.action) for button in live)
            values = {"id": row.id, "conversation": row.conversation}
            values.update((name, getattr(row, name)) for name in (*_CHANGEABLE, "author", "native_ref"))
            yield _Post(values, shown, stored=row, stored_buttons=live, changed=False)

    # --- the steps ---
    def _record(self, said: Recorded, now: datetime) -> None:
        values = _new(said.conversation, said.text, said.files, said.ticket, now)
        values.update(author=said.person, reply_to=said.reply_to, native_ref=said.native_ref, event_key=said.event_key)
        self._touch(_Post(values, changed=False))

    def _put(self, said: Outgoing, now: datetime) -> None:
        standing = None if said.slot is None else self._in_slot.get((said.slot, said.conversation))
        content = {
            "text": said.text,
            "files": list(said.files),
            "kind": said.kind,
            "ticket": said.ticket,
            "rings": said.rings,
            "minimal": said.minimal,
            "confidential": said.confidential,
        }
        if standing is not None and not said.fresh:
            content["rings"] = said.rings or standing.values["rings"]  # unread stays unread
            if standing.buttons != said.buttons or any(standing.values[name] != content[name] for name in content):
                standing.values.update(content)
                standing.buttons = said.buttons
                self._touch(standing)
            return
        if standing is not None:
            standing.values["slot"] = None
            standing.buttons = ()
            self._touch(standing)
        post = _Post({**_new(said.conversation, said.text, said.files, said.ticket, now), **content}, said.buttons)
        post.values["slot"] = said.slot
        post.changed = False
        self._touch(post)
        if said.slot is not None:
            self._in_slot[said.slot, said.conversation] = post

    def _settle(self, settle: Settle) -> None:
        standing = self._in_slot.get((settle.slot, settle.conversation))
        if standing is not None and standing.buttons:
            standing.buttons = ()
            self._touch(standing)

    def _rewrite(self, rewrite: Rewrite) -> None:
        own = self._by_id.get(rewrite.message)
        if own is None or own.values["author"] is None:
            return
        files = [file for file in own.values["files"] if file not in rewrite.without]
        if (own.values["text"], own.values["files"]) != (rewrite.text, files):
            own.values.update(text=rewrite.text, deleted=not rewrite.text, files=files)
            self._touch(own)

    def _withdraw(self, withdraw: Withdraw) -> None:
        said = self._by_id.get(withdraw.message)
        if said is None or said.values["author"] is not None:
            return
        kind = withdraw.kind or said.values["kind"]
        if (said.values["text"], said.values["files"], said.buttons) != (withdraw.text, [], ()):
            said.values.update(text=withdraw.text, files=[], kind=kind, rings=False)
            said.buttons = ()
            self._touch(said)

    def _touch(self, post: _Post) -> None:
        if not post.changed:
            post.changed = True
            self._changed.append(post)

    # --- writing ---
    def _write_messages(self) -> None:
        new = [post for post in self._changed if post.stored is None]
        for post, own in zip(new, self._next_ids(len(new)), strict=True):
            post.values["id"] = own
        for post in self._changed:
            seq = self._seqs[post.conversation] = self._seqs[post.conversation] + 1
            post.values["seq"] = seq
            post.values.setdefault("first_seq", seq)
        # A slot is left before it is taken: it is unique in its conversation.
        old = [post for post in self._changed if post.stored is not None]
        if old:
            changes = [_change(post) for post in old]
            self._transaction.run(_CHANGE, changes)
        if new:
            self._transaction.run(_ADD, [post.values for post in new])
        places = {post.conversation for post in self._changed}
        self._transaction.run(_MOVE_SEQ, [{"place": place, "seq": self._seqs[place]} for place in sorted(places)])
        self._transaction.touched |= places

    def _next_ids(self, count: int) -> Iterable[int]:
        if not count:
            return []
        if self._transaction.dialect == "postgresql":
            return self._transaction.run(_NEXT_IDS, {"count": count})
        last = self._transaction.run(_LAST_ID).first() or 0
        return range(last + 1, last + 1 + count)

    def _write_buttons(self) -> None:
        added, gone, moved = [], [], []
        for post in self._changed:
            kept = {row.action: row for row in post.stored_buttons}
            for position, shown in enumerate(post.buttons):
                row = kept.pop(shown.action, None)
                if row is None:
                    added.append(
                        {
                            "token": self._transaction.token(),
                            "message": post.values["id"],
                            "action": shown.action,
                            "label": shown.label,
                            "position": position,
                            "live": True,
                        }
                    )
                elif (row.label, row.position) != (shown.label, position):
                    moved.append({"key": row.token, "new_label": shown.label, "new_position": position})
            gone += [{"key": row.token} for row in kept.values()]
        if gone:
            self._transaction.run(_TAKE_BUTTONS, gone)
        if moved:
            self._transaction.run(_MOVE_BUTTONS, moved)
        if added:
            self._transaction.run(_ADD_BUTTONS, added)

    def _write_outbox(self, now: datetime) -> None:
        """One row a message to a platform. It says that the message must be brought there, not what: the relay sends
        what is newest, so a change of what is not sent yet needs no row of its own. Who has left is sent nothing."""
        sent = [post for post in self._changed if self._is_sent(post)]
        if not sent:
            return
        old = [post.values["id"] for post in sent if post.stored is not None]
        waiting: set[int] = set()
        if old:
            query = _UNSENT_LOCKED if self._transaction.locks_rows else _UNSENT
            waiting = set(self._transaction.run(query, {"messages": old}))
        rows = [
            {
                "channel": self._channels[post.conversation],
                "conversation": post.conversation,
                "message": post.values["id"],
                "created_at": now,
                "state": "due",
                "due_at": now,
                "attempts": 0,
            }
            for post in sent
            if post.values["id"] not in waiting
        ]
        if rows:
            self._transaction.run(_SEND, rows)

    def _is_sent(self, post: _Post) -> bool:
        if post.values["author"] is not None or self._channels[post.conversation] in EMBEDDED:
            return False
        return post.conversation not in self._left or post.values["kind"] in TO_WHO_LEFT


def _slot(step: Step) -> tuple[str, str] | None:
    if isinstance(step, (Outgoing, Settle)) and step.slot is not None:
        return step.slot, step.conversation
    return None


def _new(place: str, said: str, files: tuple[str, ...], ticket: int | None, now: datetime) -> dict[str, Any]:
    return {
        "conversation": place,
        "author": None,
        "at": now,
        "text": said,
        "files": list(files),
        "kind": "",
        "ticket": ticket,
        "rings": True,
        "slot": None,
        "reply_to": None,
        "native_ref": None,
        "event_key": "",
        "minimal": None,
        "confidential": True,
        "deleted": False,
    }


def _change(post: _Post) -> dict[str, Any]:
    return {
        "key": post.values["id"],
        "new_seq": post.values["seq"],
        **{f"new_{name}": post.values[name] for name in _CHANGEABLE},
    }
