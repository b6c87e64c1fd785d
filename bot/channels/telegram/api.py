"""The Bot API client: python-telegram-bot's calls, and raw updates, which its own `get_updates` fails on as a whole."""

from __future__ import annotations

import json
import logging
import os
from typing import Any
from urllib.parse import urlencode

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's opt-in to durations as such; it warns without

from telegram import Bot, LinkPreviewOptions
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram.http_transport import AiohttpRequest
from bot.channels.telegram.settings import TelegramSettings

logging.getLogger("telegram").setLevel(logging.CRITICAL)
"""It logs answers that it cannot read, with whatever people wrote in them."""
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
"""Links in messages are never fetched, also not by Telegram for a preview."""
MAX_UPDATES = 100
CONNECTIONS = 40


class Api:
    """Holds the connections: `open` before, `close` after. Nothing is asked of the server until a call is made."""

    def __init__(self, settings: TelegramSettings) -> None:
        self._settings = settings
        wait = settings.answer_seconds
        self._request = AiohttpRequest(
            settings.base_url, connections=CONNECTIONS, connect_seconds=wait, read_seconds=wait
        )
        self._poll_request = AiohttpRequest(
            settings.base_url, connections=1, connect_seconds=wait, read_seconds=settings.poll_seconds + wait
        )
        self.bot = Bot(
            settings.token,
            base_url=f"{settings.base_url}/bot",
            base_file_url=f"{settings.base_url}/file/bot",
            request=self._request,
            get_updates_request=self._poll_request,
        )

    async def open(self) -> None:
        await self._request.initialize()
        await self._poll_request.initialize()

    async def close(self) -> None:
        await self._request.shutdown()
        await self._poll_request.shutdown()

    async def raw_updates(self, offset: int | None, seconds: int) -> list[Any]:
        """Updates as they came, from `offset` on; all before it are confirmed by asking. Raises TelegramError."""
        query = {"timeout": seconds, "limit": MAX_UPDATES, "allowed_updates": json.dumps(ALLOWED_UPDATES)}
        if offset is not None:
            query["offset"] = offset
        answer: Any = await self._poll_request.post(f"{self.bot.base_url}/getUpdates?{urlencode(query)}")
        if not isinstance(answer, list):
            raise TelegramError("getUpdates did not answer with a list")
        return answer

    async def download(self, file_id: str, most: int) -> bytes:
        """Over the network, or from the disk where the house's own server (`--local`) names a path on it. Raises
        TelegramError, also for more than `most` bytes: such a server has no limit of its own."""
        try:
            file = await self.bot.get_file(file_id)
            if file.file_size is not None and file.file_size > most:
                raise BadRequest("file is too big")
            return bytes(await file.download_as_bytearray())
        except OSError as error:
            raise BadRequest(f"no right to read the server's file: {type(error).__name__}") from error
