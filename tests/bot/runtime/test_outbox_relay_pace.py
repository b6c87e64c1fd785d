"""How fast the relay sends: to a person, to a group, over all, and after a restart."""

from __future__ import annotations

from handlers.channel_port import Pace
from tests.bot.runtime.relay_house import AYSE, ROOM, House


async def test_a_second_between_two_messages_to_one_person() -> None:
    house = House()
    house.outbox.add(AYSE), house.outbox.add(AYSE)
    pause = await house.round()
    assert await house.round() <= 1.0
    assert pause <= 1.0
    assert len(house.platform.sent) == 1
    house.clock.advance(seconds=1.0)
    await house.round()
    assert len(house.platform.sent) == 2


async def test_twenty_a_minute_to_a_group() -> None:
    house = House(Pace(group_per_minute=20))
    for _ in range(30):
        house.outbox.add(ROOM)
    await house.rounds(59)
    assert len(house.platform.sent) == 20
    await house.rounds(30)
    assert len(house.platform.sent) == 30


async def test_a_person_has_no_group_limit() -> None:
    house = House(Pace(group_per_minute=20))
    for _ in range(30):
        house.outbox.add(AYSE)
    await house.rounds(31)
    assert len(house.platform.sent) == 30


async def test_thirty_a_second_over_all() -> None:
    house = House(Pace(per_second=30))
    for person in range(100):
        house.outbox.add(f"telegram:p:{person}")
    await house.round()
    assert len(house.platform.sent) == 30
    assert 0 < await house.round() <= 1.0
    house.clock.advance(seconds=1.0)
    await house.round()
    assert len(house.platform.sent) == 60


async def test_the_pace_survives_a_restart() -> None:
    house = House(Pace(group_per_minute=20))
    for _ in range(25):
        house.outbox.add(ROOM)
    await house.rounds(25)
    assert len(house.platform.sent) == 20
    house.relay = house.new_relay("second")
    await house.rounds(30)
    assert len(house.platform.sent) == 20


async def test_a_clock_put_back_does_not_stop_the_pace_for_an_hour() -> None:
    house = House()
    house.outbox.add(AYSE)
    await house.round()
    house.clock.advance(seconds=-3600)
    number = house.outbox.add(AYSE)
    house.outbox.row(number).due_at = house.clock.now()
    await house.round()
    house.clock.advance(seconds=1.0)
    await house.round()
    assert house.states() == ["delivered", "delivered"]
