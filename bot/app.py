"""The one place where the parts are put together: store, knowledge, texts, worker, relay, clock, and the channels."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum, auto
from functools import partial
from importlib.metadata import version
from threading import Thread
from typing import Any

import structlog

from bot.channels.registry import CHANNELS, ChannelRegistry, Platform
from bot.clock import SystemRandomness
from bot.concurrency import keep_going
from bot.config import Settings
from bot.coordination import exclusive_roles, lease_holder
from bot.coordination.exclusive_roles import ExclusiveRoles, SingleProcess
from bot.coordination.file_lock import FileLock
from bot.coordination.lease_holder import LeaseHolder
from bot.filestore import backup_taking, secret_files, shared_files
from bot.filestore.articles import ArticleFiles
from bot.filestore.attachments import AttachmentFiles, StoredAttachments
from bot.filestore.disk_space import DiskSpace
from bot.filestore.house_logo import HouseLogo
from bot.filestore.knowledge import InstalledKnowledge
from bot.filestore.shared_files import SharedFiles
from bot.filestore.upload_guard import UploadGuard
from bot.holidays import special_days
from bot.house_settings import HouseSettings
from bot.monitoring.health import HealthMonitor
from bot.monitoring.metrics import Metrics
from bot.runtime import live_settings
from bot.runtime.channel_traffic import ChannelTraffic
from bot.runtime.inbox_port import InboxPort
from bot.runtime.inbox_worker import Worker
from bot.runtime.outbox_relay import Relay
from bot.runtime.scheduler import Ticker
from bot.texts import TemplateTexts
from handlers.channel_port import Channel, ChannelContext
from handlers.context import Desk, UseCaseContext
from handlers.messages import Delivery, Outcome
from handlers.ports import Clock
from handlers.reports import digest
from handlers.tickets import bursts
from storage.maintenance import migrate
from storage.store import Store

log = structlog.get_logger(__name__)
CHANNEL_RESTART_SECONDS = 1.0
"""Seconds until a channel that fell is put up again."""


class Mode(Enum):
    """What a process is for. On SQLite one process works at a time, on PostgreSQL all do."""

    RUN = auto()
    """Works, and takes in what comes from the platforms."""
    WORKER = auto()
    """Works and sends; others take the platforms in."""
    STANDBY = auto()
    """Works while nobody else is there, and speaks with no platform: a chat in the terminal."""


@dataclass(slots=True, kw_only=True)
class App:
    """Everything of one process. Where it leads, `start` works inbox and outbox; else it stores and reads."""

    settings: Settings
    store: Store
    desk: Desk
    worker: Worker
    gateway: InboxPort
    channels: Mapping[str, Channel]
    """Platforms that this process speaks with."""
    relay: Relay
    ticker: Ticker
    metrics: Metrics
    monitor: HealthMonitor
    house: HouseSettings
    traffic: ChannelTraffic
    leadership: FileLock | None
    roles: ExclusiveRoles
    mode: Mode
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _listening: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def leads(self) -> bool:
        """Whether this process works; on PostgreSQL all do."""
        return self.leadership is None or self.leadership.held

    async def start(self) -> None:
        await self.roles.start()
        await self.worker.start()
        for channel in self.channels.values():
            await channel.open()
        self._tasks += [
            asyncio.create_task(self.relay.run()),
            asyncio.create_task(keep_going(self.ticker.run, "clock")),
        ]
        if self.mode is Mode.RUN:
            self._listening += [asyncio.create_task(self._listen(*named)) for named in self.channels.items()]

    async def _listen(self, name: str, channel: Channel) -> None:
        """A bot has one poller: it runs while that is this process's duty. A channel that falls is put up again."""
        role = exclusive_roles.listening(name)
        while True:
            await self.roles.won(role)
            running = asyncio.create_task(channel.run())
            lost = asyncio.create_task(self.roles.lost(role))
            try:
                await asyncio.wait((running, lost), return_when=asyncio.FIRST_COMPLETED)
            finally:
                running.cancel(), lost.cancel()
                await asyncio.wait((running, lost))
            if not running.cancelled() and (error := running.exception()) is not None:
                log.error("channel_fell", channel=name, error=type(error).__name__, exc_info=error)
                await asyncio.sleep(CHANNEL_RESTART_SECONDS)

    async def stop(self) -> None:
        """What is in hand is finished or given back; then the database is let go."""
        for task in self._listening:
            task.cancel()
        await asyncio.gather(*self._listening, return_exceptions=True)
        await self.roles.release([exclusive_roles.listening(name) for name in self.channels])
        self.relay.stop()
        self.ticker.stop()
        await self.worker.stop()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task
        for channel in self.channels.values():
            await channel.close()
        await self.roles.stop()
        self.close()

    def close(self) -> None:
        self.store.close()
        if self.leadership is not None:
            self.leadership.end()


