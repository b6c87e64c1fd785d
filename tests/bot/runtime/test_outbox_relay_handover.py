"""More than one relay: nothing is sent twice, and who does not serve a channel leaves its messages alone."""

from __future__ import annotations

import asyncio
from itertools import pairwise

from bot.runtime.outbox_relay import LEASE_SECONDS
from handlers.channel_port import RateLimit
from tests.bot.runtime.relay_rig import AYSE, RelayRig
from tests.clock import START


# --- more than one relay, and death ---------------------------------------------------------------
async def test_two_relays_send_nothing_twice() -> None:
    rig = RelayRig()
    for person in range(20):
        rig.outbox.add(f"telegram:p:{person}")
    second = rig.new_relay("second")
    await asyncio.gather(rig.relay.tick(), second.tick())
    await rig.relay.wait_idle()
    await second.wait_idle()
    assert rig.states() == ["delivered"] * 20
    assert len(rig.platform.sent) == 20


async def test_after_a_kill_another_takes_over_when_the_lease_ends_with_one_duplicate() -> None:
    rig = RelayRig()
    rig.outbox.add(AYSE)
    rig.outbox.lease("killed", START, 1, LEASE_SECONDS, channel="telegram")  # and perhaps sent
    await rig.round()
    assert rig.platform.sent == []
    rig.clock.advance(seconds=LEASE_SECONDS)
    await rig.rounds(300, step=10)
    assert len(rig.platform.sent) == 1
    assert rig.states() == ["delivered"]


async def test_who_is_alone_need_not_wait_for_the_lease_of_the_dead() -> None:
    rig = RelayRig()
    rig.outbox.add(AYSE)
    rig.outbox.lease("killed", START, 1, LEASE_SECONDS, channel="telegram")
    rig.relay = rig.new_relay("second", alone=True)
    await rig.round()
    assert rig.states() == ["delivered"]


# --- what is not sent -----------------------------------------------------------------------------
async def test_who_does_not_serve_a_channel_neither_sends_nor_takes_a_lease_away() -> None:
    rig = RelayRig()
    rig.outbox.add(AYSE)
    rig.outbox.lease("leader", START, 1, LEASE_SECONDS, channel="telegram")
    rig.relay = rig.new_relay("second", alone=True, serves=lambda _channel: False)
    await rig.rounds(3)
    assert rig.platform.sent == []
    assert rig.outbox.row(1).owner == "leader"


async def test_whoever_takes_over_keeps_the_pace_of_the_one_before_each_time() -> None:
    """Also where it served the channel itself an hour ago."""
    serving = {"first"}
    rig = RelayRig(RateLimit(gap_seconds=10.0))
    first = rig.new_relay("first", serves=lambda _channel: "first" in serving)
    second = rig.new_relay("second", serves=lambda _channel: "second" in serving)
    for number, relay in enumerate([first, second, first, second], 1):
        serving.clear()
        serving.add("first" if relay is first else "second")
        for _ in range(12):
            rig.outbox.add(AYSE) if len(rig.outbox.rows) < number else None
            for each in (first, second):
                await each.tick()
                await each.wait_idle()
            rig.clock.advance(seconds=1)
    assert [row.state for row in rig.outbox.rows] == ["delivered"] * 4
    delivered = [row.due_at for row in rig.outbox.rows]
    assert min((later - earlier).total_seconds() for earlier, later in pairwise(delivered)) >= 10


async def test_what_was_sent_is_recorded_also_by_whoever_does_not_serve_the_channel_any_more() -> None:
    serving = True
    rig = RelayRig()
    rig.relay = rig.new_relay("first", serves=lambda _channel: serving)
    rig.outbox.add(AYSE)
    await rig.relay.tick()
    rig.store.broken = True
    await rig.relay.wait_idle()
    serving, rig.store.broken = False, False
    await rig.round()
    assert rig.states() == ["delivered"]


async def test_a_channel_without_a_sender_keeps_its_rows() -> None:
    rig = RelayRig()
    rig.outbox.add("slack:p:D1"), rig.outbox.add(AYSE)
    await rig.rounds(3)
    assert rig.states() == ["due", "delivered"]
    assert rig.outbox.row(1).delivery.attempt == 0


async def test_nothing_is_sent_while_the_outbox_is_held() -> None:
    rig = RelayRig()
    rig.outbox.is_held = True
    rig.outbox.add(AYSE)
    await rig.rounds(3)
    assert rig.platform.sent == []
