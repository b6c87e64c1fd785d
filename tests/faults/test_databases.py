"""A database that has no room, or dies: what it did not take is not acknowledged, and comes when it works again."""

from __future__ import annotations

import asyncio
import errno
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

from tests.faults.desks import Desks, spawner
from tests.faults.failing_io import READS, WRITES, failing_io
from tests.faults.installation import Builder, builder
from tests.faults.kill_loop import lived_through, works
from tests.faults.lives import Lives
from tests.faults.small_disk import SmallDisk, small_disk
from tests.postgres import PostgresServer, postgres_programs

DEATHS = 2
REFUSALS = 3
ONCE_IN_TWENTY = 0.05
LOOK = 0.05
PATIENCE = 60.0


@pytest.mark.postgres
async def test_fault_24_a_server_that_dies_in_the_middle_of_work(postgres_server: PostgresServer) -> None:
    async def kill_the_server(desks: Desks, lives: Lives) -> None:
        for _ in range(DEATHS):
            await asyncio.to_thread(postgres_server.stop, "immediate")
            await put_off(lives)
            await asyncio.to_thread(postgres_server.start)
            await works(lives)

    with builder("postgresql", postgres_server) as houses:
        async with spawner() as started:
            summary = await lived_through(houses, started, kill_the_server, seed=24)
    assert summary.breaches == [], summary
    assert summary.tickets


async def test_fault_5_a_full_disk_under_sqlite(tmp_path: Path) -> None:
    with small_disk(8) as disk, builder("sqlite", disk=disk.path) as houses:
        await live_with_a_full_disk(houses, disk, tmp_path)


@pytest.mark.postgres
async def test_fault_5_a_full_disk_under_postgresql(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgres_server: PostgresServer
) -> None:
    with small_disk(192) as disk:
        with monkeypatch.context() as there:
            there.setattr(tempfile, "tempdir", str(disk.path))
            programs = postgres_programs()
            assert programs is not None
            server = PostgresServer(programs)
        server.start()
        try:
            with builder("postgresql", server) as houses:
                await live_with_a_full_disk(houses, disk, tmp_path, server)
        finally:
            server.stop()


@pytest.mark.parametrize(("code", "calls"), [(errno.EIO, (*READS, *WRITES)), (errno.ENOSPC, WRITES)])
async def test_fault_26_a_disk_that_fails_now_and_then_under_sqlite(code: int, calls: tuple[str, ...]) -> None:
    """Each call of the desk to its files fails once in twenty: it stands, says so, and loses nothing."""

    async def break_it(desks: Desks, lives: Lives) -> None:
        pids = [process.pid for process in desks.processes if process is not None]
        for pid in pids:
            await asyncio.to_thread(failing.fail, pid, calls, ONCE_IN_TWENTY, code)
        for _ in range(REFUSALS):
            await put_off(lives)
        for pid in pids:
            await asyncio.to_thread(failing.heal, pid)
        await works(lives)

    with failing_io() as failing, builder("sqlite") as houses:
        async with spawner(failing.environment) as started:
            summary = await lived_through(houses, started, break_it, seed=26)
    assert summary.breaches == [], summary
    assert summary.tickets
    assert any("unreachable" in line for line in summary.logged), summary.logged


async def live_with_a_full_disk(
    houses: Builder, disk: SmallDisk, folder: Path, server: PostgresServer | None = None
) -> None:
    async def fill_it(desks: Desks, lives: Lives) -> None:
        disk.fill()
        await put_off(lives)
        disk.make_room()
        if server is not None:  # it may have stopped itself, for want of room for its log
            with suppress(subprocess.CalledProcessError):
                await asyncio.to_thread(server.start)
        await works(lives)

    log = folder / "log"
    async with spawner() as started:
        summary = await lived_through(houses, started, fill_it, seed=5, log=str(log))
    assert summary.breaches == [], summary
    assert summary.tickets
    assert "unreachable" in log.read_text(), "somebody is told"


async def put_off(lives: Lives) -> None:
    """Until somebody was told that the desk cannot now. Meanwhile they write on: who waits for an answer that cannot
    come would never be told."""
    before = sum(browser.put_off for browser in lives.browsers)
    lives.patient = False
    async with asyncio.timeout(PATIENCE):
        while sum(browser.put_off for browser in lives.browsers) == before:
            lives.check()
            await asyncio.sleep(LOOK)
    lives.patient = True
