"""Stores updates as they come, files first; what it says is stored may be acknowledged.

Updates of one chat keep their order: one that waits (for files, or the rest of its album) holds back its own chat only.
"""

from __future__ import annotations

import asyncio
import io
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.backoff import Backoff
from bot.channels.telegram.api import Api
from bot.channels.telegram.chat_addresses import ChatAddresses, TopicOwner
from bot.channels.telegram.envelope import PartOf, UpdateEnvelope
from bot.channels.telegram.refs import CHANNEL, private
from bot.channels.telegram.settings import TelegramSettings
from bot.channels.telegram.typing_notice import TypingNotice
from bot.channels.telegram.update_header import UNPLACED, FileWanted, UpdateHeader, key, read_header
from bot.concurrency import BackgroundTasks, KeyedQueue
from handlers.channel_port import ChannelGateway, leaves_nothing
from handlers.domain.errors import Invalid
from handlers.events import RefusedFile
from handlers.ports import Arrival, Attachment

LARGEST_FILE = 20 * 1000 * 1000
"""What the platform hands to bots."""
DOWNLOADS = 4
MAX_DOWNLOAD_PAUSE_SECONDS = 30.0
MAX_DOWNLOAD_ATTEMPTS = 4
ANSWERS = 8
"""Presses that are answered at a time."""

UNAVAILABLE = RefusedFile(reason="not_taken", data={"kind": "unavailable"})

log = structlog.get_logger(__name__)


@dataclass(slots=True, eq=False)
class _Waiting:
    update: Any
    seen: UpdateHeader
    stored: asyncio.Future[None]


