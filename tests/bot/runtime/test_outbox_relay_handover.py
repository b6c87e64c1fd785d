"""More than one relay: nothing is sent twice, and who does not serve a channel leaves its messages alone."""

from __future__ import annotations

import asyncio
from itertools import pairwise

from bot.runtime.outbox_relay import LEASE_SECONDS
from handlers.channel_port import Pace
from tests.bot.runtime.relay_house import AYSE, House
from tests.clock import START


# --- more than one relay, and death ---------------------------------------------------------------
async def test_two_relays_send_nothing_twice() -> None:
    house = House()
    for person in range(20):
        house.outbox.add(f"telegram:p:{person}")
    second = house.new_relay("second")
    await asyncio.gather(house.relay.tick(), second.tick())
    await house.relay.settled()
    await second.settled()
    assert house.states() == ["delivered"] * 20
    assert len(house.platform.sent) == 20


async def test_after_a_kill_another_takes_over_when_the_lease_ends_with_one_duplicate() -> None:
    house = House()
    house.outbox.add(AYSE)
    house.outbox.lease("killed", START, 1, LEASE_SECONDS, channel="telegram")  # and perhaps sent
    await house.round()
    assert house.platform.sent == []
    house.clock.advance(seconds=LEASE_SECONDS)
    await house.rounds(300, step=10)
    assert len(house.platform.sent) == 1
    assert house.states() == ["delivered"]


async def test_who_is_alone_need_not_wait_for_the_lease_of_the_dead() -> None:
    house = House()
    house.outbox.add(AYSE)
    house.outbox.lease("killed", START, 1, LEASE_SECONDS, channel="telegram")
    house.relay = house.new_relay("second", alone=True)
    await house.round()
    assert house.states() == ["delivered"]


# --- what is not sent -----------------------------------------------------------------------------
async def test_who_does_not_serve_a_channel_neither_sends_nor_takes_a_lease_away() -> None:
    house = House()
    house.outbox.add(AYSE)
    house.outbox.lease("leader", START, 1, LEASE_SECONDS, channel="telegram")
    house.relay = house.new_relay("second", alone=True, serves=lambda _channel: False)
    await house.rounds(3)
    assert house.platform.sent == []
    assert house.outbox.row(1).owner == "leader"


async def test_whoever_takes_over_keeps_the_pace_of_the_one_before_each_time() -> None:
    """Also where it served the channel itself an hour ago."""
    serving = {"first"}
    house = House(Pace(gap_seconds=10.0))
    first = house.new_relay("first", serves=lambda _channel: "first" in serving)
    second = house.new_relay("second", serves=lambda _channel: "second" in serving)
    for number, relay in enumerate([first, second, first, second], 1):
        serving.clear()
        serving.add("first" if relay is first else "second")
        for _ in range(12):
            house.outbox.add(AYSE) if len(house.outbox.rows) < number else None
            for each in (first, second):
                await each.tick()
                await each.settled()
            house.clock.advance(seconds=1)
    assert [row.state for row in house.outbox.rows] == ["delivered"] * 4
    delivered = [row.due_at for row in house.outbox.rows]
    assert min((later - earlier).total_seconds() for earlier, later in pairwise(delivered)) >= 10


async def test_what_was_sent_is_recorded_also_by_whoever_does_not_serve_the_channel_any_more() -> None:
    serving = True
    house = House()
    house.relay = house.new_relay("first", serves=lambda _channel: serving)
    house.outbox.add(AYSE)
    await house.relay.tick()
    house.store.broken = True
    await house.relay.settled()
    serving, house.store.broken = False, False
    await house.round()
    assert house.states() == ["delivered"]


async def test_a_channel_without_a_sender_keeps_its_rows() -> None:
    house = House()
    house.outbox.add("slack:p:D1"), house.outbox.add(AYSE)
    await house.rounds(3)
    assert house.states() == ["due", "delivered"]
    assert house.outbox.row(1).delivery.attempt == 0


async def test_nothing_is_sent_while_the_outbox_is_held() -> None:
    house = House()
    house.outbox.is_held = True
    house.outbox.add(AYSE)
    await house.rounds(3)
    assert house.platform.sent == []
