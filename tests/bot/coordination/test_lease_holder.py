"""Processes that share a store: each has leases of its own, and a clock that only moves when told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import pytest

from bot.coordination.lease_holder import SECONDS, Leases
from handlers.ports import StoreUnavailable
from tests.clock import START, FakeClock
from tests.fakes.store import FakeStore
from tests.storage.builders import add_room, card

ROOM = "telegram:r:-100"


class House:
    """A store that can be away, and the processes on it."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.store = FakeStore(self.clock)
        self.away = False
        self.lost: list[str] = []

    def submit(self, work: Callable[[Any], Any]) -> Future[Any]:
        if not self.away:
            return self.store.submit(work)
        refused: Future[Any] = Future()
        refused.set_exception(StoreUnavailable("the database is away"))
        return refused

    def process(self, owner: str, *names: str) -> Leases:
        return Leases(
            self,  # type: ignore[arg-type] # it is asked for nothing else
            names or ("clock", "telegram:send"),
            owner,
            self.clock,
            on_lost=lambda name: self.lost.append(f"{owner} {name}"),
            now=lambda: (self.clock.now() - START).total_seconds(),
        )

    async def after(self, seconds: float, *processes: Leases) -> None:
        """Time passes, second by second; these live."""
        for _ in range(round(seconds)):
            self.clock.advance(seconds=1)
            for process in processes:
                await process.look()


@pytest.fixture
def house() -> House:
    return House()


async def test_the_first_holds_all_and_the_second_nothing(house: House) -> None:
    one, two = house.process("one"), house.process("two")
    await one.look(), await two.look()
    await house.after(60, one, two)
    assert one.holds("clock")
    assert one.holds("telegram:send")
    assert not two.holds("clock")
    assert house.lost == []


async def test_nobody_holds_what_it_does_not_want(house: House) -> None:
    one = house.process("one", "clock")
    await one.look()
    assert not one.holds("telegram:listen")


async def test_a_dead_process_is_followed_within_the_length_of_a_lease(house: House) -> None:
    one, two = house.process("one"), house.process("two")
    await one.look(), await two.look()
    await house.after(SECONDS - 1, two)
    assert not two.holds("clock")
    await house.after(2, two)
    assert two.holds("clock")


async def test_after_a_clean_stop_at_the_next_look(house: House) -> None:
    one, two = house.process("one"), house.process("two")
    await one.look(), await two.look()
    await one.stop()
    assert not one.holds("clock")
    await house.after(1, two)
    assert two.holds("clock")


async def test_what_was_released_is_not_taken_again(house: House) -> None:
    one = house.process("one")
    await one.look()
    await one.release(["telegram:send"])
    await house.after(30, one)
    assert one.holds("clock")
    assert not one.holds("telegram:send")


async def test_a_stalled_process_stops_by_itself_before_another_takes_over(house: House) -> None:
    one, two = house.process("one"), house.process("two")
    await one.look(), await two.look()
    for _ in range(40):
        await house.after(1, two)
        assert not (one.holds("clock") and two.holds("clock"))
    assert two.holds("clock")


async def test_a_loss_is_told_once_by_whoever_was_stalled(house: House) -> None:
    one, two = house.process("one"), house.process("two")
    await one.look(), await two.look()
    await house.after(20, two)
    await house.after(10, one, two)
    assert house.lost == ["one clock", "one telegram:send"]
    assert not one.holds("clock")


async def test_who_was_cut_off_leaves_the_others_time_to_come_back(house: House) -> None:
    """The database was away for all of them: that nobody renewed says nothing about who is alive."""
    one, two = house.process("one"), house.process("two")
    await one.look(), await two.look()
    house.away = True
    await house.after(60, one, two)
    assert not one.holds("clock")
    house.away = False
    await house.after(5, two)
    assert not two.holds("clock")
    await house.after(5, two, one)
    assert one.holds("clock")
    assert house.lost == []


async def test_who_died_meanwhile_is_followed_a_little_later(house: House) -> None:
    one, two = house.process("one"), house.process("two")
    await one.look(), await two.look()
    house.away = True
    await house.after(60, two)
    house.away = False
    await house.after(SECONDS + 2, two)
    assert two.holds("clock")


async def test_what_a_dead_process_was_sending_goes_out_again(house: House) -> None:
    def fill(uow: Any) -> None:
        add_room(uow, ROOM)
        uow.messages.put(card("kart", conversation=ROOM))

    def leased(owner: str) -> int:
        now = house.clock.now()
        return len(house.store.write(lambda uow: uow.outbox.lease(owner, now, 9, 150, channel="telegram")))

    house.store.write(fill)
    one, two = house.process("one"), house.process("two")
    await one.look(), await two.look()
    assert leased("one") == 1
    await house.after(SECONDS - 1, two)
    assert leased("two") == 0
    await house.after(2, two)
    assert leased("two") == 1


async def test_who_waits_for_a_duty_hears_of_it_and_of_its_end(house: House) -> None:
    one = house.process("one")
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
    one = Leases(store, ["clock"], "one", FakeClock(), on_lost=lambda _: None, seconds=0.05)
    await one.look()
    await asyncio.wait_for(one.lost("clock"), 5)
    assert not one.holds("clock")
