"""The relay against a small outbox, a hand-written sender and a clock that only moves when told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.runtime.outbox_relay import BACKOFF, LEASE_SECONDS, MAX_ATTEMPTS, MAX_FAULTS
from handlers.messages import Delivery, GaveUp, RetryAt
from storage.errors import TransactionBroken
from tests.bot.runtime.relay_rig import AYSE, HASAN, RelayRig
from tests.clock import START


async def test_what_is_due_is_sent_and_recorded() -> None:
    rig = RelayRig()
    number = rig.outbox.add(AYSE)
    await rig.round()
    assert rig.platform.sent == [(AYSE, number)]
    assert (rig.outbox.row(number).state, rig.outbox.row(number).ref) == ("delivered", "ref1")


async def test_a_destination_gets_its_messages_in_order_one_at_a_time() -> None:
    rig = RelayRig()
    numbers = [rig.outbox.add(AYSE) for _ in range(4)]
    await rig.rounds(5)
    assert [number for _, number in rig.platform.sent] == numbers
    assert rig.platform.most_together == 1


async def test_a_mute_destination_does_not_hold_up_the_others() -> None:
    rig = RelayRig()
    rig.relay = rig.new_relay("first", send_seconds=0)
    rig.platform.mute = {AYSE}
    rig.outbox.add(AYSE), rig.outbox.add(HASAN)
    await rig.round()
    assert rig.states() == ["due", "delivered"]
    assert rig.outbox.row(1).why == "no answer in time"


# --- failures -------------------------------------------------------------------------------------
async def test_a_long_wait_on_one_chat_holds_only_that_chat() -> None:
    rig = RelayRig()
    rig.platform.answers[AYSE] = RetryAt(600, "429")
    rig.outbox.add(AYSE), rig.outbox.add(AYSE), rig.outbox.add(HASAN)
    await rig.rounds(599, step=10)
    assert rig.states() == ["due", "due", "delivered"]
    del rig.platform.answers[AYSE]
    rig.clock.advance(seconds=10)
    await rig.rounds(5)
    assert rig.states() == ["delivered"] * 3
    assert [number for place, number in rig.platform.sent if place == AYSE] == [1, 1, 2]


async def test_the_wait_grows_and_is_never_shorter_than_the_platform_asks() -> None:
    assert [BACKOFF.seconds(attempt) for attempt in (1, 2, 3, 9, 10, 50)] == [2, 4, 8, 512, 900, 900]
    rig = RelayRig()
    rig.platform.answers[AYSE] = RetryAt(0.5, "502")
    rig.outbox.add(AYSE)
    await rig.round()
    rig.clock.advance(seconds=2)
    rig.platform.answers[AYSE] = RetryAt(77, "429")
    await rig.round()
    assert [outcome.seconds for outcome in rig.judged if isinstance(outcome, RetryAt)] == [2, 77]


async def test_what_the_platform_refuses_for_good_is_given_up_and_the_next_goes_on() -> None:
    rig = RelayRig()
    rig.platform.answers[AYSE] = GaveUp("403 blocked")
    rig.outbox.add(AYSE), rig.outbox.add(AYSE)
    await rig.round()
    assert (rig.outbox.row(1).state, rig.outbox.row(1).why) == ("given_up", "403 blocked")
    del rig.platform.answers[AYSE]
    rig.clock.advance(seconds=1)
    await rig.round()
    assert rig.states() == ["given_up", "delivered"]


@pytest.mark.parametrize(
    ("attempts", "created_at"), [(MAX_ATTEMPTS - 1, START), (3, START - timedelta(hours=24))], ids=["attempts", "age"]
)
async def test_too_often_or_too_old_is_given_up_and_says_why(attempts: int, created_at: datetime) -> None:
    rig = RelayRig()
    rig.platform.answers[AYSE] = RetryAt(0, "502")
    rig.outbox.add(AYSE, attempts=attempts, created_at=created_at)
    await rig.round()
    assert rig.states() == ["given_up"]
    assert rig.outbox.row(1).why.endswith("502")


async def test_a_fault_in_the_sender_is_retried_a_few_times_and_then_given_up() -> None:
    rig = RelayRig()
    rig.platform.answers[AYSE] = KeyError("x")
    rig.outbox.add(AYSE), rig.outbox.add(HASAN)
    for attempt in range(1, MAX_FAULTS + 1):
        assert rig.outbox.row(1).state == "due"
        await rig.round()
        assert attempt == MAX_FAULTS or rig.outbox.row(1).unsure, "it may have failed after it had sent"
        rig.clock.advance(seconds=1000)
    assert (rig.outbox.row(1).state, rig.outbox.row(1).why) == ("given_up", "fault: KeyError")
    assert rig.outbox.row(2).state == "delivered"


async def test_a_message_at_which_every_process_dies_is_given_up_unsent() -> None:
    rig = RelayRig()
    rig.outbox.add(AYSE, attempts=MAX_ATTEMPTS)
    await rig.round()
    assert (rig.states(), rig.platform.sent) == (["given_up"], [])


async def test_sent_but_not_recorded_is_recorded_later_and_not_sent_again() -> None:
    rig = RelayRig()
    rig.outbox.add(AYSE)
    await rig.relay.tick()
    rig.store.broken = True
    await rig.relay.wait_idle()
    assert rig.states() == ["due"]
    with pytest.raises(TransactionBroken):
        await rig.relay.tick()
    rig.store.broken = False
    rig.clock.advance(seconds=LEASE_SECONDS + 1)
    await rig.round()
    assert rig.states() == ["delivered"]
    assert len(rig.platform.sent) == 1


async def test_a_record_that_comes_while_another_is_made_up_for_is_made_once() -> None:
    """Else the relay fell over it, and nothing left the house any more."""
    rig = RelayRig()
    rig.outbox.add(AYSE), rig.outbox.add(HASAN)
    await rig.relay.tick()
    rig.store.next = ["fails", "waits", "waits"]
    await _until(lambda: len(rig.store.waiting) == 1)
    await _a_few_rounds_of_the_loop()
    made_up_for = asyncio.create_task(rig.relay.tick())
    await _until(lambda: len(rig.store.waiting) == 2)
    hasan, ayse = rig.store.waiting
    hasan()
    await _a_few_rounds_of_the_loop()
    ayse()
    await asyncio.wait_for(made_up_for, 5)
    assert rig.states() == ["delivered"] * 2


# --- running and stopping -------------------------------------------------------------------------
async def test_a_fault_in_a_round_does_not_end_it(monkeypatch: pytest.MonkeyPatch) -> None:
    rig = RelayRig()
    rig.relay = rig.new_relay("first", poll_seconds=0.001)
    lease = rig.outbox.lease
    faults = [KeyError("x")]

    def lease_after_a_fault(*arguments: Any, **options: Any) -> Sequence[Delivery]:
        if faults:
            raise faults.pop()
        return lease(*arguments, **options)

    monkeypatch.setattr(rig.outbox, "lease", lease_after_a_fault)
    rig.outbox.add(AYSE)
    with capture_logs() as logged:
        running = asyncio.create_task(rig.relay.run())
        await asyncio.wait_for(rig.platform.something_sent.wait(), 5)
    rig.relay.stop()
    await asyncio.wait_for(running, 5)
    assert rig.states() == ["delivered"]
    assert ("loop_fell", "relay", "KeyError") in {(e["event"], e.get("loop"), e.get("error")) for e in logged}


async def test_a_commit_wakes_it() -> None:
    rig = RelayRig()
    rig.relay = rig.new_relay("first", poll_seconds=3600)
    running = asyncio.create_task(rig.relay.run())
    while not rig.store.listeners:
        await asyncio.sleep(0)
    rig.outbox.add(AYSE)
    await asyncio.to_thread(rig.store.committed, AYSE)
    await asyncio.wait_for(rig.platform.something_sent.wait(), 5)
    rig.relay.stop()
    await asyncio.wait_for(running, 5)
    assert rig.states() == ["delivered"]


async def test_a_stop_gives_back_what_takes_too_long() -> None:
    rig = RelayRig()
    rig.relay = rig.new_relay("first", grace_seconds=0)
    rig.platform.mute = {AYSE}
    rig.outbox.add(AYSE)
    running = asyncio.create_task(rig.relay.run())
    await asyncio.wait_for(rig.platform.something_sent.wait(), 5)
    rig.relay.stop()
    await asyncio.wait_for(running, 5)
    given_back = rig.outbox.row(1)
    assert (given_back.state, given_back.owner, given_back.unsure) == ("due", None, True)


async def test_it_goes_on_when_the_store_is_back() -> None:
    rig = RelayRig()
    rig.relay = rig.new_relay("first", poll_seconds=0.001)
    rig.store.broken = True
    running = asyncio.create_task(rig.relay.run())
    rig.outbox.add(AYSE)
    await asyncio.sleep(0)
    rig.store.broken = False
    await asyncio.wait_for(rig.platform.something_sent.wait(), 5)
    rig.relay.stop()
    await asyncio.wait_for(running, 5)
    assert rig.states() == ["delivered"]


async def _until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not is_so():
            await asyncio.sleep(0)


async def _a_few_rounds_of_the_loop() -> None:
    for _ in range(10):
        await asyncio.sleep(0)
