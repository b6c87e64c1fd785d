"""Nöbet: written down, drawn, shown with its gaps, changed with a colleague, told of in time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC
from pathlib import Path

import pytest

from handlers.ports import UnitOfWork
from tests.clock import FakeClock
from tests.handlers.domain.calendars import at
from tests.scenarios.stage import Stage, open_stage
from tests.scenarios.test_calendar import says
from tests.scenarios.test_emergencies_at_night import on_call
from tests.scenarios.test_leaves import comes, goes_on_leave
from tests.scenarios.test_targets import tick_at

MONDAY = "2026-11-30"


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path, "web", FakeClock(at(f"{MONDAY}T10:00").astimezone(UTC))) as stage:
        await stage.app.ticker.tick()
        yield stage


async def written(stage: Stage) -> list[tuple[str, str, int]]:
    def read(uow: UnitOfWork) -> list[tuple[str, str, int]]:
        zone = at(f"{MONDAY}T00:00").tzinfo
        return [
            (
                uow.people.get(one.person).handle,
                f"{one.starts.astimezone(zone):%d.%m %H:%M}–{one.ends.astimezone(zone):%d.%m %H:%M}",
                one.place,
            )
            for one in uow.rota.standing()
        ]

    return await stage.app.gateway.read(read)


async def test_it_is_written_down_shown_and_changed_with_a_colleague(stage: Stage) -> None:
    """On every channel; there it is Monday, 23 November."""
    mehmet, zeynep, fatma = stage.person("mehmet"), stage.person("zeynep"), stage.person("fatma")
    for actor in (mehmet, zeynep):
        await actor.says("/nobet")
    await on_call(stage, "Mehmet 24-25 Kasım")
    assert await written(stage) == [("mehmet", "24.11 17:00–26.11 08:00", 1)]
    assert "Size nöbet yazıldı: 24 Kas 17:00 – 26 Kas 08:00" in (await mehmet.last("duty_given")).text
    await mehmet.says("/nobet")
    assert "Mehmet Kaya · 24 Kas 17:00 – 26 Kas 08:00" in (await mehmet.last("rota")).text
    await mehmet.presses("Değiş: 24.11")
    assert "ilk basan alır" in (await mehmet.last("duty_offered")).text
    await zeynep.presses("Ben alırım")
    assert "Nöbet artık sizde" in (await zeynep.last("duty_yours")).text
    for actor in (mehmet, fatma):
        assert "Zeynep Arslan nöbeti Mehmet Kaya yerine aldı" in (await actor.last("duty_swapped")).text
    assert await written(stage) == [("zeynep", "24.11 17:00–26.11 08:00", 1)]
    await comes(stage, "2026-11-24T17:00")
    assert "Nöbet sizde: 24 Kas 17:00 – 26 Kas 08:00. Açık acil kayıt yok." in (await zeynep.last("duty_told")).text


async def test_the_first_who_presses_has_it(web: Stage) -> None:
    await on_call(web, "Mehmet bugün")
    await web.person("mehmet").says("/nobet")
    await web.person("mehmet").presses("Değiş")
    zeynep, fatma = web.person("zeynep"), web.person("fatma")
    late = await fatma.last("duty_offer")
    await zeynep.presses("Ben alırım")
    await fatma.presses("Ben alırım", on=late)
    assert (await fatma.heard())[-1] == "Bu nöbet artık değişmiyor; şimdi Zeynep Arslan'da."


async def test_nobody_on_leave_takes_one(web: Stage) -> None:
    await on_call(web, "Mehmet 5 Aralık")
    await goes_on_leave(web.person("zeynep"), "/izin 5-6 Aralık")
    await web.person("mehmet").says("/nobet")
    await web.person("mehmet").presses("Değiş")
    await web.person("zeynep").presses("Ben alırım")
    assert (await web.person("zeynep").heard())[-1] == "Zeynep Arslan 5–6 Aralık'ta izinli; nöbet değişmedi."
    assert [handle for handle, _, _ in await written(web)] == ["mehmet"]


async def test_gaps_are_shown_and_told_on_mondays(web: Stage) -> None:
    await on_call(web, "Mehmet 30 Kasım - 6 Aralık")
    text = await says(web.person("fatma"), "/nobet")
    assert "⚠ 7 Ara 17:00 – 8 Ara 08:00 boş" in text
    assert "6 Ara" not in text.split("⚠")[1]
    await tick_at(web, "2026-12-07T08:00")
    assert "7 Ara 17:00 – 8 Ara 08:00" in (await web.person("fatma").last("rota_gaps")).text
    await tick_at(web, "2026-12-07T08:01")
    assert len([m for m in await web.person("fatma").sees() if m.kind == "rota_gaps"]) == 1


async def test_it_is_told_a_week_before_the_day_before_at_the_start_and_at_the_end(web: Stage) -> None:
    await on_call(web, "Mehmet 10 Aralık")
    mehmet, told = web.person("mehmet"), []
    for moment in ("2026-12-02T17:01", "2026-12-04T10:00", "2026-12-09T15:59", "2026-12-09T16:00", "2026-12-10T17:00"):
        await tick_at(web, moment)
        told.append(len([m for m in await mehmet.sees() if m.kind == "duty_told"]))
    await tick_at(web, "2026-12-11T08:00")
    told.append(len([m for m in await mehmet.sees() if m.kind == "duty_told"]))
    assert told == [0, 1, 1, 2, 3, 4]
    assert (await mehmet.last("duty_told")).text.startswith("Nöbetiniz bitti.")


async def test_it_is_drawn_fairly_and_around_leaves(web: Stage) -> None:
    await goes_on_leave(web.person("mehmet"), "/izin 7-13 Aralık")
    fatma = web.person("fatma")
    await fatma.says("/nobet çiz 7 Aralık - 3 Ocak")
    text = (await fatma.last("duty_preview")).text
    assert "2026 toplamı: Mehmet K. 11 gece · Zeynep A. 14 gece" in text
    await fatma.presses("Evet, yaz")
    assert [handle for handle, _, place in await written(web) if place == 1] == ["zeynep", "mehmet", "zeynep", "mehmet"]


async def test_a_week_with_a_feast_goes_to_who_had_the_least_feasts(web: Stage) -> None:
    await on_call(web, "Mehmet 31 Aralık - 1 Ocak", "Zeynep 2-20 Ocak")
    fatma = web.person("fatma")
    await fatma.says("/nobet çiz 8-14 Mart 2027")
    lines = (await fatma.last("duty_preview")).text.splitlines()
    assert lines[1].startswith("Zeynep Arslan · 8 Mar"), "who had the more nights, but no feast"


@pytest.mark.parametrize(
    ("handle", "typed", "answer"),
    [
        ("fatma", "/nobet Ali Çelik 7-13 Aralık", "Ali Çelik bu birimde çalışmıyor."),
        ("fatma", "/nobet 7-13 Aralık", "Nöbetçi kim olsun?"),
        ("fatma", "/nobet Mehmet", "Hangi gün?"),
        ("fatma", "/nobet Mehmet 20 Kasım", "Bu nöbet geçmiş."),
        ("fatma", "/nobet Mehmet 13-7 Aralık", "Bitiş başlangıçtan önce"),
        ("mehmet", "/nobet Mehmet 7 Aralık", "yetkiniz"),
        ("ayse", "/nobet", "yetkiniz"),
    ],
)
async def test_what_cannot_be_is_said(web: Stage, handle: str, typed: str, answer: str) -> None:
    assert answer in await says(web.person(handle), typed)
    assert await written(web) == []


async def test_two_firsts_at_once_are_refused(web: Stage) -> None:
    await on_call(web, "Mehmet 7-9 Aralık")
    assert "Bu saatlerde zaten nöbet var: Mehmet Kaya" in await says(web.person("fatma"), "/nobet Zeynep 9 Aralık")
