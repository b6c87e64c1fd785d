"""Backups made while people report: each is restored elsewhere, proved, and holds what was acknowledged before it."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url, select

from storage import Store
from storage.maintenance.verify import verify
from storage.tables import attachment, inbox
from tests import forked
from tests.clock import FakeClock, RunningClock
from tests.faults.desks import ROOT, Desks, spawner
from tests.faults.installation import Builder, Installation, reporters
from tests.faults.people import Browser, Ledger
from tests.masa import environment
from tests.ports import free_port
from tests.postgres import postgres_programs
from tests.scenarios.stage import open_stage

BACKUPS = 2
BEFORE_EACH = 15
"""So many more messages are acknowledged before a backup begins."""


async def test_what_was_acknowledged_before_a_backup_is_in_it(houses: Builder, tmp_path: Path) -> None:
    installation = houses.installation()
    ledger = Ledger()
    acknowledged: list[set[str]] = []
    async with _reporting(installation, ledger):
        await _something_waits_for_a_platform(installation)
        for number in range(BACKUPS):
            await _until(ledger, len(ledger.acknowledged) + BEFORE_EACH)
            acknowledged.append({said.key for said in ledger.acknowledged})
            await _back_up(installation, tmp_path / str(number))
        assert len(ledger.acknowledged) > len(acknowledged[-1]), "people went on meanwhile"
    for number, known in enumerate(acknowledged):
        url, folder = await _restored(installation.clock, houses, tmp_path / str(number))
        await _require(installation.clock.now(), folder, url, known)


async def _require(now: datetime, folder: Path, url: str, acknowledged: set[str]) -> None:
    with Store.open(url, clock=FakeClock(now)) as store:
        stored = store.read(lambda uow: set(uow.transaction.execute(select(inbox.c.key)).scalars()))
        files = store.read(lambda uow: set(uow.transaction.execute(select(attachment.c.id)).scalars()))
        last = store.read(lambda uow: uow.summaries.last_number(now.year))
        assert store.read(lambda uow: uow.outbox.held())
        assert store.read(lambda uow: uow.outbox.backlog(now)).waiting
        assert store.write(lambda uow: uow.outbox.lease("r", now, 9, 60, channel="telegram")) == []
    assert acknowledged <= stored
    assert files
    assert files <= {path.name for path in (folder / "files").iterdir()}
    assert last
    await _number_after(folder, url, last, now)


@asynccontextmanager
async def _reporting(installation: Installation, ledger: Ledger) -> AsyncIterator[None]:
    """A running desk; until it is left everybody reports, with a picture now and then, as fast as they are answered."""
    settings = {
        "MASA_DATABASE_URL": installation.url,
        "MASA_DATA_DIR": str(installation.folder / "files"),
        "MASA_DEMO": "1",
    }
    async with spawner() as started:
        ports, workers = [free_port()], int(installation.database != "sqlite")
        desks = Desks(started, installation.folder, settings, installation.clock, ports, workers=workers)
        await desks.start()
        browsers = [Browser(name, [f"http://127.0.0.1:{desks.ports[0]}"], ledger) for name in reporters()[:6]]
        people = [asyncio.create_task(_report(browser)) for browser in browsers]
        try:
            yield
        finally:
            for person in people:
                person.cancel()
            ended = await asyncio.gather(*people, return_exceptions=True)
            for browser in browsers:
                await browser.close()
        assert all(isinstance(end, asyncio.CancelledError) for end in ended), ended
        await desks.stop()


async def _report(browser: Browser) -> None:
    number = 0
    while True:
        number += 1
        files = {"ekran.png": b"\x89PNG %d" % number} if number % 3 == 1 else {}
        await browser.says(f"yazıcı çıktı vermiyor {browser.name} {number}", files=files)
        for shown in reversed(await browser.sees()):
            if "Teknisyene ilet" in shown.buttons:
                await browser.presses("Teknisyene ilet", shown)
                break


async def _until(ledger: Ledger, count: int) -> None:
    async with asyncio.timeout(60):
        while len(ledger.acknowledged) < count:
            await asyncio.sleep(0.01)


async def _something_waits_for_a_platform(installation: Installation) -> None:
    with Store.open(installation.url, clock=installation.clock) as store:
        async with asyncio.timeout(60):
            while not store.read(lambda uow: uow.outbox.backlog(installation.clock.now())).waiting:
                await asyncio.sleep(0.05)


async def _back_up(installation: Installation, target: Path) -> None:
    target.mkdir()
    if installation.database == "sqlite":
        await _masa(installation.clock, installation.folder, installation.url, "backup", str(target / "yedek.tar"))
        return
    await _postgres("pg_dump", installation.url, "--format=custom", f"--file={target / 'masa.dump'}")
    shutil.copytree(installation.folder / "files", target / "files", ignore=shutil.ignore_patterns("*.part"))


async def _restored(clock: RunningClock, houses: Builder, backup: Path) -> tuple[str, Path]:
    """In another place, proved by the desk's own check: its URL, and its folder."""
    folder = backup / "elsewhere"
    folder.mkdir()
    if houses.database == "sqlite":
        url = f"sqlite:///{folder / 'masa.db'}"
        assert "hepsi sağlam" in await _masa(clock, folder, url, "restore", str(backup / "yedek.tar"), "--trust")
    else:
        url = houses.empty()
        await _postgres(
            "pg_restore", url, "--exit-on-error", f"--dbname={make_url(url).database}", backup / "masa.dump"
        )
        shutil.copytree(backup / "files", folder / "files")
        await _masa(clock, folder, url, "outbox", "hold")
        assert "Every promise holds" in await _masa(clock, folder, url, "verify")
    return url, folder


async def _number_after(folder: Path, url: str, last: int, now: datetime) -> None:
    """The desk goes on: what waited when the backup was made is done, then what is new; no number is given twice."""
    async with open_stage(folder, "web", FakeClock(now), fresh=False, database_url=url) as stage:
        hasan = stage.person("hasan")
        await hasan.says("bilgisayarım açılmıyor, güç tuşuna basınca ses yok")
        await hasan.presses("Teknisyene ilet")
        found = await stage.app.gateway.read(lambda uow: uow.tickets.of_reporter(_id(uow, "hasan")))
        assert list(verify(stage.app.store, now=now, files=folder / "files")) == []
    assert [one.number > f"{now.year}-{last:06d}" for one in found] == [True]


def _id(uow: object, handle: str) -> int:
    return uow.people.by_handle(handle).id  # type: ignore[attr-defined] # a unit of work


async def _masa(clock: RunningClock, folder: Path, url: str, *words: str) -> str:
    own = environment(MASA_DATABASE_URL=url, MASA_DATA_DIR=str(folder / "files"))
    ended = await asyncio.to_thread(forked.ran, words, clock=clock, cwd=folder, env=own)
    assert ended.returncode == 0, (words, ended.stdout, ended.stderr)
    return ended.stdout


async def _postgres(program: str, url: str, *words: str | Path) -> str:
    programs, place = postgres_programs(), make_url(url)
    assert programs is not None
    where = ["--host", place.host or "", "--port", str(place.port), "--username", place.username or ""]
    name = [place.database or ""] if program == "pg_dump" else []
    return await _run(str(programs / program), *where, *map(str, words), *name, cwd=ROOT, env=dict(os.environ))


async def _run(*words: str, cwd: Path, env: dict[str, str]) -> str:
    child = await asyncio.create_subprocess_exec(
        *words, cwd=cwd, env=env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await child.communicate()
    assert child.returncode == 0, (words, out.decode(), err.decode())
    return out.decode()
