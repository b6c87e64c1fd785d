"""Duties as leases in the database: held by one process, renewed while it lives, taken over when it does not.

A process trusts a lease for less time than it lasts, by a clock that goes on while the process or its machine sleeps:
one that was stalled knows by itself, before it asks anybody, that another may have taken over.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress

import structlog

from bot.concurrency import keep_going
from handlers.ports import Clock, StoreError, Transactions, UnitOfWork

LEASE_SECONDS = 15.0
"""How long a lease lasts. Somebody who is there takes over from a dead process within this and a look."""
TRUSTED_SHARE = 0.8
"""Of its length, from before it was asked for."""
RENEWAL_SHARE = 1 / 3
"""Of its length: how often."""
POLL_SECONDS = 1.0
"""Seconds between looks for what others released or let run out."""
RELEASE_SECONDS = 2.0
"""Seconds that a stop waits for the database."""

log = structlog.get_logger(__name__)


def time_awake_or_not() -> float:
    """Seconds that also pass while the machine is suspended, where the system has such a clock."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class LeaseHolder:
    """Implements `ExclusiveRoles`. Tests call `look` themselves."""

    def __init__(
        self,
        transactions: Transactions,
        names: Collection[str],
        owner: str,
        clock: Clock,
        *,
        on_lost: Callable[[str], None],
        seconds: float = LEASE_SECONDS,
        look_seconds: float = POLL_SECONDS,
        now: Callable[[], float] = time_awake_or_not,
    ) -> None:
        """`on_lost` hears of each that another one took while this process believed to hold it."""
        self._transactions, self._owner, self._clock, self._now = transactions, owner, clock, now
        self._wanted = set(names)
        self._on_lost = on_lost
        self._seconds, self._look_seconds = seconds, look_seconds
        self._until: dict[str, float] = {}
        """Until when each that is held may be trusted."""
        self._renewed_at = -seconds
        self._heard_at: float | None = None
        """When the database answered last."""
        self._is_cut_off = False
        self._patient_until = -seconds
        self._news = asyncio.Event()
        self._looking = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None

    def holds(self, name: str) -> bool:
        return name in self._until and self._now() < self._until[name]

    async def won(self, name: str) -> None:
        while not self.holds(name):
            await self._news.wait()

    async def lost(self, name: str) -> None:
        while self.holds(name):
            with suppress(TimeoutError):
                async with asyncio.timeout(self._until[name] - self._now()):
                    await self._news.wait()

    async def start(self) -> None:
        await self.look()
        self._task = asyncio.create_task(keep_going(self._keep_looking, "leases", self._look_seconds))

    async def release(self, names: Collection[str]) -> None:
        given_up = self._wanted.intersection(names)
        self._wanted -= given_up
        for name in given_up:
            self._until.pop(name, None)
        self._tell()
        try:
            async with asyncio.timeout(RELEASE_SECONDS), self._looking:
                await asyncio.wrap_future(
                    self._transactions.submit(lambda uow: uow.leases.release(self._owner, given_up))
                )
        except (TimeoutError, StoreError) as error:
            log.warning("leases_not_released", error=type(error).__name__, why=str(error), seconds=self._seconds)

    async def stop(self) -> None:
        if self._wanted:
            await self.release(self._wanted)
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(self._look_seconds)
            await self.look()

    async def look(self) -> None:
        """Takes what it may; renews what it holds when that is due."""
        async with self._looking:
            began = self._now()
            is_due = began - self._renewed_at >= self._seconds * RENEWAL_SHARE - self._look_seconds / 2
            names = self._wanted if is_due else self._wanted - self._until.keys()
            if not names:
                return
            # Cut off from the database for so long, others may have been too: before what ran out is taken from them,
            # they have the time of a lease to come back. At a start there is nothing to wait for.
            was_away = self._heard_at is not None and began - self._heard_at > self._seconds / 2
            patient = was_away or began < self._patient_until
            try:
                held = await self._hold(frozenset(names), take=not patient)
            except StoreError as error:
                if not self._is_cut_off:
                    log.warning("leases_not_renewed", error=type(error).__name__, why=str(error))
                self._is_cut_off = True
                return
            self._heard_at, self._is_cut_off = self._now(), False
            if was_away:
                self._patient_until = self._heard_at + self._seconds
            if is_due:
                self._renewed_at = began
            self._note(names, held, began + self._seconds * TRUSTED_SHARE)

    async def _hold(self, names: frozenset[str], *, take: bool) -> Mapping[str, str]:
        now = self._clock.now()

        def work(uow: UnitOfWork) -> Mapping[str, str]:
            held = uow.leases.hold(names, self._owner, self._seconds, now, take=take)
            for dead in sorted({before for before in held.values() if before not in ("", self._owner)}):
                uow.outbox.free(dead)  # what it was sending goes out again
            return held

        return await asyncio.wrap_future(self._transactions.submit(work))

    def _note(self, names: Collection[str], held: Mapping[str, str], until: float) -> None:
        for name in sorted(self._wanted.intersection(names)):
            had = name in self._until
            if name in held:
                self._until[name] = until
            elif had:
                del self._until[name]
            if had and (name not in held or held[name] != self._owner):
                log.warning("lease_lost", name=name)
                self._on_lost(name)
            elif name in held and not had:
                log.info("lease_won", name=name, ran_out=bool(held[name]))
        self._tell()

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()
