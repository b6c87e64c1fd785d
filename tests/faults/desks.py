"""The desk's processes as a test sees them: started, killed, told to stop; and what they share."""

from __future__ import annotations

import asyncio
import atexit
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tests.clock import RunningClock
from tests.faults.crash_points import CrashPoint
from tests.faults.spawner import Order

ROOT = Path(__file__).parents[2]


@dataclass(slots=True, eq=False)
class Process:
    pid: int
    command: str
    ended: asyncio.Future[int]
    """Its exit code; negative: the signal that killed it."""

    @property
    def alive(self) -> bool:
        return not self.ended.done()

    def kill(self, number: int = signal.SIGKILL) -> None:
        if self.alive:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)


@dataclass(slots=True)
class Spawner:
    """Talks with `tests.faults.spawner`."""

    _news: asyncio.StreamReader
    _orders_to: asyncio.StreamWriter
    _started: dict[int, asyncio.Future[Process]] = field(default_factory=dict)
    _running: dict[int, Process] = field(default_factory=dict)
    _orders: int = 0

    async def start(self, *command: str, **order: Any) -> Process:
        self._orders += 1
        wanted = Order(id=self._orders, command=command, **order)
        started: asyncio.Future[Process] = asyncio.get_running_loop().create_future()
        self._started[wanted.id] = started
        self._orders_to.write(wanted.dump().encode() + b"\n")
        process = await started
        process.command = " ".join(command)
        return process

    async def listen(self) -> None:
        loop = asyncio.get_running_loop()
        async for line in self._news:
            news: dict[str, int] = json.loads(line)
            number = news["id"]
            if "pid" in news:
                self._running[number] = Process(news["pid"], "", loop.create_future())
                started = self._started.pop(number)
                if not started.cancelled():  # whoever ordered it failed meanwhile
                    started.set_result(self._running[number])
            else:
                self._running.pop(number).ended.set_result(news["status"])


@cache
def _warm() -> tuple[subprocess.Popen[str], str]:
    """One for all tests of this process, with where it listens; it ends when this process does."""
    child, path = _started({})
    atexit.register(_let_go, child, path)
    return child, path


def _started(environment: Mapping[str, str]) -> tuple[subprocess.Popen[str], str]:
    path = str(Path(tempfile.mkdtemp(prefix="masa-spawner-")) / "orders")
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.spawner", path],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child, path


def _let_go(child: subprocess.Popen[str], path: str) -> None:
    child.communicate()
    shutil.rmtree(Path(path).parent, ignore_errors=True)


@asynccontextmanager
async def spawner(environment: Mapping[str, str] | None = None) -> AsyncIterator[Spawner]:
    """Everything it started is dead when it is left. `environment`: of a process of its own that no other test uses."""
    if environment is None:
        async with _listening(_warm()[1]) as opened:
            yield opened
        return
    child, path = await asyncio.to_thread(_started, environment)
    try:
        async with _listening(path) as opened:
            yield opened
    finally:
        await asyncio.to_thread(_let_go, child, path)


@asynccontextmanager
async def _listening(path: str) -> AsyncIterator[Spawner]:
    news, orders = await asyncio.open_unix_connection(path)
    opened = Spawner(news, orders)
    listening = asyncio.create_task(opened.listen())
    try:
        yield opened
    finally:
        orders.write_eof()
        await listening
        orders.close()
        await orders.wait_closed()


@dataclass(slots=True)
class Desks:
    """Some processes of one desk: the same command is started again in the place of one that died."""

    spawner: Spawner
    folder: Path
    environment: dict[str, str]
    clock: RunningClock
    ports: list[int]
    """A `masa run` on each."""
    workers: int = 0
    """How many `masa worker` beside."""
    lease_seconds: float = 60.0
    log: str = "log"
    """Where they log, from the folder on."""
    processes: list[Process | None] = field(default_factory=list)
    deaths: list[float] = field(default_factory=list)
    """When, by the monotonic clock."""
    killed: set[int] = field(default_factory=set)
    """Their process ids."""

    async def start(self, point: CrashPoint | None = None) -> None:
        for place in range(len(self.ports) + self.workers):
            if len(self.processes) <= place:
                self.processes.append(None)
            found = self.processes[place]
            if found is None or not found.alive:
                self.processes[place] = await self._start(place, point)

    async def _start(self, place: int, point: CrashPoint | None) -> Process:
        runs = place < len(self.ports)
        own = {"MASA_WEB__PORT": str(self.ports[place])} if runs else {}
        return await self.spawner.start(
            "run" if runs else "worker",
            folder=str(self.folder),
            environment={**self.environment, **own},
            clock=str(self.clock),
            point=point,
            lease_seconds=self.lease_seconds,
            log=self.log,
        )

    async def kill(self, place: int) -> None:
        process = self.processes[place]
        assert process is not None
        process.kill()
        await self._noted(process)

    @asynccontextmanager
    async def kept_alive(self) -> AsyncIterator[None]:
        """Meanwhile what died is started again; a start that is under way at the end is finished."""
        over = asyncio.Event()
        keeping = asyncio.create_task(self._keep_alive(over))
        try:
            yield
        finally:
            over.set()
            await keeping

    async def _keep_alive(self, over: asyncio.Event) -> None:
        ends = asyncio.ensure_future(over.wait())
        while True:
            alive = [process for process in self.processes if process is not None]
            await asyncio.wait([ends, *(process.ended for process in alive)], return_when=asyncio.FIRST_COMPLETED)
            if ends.done():
                return
            for process in alive:
                if not process.alive:
                    await self._noted(process)
            await self.start()

    async def _noted(self, process: Process) -> None:
        code = await process.ended
        if code != -signal.SIGKILL:
            raise RuntimeError(f"masa {process.command} ended by itself with {code}")
        self.deaths.append(time.monotonic())
        self.killed.add(process.pid)

    async def stop(self, within: float = 30.0) -> list[int]:
        """SIGTERM to all; their exit codes."""
        running = [process for process in self.processes if process is not None]
        for process in running:
            process.kill(signal.SIGTERM)
        async with asyncio.timeout(within):
            codes = [await process.ended for process in running]
        self.killed |= {process.pid for process, code in zip(running, codes, strict=True) if code == -signal.SIGKILL}
        return codes
