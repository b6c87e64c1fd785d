"""Several processes on one PostgreSQL: each a worker on a store of its own. And what they do when the database dies."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot import demo
from bot.filestore.attachments import AttachmentFiles
from bot.monitoring.metrics import Metrics
from bot.runtime.inbox_feed import MAX_CONCURRENT_EVENTS_SHARED, POLL_SECONDS
from bot.runtime.inbox_worker import Worker
from handlers.channel_port import Unavailable
from handlers.context import Desk
from handlers.domain.people import Account
from handlers.events import MessageReceived
from handlers.ports import StoreUnavailable
from knowledge import Reading
from storage import Store
from storage.maintenance import migrate
from tests.clock import FakeClock
from tests.postgres import PostgresServer, started_server
from tests.scenarios.stage import shared_desk
from tests.storage.stores import broken

pytestmark = pytest.mark.postgres
PATIENCE = 60.0


@dataclass
class Process:
    """A worker and its store, as in a process of its own."""

    store: Store
    worker: Worker
    metrics: Metrics
    clock: FakeClock

    async def hears(self, text: str, key: str, handle: str = "ayse") -> bool:
        return await self.worker.port.accept(said(text, key, self.clock, handle))

    def lost(self) -> float | None:
        return self.metrics.registry.get_sample_value("masa_leases_lost_total", {"name": "event"})


def said(text: str, key: str, clock: FakeClock, handle: str = "ayse") -> MessageReceived:
    sender = Account("web", handle)
    return MessageReceived(
        key=key, at=clock.now(), sender=sender, conversation=f"web:p:{handle}", in_room=False, text=text
    )


@asynccontextmanager
async def process(
    url: str, folder: Path, owner: str, clock: FakeClock | None = None, desk: Desk | None = None
) -> AsyncIterator[Process]:
    clock, metrics = clock or FakeClock(), Metrics()
    with Store.open(url, clock=clock) as store:
        own = Worker(
            store=store,
            desk=desk or shared_desk(),
            files=AttachmentFiles(folder),
            clock=clock,
            owner=owner,
            leads=lambda: True,
            alone=False,
            metrics=metrics,
        )
        await own.start()
        try:
            yield Process(store, own, metrics, clock)
        finally:
            await own.stop()


def with_people(url: str) -> str:
    desk = shared_desk()
    with Store.open(url, clock=FakeClock()) as store:
        store.write(lambda uow: demo.seed(uow, desk.catalogue.units, desk.notice_version))
    return url


@pytest.fixture
def url(postgres_url: str) -> str:
    return with_people(postgres_url)


def written(store: Store, handle: str = "ayse") -> list[str]:
    messages = store.read(lambda uow: uow.timeline.since(f"web:p:{handle}", 0))
    return [message.text for message in messages if message.author is not None]


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():
            await asyncio.sleep(POLL_SECONDS)


def waiting(store: Store) -> int:
    return store.read(lambda uow: uow.inbox.backlog(FakeClock().now())).waiting


# --- one conversation, many hands ---
async def test_what_two_processes_hear_in_one_conversation_is_handled_in_order_once_each(
    url: str, tmp_path: Path
) -> None:
    async with process(url, tmp_path, "one") as one, process(url, tmp_path, "two") as two:
        for number in range(20):
            await (one, two)[number % 2].hears(f"/not {number}", f"web:{number}")
        await until(lambda: not waiting(one.store))
        assert written(one.store) == [f"/not {number}" for number in range(20)]
        assert (one.lost(), two.lost()) == (None, None)


async def test_the_same_event_at_every_process_is_one(url: str, tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        house = [await stack.enter_async_context(process(url, tmp_path, name)) for name in ("one", "two", "three")]
        new = await asyncio.gather(*(one.hears("merhaba", "web:1") for one in house for _ in range(3)))
        assert sorted(new) == [False] * 8 + [True]
        await until(lambda: not waiting(house[0].store))
        assert written(house[0].store) == ["merhaba"]


def stand_still(worker: Worker, gate: asyncio.Event, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Its handlers wait at the gate before their transaction. Set once one of them does."""
    go_on, halted = worker._handler._in_one_transaction, asyncio.Event()

    async def wait(*arguments: Any) -> None:
        halted.set()
        await gate.wait()
        await go_on(*arguments)

    monkeypatch.setattr(worker._handler, "_in_one_transaction", wait)
    return halted


