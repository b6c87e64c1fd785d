"""Conversations as somebody reads them: which are theirs, what stands in them, and how far they have read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.domain.errors import NotFound
from handlers.domain.people import Person, PersonId
from handlers.messages import TimelineMessage, plain
from handlers.people.access import may_enter, rooms_of
from handlers.ports import Conversation, UnitOfWork
from knowledge.language.folding import folded

MAX_SEARCHED = 2000
"""How many messages back a search looks."""
MAX_FOUND = 50
MAX_OPENED = 300
"""Messages with which a conversation opens, where so many are unread."""
_BATCH = 200
_QUOTED_LETTERS = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """The message that another one answers, cut to one line."""

    id: int
    author: Person | None
    """None: the desk."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMessage:
    """One message, with what it answers."""

    message: TimelineMessage
    quoted: Quoted | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedConversation:
    """The end of a conversation, as its reader finds it."""

    conversation: Conversation
    messages: tuple[ReadMessage, ...]
    seen: int
    """The seq up to which the reader has seen it."""
    last_seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedConversation:
    conversation: Conversation
    unread: int
    last: TimelineMessage | None
    last_seq: int


def own_conversations(uow: UnitOfWork, person: Person, channel: str) -> tuple[Conversation, ...]:
    """Their private talk on that channel first, then earlier ones from other accounts, then the rooms of their unit."""
    private = [place for place in uow.conversations.private_of(person.id) if place.channel == channel]
    return tuple(place for place in (*private, *rooms_of(uow, person, channel)) if may_enter(person, place))


def entered(uow: UnitOfWork, person: Person, channel: str, address: str) -> Conversation:
    """The conversation of that address. Raises NotFound where there is none that this person may enter."""
    for place in own_conversations(uow, person, channel):
        if place.address == address:
            return place
    raise NotFound("conversation", address)


def listed(uow: UnitOfWork, person: Person, channel: str) -> tuple[ListedConversation, ...]:
    """In the order of `own_conversations`."""
    places = own_conversations(uow, person, channel)
    unread = uow.timeline.unread(person.id, [place.address for place in places])
    return tuple(
        ListedConversation(
            conversation=place,
            unread=unread.get(place.address, 0),
            last=next(iter(uow.timeline.page(place.address, limit=1)), None),
            last_seq=uow.timeline.last_seq(place.address),
        )
        for place in places
    )


def opened(uow: UnitOfWork, person: Person, place: Conversation, limit: int) -> OpenedConversation:
    """With its last `limit` messages, and further back to the first unread one."""
    seen = uow.timeline.seen(place.address, person.id)
    messages = list(uow.timeline.page(place.address, limit=limit))
    while len(messages) >= limit and len(messages) < MAX_OPENED and messages[0].first_seq > seen:
        earlier = uow.timeline.page(place.address, before=messages[0].id, limit=limit)
        messages[:0] = earlier
        if len(earlier) < limit:
            break
    return OpenedConversation(
        conversation=place,
        messages=with_quotes(uow, messages),
        seen=seen,
        last_seq=uow.timeline.last_seq(place.address),
    )


def page(uow: UnitOfWork, address: str, *, before: int | None = None, limit: int) -> tuple[ReadMessage, ...]:
    """The last messages (with id below `before`), in the order in which they were written."""
    return with_quotes(uow, uow.timeline.page(address, before=before, limit=limit))


def search(uow: UnitOfWork, address: str, words: str) -> tuple[ReadMessage, ...]:
    """Messages that hold the words, literally (`%` and `_` are letters too) and in any spelling; newest last."""
    wanted = folded(words)
    found: list[TimelineMessage] = []
    before: int | None = None
    for _ in range(MAX_SEARCHED // _BATCH):
        batch = uow.timeline.page(address, before=before, limit=_BATCH)
        found[:0] = [message for message in batch if wanted in folded(_searched(message))]
        if len(batch) < _BATCH or len(found) >= MAX_FOUND:
            break
        before = batch[0].id
    return with_quotes(uow, found[-MAX_FOUND:])


def with_quotes(uow: UnitOfWork, messages: Sequence[TimelineMessage]) -> tuple[ReadMessage, ...]:
    return tuple(ReadMessage(message=message, quoted=_quoted(uow, message)) for message in messages)


def bare(message: TimelineMessage) -> str:
    """Its words, without the spans of the desk's marked text."""
    return plain(message.text) if message.author is None else message.text


def _quoted(uow: UnitOfWork, message: TimelineMessage) -> Quoted | None:
    if message.reply_to is None:
        return None
    answered = uow.messages.by_ref(message.conversation, str(message.reply_to))
    if answered is None:
        return None
    text = plain(answered.text) if answered.author is None else answered.text
    author = None if answered.author is None else uow.people.get(PersonId(answered.author))
    return Quoted(id=answered.id, author=author, text=" ".join(text.split())[:_QUOTED_LETTERS])


def _searched(message: TimelineMessage) -> str:
    return "\n".join((bare(message), *(file.name for file in message.files)))
