"""What must be known of a raw update before it is stored. It never fails: what is not there, or misshapen, is None.

Understanding comes later (updates.py), when the update lies in the inbox and a mistake can no longer lose it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.telegram.refs import ChatAddress

UNPLACED = "telegram:x:unplaced"
"""Where updates wait that name no chat; they order nothing but each other."""


@dataclass(frozen=True, slots=True)
class FileWanted:
    id: str
    name: str
    size: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateHeader:
    kind: str
    """`message`, `edited_message`, `callback_query` …; empty: none of them."""
    chat: int | None
    private: bool
    thread: int | None = None
    """Only where the chat is a forum and the message stands in a topic."""
    album: str | None = None
    caption: str = ""
    files: tuple[FileWanted, ...] = ()
    callback: str | None = None
    moved: tuple[int, int] | None = None
    """A group's old and new id."""

    @property
    def place(self) -> ChatAddress | None:
        return None if self.chat is None else ChatAddress(self.chat, self.thread)


def update_id(update: object) -> int | None:
    found = update.get("update_id") if isinstance(update, dict) else None
    return found if isinstance(found, int) else None


def key(bot_id: str, update: object) -> str:
    """Unique for ever; by its content where an update has no number."""
    number = update_id(update)
    if number is not None:
        return f"telegram:{bot_id}:{number}"
    digest = hashlib.sha256(json.dumps(update, sort_keys=True).encode()).hexdigest()
    return f"telegram:{bot_id}:{digest}"


def read_header(update: object) -> UpdateHeader:
    raw = update if isinstance(update, dict) else {}
    kind = next((name for name in raw if name != "update_id" and isinstance(raw[name], dict)), "")
    body = _dict(raw, kind)
    message = _dict(body, "message") if kind == "callback_query" else body
    chat = _dict(message, "chat")
    topic = message.get("is_topic_message") is True
    return UpdateHeader(
        kind=kind,
        chat=_of(chat, "id", int),
        private=chat.get("type") == "private",
        thread=_of(message, "message_thread_id", int) if topic else None,
        album=_of(message, "media_group_id", str) if kind == "message" else None,
        caption=_of(message, "caption", str) or "",
        files=tuple(_files(message)) if kind == "message" else (),
        callback=_of(body, "id", str) if kind == "callback_query" else None,
        moved=_moved(message),
    )


def _files(message: dict[str, Any]) -> Sequence[FileWanted]:
    photos = message.get("photo")
    if isinstance(photos, list) and photos and isinstance(photos[-1], dict):  # sizes of one photo, the largest last
        return _wanted(photos[-1], "foto", "jpg")
    for kind, stem, suffix in (
        ("document", "dosya", "bin"),
        ("voice", "ses", "ogg"),
        ("audio", "ses", "mp3"),
        ("video", "video", "mp4"),
    ):
        if found := _dict(message, kind):
            return _wanted(found, stem, suffix)
    return ()


def _wanted(file: dict[str, Any], stem: str, suffix: str) -> Sequence[FileWanted]:
    file_id = _of(file, "file_id", str)
    if file_id is None:
        return ()
    unique = _of(file, "file_unique_id", str) or file_id
    name = _of(file, "file_name", str) or f"{stem}-{unique[-8:]}.{suffix}"
    return [FileWanted(file_id, name, _of(file, "file_size", int))]


def _moved(message: dict[str, Any]) -> tuple[int, int] | None:
    here = _of(_dict(message, "chat"), "id", int)
    to, came_from = _of(message, "migrate_to_chat_id", int), _of(message, "migrate_from_chat_id", int)
    if here is not None and to is not None:
        return here, to
    if here is not None and came_from is not None:
        return came_from, here
    return None


def _dict(raw: dict[str, Any], name: str) -> dict[str, Any]:
    found = raw.get(name)
    return found if isinstance(found, dict) else {}


def _of(raw: dict[str, Any], name: str, kind: type[Any]) -> Any:
    found = raw.get(name)
    return found if isinstance(found, kind) and not isinstance(found, bool) else None