def build(
    settings: Settings,
    *,
    clock: Clock,
    mode: Mode = Mode.RUN,
    channels: ChannelRegistry = CHANNELS,
    platforms: Mapping[str, Platform] | None = None,
    desk: Desk | None = None,
) -> App:
    """Migrates the database where it must. Raises OperatorError, KnowledgeError or StoreError.

    `platforms`: instead of those that the settings switch on. `desk`: instead of one that is made from the settings.
    """
    leadership = _leadership(settings, mode)
    migrate.upgrade(settings.database_url)
    store = Store.open(settings.database_url, clock=clock, time_limit=settings.watchdog_seconds)
    house = HouseSettings(settings)
    settings = house.begin(store.read(lambda uow: uow.stored_settings.all()))
    channels.require_folders()
    channels.require_names(store.read(lambda uow: {*uow.conversations.channels(), *uow.inbox.channels()}))
    installed = InstalledKnowledge(settings)
    database = settings.database_file
    space = DiskSpace(settings.data_dir, database.parent if database else None, settings.files.reserve)
    guard = UploadGuard(store, settings.files.quota, space)
    files = AttachmentFiles(settings.data_dir, guard)
    if desk is None:
        desk = build_desk(settings, installed, channels, files)
    base = _Base(
        settings=settings,
        clock=clock,
        mode=mode,
        store=store,
        installed=installed,
        desk=_at_home(replace(desk, files=files, house=house), settings, installed, channels),
        house=house,
        files=files,
        guard=guard,
        space=space,
        leadership=leadership,
        traffic=ChannelTraffic(clock),
        owner=f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}",
    )
    if platforms is None:
        platforms = channels.connect(settings.channels, context_of(settings, base.desk))
    channels.require_names(platforms)
    return _put_together(base, platforms)


def _leadership(settings: Settings, mode: Mode) -> FileLock | None:
    """None on PostgreSQL, where every process works."""
    if settings.database_file is None:
        return None
    leadership = FileLock.over(settings.database_file, deputy=mode is Mode.STANDBY)
    leadership.lead()
    return leadership


@dataclass(frozen=True, slots=True, kw_only=True)
class _Base:
    """What every part of a process stands on."""

    settings: Settings
    clock: Clock
    mode: Mode
    store: Store
    installed: InstalledKnowledge
    desk: Desk
    house: HouseSettings
    files: AttachmentFiles
    guard: UploadGuard
    space: DiskSpace
    leadership: FileLock | None
    owner: str
    """The name of this process in leases."""
    traffic: ChannelTraffic

    @property
    def is_alone(self) -> bool:
        """Whether no other process works on this database at the same time."""
        return self.leadership is not None

    def leads(self) -> bool:
        return self.leadership is None or self.leadership.lead()


def _put_together(base: _Base, platforms: Mapping[str, Platform]) -> App:
    opened: Mapping[str, Channel]
    held: ExclusiveRoles
    monitor = HealthMonitor(
        transactions=base.store,
        clock=base.clock,
        units=base.desk.units,
        folders=base.settings.folders,
        version=version("yardim-masasi"),
        digests_due=lambda uow, by: len(digest.unposted(base.desk, uow, by, base.house.now.schedule)),
        channels=lambda: {name: _health(name, channel, held) for name, channel in opened.items()},
    )
    metrics = Metrics(monitor)
    metrics.watch_store(base.store)
    metrics.watch_space(base.space)
    base.guard.on_refused = metrics.file_refused
    worker = Worker(
        store=base.store,
        desk=base.desk,
        files=base.files,
        clock=base.clock,
        owner=base.owner,
        leads=base.leads,
        translators={name: platform.translate for name, platform in platforms.items()},
        alone=base.is_alone,
        metrics=metrics,
        takes_messages=base.space.takes_messages,
    )
    spoken_with = {} if base.mode is Mode.STANDBY else platforms
    opened = {name: platform.open(worker.port) for name, platform in spoken_with.items()}
    held = _roles(base, opened, metrics)
    ticker = _ticker(base, held)
    base.house.on_change(live_settings.follow(base.desk, base.guard, base.space))
    base.house.on_change(ticker.take)
    return App(
        settings=base.settings,
        store=base.store,
        desk=base.desk,
        worker=worker,
        gateway=worker.port,
        channels=opened,
        relay=_relay(base, opened, held, metrics),
        ticker=ticker,
        metrics=metrics,
        monitor=monitor,
        house=base.house,
        traffic=base.traffic,
        leadership=base.leadership,
        roles=held,
        mode=base.mode,
    )


