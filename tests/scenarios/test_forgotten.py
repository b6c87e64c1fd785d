"""Tickets that somebody holds and forgot: asked about once, then told to the lead; replies that nobody looked at."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC
from pathlib import Path

import pytest

from handlers.domain.states import Change, State
from tests.clock import FakeClock
from tests.handlers.domain.calendars import at
from tests.scenarios.stage import Actor, Stage, open_stage
from tests.scenarios.test_leaves import comes, goes_on_leave, held_by_mehmet
from tests.scenarios.test_life_of_a_ticket import FIRST
from tests.scenarios.test_targets import tick_at

MONDAY = "2026-11-30"


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path, "web", FakeClock(at(f"{MONDAY}T10:00").astimezone(UTC))) as stage:
        await stage.app.ticker.tick()
        yield stage


async def count(actor: Actor, kind: str) -> int:
    return len([m for m in await actor.sees() if m.kind == kind])


async def test_its_holder_is_asked_and_what_they_press_is_done(stage: Stage) -> None:
    """On every channel; there it is Monday, 23 November."""
    await held_by_mehmet(stage, "2026-11-23T10:00")
    mehmet = stage.person("mehmet")
    await mehmet.says("/islerim")
    await comes(stage, "2026-11-26T09:59")
    assert await count(mehmet, "work_silent") == 0
    await comes(stage, "2026-11-26T10:01")
    asked = await mehmet.last("work_silent")
    assert f"{FIRST} üç iş günüdür sessiz" in asked.text
    assert list(asked.buttons) == ["Devam ediyor", "Beklet", "Sıraya geri koy"]
    await mehmet.presses("Sıraya geri koy", on=asked)
    assert (await stage.ticket(FIRST)).state is State.OPEN


async def test_who_says_that_it_goes_on_has_three_days_more_and_the_lead_hears_nothing(web: Stage) -> None:
    await held_by_mehmet(web)
    mehmet, fatma = web.person("mehmet"), web.person("fatma")
    await tick_at(web, "2026-12-03T10:01")
    await mehmet.presses("Devam ediyor")
    assert "üç iş günü daha sorulmaz" in (await mehmet.last("goes_on_noted")).text
    await tick_at(web, "2026-12-04T11:00")
    assert await count(fatma, "work_silent_lead") == 0
    await tick_at(web, "2026-12-08T10:02")
    assert await count(mehmet, "work_silent") == 2
    ticket = await web.ticket(FIRST)
    history = await web.app.gateway.read(lambda uow: uow.tickets.history(ticket.id))
    assert [event.what for event in history if event.what is Change.CONTINUED] == [Change.CONTINUED]


async def test_unanswered_a_day_later_the_lead_hears_it_once(web: Stage) -> None:
    await held_by_mehmet(web)
    fatma = web.person("fatma")
    for moment in ("2026-12-03T10:01", "2026-12-04T09:59", "2026-12-04T10:01", "2026-12-04T10:02"):
        await tick_at(web, moment)
    assert await count(web.person("mehmet"), "work_silent") == 1
    assert await count(fatma, "work_silent_lead") == 1
    assert "dört iş günüdür sessiz" in (await fatma.last("work_silent_lead")).text


async def test_what_waits_is_not_forgotten(web: Stage) -> None:
    await held_by_mehmet(web)
    room = web.in_room("mehmet", "donanim")
    await room.presses("Beklet")
    await room.presses("Firma")
    await tick_at(web, "2026-12-07T10:00")
    assert await count(web.person("mehmet"), "work_silent") == 0


async def test_a_reply_that_nobody_looked_at_rings_again_and_then_in_the_room(web: Stage) -> None:
    await held_by_mehmet(web)
    mehmet, room = web.person("mehmet"), web.in_room("mehmet", "donanim")
    web.clock.set(at(f"{MONDAY}T16:00").astimezone(UTC))
    await web.person("ayse").says("1: hâlâ basmıyor")
    counted = []
    for moment in (f"{MONDAY}T22:00", "2026-12-01T08:59", "2026-12-01T09:00", "2026-12-01T10:59", "2026-12-01T11:00"):
        await tick_at(web, moment)
        counted.append((await count(mehmet, "work_not_answered"), await count(room, "work_not_answered")))
    assert counted == [(0, 0), (0, 0), (1, 0), (1, 0), (1, 1)]


async def test_an_answer_ends_it(web: Stage) -> None:
    await held_by_mehmet(web)
    await web.person("ayse").says("1: hâlâ basmıyor")
    room = web.in_room("mehmet", "donanim")
    await room.says("geliyorum", to=await room.last("work_reply"))
    await tick_at(web, "2026-12-01T11:00")
    assert await count(web.person("mehmet"), "work_not_answered") == 0


async def test_of_a_holder_who_is_away_the_lead_is_asked(web: Stage) -> None:
    await held_by_mehmet(web)
    await goes_on_leave(web.person("mehmet"), "/izin 2-11 Aralık")
    await web.person("mehmet").presses("Bende kalsın")
    await tick_at(web, "2026-12-03T10:01")
    assert await count(web.person("fatma"), "work_silent") == 1
    assert await count(web.person("mehmet"), "work_silent") == 0
