"""Targets as people meet them: on the card, in /durum, and in warnings that come once and never in a closed minute."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from handlers.domain.calendar import WorkPattern, weekdays
from handlers.domain.people import Role
from handlers.domain.states import Change, State
from handlers.ports import UnitOfWork
from handlers.terms import LATE_REASONS
from tests.clock import FakeClock
from tests.handlers.domain.calendars import at, working
from tests.scenarios.stage import Actor, Stage, open_stage
from tests.scenarios.test_life_of_a_ticket import FIRST, open_ticket

FAULT = "yazıcıdan çıktı alamıyorum, kuyrukta bekliyor"
TUESDAY, FRIDAY = "2026-12-01", "2026-12-04"


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path, "web", FakeClock(at(f"{TUESDAY}T14:59").astimezone(UTC))) as stage:
        await stage.app.ticker.tick()
        yield stage


async def tick_at(stage: Stage, local: str) -> None:
    stage.clock.set(at(local).astimezone(UTC))
    await stage.app.ticker.tick()


async def warned(actor: Actor) -> list[str]:
    return [m.text.splitlines()[0] for m in await actor.sees() if m.kind in ("warn_one", "warn_many")]


async def opened(stage: Stage, local: str, handle: str = "ayse", priority: str = "") -> None:
    stage.clock.set(at(local).astimezone(UTC))
    await open_ticket(stage, handle, FAULT)
    while "Bilmiyorum, atla" in (await stage.person(handle).last()).buttons:
        await stage.person(handle).presses("Bilmiyorum, atla")
    if priority:
        room = stage.in_room("mehmet", "donanim")
        for label in ("Diğer", "Önceliği değiştir", priority):
            await room.presses(label)


async def test_what_is_done_to_a_ticket_is_counted_at_once(web: Stage) -> None:
    """A list of what is due today is right before the minute is over."""
    await opened(web, f"{TUESDAY}T15:00")
    kept = web.app.store.read(lambda uow: uow.timings.of(uow.tickets.by_number(FIRST).id))
    assert kept is not None
    assert kept.claim_due_at is not None
    await web.in_room("mehmet", "donanim").presses("Üstlen")
    taken = web.app.store.read(lambda uow: uow.timings.of(uow.tickets.by_number(FIRST).id))
    assert taken is not None
    assert taken.claim_due_at is None
    assert web.app.store.read(lambda uow: uow.timings.count_outdated()) == 0


async def test_the_card_says_until_when(stage: Stage) -> None:
    await open_ticket(stage)
    room = stage.in_room("mehmet", "donanim")
    card = await room.last("card")
    assert "⏳ üstlenme hedefi 23 Kas 1" in card.text
    await room.presses("Üstlen")
    assert "⏳ hedef 26 Kas" in (await room.last("card")).text


async def test_whoever_works_on_it_reads_how_much_is_left_and_its_reporter_does_not(web: Stage) -> None:
    await opened(web, f"{TUESDAY}T15:00")
    mehmet, ayse = web.person("mehmet"), web.person("ayse")
    await web.in_room("mehmet", "donanim").presses("Üstlen")
    await tick_at(web, "2026-12-02T08:30")
    await mehmet.says(f"/durum {FIRST}")
    assert "⏳ Çözüme 2 iş günü 5 sa kaldı · hedef 4 Ara 15:00" in (await mehmet.last("ticket")).text
    await ayse.says(f"/durum {FIRST}")
    assert "kaldı" not in (await ayse.last("ticket")).text
    room = web.in_room("mehmet", "donanim")
    await room.presses("Beklet")
    await room.presses("Firma")
    assert "⏸ Duruyor, 2 iş günü 5 sa kaldı" in (await room.last("card")).text


async def test_the_lead_hears_of_what_nobody_took(web: Stage) -> None:
    fatma = web.person("fatma")
    await opened(web, f"{TUESDAY}T15:00")
    for local in (f"{TUESDAY}T17:00", "2026-12-02T07:59", "2026-12-02T08:00", "2026-12-02T09:59"):
        await tick_at(web, local)
    assert await warned(fatma) == []
    await tick_at(web, "2026-12-02T10:00")
    title = "Yazıcı yazdırmıyor"
    assert await warned(fatma) == [f"⛔ Üstlenme gecikti: {FIRST} · {title} – 19 sa önce açıldı, üstlenen yok."]
    assert "Görevlendir" in await _offered(fatma)
    await tick_at(web, "2026-12-02T11:00")
    await tick_at(web, "2026-12-03T11:00")
    assert len(await warned(fatma)) == 1


async def _offered(actor: Actor) -> set[str]:
    await actor.presses("Diğer")
    return {label for message in await actor.sees() for label in message.buttons}


async def test_the_holder_hears_before_it_is_late_and_then_the_lead_too(web: Stage) -> None:
    await opened(web, f"{FRIDAY}T15:00", priority="Yüksek")
    await web.in_room("mehmet", "donanim").presses("Üstlen")
    mehmet, fatma = web.person("mehmet"), web.person("fatma")
    for local in (f"{FRIDAY}T17:00", "2026-12-07T11:59", "2026-12-07T12:00", "2026-12-07T12:59"):
        await tick_at(web, local)
    assert (await warned(mehmet), await warned(fatma)) == ([], [])
    await tick_at(web, "2026-12-07T13:00")
    (near,) = await warned(mehmet)
    assert near.startswith(f"⚠ Az kaldı: {FIRST} ")
    assert near.endswith("hedefe 2 sa kaldı.")
    assert await warned(fatma) == []
    await tick_at(web, "2026-12-07T15:00")
    assert [text[:10] for text in await warned(mehmet)] == ["⚠ Az kaldı", "⛔ Gecikti:"]
    (late,) = await warned(fatma)
    assert late.startswith(f"⛔ Gecikti: {FIRST} ")
    await tick_at(web, "2026-12-07T15:30")
    assert "⛔ Gecikti, hedef 7 Ara 15:00" in (await web.in_room("mehmet", "donanim").last("card")).text


async def test_many_are_one_list_for_each_reader(web: Stage) -> None:
    for handle in ("ayse", "hasan", "kemal"):
        await opened(web, f"{TUESDAY}T15:00", handle)
    await tick_at(web, "2026-12-02T10:00")
    assert await warned(web.person("fatma")) == ["⛔ Üstlenme gecikti: 3 kayıt – üstlenen yok."]


async def test_no_warning_ever_falls_on_a_closed_minute(web: Stage) -> None:
    """Days with a weekend among them, tickets at odd hours, the clock looked at around every opening and closing."""
    hours, fatma = working(), web.person("fatma")
    local = datetime(2026, 12, 3, 6, 0, tzinfo=ZoneInfo("Europe/Istanbul"))
    opened_at = [local + timedelta(hours=n) for n in (1, 6, 9, 13, 40)]
    heard = 0
    while local < datetime(2026, 12, 9, 20, 0, tzinfo=local.tzinfo):
        if opened_at and local >= opened_at[0]:
            opened_at.pop(0)
            await opened(web, local.isoformat()[:16], "ayse")
        await tick_at(web, local.isoformat()[:16])
        so_far = len(await warned(fatma))
        if so_far > heard:
            assert hours.is_working_at(local), local
        heard = so_far
        local += timedelta(minutes=10 if local.hour in (7, 8, 11, 12, 13, 16, 17) else 60)
    assert heard > 0


async def test_a_unit_with_hours_of_its_own_is_reminded_by_them(web: Stage) -> None:
    """Half of the time nobody took it: it rings in the room, after two hours of that unit's work."""
    late = WorkPattern(first_day=date(2026, 12, 1), unit="donanim", week=weekdays((time(14), time(20))))
    await web.app.gateway.write(lambda uow: uow.calendars.add_pattern(late))
    await opened(web, "2026-12-02T09:00")
    room = web.in_room("mehmet", "donanim")
    for local, rung in (("11:00", 0), ("15:59", 0), ("16:00", 1), ("17:59", 1), ("18:30", 2), ("21:00", 2)):
        await tick_at(web, f"2026-12-02T{local}")
        assert len([m for m in await room.sees() if m.kind == "work_unclaimed"]) == rung, local


