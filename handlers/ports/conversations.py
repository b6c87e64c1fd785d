"""Where people and the desk write, how each talk stands, and what was said."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from handlers.domain.dialog import Dialog
from handlers.domain.people import PersonId, UnitId
from handlers.messages import Button, Outgoing, PostedMessage, PressedButton, Recorded, TimelineButton, TimelineMessage


@dataclass(slots=True, kw_only=True)
class Conversation:
    """A place where people and the desk write: private with one person, or a room bound to a unit."""

    address: str
    channel: str
    person: PersonId | None = None
    """Whose private conversation; None for a room."""
    unit: UnitId | None = None
    """Unit whose room this is; None for a private one, or a group not bound yet."""
    title: str = ""
    is_room: bool = False
    blocked: bool = False
    """The person blocked the bot, or the group removed it."""
    last_seq: int = 0
    active_at: datetime | None = None
    """When its person last wrote or pressed, to about a minute; None: never yet. Of a room when it began."""


class Conversations(Protocol):
    def get(self, address: str) -> Conversation | None: ...
    def ensure(self, conversation: Conversation) -> Conversation:
        """The stored one of that address; added where there is none."""

    def save(self, conversation: Conversation) -> None:
        """Everything but `last_seq`, which only messages move."""

    def spoke(self, address: str, at: datetime) -> None:
        """Its person wrote or pressed there. Nothing else of it is written, and nothing becomes older."""

    def rooms(self, unit: UnitId | None = None) -> Sequence[Conversation]:
        """Bound rooms of that unit (of all units: None), by address."""

    def private_of(self, person: PersonId) -> Sequence[Conversation]:
        """Where this person can be written to in private, most recently active first."""

    def private_of_all(self) -> Sequence[tuple[str, PersonId]]:
        """Where each person last spoke with the desk, with that person; by address. Nobody who has left, no place that
        they shut, and none in which nothing was ever said."""

    def channels(self) -> Collection[str]:
        """Those that have a conversation. Looks at every one: for the start."""


class Dialogs(Protocol):
    def get(self, conversation: str, person: PersonId) -> Dialog:
        """A new empty one where there is none."""

    def save(self, dialog: Dialog) -> None:
        """Raises Stale where another transaction saved it since."""

    def with_words_of(self, person: PersonId) -> Sequence[Dialog]:
        """Their own, everywhere, and those in which somebody drafts a report for them."""

    def idle_drafts(self, before: datetime, limit: int = 100) -> Sequence[Dialog]:
        """Whose draft has not moved since `before` and was not reminded yet, oldest first."""


class Messages(Protocol):
    """The timeline of every conversation, and with it the outbox: a message to a platform is also a row to deliver."""

    def record(self, message: Recorded) -> None:
        """What a person wrote."""

    def put(self, message: Outgoing) -> None:
        """What the desk says; see Outgoing for edits. Rows get their place in order at commit."""

    def standing_in(self, slot: str) -> Sequence[str]:
        """Addresses of the conversations where a message of that slot stands."""

    def by_ref(self, conversation: str, ref: str) -> PostedMessage | None:
        """By the desk's own id, or the platform's."""

    def shown(self, conversation: str, slot: str, by: datetime) -> PostedMessage | None:
        """The message of that slot, where its readers had it by then: on a platform once it was delivered there, else
        from when it was said."""

    def press(self, token: str) -> PressedButton | None:
        """None for a token that never was."""

    def offer(self, message: PostedMessage, buttons: Sequence[Button]) -> Sequence[TimelineButton]:
        """Buttons that are pressed as that message's own are, and that no reader of it sees; one action keeps its
        token."""

    def disable_buttons(self, conversation: str, slot: str) -> None:
        """Take the buttons off the message of that slot; no-op where there is none or it has none."""

    def rewrite(self, conversation: str, ref: str, text: str) -> None:
        """A person edited (or with an empty text deleted) what they wrote; `ref` as in `by_ref`."""

    def said_of(self, ticket: int) -> Sequence[PostedMessage]:
        """All that the desk said of that ticket, wherever it stands."""

    def withdraw(self, message: PostedMessage, text: str, *, kind: str | None = None) -> None:
        """That text stands in place of what the desk said, without files, buttons and what those stood for, and without
        a bell; on a platform it is edited where it stands. `kind` None: as it was."""

    def erase_written_by(self, person: PersonId, files: Collection[str] = ()) -> int:
        """Empty every text that this person wrote, everywhere, and take these files off; how many texts there were
        (KVKK: erasure on request)."""

    def erase_events(self, author: PersonId, keys: Collection[str]) -> None:
        """Empty what this person wrote in the events of these keys: words of somebody else's."""

    def written_in(self, person: PersonId) -> Collection[str]:
        """Conversations in which this person wrote, also rooms of a unit that they have left."""

    def repeating(
        self, kinds: Collection[str], *, tickets: Collection[int], places: Collection[str]
    ) -> Sequence[PostedMessage]:
        """What the desk said in these kinds of message: of these tickets, anywhere; of none, in these places."""

    def lists(self) -> Sequence[PostedMessage]:
        """All that repeats words of tickets that it does not belong to (`handlers.messages.LISTS`)."""

    def move_written(self, guest: PersonId, person: PersonId) -> None:
        """What the guest wrote is that person's."""


class Timeline(Protocol):
    """Reading of conversations by the channels that need no sending (web, terminal)."""

    def since(self, conversation: str, seq: int, limit: int = 200) -> Sequence[TimelineMessage]:
        """Everything that came or changed after `seq`, in order of change."""

    def page(self, conversation: str, before: int | None = None, limit: int = 50) -> Sequence[TimelineMessage]:
        """The last `limit` messages (with id below `before`), in the order they were written."""

    def last_seq(self, conversation: str) -> int: ...
    def seen(self, conversation: str, person: PersonId) -> int:
        """The seq up to which this person has seen it."""

    def mark_seen(self, conversation: str, person: PersonId, seq: int) -> None:
        """Never goes back."""

    def unread(self, person: PersonId, conversations: Sequence[str]) -> Mapping[str, int]:
        """Messages not seen, by others than this person, that ring, for each of these conversations."""

    def read_counts(self, slot: str, kind: str) -> Mapping[str, tuple[int, int]]:
        """For each channel in how many private conversations a message of that kind stands in that slot, and how many
        of their people have seen it."""
