"""The one place where the parts are put together: store, knowledge, texts, worker, relay, clock, and the channels."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.metadata import version
from typing import Any

import structlog

from bot.channels.registry import CHANNELS, ChannelRegistry, Platform
from bot.clock import SystemRandomness
from bot.config import Settings
from bot.coordination import duties, lease_holder
from bot.coordination.duties import Duties, Undivided
from bot.coordination.file_lock import Leadership
from bot.coordination.lease_holder import Leases
from bot.filestore.articles import ArticleFiles
from bot.filestore.attachments import AttachmentFiles
from bot.filestore.knowledge import HouseKnowledge
from bot.holidays import holiday
from bot.monitoring.health import Pulse
from bot.monitoring.metrics import Metrics
from bot.runtime.inbox_port import InboxPort
from bot.runtime.inbox_worker import Worker
from bot.runtime.outbox_relay import Relay
from bot.runtime.scheduler import Ticker
from bot.texts import TemplateTexts
from handlers.channel_port import Channel, ChannelContext
from handlers.context import Desk, Work
from handlers.domain.working_time import WorkingTime
from handlers.ports import Clock
from handlers.reports import digest
from handlers.tickets import bursts
from storage.maintenance import migrate
from storage.store import Store

log = structlog.get_logger(__name__)
PUT_UP_AFTER = 1.0
"""Seconds until a channel that fell is put up again."""


@dataclass(slots=True, kw_only=True)
class App:
    """Everything of one process. Where it leads, `start` works inbox and outbox; else it stores and reads."""

    settings: Settings
    store: Store
    desk: Desk
    worker: Worker
    reception: InboxPort
    channels: Mapping[str, Channel]
    """Platforms that this process speaks with."""
    relay: Relay
    ticker: Ticker
    metrics: Metrics
    pulse: Pulse
    leadership: Leadership | None
    duties: Duties
    listens: bool = True
    """Whether platforms may be taken in here; their messages go out of any process."""
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _listening: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def leads(self) -> bool:
        """Whether this process works; on PostgreSQL all do."""
        return self.leadership is None or self.leadership.held

    async def start(self) -> None:
        await self.duties.start()
        await self.worker.start()
        for channel in self.channels.values():
            await channel.open()
        self._tasks += [asyncio.create_task(self.relay.run()), asyncio.create_task(self.ticker.run())]
        if self.listens:
            self._listening += [asyncio.create_task(self._listen(*named)) for named in self.channels.items()]

    async def _listen(self, name: str, channel: Channel) -> None:
        """A bot has one poller: it runs while that is this process's duty. A channel that falls is put up again."""
        duty = duties.listening(name)
        while True:
            await self.duties.won(duty)
            running = asyncio.create_task(channel.run())
            lost = asyncio.create_task(self.duties.lost(duty))
            try:
                await asyncio.wait((running, lost), return_when=asyncio.FIRST_COMPLETED)
            finally:
                running.cancel(), lost.cancel()
                await asyncio.wait((running, lost))
            if not running.cancelled() and (error := running.exception()) is not None:
                log.error("channel_fell", channel=name, error=type(error).__name__, exc_info=error)
                await asyncio.sleep(PUT_UP_AFTER)

    async def stop(self) -> None:
        """What is in hand is finished or given back; then the database is let go."""
        for task in self._listening:
            task.cancel()
        await asyncio.gather(*self._listening, return_exceptions=True)
        await self.duties.release([duties.listening(name) for name in self.channels])
        self.relay.stop()
        self.ticker.stop()
        await self.worker.stop()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task
        for channel in self.channels.values():
            await channel.close()
        await self.duties.stop()
        self.close()

    def close(self) -> None:
        self.store.close()
        if self.leadership is not None:
            self.leadership.end()


