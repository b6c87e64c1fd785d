"""From a stored update to the neutral event it means. No decisions, no I/O."""

from __future__ import annotations

import unicodedata
from datetime import datetime

from telegram import (
    CallbackQuery,
    ChatMember,
    ChatMemberUpdated,
    Message,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
    Update,
    User,
)

from bot.channels.telegram.envelope import PartOf, Unreachable, UpdateEnvelope, load
from bot.channels.telegram.refs import CHANNEL, Ref, is_room, place
from handlers.domain.people import Account
from handlers.events import (
    ButtonPressed,
    ContactShared,
    Event,
    MessageEdited,
    MessageReceived,
    ReachChanged,
    RefusedFile,
    SpokenAnonymously,
)
from knowledge.language.quoting import quoted
from knowledge.language.storable import storable

MAX_NAME_LETTERS = 80
_NOT_TAKEN = ("sticker", "location", "video_note", "poll", "dice", "story", "contact", "game")
"""What is declined in one line that says what to send instead. A venue has a location too."""
_GONE = (ChatMember.LEFT, ChatMember.BANNED)


def to_event(payload: str, key: str, received_at: datetime) -> Event | None:
    """None: nothing to do (a service message, another bot, a part of an album).

    Raises ValueError, KeyError or TypeError for what cannot be understood: it goes to quarantine.
    """
    envelope = load(payload)
    if isinstance(envelope, PartOf):
        return None
    if isinstance(envelope, Unreachable):
        return _unreachable(envelope.conversation, key, received_at)
    update = _parsed(envelope.update)
    if update.message is not None:
        return _message(update.message, envelope, key, received_at)
    if update.edited_message is not None:
        return _edited(update.edited_message, envelope, key, received_at)
    if update.callback_query is not None:
        return _pressed(update.callback_query, envelope, key, received_at)
    if update.my_chat_member is not None:
        return _reach(update.my_chat_member, envelope, key, received_at)
    return None


def _parsed(raw: object) -> Update:
    """The library's own reading; whatever it stumbles over is one kind of error to the worker."""
    if not isinstance(raw, dict):
        raise TypeError("an update is an object")
    try:
        return Update.de_json(raw, None)
    except (AttributeError, OverflowError, OSError, RecursionError) as error:
        raise ValueError(f"update does not parse: {type(error).__name__}") from error


def _message(message: Message, envelope: UpdateEnvelope, key: str, at: datetime) -> Event | None:
    sender = message.from_user
    if message.sender_chat is not None and is_room(envelope.conversation):
        return _hidden(message, envelope, key, at)
    if sender is None or sender.is_bot:
        return None
    contact = message.contact
    if contact is not None and contact.user_id == sender.id:
        return ContactShared(
            key=key,
            at=at,
            sender=_account(sender),
            sender_name=_name(sender),
            conversation=envelope.conversation,
            in_room=is_room(envelope.conversation),
            phone=contact.phone_number,
        )
    text, in_room = _passed_on(message, _typed(message.text or message.caption or "")), is_room(envelope.conversation)
    answered = _answered(message, envelope)
    refused = envelope.refused
    if not in_room or answered is not None:  # colleagues may send each other what they like
        refused += tuple(
            RefusedFile(reason="not_taken", data={"kind": kind}) for kind in _NOT_TAKEN if getattr(message, kind)
        )[:1]
    if not (text or envelope.files or refused):
        return None
    return MessageReceived(
        key=key,
        at=at,
        sender=_account(sender),
        sender_name=_name(sender),
        conversation=envelope.conversation,
        in_room=in_room,
        text=text,
        files=envelope.files,
        refused=refused,
        reply_to=answered,
        threaded=answered is not None and answered == _root(envelope),
        native_ref=str(_ref(message)),
    )


def _hidden(message: Message, envelope: UpdateEnvelope, key: str, at: datetime) -> Event | None:
    """An administrator who remains anonymous, or somebody who writes as a channel: Telegram names the chat instead
    (`sender_chat`), and a bot of its own as sender. Posts that a channel forwards to its group are nobody's words."""
    text = _typed(message.text or message.caption or "")
    if message.is_automatic_forward or message.sender_chat is None or not (text or envelope.files):
        return None
    return SpokenAnonymously(
        key=key,
        at=at,
        sender=Account(CHANNEL, str(message.sender_chat.id)),
        conversation=envelope.conversation,
        in_room=True,
        text=text,
        reply_to=_answered(message, envelope),
    )


