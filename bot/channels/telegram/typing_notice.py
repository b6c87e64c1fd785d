"""Who waits long for an answer sees "yazıyor…": one look for all who wrote at about the same time."""

from __future__ import annotations

import asyncio

import structlog
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.channels.telegram.api import Api
from bot.channels.telegram.settings import TelegramSettings
from handlers.channel_port import ChannelGateway
from handlers.ports import UnitOfWork

MAX_WAITING_CHATS = 20
"""With more people waiting than this the desk only works."""

log = structlog.get_logger(__name__)


class TypingNotice:
    def __init__(self, gateway: ChannelGateway, api: Api, settings: TelegramSettings) -> None:
        self._gateway, self._api, self._after = gateway, api, settings.typing_after
        self._waiting: dict[str, int] = {}
        """Event → chat, since the last look."""

    def expect(self, event: str, chat: int) -> bool:
        """Somebody wrote. True: nobody looks yet, so `look` must be called."""
        first = not self._waiting
        if len(self._waiting) < MAX_WAITING_CHATS:
            self._waiting[event] = chat
        return first

    async def look(self) -> None:
        """After a while, tell those who are not answered yet that they will be."""
        await asyncio.sleep(self._after)
        waiting, self._waiting = self._waiting, {}

        def unanswered(uow: UnitOfWork) -> list[int]:
            return [chat for event, chat in waiting.items() if not uow.inbox.is_finished(event)]

        for chat in await self._gateway.read(unanswered):
            try:
                await self._api.bot.send_chat_action(chat, ChatAction.TYPING)
            except TelegramError as error:
                log.info("typing_not_shown", why=type(error).__name__)
