"""Processes on one PostgreSQL, each forked from one that has imported everything."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select

from handlers.ports import UnitOfWork
from storage import Store
from storage.tables import lease
from tests.faults.checker import Witness, breaches
from tests.faults.desks import Desks, Process, Spawner, spawner
from tests.faults.installation import Builder, Installation, builder, populate, user_of
from tests.faults.life import quiet
from tests.faults.people import Ledger, TelegramUser
from tests.ports import free_port
from tests.postgres import PostgresServer
from tests.processes.switchboard import Switchboard

SHORT = 3.0
"""Seconds that a lease lasts in these tests, so that a death is noticed soon."""
WITHIN = 60.0
"""Far longer than anything here takes, also on a busy machine."""


async def until(look: Callable[[], Awaitable[Any]], within: float = WITHIN) -> Any:
    """The first answer that is true."""
    async with asyncio.timeout(within):
        while not (found := await look()):
            await asyncio.sleep(0.02)
        return found


@dataclass(slots=True, kw_only=True)
class Site:
    """A desk of several processes, its database and its platform."""

    installation: Installation
    desks: Desks
    api: Switchboard
    store: Store
    ledger: Ledger

    async def read(self, look: Callable[[UnitOfWork], Any]) -> Any:
        return await asyncio.to_thread(self.store.read, look)

    async def holder(self, name: str) -> Process | None:
        """The process of ours that has that duty, alive or not."""

        def owner(uow: UnitOfWork) -> str | None:
            run = uow.transaction.execute  # type: ignore[attr-defined] # the storage's own unit of work
            return run(select(lease.c.owner).where(lease.c.name == name)).scalar()

        found = await self.read(owner)
        pid = int(found.split(":")[1]) if found else 0
        return next((one for one in self.desks.processes if one is not None and one.pid == pid), None)

    async def follower(self, name: str, before: Process, within: float = WITHIN) -> Process:
        """Who has that duty once it is no longer `before`."""

        async def look() -> Process | None:
            found = await self.holder(name)
            return found if found is not before else None

        return await until(look, within)

    def place(self, process: Process) -> int:
        return self.desks.processes.index(process)

    def user(self, handle: str) -> TelegramUser:
        return TelegramUser(handle, self.api, user_of(handle), self.ledger)

    async def quiet(self) -> None:
        await quiet(self.store, self.api, self.ledger)

    async def sound(self) -> None:
        """All processes stop as they are told to, and everything is as promised."""
        await self.quiet()
        alive = [process for process in self.desks.processes if process is not None and process.alive]
        await self.desks.stop()
        assert [process.ended.result() for process in alive] == [0] * len(alive), self.log()[-3000:]
        files = self.installation.folder / "files"
        witness = Witness(ledger=self.ledger, api=self.api, deaths=self.desks.deaths, files=files)
        assert breaches(self.store, witness) == [], self.log()[-3000:]

    def log(self) -> str:
        return (self.installation.folder / "log").read_text()


@pytest.fixture(scope="module")
def houses(postgres_server: PostgresServer) -> Iterator[Builder]:
    with builder("postgresql", postgres_server) as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def spawned() -> AsyncIterator[Spawner]:
    async with spawner() as opened:
        yield opened


@asynccontextmanager
async def site(
    houses: Builder, spawned: Spawner, *, webs: int = 2, workers: int = 1, seconds: float = SHORT
) -> AsyncIterator[Site]:
    installation, api = houses.installation(), Switchboard()
    async with api.running():
        populate(api)
        ports = [free_port() for _ in range(webs)]
        desks = Desks(
            spawned,
            installation.folder,
            installation.environment(api),
            installation.clock,
            ports,
            workers=workers,
            lease_seconds=seconds,
        )
        with Store.open(installation.url, clock=installation.clock) as store:
            built = Site(installation=installation, desks=desks, api=api, store=store, ledger=Ledger())
            await desks.start()
            try:
                duties = ("telegram:listen", "telegram:send", "clock")
                for name in duties:
                    await until(lambda name=name: built.holder(name))
                yield built
            finally:
                for process in desks.processes:
                    if process is not None:
                        process.kill()
                        await process.ended
