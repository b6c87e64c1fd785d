"""The Telegram channel, put together."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from starlette.routing import BaseRoute
from telegram.error import TelegramError

from bot.backoff import Backoff
from bot.channels.telegram import webhook
from bot.channels.telegram.api import ALLOWED_UPDATES, Api
from bot.channels.telegram.chat_addresses import ChatAddresses
from bot.channels.telegram.errors import seconds_asked
from bot.channels.telegram.gap_notice import UpdateGapNotice
from bot.channels.telegram.health import Health
from bot.channels.telegram.inbox_feed import UpdateFeed
from bot.channels.telegram.menus import Menus
from bot.channels.telegram.outbound import TelegramSender
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.settings import TelegramSettings
from handlers.channel_port import ChannelGateway

MAX_PAUSE_SECONDS = 300.0
"""Between attempts to show the menus, or to set the webhook."""
WEBHOOK_LOOK = 600.0
"""Seconds between looks whether the platform still has our webhook."""

log = structlog.get_logger(__name__)


class Telegram:
    """`sender` goes to the relay, `routes` to the web server; `run` asks for updates, or keeps the webhook set."""

    def __init__(self, gateway: ChannelGateway, settings: TelegramSettings) -> None:
        self._settings = settings
        self._backoff = Backoff(first=settings.pause_seconds, longest=MAX_PAUSE_SECONDS)
        self._health = Health(gateway.now)
        self._api = Api(settings)
        places = ChatAddresses(gateway)
        self._menus = Menus(self._api, gateway)
        self._intake = UpdateFeed(gateway, self._api, places, settings)
        self._outage = UpdateGapNotice(gateway)
        self.username = ""
        """Of our bot, without its @, once the platform has said so: links lead to it."""
        self.sender = TelegramSender(self._api, gateway, places, self._menus, settings)

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """Empty unless the platform calls us."""
        if self._settings.mode != "webhook":
            return ()
        return (webhook.route(self._intake, self._settings.webhook_secret),)

    def health(self) -> Mapping[str, Any]:
        return self._health.state()

    async def open(self) -> None:
        await self._api.open()

    async def run(self) -> None:
        """Takes updates in until cancelled. The platform may be out of reach at the start, and at any time."""
        menus = asyncio.create_task(self._show_menus())
        try:
            if self._settings.mode == "webhook":
                await self._keep_webhook()
            else:
                polling = Polling(self._api, self._intake, self._settings, self._health, self._outage.reached)
                await polling.run()
        finally:
            menus.cancel()
            await asyncio.gather(menus, return_exceptions=True)
            if self._settings.mode != "webhook":  # that one every process answers; what a poller lets go is sent again
                await self._intake.close()
            self._health.rest()

    async def close(self) -> None:
        """After the relay has stopped: nothing is sent any more."""
        await self._intake.close()
        await self._api.close()

    async def _show_menus(self) -> None:
        def note(error: BaseException, seconds: float) -> None:
            log.info("menus_not_shown", why=type(error).__name__, seconds=round(seconds, 1))

        await self._backoff.retry(self._introduce, (TelegramError,), asked=seconds_asked, on_failure=note)

    async def _introduce(self) -> None:
        await self._menus.show()
        self.username = (await self._api.bot.get_me()).username or ""

    async def _keep_webhook(self) -> None:
        def note(error: BaseException, seconds: float) -> None:
            self._health.ill("webhook_not_set")
            log.error("webhook_not_set", why=type(error).__name__, seconds=round(seconds, 1))

        while True:
            await self._backoff.retry(self._set_webhook, (TelegramError,), asked=seconds_asked, on_failure=note)
            self._health.well()
            await self._outage.reached()
            await asyncio.sleep(WEBHOOK_LOOK)

    async def _set_webhook(self) -> None:
        """Nothing to do where it is set and points here, unless we have not been heard since the start."""
        address = f"{self._settings.web_url}{webhook.PATH}"
        if (await self._api.bot.get_webhook_info()).url != address or self._health.answered_at is None:
            await self._api.bot.set_webhook(
                address, secret_token=self._settings.webhook_secret, allowed_updates=ALLOWED_UPDATES
            )
