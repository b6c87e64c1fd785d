"""The inbox worker: a port for the channels, a feed that finds what is due, and a handler for each event of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.monitoring.metrics import Metrics
from bot.runtime.event_handler import EventHandler
from bot.runtime.inbox_feed import InboxFeed, InboxStore
from bot.runtime.inbox_port import InboxPort
from bot.runtime.subscriptions import Subscriptions
from handlers.channel_port import Files, Translate
from handlers.context import Desk
from handlers.ports import Clock


class Worker:
    """One a process. Transactions run on the store's writer; here is only the waiting."""

    def __init__(
        self,
        *,
        store: InboxStore,
        desk: Desk,
        files: Files,
        clock: Clock,
        owner: str,
        leads: Callable[[], bool],
        translators: Mapping[str, Translate] | None = None,
        alone: bool = True,
        metrics: Metrics | None = None,
        takes_messages: Callable[[], bool] = lambda: True,
    ) -> None:
        """`leads` tells whether this process may work; one that may not only stores and reads. `alone`: no other one
        works on this database at the same time."""
        metrics = metrics or Metrics()
        watches = Subscriptions()
        metrics.count_streams(lambda: len(watches))
        self._handler = EventHandler(
            store=store, desk=desk, clock=clock, owner=owner, translators=dict(translators or {}), metrics=metrics
        )
        self._feed = InboxFeed(
            store=store,
            clock=clock,
            owner=owner,
            leads=leads,
            alone=alone,
            handle=self._handler.handle,
            watches=watches,
            metrics=metrics,
        )
        self.port = InboxPort(
            store=store,
            files=files,
            clock=clock,
            owner=owner,
            channels=desk.channels,
            feed=self._feed,
            watches=watches,
            metrics=metrics,
            takes_messages=takes_messages,
        )

    async def start(self) -> None:
        await self._feed.start()

    async def stop(self, within: float = 10.0) -> None:
        """Nothing new is begun; what is in hand is finished within so many seconds, or left in the inbox."""
        await self._feed.stop(within)
        self.port.close()
        self._handler.close()