def _roles(base: _Base, channels: Collection[str], metrics: Metrics) -> ExclusiveRoles:
    """`channels`: those that this process speaks with."""
    wanted = exclusive_roles.wanted(channels, listens=base.mode is Mode.RUN)
    if (leadership := base.leadership) is not None:
        metrics.watch_leases(wanted, lambda _name: leadership.held)
        return SingleProcess(base.leads)
    held = LeaseHolder(
        base.store, wanted, base.owner, base.clock, on_lost=metrics.lease_lost, seconds=lease_holder.LEASE_SECONDS
    )
    metrics.watch_leases(wanted, held.holds)
    return held


def _relay(base: _Base, channels: Mapping[str, Channel], held: ExclusiveRoles, metrics: Metrics) -> Relay:
    def on_outcome(delivery: Delivery, outcome: Outcome) -> None:
        metrics.delivered(delivery, outcome)
        base.traffic.note(delivery, outcome)

    return Relay(
        base.store,
        {name: channel.sender for name, channel in channels.items()},
        base.clock,
        base.owner,
        serves=lambda channel: held.holds(exclusive_roles.sending(channel)),
        alone=base.is_alone,
        on_outcome=on_outcome,
        join_bursts=lambda uow, channel, rooms, per_minute: bursts.join_bursts(
            UseCaseContext(desk=base.desk, uow=uow, now=base.clock.now()), channel, rooms, per_minute
        ),
    )


def _ticker(base: _Base, held: ExclusiveRoles) -> Ticker:
    return Ticker(
        store=base.store,
        desk=base.desk,
        files=base.files,
        clock=base.clock,
        leads=lambda: held.holds(exclusive_roles.CLOCK),
        schedule=base.settings.schedule,
        installed=base.installed,
        probes=[section.probe for section in base.settings.probes],
        certificate_hosts=base.settings.ssl.hosts,
        take_over=base.house.take_over,
        tidy=lambda now: _drop_old_files(base.house.now, now),
    )


def _health(name: str, channel: Channel, held: ExclusiveRoles) -> Mapping[str, Any]:
    """What the channel says of itself, and whether it is this process that takes it in."""
    return {**channel.health(), "listens": held.holds(exclusive_roles.listening(name))}


def _drop_old_files(settings: Settings, now: datetime) -> None:
    """Backups that the page took, and what processes laid down for each other."""
    backup_taking.drop_old(settings, now)
    for name, kept_for in shared_files.KEPT_FOR.items():
        SharedFiles(settings.data_dir / name).drop_old(now - kept_for)


def context_of(settings: Settings, desk: Desk) -> ChannelContext:
    subjects = {category.id: category.title for category in desk.catalogue.categories.values()}
    return ChannelContext(
        zone=settings.timezone,
        web_url=settings.web.base_url,
        subjects=subjects,
        keep_secret=partial(secret_files.read_or_make, settings.data_dir),
    )


def build_desk(
    settings: Settings,
    installed: InstalledKnowledge | None = None,
    channels: ChannelRegistry = CHANNELS,
    files: StoredAttachments | None = None,
) -> Desk:
    """The services of the use cases. A template is compiled when it is first used: 3 ms of 400 at every start."""
    installed = installed or InstalledKnowledge(settings)
    desk = Desk(
        texts=TemplateTexts(settings.timezone, settings.institution),
        knowledge=installed.load(),
        zone=settings.timezone,
        public_holidays=special_days,
        randomness=SystemRandomness(),
        article_drafts=ArticleFiles(installed.own_articles),
        files=files or StoredAttachments(settings.data_dir),
        institution=settings.institution,
        logo=HouseLogo(settings.data_dir).read,
        label_url=settings.label_url,
        backup_days=settings.backup_days,
        priority_places=settings.places,
        tells_days=settings.tell_days,
        depot_order=settings.depot.mode,
        units_without_effort=frozenset(settings.units_without_effort),
    )
    return _at_home(desk, settings, installed, channels)


def _aside(work: Callable[[], None]) -> None:
    Thread(target=work, name="knowledge", daemon=True).start()


def _at_home(desk: Desk, settings: Settings, installed: InstalledKnowledge, channels: ChannelRegistry) -> Desk:
    """The desk with the channels and articles of this house; what is published there is its knowledge at once."""
    home: Desk
    articles = ArticleFiles(installed.own_articles, on_change=lambda: installed.refresh_soon(home))
    known = replace(channels.known, without_basis=tuple(channels.without_basis(settings.channels)))
    home = replace(desk, article_drafts=articles, channels=known, notice=settings.privacy_notice, aside=_aside)
    return home
