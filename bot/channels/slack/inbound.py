"""From Slack's payloads to neutral events. Decides nothing.

In two steps: `update_of` tells what must be known before the acknowledgement (key and conversation), `to_event` reads
the whole when the event is handled. Between them lies the inbox, with the payload as it came in an envelope of ours.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypedDict

from bot.channels.slack.mrkdwn import typed
from bot.channels.slack.refs import CHANNEL, address, is_room, native, private, room
from handlers.domain.people import Account
from handlers.events import (
    AccountClosed,
    ButtonPressed,
    ContactShared,
    Event,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    ReachChanged,
    RefusedFile,
)
from handlers.ports import Arrival
from knowledge.language.quoting import quoted
from knowledge.language.storable import storable

Body = Mapping[str, Any]

REPORT_COMMAND = "/ariza"
ROOM_COMMANDS = frozenset({"/bagla"})
"""Their meaning is the channel they are typed in; every other command is answered in private."""
REPORT_VIEW = "report"
REPORT_SHORTCUT = "masaya_bildir"
REPORT_ACTION = "open_report"
PRESS, SAY = "press:", "say:"
"""How the `action_id` of a button begins: its value is a token of the desk, or what its owner says by pressing it."""
FACTS = {"oda": "Oda", "cihaz": "Cihaz", "dahili": "Dahili"}
"""Fields of the report view beside the words themselves: action id → how it is written below them."""

_WRITTEN = frozenset({None, "file_share", "thread_broadcast", "me_message"})
"""Subtypes of messages that somebody typed; the others tell of joins, topics and the like."""


class KeptFile(TypedDict, total=False):
    """What became of a file: the attachment's id, or why it was refused."""

    id: str
    reason: str
    data: dict[str, str | int]


