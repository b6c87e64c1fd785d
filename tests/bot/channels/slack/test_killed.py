"""A real process killed at the worst moments, and stopped with much in hand, on both ways in: no report is lost or
doubled, and Slack's look into the channel keeps even a message that was sent and not recorded from coming twice."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from handlers.domain.notice import DEFAULT as NOTICE
from handlers.domain.people import Account, Person
from handlers.ports import Conversation, UnitOfWork
from storage.maintenance import migrate
from storage.store import Store
from tests.bot.channels.slack import process
from tests.clock import SUNDAY, FakeClock, RunningClock
from tests.faults.desks import Process, Spawner, spawner
from tests.ports import free_port
from tests.scenarios.stage import empty_database, settings_for
from tests.servers.slack import SlackServer, shown

T = TypeVar("T")
PATIENCE = 120.0
EMERGENCY = "kasadan yanık kokusu geliyor"
"""Opens a ticket by itself: a report heard twice would be two."""
PRINTER = "slm yazici cikti vermiyo, 3. kat tahakkuk servisi"


class Desk:
    """The process, started again whenever it has ended."""

    def __init__(self, spawner: Spawner, folder: Path, slack: SlackServer, way: str, clock: RunningClock) -> None:
        self._spawner = spawner
        self.folder = folder
        self._slack, self._way, self._clock = slack, way, clock
        self._port = free_port()
        if way == "signed":
            slack.events_url = f"http://127.0.0.1:{self._port}/slack/events"
        self._process: Process | None = None
        self.ends: list[int] = []
        """How each ended: an exit code, or minus the signal."""

    async def keep_alive(self) -> None:
        while True:
            self._process = await self._spawner.start(
                self._slack.base_url,
                self._way,
                str(self._port),
                program="slack",
                folder=str(self.folder),
                clock=str(self._clock),
            )
            self.ends.append(await asyncio.shield(self._process.ended))

    def signal(self, number: int) -> None:
        if self._process is not None:
            self._process.kill(number)

    def dies_before_it_acknowledges(self) -> None:
        (self.folder / process.DIE).touch()

    async def is_up(self) -> None:
        """Slack can bring it something."""
        async with asyncio.timeout(PATIENCE):
            while not await self._listens():
                await asyncio.sleep(0.05)

    async def _listens(self) -> bool:
        if self._way == "socket":
            return any(not link.closed for link in self._slack.sockets)
        asked_who_it_is = [method for method, _ in self._slack.calls].count("auth.test") > len(self.ends)
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            return False
        writer.close()
        return asked_who_it_is


@asynccontextmanager
async def living(folder: Path, way: str, count: int) -> AsyncIterator[tuple[Desk, SlackServer, list[str]]]:
    """The desk, its Slack, and so many people whom it knows."""
    clock = RunningClock()
    slack = SlackServer(now=lambda: clock.now().timestamp())
    slack.echo = False
    slack.retry_pauses = (0.2, 1.0, 5.0)
    await slack.start()
    users = people(folder, slack, count)
    try:
        async with spawner() as started:
            desk = Desk(started, folder, slack, way, clock)
            slack.before_retry = desk.is_up
            alive = asyncio.create_task(desk.keep_alive())
            try:
                await desk.is_up()
                yield desk, slack, users
            finally:
                alive.cancel()
                await asyncio.gather(alive, return_exceptions=True)
    finally:
        await slack.stop()


@pytest.fixture(params=["signed", "socket"])
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def people(folder: Path, slack: SlackServer, count: int) -> list[str]:
    """So many whom the desk knows, with what they have to know read; and the room of a unit."""
    (folder / "masa.db").write_bytes(empty_database())
    users = [slack.add_user(f"Kişi {number}") for number in range(count)]
    room = slack.add_channel()

    def settle(uow: UnitOfWork) -> None:
        uow.conversations.ensure(
            Conversation(address=f"slack:r:{room}", channel="slack", unit="donanim", title="donanim", is_room=True)
        )
        for number, user in enumerate(users):
            handle = f"kisi{number}"
            person = uow.people.add(
                Person(
                    handle=handle,
                    name=f"Kişi {number}",
                    department="Zabıta",
                    verified=True,
                    notice_version=NOTICE.version,
                )
            )
            uow.people.link(Account("slack", user), person.id, f"slack:p:{user}")
            uow.conversations.ensure(Conversation(address=f"slack:p:{user}", channel="slack", person=person.id))

    opened(folder, settle)
    return users


def opened(folder: Path, work: Callable[[UnitOfWork], T]) -> T:
    """On the database that the desk has, or will have."""
    url = settings_for(folder).database_url
    migrate.upgrade(url)
    with Store.open(url, clock=FakeClock()) as store:
        return store.write(work)


def kept(folder: Path, users: Sequence[str]) -> dict[str, list[str]]:
    """What the desk has of each person's words."""

    def read(uow: UnitOfWork) -> dict[str, list[str]]:
        return {
            user: [said.text for said in uow.timeline.page(f"slack:p:{user}", limit=50) if said.author is not None]
            for user in users
        }

    return opened(folder, read)