def build(
    settings: Settings,
    *,
    clock: Clock,
    channels: ChannelRegistry = CHANNELS,
    platforms: Mapping[str, Platform] | None = None,
    desk: Desk | None = None,
    lead: bool = True,
    deputy: bool = False,
    listens: bool = True,
) -> App:
    """Migrates the database where it must. Raises OperatorError, KnowledgeError or StoreError.

    `platforms`: instead of those that the settings switch on.

    With `lead` this process becomes the worker of its SQLite file, unless another one is (see `App.leads`); a `deputy`
    leaves that to whoever is none.
    """
    leadership = Leadership.over(settings.database_file, deputy=deputy) if settings.database_file else None
    if leadership is not None and lead:
        leadership.lead()
    migrate.upgrade(settings.database_url)
    store = Store.open(settings.database_url, clock=clock, time_limit=settings.watchdog_seconds)
    channels.require_folders()
    channels.require_names(store.read(lambda uow: {*uow.conversations.channels(), *uow.inbox.channels()}))
    house = HouseKnowledge(settings)
    desk = _at_home(desk, house) if desk is not None else build_desk(settings, house)
    desk.channels = channels.known
    files = AttachmentFiles(settings.data_dir)
    owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    alone = leadership is not None
    if platforms is None:
        platforms = channels.connect(settings.channels, context_of(settings, desk))
    channels.require_names(platforms)

    def leads() -> bool:
        return leadership is None or (lead and leadership.lead())

    pulse = Pulse(
        transactions=store,
        clock=clock,
        units=desk.units,
        folders=settings.folders,
        version=version("yardim-masasi"),
        digests_due=lambda uow, by: len(digest.unposted(desk, uow, by, settings.schedule)),
    )
    metrics = Metrics(pulse)
    metrics.watch_store(store)
    worker = Worker(
        store=store,
        desk=desk,
        files=files,
        clock=clock,
        owner=owner,
        leads=leads,
        translators={name: platform.translate for name, platform in platforms.items()},
        alone=alone,
        metrics=metrics,
    )
    opened = {} if deputy else {name: platform.open(worker.port) for name, platform in platforms.items()}
    held: Duties
    wanted = duties.wanted(opened, listens=listens)
    if leadership is not None:
        held = Undivided(leads)
        metrics.watch_leases(wanted, lambda _name: leadership.held)
    else:
        held = Leases(store, wanted, owner, clock, on_lost=metrics.lease_lost, seconds=lease_holder.SECONDS)
        metrics.watch_leases(wanted, held.holds)
    pulse.channels.update({name: partial(_health, name, channel, held) for name, channel in opened.items()})
    return App(
        settings=settings,
        store=store,
        desk=desk,
        worker=worker,
        reception=worker.port,
        channels=opened,
        relay=Relay(
            store,
            {name: channel.sender for name, channel in opened.items()},
            clock,
            owner,
            serves=lambda channel: held.holds(duties.sending(channel)),
            alone=alone,
            on_outcome=metrics.delivered,
            join_bursts=lambda uow, channel, rooms, per_minute: bursts.join_bursts(
                Work(desk=desk, uow=uow, now=clock.now()), channel, rooms, per_minute
            ),
        ),
        ticker=Ticker(
            store=store,
            desk=desk,
            files=files,
            clock=clock,
            leads=lambda: held.holds(duties.CLOCK),
            schedule=settings.schedule,
            house=house,
        ),
        metrics=metrics,
        pulse=pulse,
        leadership=leadership,
        duties=held,
        listens=listens,
    )


def _health(name: str, channel: Channel, held: Duties) -> Mapping[str, Any]:
    """What the channel says of itself, and whether it is this process that takes it in."""
    return {**channel.health(), "listens": held.holds(duties.listening(name))}


def context_of(settings: Settings, desk: Desk) -> ChannelContext:
    subjects = {category.id: category.title for category in desk.catalogue.categories.values()}
    return ChannelContext(zone=settings.timezone, web_url=settings.web.base_url, subjects=subjects)


def build_desk(settings: Settings, house: HouseKnowledge | None = None, channels: ChannelRegistry = CHANNELS) -> Desk:
    """The services of the use cases, every template compiled."""
    house = house or HouseKnowledge(settings)
    texts = TemplateTexts(settings.timezone, settings.institution)
    texts.compile_all()
    desk = Desk(
        texts=texts,
        knowledge=house.load(),
        working_time=WorkingTime(settings.timezone, holiday),
        randomness=SystemRandomness(),
        article_drafts=ArticleFiles(house.own_articles),
        institution=settings.institution,
        channels=channels.known,
    )
    return _at_home(desk, house)


def _at_home(desk: Desk, house: HouseKnowledge) -> Desk:
    """The desk with the articles of this house; what is published there is its knowledge at once."""
    articles = ArticleFiles(house.own_articles)
    home = replace(desk, article_drafts=articles)
    articles.changed = lambda: house.refresh_soon(home)
    return home