async def test_who_has_enough_in_hand_leaves_the_rest_to_others(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first one's handlers stand still; what comes to it beyond is handled by the second."""
    gate = asyncio.Event()
    async with process(url, tmp_path, "two") as two:
        with Store.open(url, clock=two.clock) as store:
            slow = Worker(
                store=store,
                desk=shared_desk(),
                files=AttachmentFiles(tmp_path),
                clock=two.clock,
                owner="slow",
                leads=lambda: True,
                alone=False,
            )
            stand_still(slow, gate, monkeypatch)
            await slow.start()
            handles = [person.handle for person in demo.people()][: MAX_CONCURRENT_EVENTS_SHARED + 3]
            for handle in handles:
                await slow.port.accept(said("/yardim", f"web:{handle}", two.clock, handle))
            others = handles[MAX_CONCURRENT_EVENTS_SHARED:]
            await until(lambda: waiting(two.store) <= MAX_CONCURRENT_EVENTS_SHARED)
            assert [bool(written(two.store, handle)) for handle in others] == [True] * len(others)
            gate.set()
            await until(lambda: not waiting(two.store))
            await slow.stop()


async def test_a_watcher_in_another_process_is_told(url: str, tmp_path: Path) -> None:
    async with (
        process(url, tmp_path, "one") as one,
        process(url, tmp_path, "two") as two,
        two.worker.port.watch(["web:p:ayse", "web:p:hasan"]) as watch,
    ):
        await one.hears("yazıcı çıktı vermiyor", "web:1")
        async with asyncio.timeout(PATIENCE):
            while "web:p:ayse" not in await watch.changed():
                pass
        await until(lambda: written(two.store) == ["yazıcı çıktı vermiyor"])


async def test_who_stood_still_and_lost_what_it_had_in_hand_does_nothing_twice(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = FakeClock()
    released = asyncio.Event()
    metrics = Metrics()
    with Store.open(url, clock=clock) as store:
        stalled = Worker(
            store=store,
            desk=shared_desk(),
            files=AttachmentFiles(tmp_path),
            clock=clock,
            owner="stalled",
            leads=lambda: True,
            alone=False,
            metrics=metrics,
        )
        halted = stand_still(stalled, released, monkeypatch)
        await stalled.start()
        await stalled.port.accept(said("merhaba", "web:1", clock))
        await halted.wait()
        clock.advance(minutes=2)
        async with process(url, tmp_path, "other", clock) as other:
            await until(lambda: not waiting(other.store))
            released.set()
            await stalled.port.handled("web:1")
            await until(lambda: not stalled._feed.in_hand)
            assert written(other.store) == ["merhaba"]
        await stalled.stop()
    assert metrics.registry.get_sample_value("masa_leases_lost_total", {"name": "event"}) == 1


# --- answers that are lost ---
def lose_the_answer_to(monkeypatch: pytest.MonkeyPatch, key: str, state: str) -> None:
    """The COMMIT that brings the event into that state succeeds; its connection breaks before the answer is there."""
    real, lost = psycopg.Connection.commit, []
    written_here = (
        "SELECT 1 FROM inbox WHERE key = %s AND state = %s AND xmin::text = pg_current_xact_id_if_assigned()::xid::text"
    )

    def commit(self: psycopg.Connection[Any]) -> None:
        is_it = not lost and self.execute(written_here, [key, state]).fetchone() is not None
        real(self)
        if is_it:
            lost.append(key)
            self.close()
            raise psycopg.OperationalError("the connection is lost")

    monkeypatch.setattr(psycopg.Connection, "commit", commit)


async def test_an_event_that_was_stored_although_the_answer_was_lost_is_handled_once(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with process(url, tmp_path, "one") as one:
        lose_the_answer_to(monkeypatch, "web:1", "waiting")
        with pytest.raises(Unavailable):
            await one.hears("merhaba", "web:1")
        assert not await one.hears("merhaba", "web:1"), "who sends it again hears that it is there"
        await until(lambda: not waiting(one.store))
        assert written(one.store) == ["merhaba"]


async def test_effects_that_were_committed_although_the_answer_was_lost_are_not_repeated(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with process(url, tmp_path, "one") as one:
        lose_the_answer_to(monkeypatch, "web:1", "handled")
        await one.hears("merhaba", "web:1")
        await one.worker.port.handled("web:1")
        await one.hears("günaydın", "web:2")
        await until(lambda: written(one.store) == ["merhaba", "günaydın"])
        assert one.lost() is None


# --- the server dies ---
@pytest.fixture(scope="module")
def mortal() -> Iterator[PostgresServer]:
    """A server that a test may kill."""
    with started_server() as server:
        migrate.upgrade(server.url())
        with_people(server.url())
        yield server


async def test_a_server_that_is_killed_and_started_again_loses_and_stalls_nothing(
    mortal: PostgresServer, tmp_path: Path
) -> None:
    gate = asyncio.Event()

    class Knows:
        """Knowledge that waits in the middle of handling until the server is dead."""

        def __init__(self) -> None:
            self._real = shared_desk().knowledge

        def read(self, text: str) -> Reading:
            asyncio.run_coroutine_threadsafe(gate.wait(), loop).result()
            return self._real.read(text)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._real, name)

    loop = asyncio.get_running_loop()
    desk = replace(shared_desk(), knowledge=Knows())  # type: ignore[arg-type] # everything of Knowledge
    async with (
        process(mortal.url(), tmp_path, "one", desk=desk) as one,
        process(mortal.url(), tmp_path, "two") as two,
    ):
        acknowledged = [await one.hears("yazıcı çıktı vermiyor", "web:1")]
        acknowledged.append(await one.hears("selam", "web:2", "hasan"))
        await asyncio.to_thread(mortal.stop)
        gate.set()
        with pytest.raises(Unavailable):
            await two.hears("duyan var mı", "web:3", "zeynep")
        await asyncio.to_thread(mortal.start)
        await until(lambda: _answers(one.store) and not waiting(one.store))
        assert acknowledged == [True, True]
        assert (written(one.store), written(one.store, "hasan")) == (["yazıcı çıktı vermiyor"], ["selam"])
        assert await two.hears("duyan var mı", "web:3", "zeynep")
        await until(lambda: written(two.store, "zeynep") == ["duyan var mı"])
        async with one.worker.port.watch(["web:p:zeynep"]) as watch:
            await two.hears("teşekkürler", "web:4", "zeynep")
            async with asyncio.timeout(PATIENCE):
                assert await watch.changed() == {"web:p:zeynep"}
    assert mortal_is_whole(mortal)


def _answers(store: Store) -> bool:
    try:
        waiting(store)
    except StoreUnavailable:
        return False
    return True


def mortal_is_whole(server: PostgresServer) -> bool:
    with Store.open(server.url(), clock=FakeClock()) as store:
        return not broken(store) and not store.read(lambda uow: uow.inbox.stuck())