def said_to(slack: SlackServer, user: str) -> Counter[str]:
    """Every message of the desk to somebody, as it stands, and how often."""
    return Counter(shown(message) for message in slack.desk_messages(slack.direct(user)))


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.02)


async def test_a_report_stored_and_not_acknowledged_comes_again_and_is_one_ticket(tmp_path: Path, way: str) -> None:
    """Fault 4: killed between the commit and the acknowledgement, twice."""
    async with living(tmp_path, way, 12) as (desk, slack, users):
        for half in (users[:6], users[6:]):
            desk.dies_before_it_acknowledges()
            await asyncio.gather(*(slack.say(user, slack.direct(user), EMERGENCY) for user in half))
        await until(lambda: all("2026-" in str(said_to(slack, user)) for user in users))
        assert desk.ends == [-signal.SIGKILL] * 2
        assert max(slack.deliveries) > 1, "something was sent again"
        assert min(slack.deliveries) > 0, "nothing was given up"
    assert kept(tmp_path, users) == {user: [EMERGENCY] for user in users}
    numbers = opened(tmp_path, lambda uow: sorted(ticket.number for ticket in uow.summaries.list()))
    assert [int(number[-6:]) for number in numbers] == list(range(1, 13))
    for user in users:
        assert max(said_to(slack, user).values()) == 1


async def test_a_message_sent_and_not_recorded_is_found_and_not_sent_twice(tmp_path: Path) -> None:
    """Fault 3: killed when the message stands in the channel and not in the outbox."""
    async with living(tmp_path, "socket", 8) as (desk, slack, users):
        for deaths, some in enumerate((users[:4], users[4:]), start=1):
            unlucky = slack.direct(some[1])
            slack.fail("chat.postMessage", "after", channel=unlucky, then=lambda: desk.signal(signal.SIGKILL))
            await asyncio.gather(*(slack.say(user, slack.direct(user), PRINTER) for user in some))
            await until(lambda deaths=deaths: len(desk.ends) == deaths)
        await until(lambda: all(said_to(slack, user) for user in users) and not undelivered(tmp_path))
    assert [len(slack.desk_messages(slack.direct(user))) for user in users] == [1] * 8
    assert kept(tmp_path, users) == {user: [PRINTER] for user in users}


def undelivered(folder: Path) -> int:
    return opened(folder, lambda uow: uow.outbox.backlog(SUNDAY).waiting)


async def test_told_to_stop_with_a_hundred_waiting_it_ends_cleanly_and_the_next_goes_on(
    tmp_path: Path, way: str
) -> None:
    """Fault 19."""
    async with living(tmp_path, way, 100) as (desk, slack, users):
        saying = [asyncio.create_task(slack.say(user, slack.direct(user), PRINTER)) for user in users]
        await until(lambda: len(slack.acknowledged) >= 5)
        desk.signal(signal.SIGTERM)
        await until(lambda: desk.ends == [0])
        await asyncio.gather(*saying)
        await until(lambda: all(said_to(slack, user) for user in users))
        assert min(slack.deliveries) > 0
    assert kept(tmp_path, users) == {user: [PRINTER] for user in users}
    assert [len(slack.desk_messages(slack.direct(user))) for user in users] == [1] * 100
