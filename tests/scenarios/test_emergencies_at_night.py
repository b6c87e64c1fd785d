"""Outside working time an emergency climbs: whoever is on call, the second, the lead, the director; Gördüm ends it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC
from pathlib import Path

import pytest

from handlers.domain.states import Change, State
from tests.clock import FakeClock
from tests.handlers.domain.calendars import at
from tests.scenarios.stage import Actor, Stage, open_stage
from tests.scenarios.test_emergencies import SMOKE, bells, loud
from tests.scenarios.test_leaves import goes_on_leave
from tests.scenarios.test_life_of_a_ticket import FIRST

MONDAY = "2026-11-30"


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path, "web", FakeClock(at(f"{MONDAY}T10:00").astimezone(UTC))) as stage:
        await stage.app.ticker.tick()
        yield stage


async def on_call(stage: Stage, *typed: str) -> None:
    fatma = stage.person("fatma")
    for words in typed:
        await fatma.says(f"/nobet {words}")
        await fatma.presses("Evet, yaz")


async def smoke(stage: Stage, local: str) -> None:
    stage.clock.set(at(local).astimezone(UTC))
    await stage.person("hasan").says(SMOKE)


async def minutes(stage: Stage, count: int) -> None:
    for _ in range(count):
        await stage.tick(minutes=1)


async def counted(stage: Stage, *handles: str) -> list[int]:
    return [len(await bells(stage.person(handle))) for handle in handles]


async def test_it_climbs_from_the_first_to_the_director(web: Stage) -> None:
    await on_call(web, "Mehmet bugün", "yedek Zeynep bugün")
    await smoke(web, f"{MONDAY}T22:00")
    ladder = {}
    for minute in (0, 4, 5, 9, 10, 14, 15, 24, 25, 40):
        await minutes(web, minute - max(ladder, default=0))
        ladder[minute] = await counted(web, "mehmet", "zeynep", "fatma", "kemal")
    assert ladder == {
        0: [1, 0, 0, 0],
        4: [1, 0, 0, 0],
        5: [2, 0, 0, 0],
        9: [2, 0, 0, 0],
        10: [2, 1, 0, 0],
        14: [2, 1, 0, 0],
        15: [2, 1, 1, 0],
        24: [2, 1, 1, 0],
        25: [2, 1, 1, 1],
        40: [2, 1, 1, 1],
    }
    opened = (await web.person("hasan").last("opened")).text
    assert "Mesai dışındayız; acil kaydınız nöbetçiye iletildi." in opened


async def test_gordum_ends_the_climbing_and_claims_nothing(web: Stage) -> None:
    await on_call(web, "Mehmet bugün", "yedek Zeynep bugün")
    await smoke(web, f"{MONDAY}T22:00")
    await minutes(web, 6)
    mehmet = web.person("mehmet")
    await mehmet.presses("Gördüm")
    assert "başkası aranmayacak" in (await mehmet.last("seen_receipt")).text
    await minutes(web, 60)
    assert await counted(web, "mehmet", "zeynep", "fatma", "kemal") == [2, 0, 0, 0]
    ticket = await web.ticket(FIRST)
    assert ticket.state is State.OPEN
    history = await web.app.gateway.read(lambda uow: uow.tickets.history(ticket.id))
    assert [event.what for event in history if event.what is Change.SEEN] == [Change.SEEN]
    await mehmet.presses("Üstlen", on=await mehmet.last("card"))
    assert (await web.ticket(FIRST)).state is State.CLAIMED


async def test_claiming_ends_it_too(web: Stage) -> None:
    await on_call(web, "Mehmet bugün", "yedek Zeynep bugün")
    await smoke(web, f"{MONDAY}T22:00")
    await web.person("mehmet").presses("Üstlen")
    await minutes(web, 30)
    assert await counted(web, "mehmet", "zeynep", "fatma", "kemal") == [1, 0, 0, 0]


async def test_the_room_sleeps_where_somebody_is_on_call(web: Stage) -> None:
    await on_call(web, "Mehmet bugün")
    await smoke(web, f"{MONDAY}T22:00")
    await minutes(web, 25)
    assert not [m for m in await bells(web.in_room("zeynep", "donanim")) if m.rings]


async def test_where_nobody_is_on_call_lead_and_director_hear_at_once_and_the_reporter_when(web: Stage) -> None:
    await smoke(web, f"{MONDAY}T22:00")
    assert await counted(web, "mehmet", "fatma", "kemal") == [0, 1, 1]
    opened = (await web.person("hasan").last("opened")).text
    assert "Mesai dışındayız; 1 Ara 08:00 itibarıyla görülecek. Can güvenliği varsa 112'yi arayın." in opened


async def test_who_is_away_or_off_duty_is_not_rung(web: Stage) -> None:
    await on_call(web, "Mehmet bugün", "yedek Zeynep bugün")
    await goes_on_leave(web.person("mehmet"), "/izin bugün 18.00 sonrası")
    await smoke(web, f"{MONDAY}T22:00")
    assert await counted(web, "mehmet", "zeynep") == [0, 1], "the second is the first who is there"
    await smoke(web, "2026-12-01T20:00")
    assert await counted(web, "mehmet", "zeynep") == [0, 1], "the duty ended at eight"


async def test_in_working_time_nobody_is_called_by_the_rota(web: Stage) -> None:
    await on_call(web, "Mehmet 30 Kasım - 2 Aralık")
    await smoke(web, "2026-12-01T10:00")
    await minutes(web, 6)
    assert await counted(web, "mehmet") == [0]
    assert "Mesai dışındayız" not in (await web.person("hasan").last("opened")).text


async def test_the_clock_of_an_emergency_goes_on_while_somebody_is_on_call(web: Stage) -> None:
    """NB-01: fifteen minutes from 22:10; without nöbet the next morning."""
    await on_call(web, "Mehmet bugün")
    await smoke(web, f"{MONDAY}T22:10")
    await web.tick(minutes=0)
    ticket = await web.ticket(FIRST)

    async def due() -> str:
        timing = await web.app.gateway.read(lambda uow: uow.timings.of(ticket.id))
        assert timing is not None
        assert timing.claim_due_at is not None
        return timing.claim_due_at.astimezone(at(f"{MONDAY}T00:00").tzinfo).isoformat()[:16]

    assert await due() == f"{MONDAY}T22:25"
    fatma: Actor = web.person("fatma")
    await fatma.says("/nobet")
    await fatma.presses("Sil: Mehmet K.")
    await web.tick(minutes=0)
    assert await due() == "2026-12-01T08:15"


async def test_that_it_goes_on_can_be_seen_too_and_the_room_sleeps(web: Stage) -> None:
    await on_call(web, "Mehmet bugün", "yedek Zeynep bugün")
    await smoke(web, f"{MONDAY}T22:00")
    await web.person("hasan").says("hâlâ duman var")
    assert not [m for m in await loud(web.in_room("zeynep", "donanim")) if m.rings]
    mehmet = web.person("mehmet")
    (heard,) = await loud(mehmet)
    assert heard.rings
    assert list(heard.buttons) == ["Üstlen", "Gördüm"]
    await mehmet.presses("Gördüm", on=heard)
    rung = await counted(web, "mehmet", "zeynep", "fatma", "kemal")
    await minutes(web, 30)
    assert await counted(web, "mehmet", "zeynep", "fatma", "kemal") == rung


async def test_what_was_seen_and_goes_on_climbs_anew(web: Stage) -> None:
    await on_call(web, "Mehmet bugün", "yedek Zeynep bugün")
    await smoke(web, f"{MONDAY}T22:00")
    await web.person("mehmet").presses("Gördüm")
    await minutes(web, 20)
    assert await counted(web, "mehmet", "zeynep", "fatma", "kemal") == [1, 0, 0, 0]
    await web.person("hasan").says("hâlâ duman var")
    ladder = {}
    for minute in (1, 5, 10, 15, 25):
        await minutes(web, minute - max(ladder, default=0))
        ladder[minute] = await counted(web, "mehmet", "zeynep", "fatma", "kemal")
    assert ladder == {1: [1, 0, 0, 0], 5: [2, 0, 0, 0], 10: [2, 1, 0, 0], 15: [2, 1, 1, 0], 25: [2, 1, 1, 1]}


async def test_who_stands_in_at_night_is_offered_gordum_each_time(web: Stage) -> None:
    await smoke(web, f"{MONDAY}T22:00")
    await minutes(web, 11)
    newest = [(await bells(web.person(handle)))[-1] for handle in ("fatma", "kemal")]
    assert ["Gördüm" in bell.buttons for bell in newest] == [True, True]


async def test_what_is_asked_before_a_duty_is_taken_off_agrees_with_its_button(web: Stage) -> None:
    await on_call(web, "Mehmet bugün")
    fatma = web.person("fatma")
    await fatma.says("/nobet sil")
    asked = await fatma.last("rota")
    assert "Hangisini sileceksiniz?" in asked.text
    assert [label.partition(":")[0] for label in asked.buttons] == ["Sil"]
