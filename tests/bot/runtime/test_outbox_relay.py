"""The relay against a small outbox, a hand-written sender and a clock that only moves when told."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.runtime.outbox_relay import BACKOFF, LEASE_SECONDS, MOST_ATTEMPTS, MOST_FAULTS
from handlers.messages import GaveUp, RetryAt
from storage.errors import TransactionBroken
from tests.bot.runtime.relay_house import AYSE, HASAN, House
from tests.clock import START


async def test_what_is_due_is_sent_and_recorded() -> None:
    house = House()
    number = house.outbox.add(AYSE)
    await house.round()
    assert house.platform.sent == [(AYSE, number)]
    assert (house.outbox.row(number).state, house.outbox.row(number).ref) == ("delivered", "ref1")


async def test_a_destination_gets_its_messages_in_order_one_at_a_time() -> None:
    house = House()
    numbers = [house.outbox.add(AYSE) for _ in range(4)]
    await house.rounds(5)
    assert [number for _, number in house.platform.sent] == numbers
    assert house.platform.most_together == 1


async def test_a_mute_destination_does_not_hold_up_the_others() -> None:
    house = House()
    house.relay = house.new_relay("first", send_seconds=0)
    house.platform.mute = {AYSE}
    house.outbox.add(AYSE), house.outbox.add(HASAN)
    await house.round()
    assert house.states() == ["due", "delivered"]
    assert house.outbox.row(1).why == "no answer in time"


# --- failures -------------------------------------------------------------------------------------
async def test_a_long_wait_on_one_chat_holds_only_that_chat() -> None:
    house = House()
    house.platform.answers[AYSE] = RetryAt(600, "429")
    house.outbox.add(AYSE), house.outbox.add(AYSE), house.outbox.add(HASAN)
    await house.rounds(599, step=10)
    assert house.states() == ["due", "due", "delivered"]
    del house.platform.answers[AYSE]
    house.clock.advance(seconds=10)
    await house.rounds(5)
    assert house.states() == ["delivered"] * 3
    assert [number for place, number in house.platform.sent if place == AYSE] == [1, 1, 2]


async def test_the_wait_grows_and_is_never_shorter_than_the_platform_asks() -> None:
    assert [BACKOFF.seconds(attempt) for attempt in (1, 2, 3, 9, 10, 50)] == [2, 4, 8, 512, 900, 900]
    house = House()
    house.platform.answers[AYSE] = RetryAt(0.5, "502")
    house.outbox.add(AYSE)
    await house.round()
    house.clock.advance(seconds=2)
    house.platform.answers[AYSE] = RetryAt(77, "429")
    await house.round()
    assert [outcome.seconds for outcome in house.judged if isinstance(outcome, RetryAt)] == [2, 77]


async def test_what_the_platform_refuses_for_good_is_given_up_and_the_next_goes_on() -> None:
    house = House()
    house.platform.answers[AYSE] = GaveUp("403 blocked")
    house.outbox.add(AYSE), house.outbox.add(AYSE)
    await house.round()
    assert (house.outbox.row(1).state, house.outbox.row(1).why) == ("given_up", "403 blocked")
    del house.platform.answers[AYSE]
    house.clock.advance(seconds=1)
    await house.round()
    assert house.states() == ["given_up", "delivered"]


@pytest.mark.parametrize(
    ("attempts", "created_at"), [(MOST_ATTEMPTS - 1, START), (3, START - timedelta(hours=24))], ids=["attempts", "age"]
)
async def test_too_often_or_too_old_is_given_up_and_says_why(attempts: int, created_at: datetime) -> None:
    house = House()
    house.platform.answers[AYSE] = RetryAt(0, "502")
    house.outbox.add(AYSE, attempts=attempts, created_at=created_at)
    await house.round()
    assert house.states() == ["given_up"]
    assert house.outbox.row(1).why.endswith("502")


async def test_a_fault_in_the_sender_is_retried_a_few_times_and_then_given_up() -> None:
    house = House()
    house.platform.answers[AYSE] = KeyError("x")
    house.outbox.add(AYSE), house.outbox.add(HASAN)
    for attempt in range(1, MOST_FAULTS + 1):
        assert house.outbox.row(1).state == "due"
        await house.round()
        assert attempt == MOST_FAULTS or house.outbox.row(1).unsure, "it may have failed after it had sent"
        house.clock.advance(seconds=1000)
    assert (house.outbox.row(1).state, house.outbox.row(1).why) == ("given_up", "fault: KeyError")
    assert house.outbox.row(2).state == "delivered"


async def test_a_message_at_which_every_process_dies_is_given_up_unsent() -> None:
    house = House()
    house.outbox.add(AYSE, attempts=MOST_ATTEMPTS)
    await house.round()
    assert (house.states(), house.platform.sent) == (["given_up"], [])


async def test_sent_but_not_recorded_is_recorded_later_and_not_sent_again() -> None:
    house = House()
    house.outbox.add(AYSE)
    await house.relay.tick()
    house.store.broken = True
    await house.relay.settled()
    assert house.states() == ["due"]
    with pytest.raises(TransactionBroken):
        await house.relay.tick()
    house.store.broken = False
    house.clock.advance(seconds=LEASE_SECONDS + 1)
    await house.round()
    assert house.states() == ["delivered"]
    assert len(house.platform.sent) == 1


# --- running and stopping -------------------------------------------------------------------------
async def test_a_commit_wakes_it() -> None:
    house = House()
    house.relay = house.new_relay("first", poll_seconds=3600)
    running = asyncio.create_task(house.relay.run())
    while not house.store.listeners:
        await asyncio.sleep(0)
    house.outbox.add(AYSE)
    await asyncio.to_thread(house.store.committed, AYSE)
    await asyncio.wait_for(house.platform.something_sent.wait(), 5)
    house.relay.stop()
    await asyncio.wait_for(running, 5)
    assert house.states() == ["delivered"]


async def test_a_stop_gives_back_what_takes_too_long() -> None:
    house = House()
    house.relay = house.new_relay("first", grace_seconds=0)
    house.platform.mute = {AYSE}
    house.outbox.add(AYSE)
    running = asyncio.create_task(house.relay.run())
    await asyncio.wait_for(house.platform.something_sent.wait(), 5)
    house.relay.stop()
    await asyncio.wait_for(running, 5)
    given_back = house.outbox.row(1)
    assert (given_back.state, given_back.owner, given_back.unsure) == ("due", None, True)


async def test_it_goes_on_when_the_store_is_back() -> None:
    house = House()
    house.relay = house.new_relay("first", poll_seconds=0.001)
    house.store.broken = True
    running = asyncio.create_task(house.relay.run())
    house.outbox.add(AYSE)
    await asyncio.sleep(0)
    house.store.broken = False
    await asyncio.wait_for(house.platform.something_sent.wait(), 5)
    house.relay.stop()
    await asyncio.wait_for(running, 5)
    assert house.states() == ["delivered"]