async def test_nobody_is_warned_of_what_waits_or_is_over(web: Stage) -> None:
    await opened(web, f"{TUESDAY}T15:00", priority="Yüksek")
    room = web.in_room("mehmet", "donanim")
    await room.presses("Üstlen")
    await room.presses("Beklet")
    await room.presses("Firma")
    await tick_at(web, "2026-12-10T10:00")
    assert [text for text in await warned(web.person("mehmet")) if "Bugün bakılacaktı" not in text] == []
    assert await warned(web.person("fatma")) == []


async def test_without_a_lead_nobody_is_bothered_and_nothing_fails(web: Stage) -> None:
    def leave(uow: UnitOfWork) -> None:
        for lead in uow.people.in_role(Role.LEAD, "donanim"):
            lead.leave(web.clock.now())
            uow.people.save(lead)

    await web.app.gateway.write(leave)
    await opened(web, f"{TUESDAY}T15:00")
    await tick_at(web, "2026-12-02T10:00")
    assert await warned(web.person("fatma")) == []


# --- waits carry a day ----------------------------------------------------------------------------
async def on_hold(web: Stage) -> Actor:
    """Since Tuesday, 15:00, for a firm."""
    await opened(web, f"{TUESDAY}T15:00")
    room = web.in_room("mehmet", "donanim")
    await room.presses("Üstlen")
    await room.presses("Beklet")
    await room.presses("Firma")
    return room


