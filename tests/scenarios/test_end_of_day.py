"""Gün sonu: told to whoever wants it, before the day ends, where something follows from it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC
from pathlib import Path

import pytest

from tests.clock import FakeClock
from tests.handlers.domain.calendars import at
from tests.scenarios.stage import Actor, Stage, open_stage
from tests.scenarios.test_calendar import says
from tests.scenarios.test_leaves import comes, goes_on_leave, held_by_mehmet
from tests.scenarios.test_life_of_a_ticket import FIRST
from tests.scenarios.test_targets import opened

MONDAY, THURSDAY = "2026-11-30", "2026-12-03"
KIND = "end_of_day"


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path, "web", FakeClock(at(f"{MONDAY}T10:00").astimezone(UTC))) as stage:
        await stage.app.ticker.tick()
        yield stage


async def evenings(actor: Actor) -> list[str]:
    return [m.text for m in await actor.sees() if m.kind == KIND]


async def test_it_is_turned_on_and_off_with_one_command_or_button(stage: Stage) -> None:
    """On every channel."""
    mehmet = stage.person("mehmet")
    assert "Gün sonu özeti kapalı." in await says(mehmet, "/gunsonu")
    await mehmet.presses("Aç")
    assert "Gün sonu özeti açık:" in (await mehmet.last("end_of_day_wish")).text
    await mehmet.presses("Gün sonunu kapat")
    assert "Gün sonu özeti kapalı." in (await mehmet.last("end_of_day_wish")).text
    assert "Gün sonu özeti açık:" in await says(mehmet, "/gunsonu aç")
    assert "Gün sonu özeti kapalı." in await says(mehmet, "/günsonu kapat")


async def test_nobody_hears_it_who_did_not_ask(web: Stage) -> None:
    await held_by_mehmet(web)
    await comes(web, f"{THURSDAY}T16:50")
    assert await evenings(web.person("mehmet")) == []


async def test_what_is_due_by_the_next_evening_is_told_once_and_what_has_time_is_not(web: Stage) -> None:
    mehmet = web.person("mehmet")
    await mehmet.says("/gunsonu aç")
    await held_by_mehmet(web)
    await comes(web, f"{MONDAY}T16:45")
    assert await evenings(mehmet) == [], "it is due on Thursday at 10:00"
    await comes(web, "2026-12-02T16:44")
    assert await evenings(mehmet) == []
    for local in ("2026-12-02T16:45", "2026-12-02T16:46", "2026-12-02T17:01"):
        await comes(web, local)
    (told,) = await evenings(mehmet)
    assert told == f"1 kayıt sürüyor:\n{FIRST} · Yazıcı yazdırmıyor · ⚠ Az kaldı, hedef 3 Ara 10:00"
    await mehmet.presses("Gün sonunu kapat")
    await comes(web, f"{THURSDAY}T16:45")
    assert len(await evenings(mehmet)) == 1


async def test_what_was_solved_today_is_counted_and_a_leave_is_asked_about_in_the_same_message(web: Stage) -> None:
    mehmet = web.person("mehmet")
    await mehmet.says("/gunsonu aç")
    await held_by_mehmet(web)
    await web.in_room("mehmet", "donanim").presses("Tamamladım")
    await web.in_room("mehmet", "donanim").says("toner değişti")
    await opened(web, f"{MONDAY}T14:00", "hasan")
    await web.in_room("mehmet", "donanim").presses("Üstlen")
    await goes_on_leave(mehmet, "/izin 1 Aralık")
    await comes(web, f"{MONDAY}T16:45")
    (told,) = await evenings(mehmet)
    assert told.startswith("Bugün 1 kayıt tamamladınız; 1 kayıt sürüyor:")
    assert told.endswith("İzniniz 1 Aralık Salı. Devredilecek mi?")
    assert not [m for m in await mehmet.sees() if m.kind == "leave_tomorrow"]
    await mehmet.presses("Birime bırak", on=await mehmet.last(KIND))
    assert (await mehmet.last()).kind == "leave_chosen"


async def test_a_half_day_tells_before_it_ends_and_a_day_off_nothing(tmp_path: Path) -> None:
    clock = FakeClock(at("2026-10-26T09:00").astimezone(UTC))
    async with open_stage(tmp_path, "web", clock) as stage:
        await stage.app.ticker.tick()
        mehmet = stage.person("mehmet")
        await mehmet.says("/gunsonu aç")
        await held_by_mehmet(stage, "2026-10-26T10:00")
        await comes(stage, "2026-10-28T11:44")
        assert await evenings(mehmet) == []
        await comes(stage, "2026-10-28T11:45")
        assert len(await evenings(mehmet)) == 1, "it is due before the day after the feast ends"
        for local in ("2026-10-28T16:45", "2026-10-29T16:45"):
            await comes(stage, local)
        assert len(await evenings(mehmet)) == 1


async def test_a_desk_that_was_down_says_it_while_people_are_there_or_not_at_all(web: Stage) -> None:
    mehmet = web.person("mehmet")
    await mehmet.says("/gunsonu aç")
    await held_by_mehmet(web)
    await comes(web, "2026-12-02T17:00")
    assert await evenings(mehmet) == []
    await comes(web, f"{THURSDAY}T16:58")
    assert "⛔ Gecikti" in (await evenings(mehmet))[0]


async def test_whoever_is_away_is_left_alone(web: Stage) -> None:
    mehmet = web.person("mehmet")
    await mehmet.says("/gunsonu aç")
    await held_by_mehmet(web)
    await goes_on_leave(mehmet, "/izin 2 Aralık")
    await comes(web, "2026-12-02T16:45")
    assert await evenings(mehmet) == []


@pytest.mark.parametrize("handle", ["ayse", "kemal"])
async def test_it_is_for_those_who_hold_tickets(web: Stage, handle: str) -> None:
    assert "yetkiniz" in await says(web.person(handle), "/gunsonu")
