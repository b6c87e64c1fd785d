"""How the platform's places and messages are named inside the house.

A private chat is `telegram:p:<user>`, a group `telegram:r:<chat>`, a topic that is a room of its own
`telegram:r:<chat>:<thread>`. A message is `<chat>/<message>`, in a topic `<chat>/<message>/<thread>`: its number is
unique in its chat only, and a group that became a supergroup counts from 1 again.
"""

from __future__ import annotations

from dataclasses import dataclass

CHANNEL = "telegram"


@dataclass(frozen=True, slots=True)
class ChatAddress:
    chat: int
    thread: int | None = None


@dataclass(frozen=True, slots=True)
class Ref:
    chat: int
    message: int
    thread: int | None = None

    def __str__(self) -> str:
        thread = "" if self.thread is None else f"/{self.thread}"
        return f"{self.chat}/{self.message}{thread}"

    @classmethod
    def parse(cls, text: str) -> Ref | None:
        try:
            chat, message, *rest = (int(part) for part in text.split("/"))
        except ValueError:
            return None
        return cls(chat, message, rest[0] if rest else None)


def private(user: int) -> str:
    return f"{CHANNEL}:p:{user}"


def room(chat: int, thread: int | None = None) -> str:
    return f"{CHANNEL}:r:{chat}" if thread is None else f"{CHANNEL}:r:{chat}:{thread}"


def place(address: str) -> ChatAddress:
    """Raises ValueError for what is no address of this channel."""
    _, _, rest = address.split(":", 2)
    chat, _, thread = rest.partition(":")
    return ChatAddress(int(chat), int(thread) if thread else None)


def is_room(address: str) -> bool:
    return address.startswith(f"{CHANNEL}:r:")
