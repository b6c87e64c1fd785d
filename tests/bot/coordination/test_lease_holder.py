"""Processes that share a store: each has leases of its own, and a clock that only moves when told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import pytest

from bot.coordination.lease_holder import LEASE_SECONDS, LeaseHolder
from handlers.ports import StoreUnavailable
from tests.clock import START, FakeClock
from tests.fakes.store import FakeStore
from tests.storage.builders import add_room, card

ROOM = "telegram:r:-100"


class Cluster:
    """A store that can be away, and the processes on it."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.store = FakeStore(self.clock)
        self.away = False
        self.lost: list[str] = []

    def submit(self, work: Callable[[Any], Any], *, first: bool = False) -> Future[Any]:
        if not self.away:
            return self.store.submit(work)
        refused: Future[Any] = Future()
        refused.set_exception(StoreUnavailable("the database is away"))
        return refused

    def process(self, owner: str, *names: str) -> LeaseHolder:
        return LeaseHolder(
            self,  # type: ignore[arg-type] # it is asked for nothing else
            names or ("clock", "telegram:send"),
            owner,
            self.clock,
            on_lost=lambda name: self.lost.append(f"{owner} {name}"),
            now=lambda: (self.clock.now() - START).total_seconds(),
        )

    async def after(self, seconds: float, *processes: LeaseHolder) -> None:
        """Time passes, second by second; these live."""
        for _ in range(round(seconds)):
            self.clock.advance(seconds=1)
            for process in processes:
                await process.look()


@pytest.fixture
def cluster() -> Cluster:
    return Cluster()


async def test_the_first_holds_all_and_the_second_nothing(cluster: Cluster) -> None:
    one, two = cluster.process("one"), cluster.process("two")
    await one.look(), await two.look()
    await cluster.after(60, one, two)
    assert one.holds("clock")
    assert one.holds("telegram:send")
    assert not two.holds("clock")
    assert cluster.lost == []


async def test_nobody_holds_what_it_does_not_want(cluster: Cluster) -> None:
    one = cluster.process("one", "clock")
    await one.look()
    assert not one.holds("telegram:listen")


async def test_a_dead_process_is_followed_within_the_length_of_a_lease(cluster: Cluster) -> None:
    one, two = cluster.process("one"), cluster.process("two")
    await one.look(), await two.look()
    await cluster.after(LEASE_SECONDS - 1, two)
    assert not two.holds("clock")
    await cluster.after(2, two)
    assert two.holds("clock")


async def test_after_a_clean_stop_at_the_next_look(cluster: Cluster) -> None:
    one, two = cluster.process("one"), cluster.process("two")
    await one.look(), await two.look()
    await one.stop()
    assert not one.holds("clock")
    await cluster.after(1, two)
    assert two.holds("clock")


async def test_what_was_released_is_not_taken_again(cluster: Cluster) -> None:
    one = cluster.process("one")
    await one.look()
    await one.release(["telegram:send"])
    await cluster.after(30, one)
    assert one.holds("clock")
    assert not one.holds("telegram:send")


async def test_a_stalled_process_stops_by_itself_before_another_takes_over(cluster: Cluster) -> None:
    one, two = cluster.process("one"), cluster.process("two")
    await one.look(), await two.look()
    for _ in range(40):
        await cluster.after(1, two)
        assert not (one.holds("clock") and two.holds("clock"))
    assert two.holds("clock")


async def test_a_loss_is_told_once_by_whoever_was_stalled(cluster: Cluster) -> None:
    one, two = cluster.process("one"), cluster.process("two")
    await one.look(), await two.look()
    await cluster.after(20, two)
    await cluster.after(10, one, two)
    assert cluster.lost == ["one clock", "one telegram:send"]
    assert not one.holds("clock")


async def test_who_was_cut_off_leaves_the_others_time_to_come_back(cluster: Cluster) -> None:
    """The database was away for all of them: that nobody renewed says nothing about who is alive."""
    one, two = cluster.process("one"), cluster.process("two")
    await one.look(), await two.look()
    cluster.away = True
    await cluster.after(60, one, two)
    assert not one.holds("clock")
    cluster.away = False
    await cluster.after(5, two)
    assert not two.holds("clock")
    await cluster.after(5, two, one)
    assert one.holds("clock")
    assert cluster.lost == []


async def test_who_died_meanwhile_is_followed_a_little_later(cluster: Cluster) -> None:
    one, two = cluster.process("one"), cluster.process("two")
    await one.look(), await two.look()
    cluster.away = True
    await cluster.after(60, two)
    cluster.away = False
    await cluster.after(LEASE_SECONDS + 2, two)
    assert two.holds("clock")


async def test_what_a_dead_process_was_sending_goes_out_again(cluster: Cluster) -> None:
    def fill(uow: Any) -> None:
        add_room(uow, ROOM)
        uow.messages.put(card("kart", conversation=ROOM))

    def leased(owner: str) -> int:
        now = cluster.clock.now()
        return len(cluster.store.write(lambda uow: uow.outbox.lease(owner, now, 9, 150, channel="telegram")))

    cluster.store.write(fill)
    one, two = cluster.process("one"), cluster.process("two")
    await one.look(), await two.look()
    assert leased("one") == 1
    await cluster.after(LEASE_SECONDS - 1, two)
    assert leased("two") == 0
    await cluster.after(2, two)
    assert leased("two") == 1


async def test_who_waits_for_a_duty_hears_of_it_and_of_its_end(cluster: Cluster) -> None:
    one = cluster.process("one")
    won = asyncio.create_task(one.won("clock"))
    await asyncio.sleep(0)
    assert not won.done()
    await one.look()
    await asyncio.wait_for(won, 5)
    lost = asyncio.create_task(one.lost("clock"))
    await asyncio.sleep(0)
    assert not lost.done()
    await one.release(["clock"])
    await asyncio.wait_for(lost, 5)


async def test_a_duty_that_is_not_renewed_ends_without_any_word_of_the_database() -> None:
    """By the clock of the machine: nobody looks any more."""
    store = FakeStore()
    one = LeaseHolder(store, ["clock"], "one", FakeClock(), on_lost=lambda _: None, seconds=0.05)
    await one.look()
    await asyncio.wait_for(one.lost("clock"), 5)
    assert not one.holds("clock")
