"""The one place where the parts are put together: store, knowledge, texts, worker, relay, clock, and the channels."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version

import structlog

from bot.clock import SystemClock, SystemRandomness
from bot.config import Settings
from bot.files import AttachmentFiles
from bot.leadership import Leadership
from bot.metrics import Metrics
from bot.relay import Relay
from bot.texts import TemplateTexts
from bot.ticker import Ticker
from bot.turkish_calendar import holiday
from bot.vitals import Pulse
from bot.worker import Translate, Worker
from handlers.desk import Desk
from handlers.domain.working_time import WorkingTime
from handlers.ports import Clock
from handlers.reception import Sender
from knowledge import Knowledge
from storage import migrate
from storage.store import Store

log = structlog.get_logger(__name__)
EMBEDDED = ("web", "terminal")
"""Channels whose messages are delivered when they are committed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """A channel to a foreign platform: its way in and its way out."""

    sender: Sender
    translate: Translate
    run: Callable[[], object]


@dataclass(slots=True, kw_only=True)
class App:
    """Everything of one process. Where it leads, `start` works inbox and outbox; else it only listens."""

    settings: Settings
    store: Store
    desk: Desk
    reception: Worker
    relay: Relay
    ticker: Ticker
    metrics: Metrics
    pulse: Pulse
    leadership: Leadership | None
    _tasks: list[asyncio.Task[None]]

    @property
    def leads(self) -> bool:
        """Whether this process works; on PostgreSQL all do."""
        return self.leadership is None or self.leadership.held

    async def start(self) -> None:
        await self.reception.start()
        self._tasks += [asyncio.create_task(self.relay.run()), asyncio.create_task(self.ticker.run())]

    async def stop(self) -> None:
        """What is in hand is finished or given back; then the database is let go."""
        self.relay.stop()
        self.ticker.stop()
        await self.reception.stop()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task
        self.close()

    def close(self) -> None:
        self.store.close()
        if self.leadership is not None:
            self.leadership.end()


def build(
    settings: Settings,
    *,
    clock: Clock | None = None,
    platforms: Mapping[str, Platform] | None = None,
    desk: Desk | None = None,
    lead: bool = True,
    deputy: bool = False,
) -> App:
    """Migrates the database where it must. Raises OperatorError, KnowledgeError or StoreError.

    With `lead` this process becomes the worker of its SQLite file, unless another one is (see `App.leads`); a `deputy`
    leaves that to whoever is none.
    """
    clock = clock or SystemClock()
    leadership = Leadership.over(settings.database_file, deputy=deputy) if settings.database_file else None
    if leadership is not None and lead:
        leadership.lead()
    migrate.upgrade(settings.database_url)
    store = Store.open(settings.database_url, clock=clock, time_limit=settings.watchdog_seconds)
    desk = desk or build_desk(settings)
    files = AttachmentFiles(settings.data_dir)
    owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    alone = leadership is not None
    platforms = platforms or {}
    pulse = Pulse(store, clock, desk.units, settings.data_dir, version("yardim-masasi"))
    metrics = Metrics(pulse)

    def leads() -> bool:
        return leadership is None or (lead and leadership.lead())

    return App(
        settings=settings,
        store=store,
        desk=desk,
        reception=Worker(
            store=store,
            desk=desk,
            files=files,
            clock=clock,
            owner=owner,
            leads=leads,
            translators={name: platform.translate for name, platform in platforms.items()},
            alone=alone,
            metrics=metrics,
        ),
        relay=Relay(
            store,
            {name: platform.sender for name, platform in platforms.items()},
            clock,
            owner,
            leads=leads,
            alone=alone,
            on_outcome=metrics.delivered,
        ),
        ticker=Ticker(store=store, desk=desk, files=files, clock=clock, leads=leads, schedule=settings.schedule),
        metrics=metrics,
        pulse=pulse,
        leadership=leadership,
        _tasks=[],
    )


def build_desk(settings: Settings) -> Desk:
    """The services of the use cases, every template compiled."""
    texts = TemplateTexts(settings.timezone, settings.institution)
    texts.compile_all()
    return Desk(
        texts=texts,
        knowledge=Knowledge.load(settings.knowledge.articles, settings.knowledge.catalogue),
        working_time=WorkingTime(settings.timezone, holiday),
        randomness=SystemRandomness(),
        institution=settings.institution,
    )