def _edited(message: Message, envelope: UpdateEnvelope, key: str, at: datetime) -> Event | None:
    sender, text = message.from_user, message.text or message.caption
    if (
        sender is None or sender.is_bot or text is None or message.sender_chat is not None
    ):  # a live location moves by "edits" too
        return None
    return MessageEdited(
        key=key,
        at=at,
        sender=_account(sender),
        sender_name=_name(sender),
        conversation=envelope.conversation,
        in_room=is_room(envelope.conversation),
        native_ref=str(_ref(message)),
        text=_typed(text),
    )


def _pressed(query: CallbackQuery, envelope: UpdateEnvelope, key: str, at: datetime) -> Event | None:
    if query.message is None or query.from_user.is_bot:
        return None
    return ButtonPressed(
        key=key,
        at=at,
        sender=_account(query.from_user),
        sender_name=_name(query.from_user),
        conversation=envelope.conversation,
        in_room=is_room(envelope.conversation),
        token=storable(query.data or ""),
    )


def _reach(changed: ChatMemberUpdated, envelope: UpdateEnvelope, key: str, at: datetime) -> Event | None:
    """The person blocked the bot or took it back; the group removed it or took it in."""
    gone, was_gone = changed.new_chat_member.status in _GONE, changed.old_chat_member.status in _GONE
    if gone == was_gone:
        return None
    return ReachChanged(
        key=key,
        at=at,
        sender=_account(changed.from_user),
        sender_name=_name(changed.from_user),
        conversation=envelope.conversation,
        in_room=is_room(envelope.conversation),
        blocked=gone,
    )


def _unreachable(conversation: str, key: str, at: datetime) -> Event:
    return ReachChanged(
        key=key,
        at=at,
        sender=Account(CHANNEL, str(place(conversation).chat)),
        conversation=conversation,
        in_room=is_room(conversation),
        blocked=True,
    )


def _answered(message: Message, envelope: UpdateEnvelope) -> str | None:
    """What it replies to. In a topic every message "replies" to the topic's first, which is none of ours."""
    answered = message.reply_to_message
    if answered is None or (message.is_topic_message and answered.message_id == message.message_thread_id):
        return _root(envelope)
    return str(_ref(answered, message))


def _root(envelope: UpdateEnvelope) -> str | None:
    """The desk's own number of the card that the topic hangs on."""
    return None if envelope.root is None else str(envelope.root)


def _ref(message: Message, stands_with: Message | None = None) -> Ref:
    """`stands_with`: a message of the same topic, since what is replied to comes without saying so."""
    near = stands_with or message
    return Ref(message.chat.id, message.message_id, near.message_thread_id if near.is_topic_message else None)


def _passed_on(message: Message, text: str) -> str:
    """With whose words they are, where it was forwarded. One's own, and commands, are one's own."""
    match message.forward_origin:
        case MessageOriginUser(sender_user=author) if author != message.from_user and not text.startswith("/"):
            return quoted(_name(author), text)
        case MessageOriginHiddenUser(sender_user_name=name) if not text.startswith("/"):
            return quoted(storable(name), text)
        case MessageOriginChat(sender_chat=chat) | MessageOriginChannel(chat=chat) if not text.startswith("/"):
            return quoted(storable(chat.effective_name or ""), text)
        case _:
            return text


LABEL_START = "c_"
"""What tells the token of a label from a code for joining."""


def _typed(text: str) -> str:
    """`/start KOD`, which a joining link types, is `/katil KOD`; `/start c_TOKEN`, of a device's label, its token."""
    text = storable(text)
    word, _, code = text.partition(" ")
    if word.partition("@")[0] == "/start" and code.strip().startswith(LABEL_START):
        return f"Etiket {code.strip().removeprefix(LABEL_START)}"
    return f"/katil {code.strip()}" if word.partition("@")[0] == "/start" and code.strip() else text


def _account(user: User) -> Account:
    return Account(CHANNEL, str(user.id))


def _name(user: User) -> str:
    """Without what is not seen: a name may hold marks that turn the line around it."""
    seen = "".join(c for c in storable(user.full_name) if unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs"))
    return " ".join(seen.split())[:MAX_NAME_LETTERS]