async def test_a_wait_is_looked_at_again_after_its_usual_days_once(web: Stage) -> None:
    await on_hold(web)
    mehmet = web.person("mehmet")
    for local in ("2026-12-02T10:00", "2026-12-03T08:29"):
        await tick_at(web, local)
    assert await warned(mehmet) == []
    await tick_at(web, "2026-12-03T08:30")
    assert await warned(mehmet) == [f"⏸ Bugün bakılacaktı: {FIRST} · Yazıcı yazdırmıyor – Firma bekleniyor"]
    await tick_at(web, "2026-12-03T12:00")
    await tick_at(web, "2026-12-10T12:00")
    assert len(await warned(mehmet)) == 1
    await mehmet.presses("Devam et", on=await mehmet.last("warn_one"))
    assert (await web.ticket(FIRST)).state is State.CLAIMED


async def test_the_day_is_one_tap_or_read_from_the_words(web: Stage) -> None:
    room = await on_hold(web)
    await room.presses("1 hafta")
    assert (await room.heard())[-1] == f"{FIRST} bekliyor; 8 Aralık 2026 Salı sabahı hatırlatılacak."
    assert "bakılacak: 8 Ara" in (await room.last("card")).text
    await room.says("Lenovo servis, cuma gelecek")
    assert (await room.heard())[-1] == f"{FIRST} bekliyor; 4 Aralık 2026 Cuma sabahı hatırlatılacak."
    await room.presses("Devam et")
    await room.presses("Beklet")
    await room.presses("Firma")
    assert "bakılacak: 3 Ara" in (await room.last("card")).text, "another wait begins with its usual days"


async def test_what_is_put_off_for_the_third_time_the_lead_hears_of(web: Stage) -> None:
    await on_hold(web)
    mehmet, fatma = web.person("mehmet"), web.person("fatma")
    for place, day in enumerate(("2026-12-03", "2026-12-07", "2026-12-09")):
        await tick_at(web, f"{day}T08:30")
        assert (len(await warned(mehmet)), len(await warned(fatma))) == (place + 1, 0)
        await mehmet.presses("2 gün daha", on=await mehmet.last("warn_one"))
    await tick_at(web, "2026-12-11T08:30")
    assert (len(await warned(mehmet)), len(await warned(fatma))) == (4, 1)