class SlackEnvelope(TypedDict, total=False):
    """What lies in the inbox."""

    body: Body
    bot: str
    """The desk's own user."""
    name: str
    """What the workspace calls the sender."""
    private: bool
    """A mention in a channel that is no unit's room: a word to the desk, answered in private."""
    files: dict[str, KeptFile]
    email: str
    """Set: no payload at all, but who the sender is to the workspace."""
    user: str
    reach: str
    """Set: no payload either, but that nobody is reached in this conversation any more (`lost`), or again."""
    lost: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What must be known of a payload before it is understood."""

    key: str
    conversation: str
    user: str
    direct: str = ""
    """The channel of their direct messages, where the payload tells."""
    closed: bool = False
    """Nothing they did: the workspace closed their account."""
    mention: bool = False
    files: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    form: str = ""
    """The form they sent. While it stays open they may send it again, each time with another key."""

    @property
    def files_key(self) -> str:
        """By which another try of the same finds the files that an earlier one began to fetch."""
        return self.form or self.key


# --- before the acknowledgement -----------------------------------------------------------------
def update_of(body: Body, bot: str) -> Update | None:
    """None: nothing for the desk (a bot's message, a joined channel, an unfurled link).

    Raises KeyError or TypeError where not even that can be told.
    """
    if body.get("type") == "event_callback":
        return _event_update(body, bot)
    if "command" in body:
        return _command_update(body)
    if body.get("type") == "view_submission" and body["view"]["callback_id"] == REPORT_VIEW:
        user, view = body["user"]["id"], body["view"]
        return Update(key=_key(body), conversation=private(user), user=user, files=_carried(view), form=view["id"])
    if body.get("type") == "block_actions" and _action(body)["action_id"].startswith((PRESS, SAY)):
        user = body["user"]["id"]
        return Update(key=_key(body), conversation=_pressed_in(body), user=user)
    return None


def _event_update(body: Body, bot: str) -> Update | None:
    event = body["event"]
    if event["type"] == "user_change":
        return _closed_update(body) if event["user"].get("deleted") else None
    if event["type"] not in ("message", "app_mention"):
        return None
    subtype = event.get("subtype")
    said = _said(event)
    if said is None or said.get("bot_id") or "user" not in said or said["user"] in (bot, "USLACKBOT"):
        return None
    if subtype not in _WRITTEN and subtype not in ("message_changed", "message_deleted"):
        return None
    if subtype == "message_changed" and not _wording_changed(event):
        return None
    mention = event["type"] == "app_mention"
    files = files_of(event) if subtype in _WRITTEN else ()
    place = _place(event, said)
    direct = "" if is_room(place) else event["channel"]
    return Update(
        key=_event_key(body), conversation=place, user=said["user"], direct=direct, mention=mention, files=files
    )


def _closed_update(body: Body) -> Update:
    """Most changes are of a picture or a status; only the end of an account is the desk's business."""
    user = body["event"]["user"]["id"]
    return Update(key=_event_key(body), conversation=private(user), user=user, closed=True)


def _event_key(body: Body) -> str:
    return f"{CHANNEL}:{body['team_id']}:{body['event_id']}"


def _said(event: Body) -> Body | None:
    """The message itself: an edit or a deletion wraps it."""
    match event.get("subtype"):
        case "message_changed":
            changed: Body = event["message"]
            return changed if "user" in changed else event.get("previous_message")
        case "message_deleted":
            return event.get("previous_message")
        case _:
            return event


def words_of(message: Body, bot: str) -> str:
    """What somebody typed, and below it what they pass on of another message, with whose words it is."""
    own = typed(str(message.get("text") or ""), bot)
    others = [_quoted(shared, message.get("user"), bot) for shared in _passed_on(message)]
    return "\n".join(words for words in (own, *others) if words)


def _quoted(shared: Body, by: object, bot: str) -> str:
    words = typed(str(shared.get("text") or ""), bot)
    author = "" if shared.get("author_id") == by else shared.get("author_name") or shared.get("author_subname")
    return quoted(storable(str(author or "")), words)


def files_of(message: Body) -> list[Mapping[str, Any]]:
    """Theirs, and those of what they pass on."""
    return [file for part in (message, *_passed_on(message)) for file in part.get("files") or ()]


def _passed_on(message: Body) -> list[Body]:
    """Somebody else's messages that were shared here; a preview of a link is none."""
    return [part for part in message.get("attachments") or () if part.get("is_share")]


def _wording_changed(event: Body) -> bool:
    """Slack also says "changed" when it adds a preview of a link or counts a reply."""
    if event["message"].get("subtype") == "tombstone":
        return True
    before: Body = event.get("previous_message", {})
    return bool(event["message"].get("text") != before.get("text"))


def _place(event: Body, said: Body) -> str:
    if event.get("channel_type") == "im" or event["channel"].startswith("D"):
        return private(said["user"])
    return room(event["channel"])


def _command_update(body: Body) -> Update | None:
    if opens_report(body):
        return None
    user, channel = body["user_id"], body["channel_id"]
    where = address(channel, user) if body["command"] in ROOM_COMMANDS else private(user)
    return Update(key=_key(body), conversation=where, user=user)


def opens_report(body: Body) -> bool:
    """`/ariza` alone asks for the form; with words it is the report."""
    return body.get("command") == REPORT_COMMAND and not str(body.get("text", "")).strip()


def _pressed_in(body: Body) -> str:
    channel = (body.get("channel") or {}).get("id") or (body.get("container") or {}).get("channel_id")
    user: str = body["user"]["id"]
    return address(channel, user) if channel else private(user)


def _action(body: Body) -> Mapping[str, Any]:
    action: Mapping[str, Any] = body["actions"][0]
    return action


def _carried(view: Body) -> Sequence[Mapping[str, Any]]:
    """Files of the message that the shortcut was used on."""
    try:
        files = json.loads(view.get("private_metadata") or "{}").get("files", ())
    except ValueError:
        return ()
    return files if isinstance(files, list) else ()


def _key(body: Body) -> str:
    """Interactions have no event id; their trigger is as unique."""
    team = body.get("team_id") or (body.get("team") or {}).get("id") or "T"
    trigger = body.get("trigger_id")
    if not isinstance(trigger, str) or not trigger:
        trigger = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    return f"{CHANNEL}:{team}:{trigger}"


def unparsed(body: Body) -> Update:
    """For a payload that holds not even its sender: kept all the same, for an admin to look at."""
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    return Update(key=f"{CHANNEL}:unparsed:{digest}", conversation=f"{CHANNEL}:x:unparsed", user="")


def arrival(update: Update, envelope: SlackEnvelope, at: datetime) -> Arrival:
    return Arrival(
        key=update.key,
        channel=CHANNEL,
        conversation=private(update.user) if envelope.get("private") else update.conversation,
        payload=json.dumps(envelope),
        received_at=at,
    )


# --- when it is handled -------------------------------------------------------------------------
def to_event(payload: str, key: str, received_at: datetime) -> Event:
    """Raises ValueError for what is not understood."""
    try:
        return _understood(json.loads(payload), key, received_at)
    except (AttributeError, LookupError, TypeError) as error:  # something of another shape than Slack's
        raise ValueError(f"not understood: {type(error).__name__}") from error


def _understood(envelope: SlackEnvelope, key: str, received_at: datetime) -> Event:
    if "email" in envelope:
        user = envelope["user"]
        return ContactShared(
            key=key,
            at=received_at,
            sender=Account(CHANNEL, user),
            sender_name=envelope.get("name", ""),
            conversation=private(user),
            email=envelope["email"],
        )
    if "reach" in envelope:
        place = envelope["reach"]
        return ReachChanged(
            key=key,
            at=received_at,
            sender=Account(CHANNEL, native(place)),
            conversation=place,
            in_room=is_room(place),
            blocked=envelope["lost"],
        )
    body, bot = envelope["body"], envelope.get("bot", "")
    update = update_of(body, bot)
    if update is None:
        raise ValueError("no event of ours")
    conversation = private(update.user) if envelope.get("private") else update.conversation
    common: dict[str, Any] = {
        "key": key,
        "at": received_at,
        "sender": Account(CHANNEL, update.user),
        "sender_name": storable(envelope.get("name", "")),
        "conversation": conversation,
        "in_room": is_room(conversation),
    }
    if update.closed:
        return AccountClosed(**common)
    if body.get("type") == "event_callback":
        return _from_event(body["event"], envelope, common)
    if "command" in body:
        return MessageReceived(**common, text=_command_text(body))
    if body["type"] == "view_submission":
        return MessageReceived(**common, text=_report_text(body["view"]), **_attached(envelope))
    action = _action(body)
    if action["action_id"].startswith(SAY):
        return MessageReceived(**common, text=storable(action["value"]))
    return ButtonPressed(**common, token=storable(action["value"]))


def _from_event(event: Body, envelope: SlackEnvelope, common: dict[str, Any]) -> Event:
    bot = envelope.get("bot", "")
    match event.get("subtype"):
        case "message_deleted":
            return MessageDeleted(**common, native_ref=event["deleted_ts"])
        case "message_changed" if event["message"].get("subtype") == "tombstone":
            return MessageDeleted(**common, native_ref=event["message"]["ts"])
        case "message_changed":
            changed = event["message"]
            return MessageEdited(**common, native_ref=changed["ts"], text=typed(changed.get("text", ""), bot))
    text, ts, thread = words_of(event, bot), event["ts"], event.get("thread_ts")
    if envelope.get("private"):  # written in somebody else's channel: nothing of the desk's stands there
        return MessageReceived(**common, text=text, **_attached(envelope))
    answers = thread if thread and thread != ts else None
    # In a room a thread is a ticket's, and holds much; in private each message of the desk has a thread of its own.
    threaded = answers is not None and bool(common["in_room"])
    return MessageReceived(
        **common, text=text, native_ref=ts, reply_to=answers, threaded=threaded, **_attached(envelope)
    )


def _attached(envelope: SlackEnvelope) -> dict[str, Any]:
    files = envelope.get("files", {}).values()
    return {
        "files": tuple(file["id"] for file in files if "id" in file),
        "refused": tuple(
            RefusedFile(reason=file["reason"], data=file.get("data", {})) for file in files if "reason" in file
        ),
    }


def _command_text(body: Body) -> str:
    words = typed(str(body.get("text", "")))
    return words if body["command"] == REPORT_COMMAND else f"{body['command']} {words}".strip()


def _report_text(view: Body) -> str:
    """What the form's fields say, as it would have been typed."""
    given = {name: field.get("value") for block in view["state"]["values"].values() for name, field in block.items()}
    lines = [given["what"] or ""]
    lines += [f"{label}: {given[name].strip()}" for name, label in FACTS.items() if (given.get(name) or "").strip()]
    return storable("\n".join(lines)).strip()
