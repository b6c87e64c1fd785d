"""The clock of the desk: a tick each minute, in the one process whose duty it is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Protocol

import structlog

from bot.config import Schedule, Settings
from bot.filestore.knowledge import InstalledKnowledge
from bot.runtime import digest_job, week_figures_job, weekly_job, yearly_job
from bot.runtime.certificates import CertificateReader, DailyCertificates, TlsReader
from bot.runtime.probes import Probing
from bot.runtime.training_job import NightlyTraining
from handlers import schedule
from handlers.channel_port import Files
from handlers.context import Desk, UseCaseContext
from handlers.domain.probes import Probe
from handlers.ports import Clock, Transactions, UnitOfWork
from handlers.reports import anchoring
from handlers.tickets import recounting, time_warnings

log = structlog.get_logger(__name__)
EVERY = 60.0
LOOKED_EVERY = 1.0
"""Seconds between two looks whether somebody watches a counting."""
MAX_ROUNDS_OF_COUNTING = 200
"""In one tick; what a decree leaves over, the next one counts."""
MAX_ROUNDS_OF_ANCHORING = 50
"""In one tick; the anchors of an archive that had none take several."""


class Job(Protocol):
    __name__: str

    async def __call__(self, now: datetime, /) -> None: ...


class Ticker:
    """A tick that fails is logged and tried again a minute later; every job marks what it did, so that two clocks that
    overlap do nothing twice. What the house learned, here or in another process, each process takes over."""

    def __init__(
        self,
        *,
        store: Transactions,
        desk: Desk,
        files: Files,
        clock: Clock,
        leads: Callable[[], bool],
        schedule: Schedule,
        installed: InstalledKnowledge,
        probes: Sequence[Probe] = (),
        certificate_hosts: Sequence[str] = (),
        certificate_reader: CertificateReader | None = None,
        take_over: Callable[[UnitOfWork], None] = lambda _uow: None,
        tidy: Callable[[datetime], None] = lambda _now: None,
    ) -> None:
        """`take_over`: the settings that were said in the browser of another process. `tidy`: what is kept too long."""
        self._take_over, self._clear_out = take_over, tidy
        self._store, self._desk, self._files, self._clock = store, desk, files, clock
        self._leads, self.schedule = leads, schedule
        self._house, self._night_school = installed, NightlyTraining(store, installed)
        self._probing = Probing(store=store, desk=desk, probes=probes)
        self._certificates = DailyCertificates(
            store=store, desk=desk, hosts=certificate_hosts, reader=certificate_reader or TlsReader(desk.zone)
        )
        self._jobs: tuple[Job, ...] = (
            self._remind,
            self._count,
            self._warn,
            self._anchor,
            self._summarise,
            self._report,
            self._draft,
            self._learn,
            self._probe,
            self._read_certificates,
            self._tidy,
        )
        self._stopped = asyncio.Event()

    async def run(self) -> None:
        while not self._stopped.is_set():
            if self._leads():
                await self._work()
            try:
                await asyncio.to_thread(self._house.refresh, self._desk)
            except OSError as error:  # the shared folder is away
                log.error("knowledge_not_refreshed", why=type(error).__name__)
            await self._safely(self._take_settings_over, self._clock.now())
            if self._leads():
                await self._safely(self._keep_weeks, self._clock.now())
            await self._rest()

    async def _rest(self) -> None:
        """Until the next tick. What somebody watches is counted meanwhile: they do not wait for a minute."""
        clock = asyncio.get_running_loop()
        until = clock.time() + EVERY
        while (left := until - clock.time()) > 0 and not self._stopped.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(min(left, LOOKED_EVERY)):
                    await self._stopped.wait()
            if self._leads() and not self._stopped.is_set():
                await self._safely(self._count_watched, self._clock.now())

    def stop(self) -> None:
        self._stopped.set()

    async def tick(self) -> None:
        """One round: every job once, and what the house learned. Raises what the first that fails raises."""
        now = self._clock.now()
        for job in self._jobs:
            await job(now)
        await asyncio.to_thread(self._house.refresh, self._desk)

    async def _work(self) -> None:
        """Every job once: what fails in one holds up no other, and not the clock."""
        now = self._clock.now()
        for job in self._jobs:
            await self._safely(job, now)

    async def _safely(self, job: Job, now: datetime) -> None:
        try:
            await job(now)
        except Exception as error:  # a clock that stopped would be noticed too late
            log.error("tick_failed", job=job.__name__.lstrip("_"), error=type(error).__name__, exc_info=error)

    async def _remind(self, now: datetime) -> None:
        """Reminders and closing, in one transaction."""

        def work(uow: UnitOfWork) -> None:
            schedule.tick(UseCaseContext(desk=self._desk, uow=uow, now=now))

        await asyncio.wrap_future(self._store.submit(work))

    async def _count(self, now: datetime) -> None:
        """What is kept of tickets' time, brought up to date, some at a time: nobody waits for the writer meanwhile."""

        def work(uow: UnitOfWork) -> int:
            return recounting.count_outdated(UseCaseContext(desk=self._desk, uow=uow, now=now))

        for _ in range(MAX_ROUNDS_OF_COUNTING):
            if await asyncio.wrap_future(self._store.submit(work)) < recounting.COUNTED_AT_ONCE:
                return

    async def _count_watched(self, now: datetime) -> None:
        """The same between two ticks, where somebody watches."""

        def watched(uow: UnitOfWork) -> bool:
            return recounting.is_watched(UseCaseContext(desk=self._desk, uow=uow, now=now))

        if await asyncio.to_thread(self._store.read, watched):
            await self._count(now)

    async def _warn(self, now: datetime) -> None:
        """Of targets that come near or are past."""

        def work(uow: UnitOfWork) -> None:
            time_warnings.warn(UseCaseContext(desk=self._desk, uow=uow, now=now))

        await asyncio.wrap_future(self._store.submit(work))

    async def _anchor(self, now: datetime) -> None:
        """Closes the day before: each anchor in a transaction of its own, so that nobody who writes waits long."""

        def work(uow: UnitOfWork) -> bool:
            return anchoring.close_day(UseCaseContext(desk=self._desk, uow=uow, now=now))

        for _ in range(MAX_ROUNDS_OF_ANCHORING):
            if not await asyncio.wrap_future(self._store.submit(work)):
                return

    async def _summarise(self, now: datetime) -> None:
        """Each summary in a transaction of its own, its picture drawn before."""
        await asyncio.to_thread(digest_job.post_due, self._store, self._desk, self._files, self.schedule, now)

    async def _report(self, now: datetime) -> None:
        """The week's, where it is due; drawn for each reader before it is posted."""
        await asyncio.to_thread(weekly_job.post_due, self._store, self._desk, self._files, self.schedule.weekly_at, now)

    async def _draft(self, now: datetime) -> None:
        """Of last year's report, where it is due."""
        await asyncio.to_thread(
            yearly_job.post_due, self._store, self._desk, self._files, self.schedule.morning_at, now
        )

    async def _learn(self, now: datetime) -> None:
        await asyncio.to_thread(self._night_school.run_if_due, self._desk, now)

    def take(self, settings: Settings) -> None:
        """What holds at once."""
        self.schedule = settings.schedule
        self._probing.ask([section.probe for section in settings.probes])
        self._certificates.hosts = settings.ssl.hosts

    async def _tidy(self, now: datetime) -> None:
        """Backups that the page took, once they are older than the house says it keeps them."""
        await asyncio.to_thread(self._clear_out, now)

    async def _take_settings_over(self, _now: datetime) -> None:
        await asyncio.to_thread(self._store.read, self._take_over)

    async def _keep_weeks(self, now: datetime) -> None:  # noqa: ARG002 # a job's
        """What weeks that are over add to the charts: some at a time, the newest first."""
        await asyncio.to_thread(week_figures_job.count_some, self._store, self._desk, self._clock)

    async def _probe(self, now: datetime) -> None:
        """Whether the systems answer of which the settings say how to ask."""
        await self._probing.run(now)

    async def _read_certificates(self, now: datetime) -> None:
        """When the house's own certificates end."""
        await self._certificates.run(now)
