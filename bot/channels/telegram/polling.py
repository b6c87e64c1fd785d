"""Our own polling loop: an update is confirmed (by asking for the next) once it is stored, and not before.

The library's updater confirms what it has in memory and loses it when the process dies; one update that it cannot parse
stops it for good.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.backoff import Backoff
from bot.channels.telegram.api import Api
from bot.channels.telegram.errors import seconds_asked
from bot.channels.telegram.health import Health
from bot.channels.telegram.inbox_feed import UpdateFeed
from bot.channels.telegram.settings import TelegramSettings
from bot.channels.telegram.update_header import update_id

LOOK_AGAIN = 0.5
"""While something is still being stored (files are on their way), new updates are asked for this often."""
MAX_PAUSE_SECONDS = 30.0
CONFLICT_PAUSE = 5.0

log = structlog.get_logger(__name__)


class Polling:
    def __init__(
        self,
        api: Api,
        intake: UpdateFeed,
        settings: TelegramSettings,
        health: Health,
        answered: Callable[[], Awaitable[None]],
    ) -> None:
        """`answered` is called after every poll that the server answered."""
        self._api, self._intake, self._settings, self._health = api, intake, settings, health
        self._answered = answered
        self._backoff = Backoff(first=settings.pause_seconds, longest=MAX_PAUSE_SECONDS)
        self._offset: int | None = None
        self._storing: dict[int, asyncio.Future[None]] = {}
        self._stored: set[int] = set()
        """Stored and not confirmed yet: the server sends them once more. By equality: numbers may go back or jump."""
        self._failures = 0

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                updates = await self._api.raw_updates(self._offset, 0 if self._storing else self._settings.poll_seconds)
            except TelegramError as error:
                self._failures += 1
                await asyncio.sleep(await self._pause_after(error))
                continue
            self._failures = 0
            if await self._take(updates):
                self._health.well()
            await self._answered()

    async def _take(self, updates: list[Any]) -> bool:
        """Store what is new and move the offset up to the first that is not stored. False: something was refused."""
        fresh = [u for u in updates if (number := update_id(u)) not in self._storing and number not in self._stored]
        nameless = []
        for update, stored in zip(fresh, self._intake.take(fresh), strict=True):
            number = update_id(update)
            if number is None:
                nameless.append(stored)
            else:
                self._storing[number] = stored
        pending = [*self._storing.values(), *nameless]
        if pending:
            await asyncio.wait(pending, timeout=LOOK_AGAIN)
        failed = self._settle()
        seen = [number for update in updates if (number := update_id(update)) is not None]
        if failed or (updates and not fresh and not self._storing):
            await asyncio.sleep(self._settings.pause_seconds)  # asked again at once it would answer the same
        self._move(seen, failed)
        return not failed

    def _settle(self) -> list[int]:
        """The numbers that could not be stored: the server keeps them."""
        failed = []
        for number, stored in list(self._storing.items()):
            if not stored.done():
                continue
            del self._storing[number]
            if stored.cancelled() or stored.exception() is not None:
                failed.append(number)
            else:
                self._stored.add(number)
        if failed:
            self._health.ill("not_stored")
            log.error("updates_not_stored", count=len(failed))
        return failed

    def _move(self, seen: list[int], failed: list[int]) -> None:
        unstored = [*self._storing, *failed]
        if unstored:
            self._offset = min(unstored)
        elif seen:
            self._offset = max(seen) + 1
        else:  # the last question confirmed everything: from now on whatever is there, also if its number is lower
            self._offset = None
            self._stored.clear()

    async def _pause_after(self, error: TelegramError) -> float:
        pause = self._backoff.seconds(self._failures)
        match error:
            case Conflict():
                self._health.ill("conflict")
                log.error("telegram_conflict", hint="another process polls with this token, or a webhook is set")
                if "webhook" in error.message.lower():
                    with suppress(TelegramError):
                        await self._api.bot.delete_webhook(drop_pending_updates=False)
                    return self._settings.pause_seconds
                return min(CONFLICT_PAUSE, CONFLICT_PAUSE * self._settings.pause_seconds)
            case InvalidToken():
                self._health.ill("token_refused")
                log.error("telegram_token_refused")
                return MAX_PAUSE_SECONDS
            case RetryAfter():
                return seconds_asked(error)
            case _:
                self._health.ill("unreachable")
                log.warning("telegram_unreachable", why=type(error).__name__, failures=self._failures)
                return pause
