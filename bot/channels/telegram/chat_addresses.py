"""Where a group's messages belong: groups that moved to a new id, and forum topics that are one ticket's.

Kept in the store, so that they outlive the process; read once a chat and then remembered.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.telegram.refs import ChatAddress, place, room
from handlers.channel_port import ChannelGateway
from handlers.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class TopicOwner:
    """The conversation that a group's message belongs to; `root`: the desk's message that a topic hangs on."""

    address: str
    root: int | None = None


class ChatAddresses:
    def __init__(self, gateway: ChannelGateway) -> None:
        self._gateway = gateway
        self._homes: dict[ChatAddress, TopicOwner] = {}
        self._now_at: dict[int, int] = {}

    def known(self, at: ChatAddress) -> TopicOwner | None:
        """What `home` said before; None: ask it."""
        return self._homes.get(at)

    async def home(self, at: ChatAddress) -> TopicOwner:
        """A group keeps the address it had first. A topic is a room of its own, unless it was opened for a ticket."""
        found = self._homes.get(at)
        if found is None:
            found = self._homes[at] = await self._gateway.read(lambda uow: _home(uow, at))
        return found

    async def where(self, address: str) -> ChatAddress:
        """Where to send what is for that conversation. Raises ValueError for no address of this channel."""
        first = place(address)
        chat = self._now_at.get(first.chat)
        if chat is None:
            chat = await self._gateway.read(lambda uow: uow.group_chats.migrated_to(first.chat) or first.chat)
            self._now_at[first.chat] = chat
        return ChatAddress(chat, first.thread)

    async def moved(self, old: int, new: int) -> None:
        """A group became a supergroup: the conversation goes on there, under its old address."""
        now = self._gateway.now()
        await self._gateway.write(lambda uow: uow.group_chats.migrated(old, new, now))
        self._now_at[old] = new
        self._homes = {at: home for at, home in self._homes.items() if at.chat != new}

    async def topic_of(self, chat: int, ticket: int) -> int | None:
        return await self._gateway.read(lambda uow: uow.group_chats.topic_of(chat, ticket))

    async def topic_opened(self, chat: int, thread: int, *, ticket: int, card: int) -> None:
        """`card`: the desk's message that will stand first in it."""
        now = self._gateway.now()
        await self._gateway.write(
            lambda uow: uow.group_chats.topic_opened(chat, thread, ticket=ticket, card=card, at=now)
        )
        self._homes.pop(ChatAddress(chat, thread), None)


def _home(uow: UnitOfWork, at: ChatAddress) -> TopicOwner:
    chat = uow.group_chats.migrated_from(at.chat) or at.chat
    if at.thread is None:
        return TopicOwner(room(chat))
    root = uow.group_chats.card_of(at.chat, at.thread)
    return TopicOwner(room(chat, at.thread)) if root is None else TopicOwner(room(chat), root)