# --- why it was late ------------------------------------------------------------------------------
async def test_whoever_completes_a_late_ticket_is_asked_why_once(web: Stage) -> None:
    await opened(web, f"{TUESDAY}T15:00", priority="Yüksek")
    room = web.in_room("mehmet", "donanim")
    await room.presses("Üstlen")
    await tick_at(web, "2026-12-03T10:00")
    await room.presses("Tamamladım")
    await room.says("toner değişti")
    asked = await room.last("late_why")
    assert list(asked.buttons) == list(LATE_REASONS.values())
    await room.presses("Malzeme geç geldi")
    assert (await room.heard())[-1] == f"{FIRST} · gecikme nedeni: Malzeme geç geldi"
    ticket = await web.ticket(FIRST)
    history = await web.app.gateway.read(lambda uow: uow.tickets.history(ticket.id))
    assert [event.reason for event in history if event.what is Change.EXPLAINED] == ["parts"]


async def test_whoever_is_in_time_is_asked_nothing(web: Stage) -> None:
    await opened(web, f"{TUESDAY}T15:00")
    room = web.in_room("mehmet", "donanim")
    await room.presses("Üstlen")
    await room.presses("Tamamladım")
    await room.says("toner değişti")
    assert not [m for m in await room.sees() if m.kind == "late_why"]


# --- set by the institution -----------------------------------------------------------------------
async def test_a_target_is_set_for_what_is_opened_from_then_on_and_taken_back(web: Stage) -> None:
    kemal, room = web.person("kemal"), web.in_room("mehmet", "donanim")
    await kemal.says("/hedef")
    assert "Yüksek: üstlenme 1 sa, çözüm 8 sa" in (await kemal.last("targets")).text
    await kemal.says("/hedef yazici-yazdirmiyor normal 2 sa 1 gün")
    assert "Hedef yazıldı: üstlenme 2 sa, çözüm 8 sa · Yazıcı yazdırmıyor, Normal." in (await kemal.heard())[-1]
    await opened(web, f"{TUESDAY}T15:00")
    assert "üstlenme hedefi 1 Ara 17:00" in (await room.last("card")).text
    await kemal.presses("Geri al")
    assert "Hedef geri alındı" in (await kemal.heard())[-1]
    await tick_at(web, f"{TUESDAY}T15:01")
    await tick_at(web, f"{TUESDAY}T15:02")
    await room.presses("Üstlen")
    assert "hedef 4 Ara 15:00" in (await room.last("card")).text


async def test_hedef_yok_shows_and_warns_of_nothing(web: Stage) -> None:
    fatma, room = web.person("fatma"), web.in_room("mehmet", "donanim")
    await fatma.says("/hedef arıza yok")
    assert "hedef yok · bütün konular, arıza" in (await fatma.heard())[-1]
    await opened(web, f"{TUESDAY}T15:00")
    assert "hedef" not in (await room.last("card")).text
    await tick_at(web, "2026-12-07T15:00")
    assert await warned(fatma) == []


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/hedef yüksek", "Süreyi “30 dk”, “4 sa” ya da “3 gün” diye yazın."),
        ("/hedef yüksek 0 dk 4 sa", "Süreyi “30 dk”"),
        ("/hedef yüksek 4 sa", "Süreyi “30 dk”"),
        ("/hedef yüksek 8 sa 4 sa", "Çözüm hedefi üstlenme hedefinden kısa olamaz."),
        ("/hedef kahve 1 sa 4 sa", "Hedef neyin?"),
        ("/hedef zürafa 1 sa", "Hedef neyin?"),
        ("/hedef yüksek 3", "Süreyi “30 dk”"),
    ],
)
async def test_a_target_that_cannot_be_meant_is_refused(web: Stage, typed: str, answer: str) -> None:
    kemal = web.person("kemal")
    await kemal.says(typed)
    assert answer in (await kemal.heard())[-1]
    assert (await web.app.gateway.read(lambda uow: uow.calendars.targets())).rules == ()