class UpdateFeed:
    def __init__(self, gateway: ChannelGateway, api: Api, places: ChatAddresses, settings: TelegramSettings) -> None:
        self._gateway, self._api, self._places, self._settings = gateway, api, places, settings
        self._tasks = BackgroundTasks(_log_failure)
        self._chats: KeyedQueue[int, _Waiting] = KeyedQueue(self._tasks, self._store_first, _drop)
        """What waits in each chat, in order."""
        self._backoff = Backoff(first=settings.pause_seconds, longest=MAX_DOWNLOAD_PAUSE_SECONDS)
        self._downloads = asyncio.Semaphore(DOWNLOADS)
        self._answers = asyncio.Semaphore(ANSWERS)
        self._typing = TypingNotice(gateway, api, settings)

    def take(self, updates: Sequence[Any]) -> list[asyncio.Future[None]]:
        """For each a future that is done once it is on disk for good; it raises what storing it raised."""
        loop = asyncio.get_running_loop()
        all_of_them = [_Waiting(update, read_header(update), loop.create_future()) for update in updates]
        at_once: list[tuple[_Waiting, TopicOwner]] = []
        for waiting in all_of_them:
            home = self._home_at_once(waiting.seen)
            if home is not None:
                at_once.append((waiting, home))
            else:
                self._chats.put(waiting.seen.chat or 0, waiting)
        if at_once:
            self._tasks.spawn(self._store_together(at_once))
        return [waiting.stored for waiting in all_of_them]

    async def close(self) -> None:
        """What is not stored yet is let go: the platform sends it again."""
        await self._tasks.cancel()

    # --- at once ---
    def _home_at_once(self, seen: UpdateHeader) -> TopicOwner | None:
        """None: it has to wait for something, or behind something of its chat."""
        if seen.place is None or seen.chat is None:
            return TopicOwner(UNPLACED)
        if seen.files or seen.album or seen.moved or seen.chat in self._chats:
            return None
        return TopicOwner(private(seen.chat)) if seen.private else self._places.known(seen.place)

    async def _store_together(self, taken: Sequence[tuple[_Waiting, TopicOwner]]) -> None:
        now = self._gateway.now()
        arrivals = [self._arrival(waiting.update, home, now) for waiting, home in taken]
        await self._store(arrivals, [waiting for waiting, _ in taken])

    def _arrival(
        self, update: Any, home: TopicOwner, now: datetime, files: Sequence[Attachment | RefusedFile] = ()
    ) -> Arrival:
        envelope = UpdateEnvelope(
            update=update,
            conversation=home.address,
            root=home.root,
            files=tuple(file.id for file in files if isinstance(file, Attachment)),
            refused=tuple(file for file in files if isinstance(file, RefusedFile)),
        )
        return Arrival(
            key=key(self._settings.bot_id, update),
            channel=CHANNEL,
            conversation=home.address,
            payload=envelope.dump(),
            received_at=now,
        )

    async def _store(
        self, arrivals: Sequence[Arrival], taken: Collection[_Waiting], attachments: Collection[Attachment] = ()
    ) -> None:
        """Tells whoever waits for it, also that it failed."""
        try:
            await self._gateway.accept_raw(arrivals, attachments)
        except BaseException as error:
            for waiting in taken:
                if not waiting.stored.done():
                    waiting.stored.set_exception(_plain(error))
                    waiting.stored.exception()  # a future that nobody waits for any more is no news
            raise
        for waiting, arrival in zip(taken, arrivals, strict=True):
            if not waiting.stored.done():
                waiting.stored.set_result(None)
            self._respond(waiting.seen, arrival.key)

    # --- one after the other ---
    async def _store_first(self, queue: deque[_Waiting]) -> bool:
        """With the rest of its album, where it is part of one. What it raises ends the chat's queue: the platform sends
        all of it again."""
        first = queue[0]
        if first.seen.album is not None:
            await asyncio.sleep(self._settings.album_seconds)  # its other parts come as updates of their own
        together = [one for one in queue if one is first or _same_album(one, first)]
        await self._store_one(together)
        for stored in together:
            queue.remove(stored)
        return True

    async def _store_one(self, parts: Sequence[_Waiting]) -> None:
        """One update, or an album as the one message that it is to whoever sent it."""
        first = parts[0]
        if first.seen.moved is not None:
            await self._places.moved(*first.seen.moved)
        assert first.seen.place is not None  # it would have been stored at once
        home = (
            TopicOwner(private(first.seen.place.chat))
            if first.seen.private
            else await self._places.home(first.seen.place)
        )
        now = self._gateway.now()
        wanted = [file for part in parts for file in part.seen.files]
        files = await asyncio.gather(*[self._fetch(file, home.address, now) for file in wanted])
        main = next((part for part in parts if part.seen.caption), first)
        arrival = self._arrival(main.update, home, now, files)
        further = [
            replace(arrival, key=key(self._settings.bot_id, part.update), payload=PartOf(arrival.key).dump())
            for part in parts
            if part is not main
        ]
        taken = [main, *[part for part in parts if part is not main]]
        kept = [file for file in files if isinstance(file, Attachment)]
        try:
            await self._store([arrival, *further], taken, kept)
        except BaseException as error:
            if leaves_nothing(error):  # the platform sends it again, and its files are fetched anew
                for attachment in kept:
                    await asyncio.to_thread(self._gateway.files.discard, attachment.id)
            raise

    # --- files ---
    async def _fetch(self, file: FileWanted, conversation: str, now: datetime) -> Attachment | RefusedFile:
        """Refused unopened where it says itself that it is too large. The network gets several tries."""
        if file.size is not None and file.size > LARGEST_FILE:
            return _too_large(file)
        try:
            content = await self._backoff.retry(
                partial(self._download, file),
                (TelegramError,),
                but_not=(BadRequest, InvalidToken),
                attempts=MAX_DOWNLOAD_ATTEMPTS,
            )
            return await asyncio.to_thread(
                self._gateway.files.keep,
                io.BytesIO(content),
                file.name,
                uploader=None,
                conversation=conversation,
                at=now,
            )
        except Invalid as refused:
            return RefusedFile(reason=refused.reason, data=_of_json(refused.data))
        except (BadRequest, InvalidToken) as error:
            log.warning("file_not_handed_out", why=error.message[:80])
            return _too_large(file) if "too big" in error.message.lower() else UNAVAILABLE
        except TelegramError:
            return UNAVAILABLE

    async def _download(self, file: FileWanted) -> bytes:
        async with self._downloads:
            try:
                return await self._api.download(file.id, LARGEST_FILE)
            except TelegramError as error:
                log.warning("download_failed", why=type(error).__name__)
                raise

    # --- answering at once ---
    def _respond(self, seen: UpdateHeader, event: str) -> None:
        if seen.callback is not None:
            self._tasks.spawn(self._release_button(seen.callback))
        elif (
            seen.kind == "message" and seen.private and seen.chat is not None and self._typing.expect(event, seen.chat)
        ):
            self._tasks.spawn(self._typing.look())

    async def _release_button(self, callback: str) -> None:
        """The button stops turning; what it did is said in a message. Too late (150 s) is no harm."""
        try:
            async with self._answers:
                await self._api.bot.answer_callback_query(callback)
        except TelegramError as error:
            log.info("press_not_answered", why=type(error).__name__)


def _drop(_chat: int, left: Collection[_Waiting]) -> None:
    for waiting in left:
        waiting.stored.cancel()


def _log_failure(error: BaseException) -> None:
    log.error("intake_failed", why=type(error).__name__)


def _too_large(file: FileWanted) -> RefusedFile:
    size = "20+" if file.size is None else str(-(-file.size // 1_000_000))
    return RefusedFile(reason="file_too_large", data={"size_mb": size, "limit_mb": LARGEST_FILE // 1_000_000})


def _of_json(data: Mapping[str, object]) -> dict[str, str | int]:
    return {name: value if isinstance(value, int) else str(value) for name, value in data.items()}


def _same_album(one: _Waiting, other: _Waiting) -> bool:
    return one.seen.album is not None and one.seen.album == other.seen.album


def _plain(error: BaseException) -> Exception:
    """A cancelled storing has not stored; a future must not carry the cancellation itself."""
    return error if isinstance(error, Exception) else ConnectionAbortedError("stopped before it was stored")
