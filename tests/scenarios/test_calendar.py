"""The calendar in the hands of a lead, the director and an admin: a leave, what it changes, and taking it back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date
from pathlib import Path

import pytest

from handlers.tickets import recounting
from tests.clock import FakeClock
from tests.handlers.domain.calendars import at
from tests.scenarios.stage import Actor, Stage, open_stage
from tests.scenarios.test_life_of_a_ticket import FIRST
from tests.scenarios.test_targets import opened, tick_at

LEAVE = "/idari izin 4 Aralık Valilik kararı 2026/3"


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path, "web", FakeClock(at("2026-12-01T09:00").astimezone(UTC))) as stage:
        await stage.app.ticker.tick()
        yield stage


async def says(actor: Actor, text: str) -> str:
    await actor.says(text)
    return (await actor.heard())[-1]


async def due(stage: Stage) -> str:
    ticket = await stage.ticket(FIRST)
    timing = await stage.app.gateway.read(lambda uow: uow.timings.of(ticket.id))
    assert timing is not None
    assert timing.solve_due_at is not None
    return timing.solve_due_at.astimezone(at("2026-12-01T09:00").tzinfo).isoformat()[:16]


async def logged(stage: Stage) -> list[str]:
    rows = await stage.app.gateway.read(lambda uow: uow.audit.recent())
    return [f"{what} {about}" for _, _, what, about, _ in rows if what.startswith("special_day")]


async def test_a_leave_is_shown_first_then_written_down_and_taken_back(stage: Stage) -> None:
    """On every channel; there it is Monday, 23 November."""
    await opened(stage, "2026-11-23T14:00")
    await stage.in_room("mehmet", "donanim").presses("Üstlen")
    await stage.tick(minutes=1)
    assert await due(stage) == "2026-11-26T14:00"
    kemal = stage.person("kemal")
    await kemal.says("/idari izin 25 Kasım Valilik kararı 2026/3")
    preview = await kemal.last("calendar_preview")
    assert "25 Kasım 2026 Çarşamba idari izin olursa:" in preview.text
    assert "1 açık kaydın hedefi uzar" in preview.text
    await kemal.presses("Evet, yaz")
    await stage.tick(minutes=1)
    assert await due(stage) == "2026-11-27T14:00"
    assert "hedef 27 Kas 14:00" in (await stage.in_room("mehmet", "donanim").last("card")).text
    await kemal.presses("Geri al")
    await stage.tick(minutes=1)
    assert await due(stage) == "2026-11-26T14:00"
    assert await logged(stage) == [
        "special_day_withdrawn 2026-11-25 admin_leave * İdari izin Valilik kararı 2026/3",
        "special_day_added 2026-11-25 admin_leave * İdari izin Valilik kararı 2026/3",
    ]


async def test_a_decree_of_yesterday_clears_what_was_late(web: Stage) -> None:
    await opened(web, "2026-12-01T15:00", priority="Yüksek")
    room, kemal = web.in_room("mehmet", "donanim"), web.person("kemal")
    await room.presses("Üstlen")
    await tick_at(web, "2026-12-03T10:00")
    await room.presses("Tamamladım")
    await room.says("toner değişti")
    await tick_at(web, "2026-12-03T10:05")
    await kemal.says("/idari izin 2 Aralık")
    assert "1 tamamlanmış kayıt artık geç sayılmaz" in (await kemal.last("calendar_preview")).text
    await kemal.presses("Evet, yaz")
    await tick_at(web, "2026-12-03T10:06")
    ticket = await web.ticket(FIRST)
    timing = await web.app.gateway.read(lambda uow: uow.timings.of(ticket.id))
    assert timing is not None
    assert not timing.missed


async def test_what_nobody_took_yet_counts_among_those_whose_target_moves(web: Stage) -> None:
    await opened(web, "2026-12-01T09:00")
    await tick_at(web, "2026-12-01T09:01")
    await web.person("kemal").says("/idari izin 3 Aralık")
    assert "1 açık kaydın hedefi uzar" in (await web.person("kemal").last("calendar_preview")).text


async def test_a_part_of_a_day_and_vazgec_changes_nothing(web: Stage) -> None:
    kemal = web.person("kemal")
    await kemal.says("/idari bugün 14.00'ten sonra")
    preview = await kemal.last("calendar_preview")
    assert "saat 14.00 sonrası idari izin olursa:" in preview.text
    assert "hiçbir kaydın hedefi değişmez" in preview.text
    await kemal.presses("Vazgeç")
    assert (await kemal.heard())[-1] == "Takvim değişmedi."
    await kemal.presses("Evet, yaz", on=preview)
    assert await logged(web) == [], "what was dropped is not written down by a late press"


async def test_some_people_only_are_no_leave_of_the_house(web: Stage) -> None:
    kemal = web.person("kemal")
    await kemal.says(LEAVE)
    await kemal.presses("Yalnızca bazı kişiler")
    assert "birim çalışıyor sayılır" in (await kemal.heard())[-1]
    assert await logged(web) == []


async def test_a_lead_writes_down_the_own_units_days_and_nobody_elses(web: Stage) -> None:
    fatma, kemal = web.person("fatma"), web.person("kemal")
    await fatma.says(LEAVE)
    await fatma.presses("Evet, yaz")
    times = await web.app.gateway.read(
        lambda uow: [web.app.desk.time_rules(uow).working_time(unit) for unit in (None, "donanim", "yazilim")]
    )
    assert [time.is_working_day(date(2026, 12, 4)) for time in times] == [True, False, True]
    await kemal.says("/takvim 4 Aralık")
    assert "Geri al: idari izin" not in (await kemal.last("calendar_day")).buttons, "each takes back their own"


@pytest.mark.parametrize("handle", ["ayse", "mehmet"])
async def test_others_may_not(web: Stage, handle: str) -> None:
    person = web.person(handle)
    for typed in (LEAVE, "/takvim"):
        await person.says(typed)
        assert not [m for m in await person.sees() if m.kind.startswith("calendar")]
    assert await logged(web) == []


async def test_the_calendar_lists_what_comes_and_asks_for_the_feasts(web: Stage) -> None:
    kemal = web.person("kemal")
    text = await says(kemal, "/takvim")
    assert "Bugün: 08.00–12.00, 13.00–17.00" in text
    assert "1 Ocak 2027 Cuma · Yılbaşı (resmî tatil)" in text
    assert "9 Mart 2027 Salı · Ramazan Bayramı (resmî tatil) – Diyanet takvimiyle karşılaştırın" in text
    await kemal.presses("Doğru: Ramazan Bayramı 2027")
    assert (await kemal.heard())[-1] == "Teşekkürler: Ramazan Bayramı 2027 resmî takvimle aynı (4 gün)."
    text = await says(kemal, "/takvim")
    assert "Ramazan Bayramı (resmî tatil) –" not in text
    assert "Kurban Bayramı" in text


async def test_a_wrong_holiday_is_taken_back_and_the_right_day_written_down(web: Stage) -> None:
    kemal = web.person("kemal")
    await kemal.says("/takvim 11 Mart")
    await kemal.presses("Geri al: resmî tatil")
    assert "11 Mart 2027 Perşembe" in (await kemal.heard())[-1]
    await kemal.says("/takvim tatil 12 Mart Ramazan Bayramı")
    await kemal.presses("Evet, yaz")
    assert "Ramazan Bayramı (resmî tatil)" in await says(kemal, "/takvim 12 Mart")
    assert "Çalışma saatleri: 08.00–12.00, 13.00–17.00" in await says(kemal, "/takvim 11 Mart")


async def test_a_day_that_is_there_already_is_replaced_only_when_said_so(web: Stage) -> None:
    kemal = web.person("kemal")
    await kemal.says("/takvim çalışma 12 Aralık 09.00-13.00")
    await kemal.presses("Evet, yaz")
    await kemal.says("/takvim çalışma 12 Aralık 09.00-15.00")
    text = (await kemal.last("calendar_preview")).text
    assert "12 Aralık 2026 Cumartesi için zaten “Çalışılan gün” var (çalışılan gün). Yerine mi geçsin?" in text
    await kemal.presses("Yerine geçsin")
    replaced = await kemal.last("calendar_added")
    text = await says(kemal, "/takvim 12 Aralık")
    assert text.count("Çalışılan gün") == 1
    assert "09.00–15.00" in text
    await kemal.presses("Geri al", on=replaced)
    assert "09.00–13.00" in await says(kemal, "/takvim 12 Aralık"), "what stood there before is back"


async def test_an_important_day_changes_no_time_and_stands_beside_what_is_there(web: Stage) -> None:
    kemal = web.person("kemal")
    for typed in ("9 Aralık 14.00-18.00 Meclis toplantısı", "9 Aralık Emlak vergisi son gün", "1 Ocak Yeni yıl yayını"):
        await kemal.says(f"/takvim önemli gün {typed}")
        assert "Mesai ve hedefler değişmez" in (await kemal.last("calendar_preview")).text
        await kemal.presses("Evet, yaz")
    text = await says(kemal, "/takvim 9 Aralık")
    assert "Çalışma saatleri: 08.00–12.00, 13.00–17.00" in text
    assert "Meclis toplantısı, saat 14.00–18.00 (önemli gün)" in text
    assert "Emlak vergisi son gün (önemli gün)" in text
    assert "Yılbaşı (resmî tatil)" in await says(kemal, "/takvim 1 Ocak")
    assert "bir şey değişmezdi" in await says(kemal, "/takvim önemli gün 9 Aralık emlak vergisi SON gün")
    await kemal.presses("Geri al", on=await kemal.last("calendar_added"))
    assert "Yeni yıl" not in await says(kemal, "/takvim 1 Ocak")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/idari izin", "Hangi gün?"),
        ("/idari izin 31 Şubat", "31 Şubat diye bir gün yok."),
        ("/idari izin 7-3 Aralık", "Bitiş başlangıçtan önce: 07.12.2026 – 03.12.2026."),
        ("/idari izin 4 Aralık 15.00-14.00", "Bitiş saati başlangıçtan sonra olmalı: 15.00–14.00."),
        ("/idari izin 5 Aralık", "5 Aralık 2026 Cumartesi için bir şey değişmezdi"),
        ("/idari izin 1 Ocak", "1 Ocak 2027 Cuma için bir şey değişmezdi"),
        ("/takvim önemli gün 9 Aralık", "Önemli günün adını da yazın"),
        ("/idari izin 4 Aralık 2035", "4 Aralık 2035 Salı çok uzak"),
        ("/idari izin 1 Aralık - 20 Şubat", "Bir seferde en çok 31 gün"),
    ],
)
async def test_what_cannot_be_meant_is_said_and_nothing_changes(web: Stage, typed: str, answer: str) -> None:
    kemal = web.person("kemal")
    assert answer in await says(kemal, typed)
    assert await logged(web) == []


async def test_after_a_fortnight_it_stands(web: Stage) -> None:
    kemal = web.person("kemal")
    await kemal.says(LEAVE)
    await kemal.presses("Evet, yaz")
    added = await kemal.last("calendar_added")
    await tick_at(web, "2026-12-16T10:00")
    await kemal.presses("Geri al", on=added)
    assert "14 günden çok oldu" in (await kemal.heard())[-1]


# --- mesai düzeni ---------------------------------------------------------------------------------
async def test_other_hours_are_shown_first_then_written_down_and_taken_back(web: Stage) -> None:
    await opened(web, "2026-12-01T09:00")
    await web.in_room("mehmet", "donanim").presses("Üstlen")
    await tick_at(web, "2026-12-01T09:01")
    assert await due(web) == "2026-12-04T09:00"
    kemal = web.person("kemal")
    assert "Şimdi: Pazartesi–Cuma 08.00–12.00, 13.00–17.00" in await says(kemal, "/mesai")
    await kemal.says("/mesai 08:30-12:30 13:00-15:00, 2 Aralık - 31 Aralık")
    preview = await kemal.last("work_hours_preview")
    assert "2 Aralık 2026 Çarşamba – 31 Aralık 2026 Perşembe böyle olursa:" in preview.text
    assert "1 açık kaydın hedefi uzar" in preview.text
    await kemal.presses("Evet, yaz")
    await tick_at(web, "2026-12-01T09:02")
    assert await due(web) == "2026-12-04T14:00"
    assert "Perşembe: Pazartesi–Cuma 08.30–12.30, 13.00–15.00" in await says(kemal, "/mesai")
    await kemal.presses("Geri al: 02.12.2026")
    await tick_at(web, "2026-12-01T09:03")
    assert await due(web) == "2026-12-04T09:00"


async def test_a_friday_of_its_own_and_a_lead_sets_the_units_hours_alone(web: Stage) -> None:
    fatma = web.person("fatma")
    await fatma.says("/mesai 08.00-12.00 13.00-17.00; cuma 08.00-12.00 13.30-17.30; 1 Aralık")
    await fatma.presses("Evet, yaz")
    assert "Pazartesi–Perşembe 08.00–12.00, 13.00–17.00 · Cuma 08.00–12.00, 13.30–17.30" in await says(fatma, "/mesai")
    times = await web.app.gateway.read(
        lambda uow: [web.app.desk.time_rules(uow).working_time(unit) for unit in (None, "donanim")]
    )
    assert [f"{time.ends(date(2026, 12, 4)):%H:%M}" for time in times] == ["17:00", "17:30"]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/mesai yarın", "Saatleri yazın."),
        ("/mesai 17.00-08.00", "Bitiş saati başlangıçtan sonra olmalı: 17.00–08.00."),
        ("/mesai 08.00-12.30 12.00-17.00", "08.00–12.30 ile 12.00–17.00 çakışıyor."),
        ("/mesai 08.00-25.00", "25.00 diye bir saat yok."),
        ("/mesai cuma, 1 Aralık", "Bu düzende hiç çalışma saati yok; süreler hiç dolmaz."),
        ("/mesai 08.00-17.00, 31 Aralık - 1 Aralık 2026", "Bitiş başlangıçtan önce"),
    ],
)
async def test_hours_that_nobody_can_work_are_refused(web: Stage, typed: str, answer: str) -> None:
    kemal = web.person("kemal")
    assert answer in await says(kemal, typed)
    assert (await web.app.gateway.read(lambda uow: uow.calendars.calendar())).patterns == ()


async def test_whoever_decrees_sees_how_far_the_counting_is(web: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    for handle in ("ayse", "hasan"):
        await opened(web, "2026-12-01T10:00", handle)
    await tick_at(web, "2026-12-01T10:01")
    monkeypatch.setattr(recounting, "COUNTED_AT_ONCE", 1)
    kemal = web.person("kemal")
    await kemal.says(LEAVE)
    await kemal.presses("Evet, yaz")
    assert (await kemal.last("recount")).text == "Süreler yeniden sayılıyor: 0 / 2 kayıt …"
    await tick_at(web, "2026-12-01T10:02")
    assert (await kemal.last("recount")).text == "Süreler yeniden sayıldı: 2 kayıt."
    await kemal.presses("Geri al")
    assert [m.text for m in await kemal.sees() if m.kind == "recount"] == [
        "Süreler yeniden sayıldı: 2 kayıt.",
        "Süreler yeniden sayılıyor: 0 / 2 kayıt …",
    ]
