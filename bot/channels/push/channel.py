"""Web push as a channel: only a way out."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import httpx

from bot.channels.push.encryption import BadKeys, BrowserKeys, HouseKey, new_house_key
from bot.channels.push.outbound import PushSender
from bot.channels.push.settings import PushSettings
from handlers.channel_port import ChannelGateway

KEY = "push.key"


class Push:
    """Implements handlers.channel_port.Channel."""

    def __init__(self, gateway: ChannelGateway, settings: PushSettings) -> None:
        self._settings = settings
        self._client = httpx.AsyncClient(timeout=settings.call_seconds, follow_redirects=False, trust_env=True)
        self._sender = PushSender(gateway, settings, lambda: self._key, self._client)

    @cached_property
    def _key(self) -> HouseKey:
        """Made when it is first used, and kept: with another one no browser would be reached any more."""
        return HouseKey(self._settings.context.keep_secret(KEY, new_house_key))

    def public_key(self) -> str:
        """What a browser is given, so that it rings for this house alone. Blocking, the first time."""
        return self._key.public

    def keys_are_sound(self, public_key: str, auth: str) -> bool:
        try:
            BrowserKeys.read(public_key, auth)
        except BadKeys:
            return False
        return True

    def accepts(self, endpoint: str) -> bool:
        return self._settings.accepts(endpoint)

    @property
    def sender(self) -> PushSender:
        return self._sender

    @property
    def routes(self) -> Sequence[Any]:
        return ()

    def health(self) -> Mapping[str, Any]:
        return {"ok": True}

    async def open(self) -> None:
        """Nothing to be opened: each notice goes to the service that its browser names."""

    async def run(self) -> None:
        await asyncio.Event().wait()

    async def close(self) -> None:
        await self._client.aclose()
