"""What channels ask of the desk: stores what comes in, reads, writes, and tells them what changed.

Implements handlers.channel_port.ChannelGateway.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from bot.monitoring.metrics import Metrics
from bot.runtime import event_codec
from bot.runtime.inbox_feed import POLL_SECONDS, InboxFeed
from bot.runtime.subscriptions import Subscriptions
from bot.runtime.transactions import commit
from handlers.channel_port import Files, NoSpace, Subscription, Unavailable
from handlers.domain.channels import KnownChannels
from handlers.events import Event
from handlers.ports import (
    Arrival,
    Attachment,
    Clock,
    HandlerTimedOut,
    OutcomeUnknown,
    Receipt,
    StoreError,
    StoreUnavailable,
    Transactions,
    UnitOfWork,
)

T = TypeVar("T")


class InboxPort:
    def __init__(
        self,
        *,
        store: Transactions,
        files: Files,
        clock: Clock,
        owner: str,
        channels: KnownChannels,
        feed: InboxFeed,
        watches: Subscriptions,
        metrics: Metrics,
        takes_messages: Callable[[], bool] = lambda: True,
    ) -> None:
        """`takes_messages`: whether the disk has room for more."""
        self._takes_messages = takes_messages
        self._store, self._files, self._clock, self._owner = store, files, clock, owner
        self._channels, self._feed, self._watches, self._metrics = channels, feed, watches, metrics
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="read")

    @property
    def files(self) -> Files:
        return self._files

    def now(self) -> datetime:
        return self._clock.now()

    def new_key(self, channel: str) -> str:
        return f"{channel}:{uuid.uuid4().hex}"

    async def accept(self, event: Event, attachments: Collection[Attachment] = ()) -> bool:
        arrival = Arrival(
            key=event.key,
            channel=event.channel,
            conversation=event.conversation,
            payload=event_codec.dump(event),
            received_at=event.at,
        )
        return (await self.accept_raw([arrival], attachments))[0]

    async def accept_raw(self, arrivals: Sequence[Arrival], attachments: Collection[Attachment] = ()) -> Sequence[bool]:
        """On disk for good when this returns. Raises ValueError for an event of a channel that there is not."""
        for arrival in arrivals:
            if arrival.channel not in self._channels:
                raise ValueError(f"an event of {arrival.channel!r}, which is no channel")
        if not self._takes_messages():
            raise NoSpace("less room is left on the disk than the database may need")
        owner = self._owner if self._feed.accepts(arrivals) else None
        now = self._clock.now()
        unneeded: list[str] = []

        def store(uow: UnitOfWork) -> Sequence[Receipt]:
            receipts = uow.inbox.accept(arrivals, now=now, owner=owner)
            if any(receipts):
                for attachment in attachments:
                    uow.attachments.add(attachment)
            else:
                unneeded[:] = [one.id for one in attachments if uow.attachments.get(one.id) is None]
            return receipts

        with _unavailable():
            try:
                receipts = await commit(self._store, store, first=True)
            except StoreError as error:
                self._feed.in_trouble(error)
                raise
        if unneeded:
            await asyncio.get_running_loop().run_in_executor(self._readers, self._discard, unneeded)
        for arrival, receipt in zip(arrivals, receipts, strict=True):
            if receipt:
                self._metrics.accepted(arrival.channel)
            if receipt is Receipt.LEASED:
                self._feed.take(replace(arrival, attempts=1))
        return [bool(receipt) for receipt in receipts]

    def _discard(self, files: Sequence[str]) -> None:
        for file in files:
            self._files.discard(file)

    async def handled(self, key: str) -> None:
        """At once where it is in hand; else by looking until it waits no longer (another process, or a retry)."""
        if key in self._feed.in_hand:
            await self._feed.done(key)
        while not await self.read(lambda uow: uow.inbox.is_finished(key)):
            self._feed.look()
            await asyncio.sleep(POLL_SECONDS)

    async def read(self, query: Callable[[UnitOfWork], T]) -> T:
        with _unavailable():
            return await asyncio.get_running_loop().run_in_executor(self._readers, self._store.read, query)

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        with _unavailable():
            return await commit(self._store, work)

    def watch(self, conversations: Collection[str]) -> AbstractAsyncContextManager[Subscription]:
        return self._watches.watch(conversations)

    def close(self) -> None:
        self._readers.shutdown(wait=False)


@contextmanager
def _unavailable() -> Iterator[None]:
    """What is no fault of ours among the store's errors, in the words of the gateway."""
    try:
        yield
    except (StoreUnavailable, OutcomeUnknown, HandlerTimedOut) as error:
        nothing_done = isinstance(error, StoreUnavailable)
        raise Unavailable(f"the store does not answer: {error}", nothing_done=nothing_done) from error
