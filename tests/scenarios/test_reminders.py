"""What the clock says of tickets that stand still: in working time, one message for many, and not for ever."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from handlers.domain.states import State
from tests.clock import FakeClock
from tests.scenarios.stage import Actor, Stage, open_stage
from tests.scenarios.test_life_of_a_ticket import FIRST, open_ticket

FRIDAY, MONDAY = (2026, 11, 20), (2026, 11, 23)
FAULT = "yazıcıdan çıktı alamıyorum, kuyrukta bekliyor"


def local(day: tuple[int, int, int], hour: int, minute: int = 0) -> datetime:
    return datetime(*day, hour, minute, tzinfo=UTC) - timedelta(hours=3)


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path, "web", FakeClock(local(FRIDAY, 16, 45))) as stage:
        yield stage


async def tick_at(stage: Stage, day: tuple[int, int, int], hour: int, minute: int = 0) -> None:
    stage.clock.set(local(day, hour, minute))
    await stage.app.ticker.tick()


async def said(actor: Actor, *kinds: str) -> list[str]:
    return [m.text for m in await actor.sees() if m.kind in kinds]


async def reminded(room: Actor) -> list[str]:
    return await said(room, "work_unclaimed", "work_unclaimed_many")


async def test_two_hours_are_two_hours_of_work_and_many_are_one_message(web: Stage) -> None:
    room = web.in_room("mehmet", "donanim")
    for handle in ("ayse", "hasan", "kemal"):
        await open_ticket(web, handle, FAULT)
    for minute in (0, 15):
        await tick_at(web, MONDAY, 8, minute)
    assert await reminded(room) == [], "a quarter of an hour of work"
    await tick_at(web, MONDAY, 9, 44)
    assert await reminded(room) == []
    await tick_at(web, MONDAY, 9, 45)
    (text,) = await reminded(room)
    assert text.startswith("Bekliyor: 3 kayıt")
    assert all(f"2026-00000{number}" in text for number in (1, 2, 3))
    await tick_at(web, MONDAY, 9, 46)
    assert len(await reminded(room)) == 1
    await tick_at(web, MONDAY, 12, 45)
    assert len(await reminded(room)) == 1, "the pause at noon"
    await tick_at(web, MONDAY, 13, 0)
    assert len(await reminded(room)) == 2
    await tick_at(web, MONDAY, 22, 0)
    assert len(await reminded(room)) == 2


async def test_a_single_one_is_told_as_before_and_a_long_list_is_cut(web: Stage) -> None:
    room = web.in_room("mehmet", "donanim")
    await open_ticket(web, "ayse", FAULT)
    await tick_at(web, MONDAY, 9, 45)
    (text,) = await reminded(room)
    assert text.startswith(f"Bekliyor: {FIRST} ")
    for _ in range(11):
        await open_ticket(web, "hasan", FAULT)
        while "Bilmiyorum, atla" in (await web.person("hasan").last()).buttons:
            await web.person("hasan").presses("Bilmiyorum, atla")
    await tick_at(web, MONDAY, 16, 0)
    many = (await reminded(room))[-1]
    assert many.startswith("Bekliyor: 12 kayıt")
    assert "ve 2 kayıt daha" in many


async def test_an_emergency_rings_at_any_hour(web: Stage) -> None:
    room = web.in_room("mehmet", "donanim")
    await open_ticket(web, "ayse", FAULT)
    await web.person("hasan").says("kasadan yanık kokusu geliyor")
    await tick_at(web, FRIDAY, 23, 0)
    (text,) = await said(room, "work_unclaimed_urgent")
    assert text.startswith("🚨 ACİL · 2026-000002")
    assert await reminded(room) == []


async def asked(stage: Stage, handle: str = "ayse") -> Actor:
    """A technician's question at 10:00 on Monday."""
    stage.clock.set(local(MONDAY, 9, 55))
    await open_ticket(stage, handle, FAULT)
    person, room = stage.person(handle), stage.in_room("mehmet", "donanim")
    while "Bilmiyorum, atla" in (await person.last()).buttons:
        await person.presses("Bilmiyorum, atla")
    await room.presses("Üstlen")
    stage.clock.set(local(MONDAY, 10))
    await room.presses("Bilgi iste")
    await room.says("Hangi marka?")
    return person


async def test_a_question_is_reminded_of_three_times_and_then_left_to_who_asked(web: Stage) -> None:
    ayse, room = await asked(web), web.in_room("mehmet", "donanim")
    await tick_at(web, MONDAY, 16, 59)
    assert await said(ayse, "reminder_reporter") == []
    for day in range(1, 40):
        web.clock.set(local(MONDAY, 10, 0) + timedelta(days=day))
        await web.app.ticker.tick()
    reminders = await said(ayse, "reminder_reporter")
    assert ["son hatırlatma" in text for text in reminders] == [False, False, True]
    (left,) = await said(room, "work_unanswered")
    assert FIRST in left
    await ayse.says("Kyocera")
    assert (await web.ticket(FIRST)).state is State.CLAIMED


async def test_days_are_working_days(web: Stage) -> None:
    ayse = await asked(web)
    await web.in_room("mehmet", "donanim").presses("Devam et")
    friday = (2026, 11, 27)
    web.clock.set(local(friday, 15))
    room = web.in_room("mehmet", "donanim")
    await room.presses("Bilgi iste")
    await room.says("Hangi kattasınız?")
    await tick_at(web, (2026, 11, 30), 14, 59)
    assert await said(ayse, "reminder_reporter") == []
    await tick_at(web, (2026, 11, 30), 15)
    assert len(await said(ayse, "reminder_reporter")) == 1
