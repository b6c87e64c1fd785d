"""How fast the relay sends: to a person, to a group, over all, and after a restart."""

from __future__ import annotations

from handlers.channel_port import RateLimit
from tests.bot.runtime.relay_rig import AYSE, ROOM, RelayRig


async def test_a_second_between_two_messages_to_one_person() -> None:
    rig = RelayRig()
    rig.outbox.add(AYSE), rig.outbox.add(AYSE)
    pause = await rig.round()
    assert await rig.round() <= 1.0
    assert pause <= 1.0
    assert len(rig.platform.sent) == 1
    rig.clock.advance(seconds=1.0)
    await rig.round()
    assert len(rig.platform.sent) == 2


async def test_twenty_a_minute_to_a_group() -> None:
    rig = RelayRig(RateLimit(group_per_minute=20))
    for _ in range(30):
        rig.outbox.add(ROOM)
    await rig.rounds(59)
    assert len(rig.platform.sent) == 20
    await rig.rounds(30)
    assert len(rig.platform.sent) == 30


async def test_a_person_has_no_group_limit() -> None:
    rig = RelayRig(RateLimit(group_per_minute=20))
    for _ in range(30):
        rig.outbox.add(AYSE)
    await rig.rounds(31)
    assert len(rig.platform.sent) == 30


async def test_thirty_a_second_over_all() -> None:
    rig = RelayRig(RateLimit(per_second=30))
    for person in range(100):
        rig.outbox.add(f"telegram:p:{person}")
    await rig.round()
    assert len(rig.platform.sent) == 30
    assert 0 < await rig.round() <= 1.0
    rig.clock.advance(seconds=1.0)
    await rig.round()
    assert len(rig.platform.sent) == 60


async def test_the_pace_survives_a_restart() -> None:
    rig = RelayRig(RateLimit(group_per_minute=20))
    for _ in range(25):
        rig.outbox.add(ROOM)
    await rig.rounds(25)
    assert len(rig.platform.sent) == 20
    rig.relay = rig.new_relay("second")
    await rig.rounds(30)
    assert len(rig.platform.sent) == 20


async def test_a_clock_put_back_does_not_stop_the_pace_for_an_hour() -> None:
    rig = RelayRig()
    rig.outbox.add(AYSE)
    await rig.round()
    rig.clock.advance(seconds=-3600)
    number = rig.outbox.add(AYSE)
    rig.outbox.row(number).due_at = rig.clock.now()
    await rig.round()
    rig.clock.advance(seconds=1.0)
    await rig.round()
    assert rig.states() == ["delivered", "delivered"]
