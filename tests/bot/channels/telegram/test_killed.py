"""SIGKILL at the worst moments: between the inbox commit and the confirmation, between a send and its record."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from starlette.responses import JSONResponse, Response

from bot.app import build
from handlers.domain.notice import DEFAULT as NOTICE
from handlers.domain.people import Account, Person
from handlers.ports import UnitOfWork
from storage import Store
from tests.bot.channels.telegram.reports import PRINTER
from tests.bot.channels.telegram.stage import settle_people
from tests.clock import SUNDAY, FakeClock, RunningClock
from tests.faults.desks import Process, Spawner, spawner
from tests.scenarios.stage import empty_database, settings_for, shared_desk
from tests.servers.telegram import BotApi

PEOPLE = range(50_000, 50_040)
PATIENCE = 120.0


class Desk:
    """The process, started again whenever it was killed."""

    def __init__(self, spawner: Spawner, folder: Path, api: BotApi) -> None:
        self._spawner, self._folder, self._api, self._clock = spawner, folder, api, RunningClock()
        self._process: Process | None = None
        self.deaths = 0

    async def keep_alive(self) -> None:
        while True:
            self._process = await self._spawner.start(
                self._api.base_url, program="telegram", folder=str(self._folder), clock=str(self._clock)
            )
            await asyncio.shield(self._process.ended)
            self.deaths += 1

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()

    async def stop(self) -> int:
        """Asked to end; how it ended."""
        assert self._process is not None
        self._process.kill(signal.SIGTERM)
        return await asyncio.shield(self._process.ended)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.02)


def known_people(folder: Path) -> None:
    """The notice was read and they have said who they are."""
    (folder / "masa.db").write_bytes(empty_database())
    app = build(settings_for(folder), clock=FakeClock(), desk=shared_desk())
    settle_people(app)

    def settle(uow: UnitOfWork) -> None:
        for user in PEOPLE:
            person = uow.people.add(
                Person(
                    handle=f"k{user}",
                    name="Kişi Bir",
                    department="Zabıta",
                    room="1",
                    verified=True,
                    notice_version=NOTICE.version,
                )
            )
            uow.people.link(Account("telegram", str(user)), person.id, f"telegram:p:{user}")

    app.store.write(settle)
    app.close()


def kept(folder: Path) -> dict[int, list[str]]:
    """What the desk has of each person's words."""
    app = build(settings_for(folder), clock=FakeClock(), desk=shared_desk())

    def read(uow: UnitOfWork) -> dict[int, list[str]]:
        return {
            user: [m.text for m in uow.timeline.page(f"telegram:p:{user}", limit=50) if m.author is not None]
            for user in PEOPLE
        }

    try:
        return app.store.read(read)
    finally:
        app.close()


async def test_nothing_is_lost_and_a_death_doubles_only_what_it_was_sending(tmp_path: Path) -> None:
    known_people(tmp_path)
    async with BotApi().running() as api, spawner() as started:
        desk = Desk(started, tmp_path, api)

        def unconfirmed() -> Response:
            """Killed when the batch is stored and its confirmation on the way: the platform never sees it."""
            desk.kill()
            return JSONResponse({"ok": False, "error_code": 500, "description": "gone"}, 500)

        def unrecorded() -> None:
            """Killed when the message stands in the chat and its record does not stand in the outbox."""
            desk.kill()

        for user in PEOPLE:
            api.person(user, f"Kişi {user}")
        alive = asyncio.create_task(desk.keep_alive())
        try:
            await until(lambda: any(call.method == "getUpdates" for call in api.calls))
            for user in PEOPLE:
                api.say(user, PRINTER)
            api.faults.append(("getUpdates", None, unconfirmed))
            await until(lambda: desk.deaths == 1)
            api.faults.append(("sendMessage", None, unrecorded))
            await until(lambda: desk.deaths == 2)
            api.faults.append(("sendMessage", PEOPLE[20], unrecorded))
            await until(lambda: not api.updates and all(_answered(api, user) for user in PEOPLE))
        finally:
            alive.cancel()
            desk.kill()
    assert desk.deaths >= 2
    assert kept(tmp_path) == {user: [PRINTER] for user in PEOPLE}
    answers = [sum("Henüz kayıt açılmadı" in text for text in api.chats[user].shown()) for user in PEOPLE]
    assert min(answers) == 1
    assert max(answers) <= 1 + desk.deaths, "once more at most for each death in the middle of its sending"


async def test_a_stop_with_a_hundred_waiting_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """Fault 19: some are stored and not answered, some not even stored; the next start answers each of them once."""
    known_people(tmp_path)
    async with BotApi().running() as api, spawner() as started:
        desk = Desk(started, tmp_path, api)
        for user in PEOPLE:
            api.person(user, f"Kişi {user}")
            api.say(user, PRINTER)
        for user in [*PEOPLE, *PEOPLE[:20]]:
            api.say(user, "3. kat, 12 numaralı oda")
        alive = asyncio.create_task(desk.keep_alive())
        try:
            await until(lambda: any(_answered(api, user) for user in PEOPLE))
            waiting = sum(not _answered(api, user) for user in PEOPLE)
            assert await desk.stop() == 0
            assert waiting > 10, "there was something to lose"
            await until(lambda: not api.updates and all(_answered(api, user) for user in PEOPLE))
            await until(lambda: not waiting_in(tmp_path))
        finally:
            alive.cancel()
            desk.kill()
    words = [PRINTER, "3. kat, 12 numaralı oda"]
    assert kept(tmp_path) == {user: words + words[1:] * (user in PEOPLE[:20]) for user in PEOPLE}
    answers = [sum("Henüz kayıt açılmadı" in text for text in api.chats[user].shown()) for user in PEOPLE]
    assert set(answers) == {1}


def waiting_in(folder: Path) -> int:
    """Events that are not handled, and deliveries that are not out."""
    with Store.open(settings_for(folder).database_url, clock=FakeClock()) as store:
        now = SUNDAY + timedelta(days=1)
        return store.read(lambda uow: uow.inbox.backlog(now).waiting + uow.outbox.backlog(now).waiting)


def _answered(api: BotApi, user: int) -> bool:
    return any("Henüz kayıt açılmadı" in text for text in api.chats[user].shown())
