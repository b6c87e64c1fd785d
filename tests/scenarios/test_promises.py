"""What a reporter hears about time is a day: usually looked at, or promised by somebody. Never an hour, never a lie."""

from __future__ import annotations

from datetime import UTC

import pytest

from handlers.domain.calendar import SpecialDay, SpecialKind
from handlers.domain.states import Change
from handlers.domain.ticket import TicketId
from handlers.ports import UnitOfWork
from tests.handlers.domain.builders import ticket
from tests.handlers.domain.calendars import at
from tests.scenarios.stage import Actor, Stage
from tests.scenarios.test_life_of_a_ticket import FIRST
from tests.scenarios.test_targets import FRIDAY, TUESDAY, opened, tick_at, warned, web

__all__ = ["web"]
USUALLY = "Hedefimiz, bu tür kayıtlara"


async def told(actor: Actor) -> str:
    """Of the newest ticket, when it was opened."""
    return (await actor.last("opened")).text


# --- usually looked at ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("when", "day"),
    [
        (f"{TUESDAY}T08:00", "bugün öğleden önce"),
        (f"{TUESDAY}T09:00", "bugün öğleden sonra"),
        (f"{TUESDAY}T14:00", "yarın öğleden önce"),
        (f"{TUESDAY}T20:00", "yarın öğleden önce"),
        (f"{FRIDAY}T15:00", "Pazartesi günü öğleden önce"),
        ("2026-12-31T15:00", "Pazartesi günü öğleden önce"),
        ("2026-05-26T11:00", "Pazartesi günü öğleden önce"),
    ],
)
async def test_whoever_reports_hears_by_which_half_of_a_day_it_is_usually_looked_at(
    web: Stage, when: str, day: str
) -> None:
    web.clock.set(at(when).astimezone(UTC))
    await web.app.ticker.tick()
    await opened(web, when)
    assert f"{USUALLY} {day} bakmak." in await told(web.person("ayse"))


async def test_where_most_of_a_subject_was_taken_too_late_nothing_is_said(web: Stage) -> None:
    room = web.in_room("mehmet", "donanim")
    await opened(web, f"{TUESDAY}T08:30", "hasan")
    await tick_at(web, "2026-12-02T10:00")
    await room.presses("Üstlen")
    await opened(web, "2026-12-02T10:30")
    assert USUALLY not in await told(web.person("ayse"))


async def test_a_record_that_is_good_enough_is_told_again(web: Stage) -> None:
    room = web.in_room("mehmet", "donanim")
    await opened(web, f"{TUESDAY}T08:30", "hasan")
    await tick_at(web, "2026-12-02T10:00")
    await room.presses("Üstlen")
    await opened(web, "2026-12-02T10:30", "kemal")
    await room.presses("Üstlen")
    await opened(web, "2026-12-02T11:30")
    assert f"{USUALLY} yarın" not in await told(web.person("ayse"))
    assert f"{USUALLY} bugün öğleden sonra bakmak." in await told(web.person("ayse"))


async def test_who_waits_behind_others_hears_how_many_they_are_and_an_emergency_is_told_of_none(web: Stage) -> None:
    await opened(web, f"{TUESDAY}T08:30", "hasan")
    await opened(web, f"{TUESDAY}T08:40", "kemal")
    await opened(web, f"{TUESDAY}T09:00")
    assert f"Önünüzde 2 kayıt var. {USUALLY} bugün öğleden sonra bakmak." in await told(web.person("ayse"))
    await web.person("zehra").says("prizden duman çıkıyor")
    assert "Önünüzde" not in await told(web.person("zehra"))


async def test_of_a_subject_with_a_record_it_is_told_and_nothing_usual_beside_it(web: Stage) -> None:
    def write(uow: UnitOfWork) -> None:
        hasan, mehmet = (uow.people.by_handle(handle).id for handle in ("hasan", "mehmet"))
        for minute in range(12):
            opened_at = at(f"{TUESDAY}T08:{minute:02}")
            one = ticket(id=TicketId(0), number="", reporter=hasan, opened_by=hasan, opened_at=opened_at)
            one.opened(by=hasan, at=opened_at, channel="web")
            uow.tickets.add(one, 2026)
            one.claim(by=mehmet, at=opened_at, channel="web")
            if minute < 10:
                one.resolve("kartuş değişti", by=mehmet, at=opened_at, channel="web")
            uow.tickets.save(one)

    web.app.store.write(write)
    await opened(web, "2026-12-02T09:30")
    said = await told(web.person("ayse"))
    assert "Bu konuda son 12 kayıttan 10'u açıldığı gün bitti. Gelişmeleri" in said


async def test_where_the_house_says_so_no_day_is_told(web: Stage) -> None:
    web.app.desk.tells_days = False
    try:
        await opened(web, f"{TUESDAY}T09:00")
        assert USUALLY not in await told(web.person("ayse"))
    finally:
        web.app.desk.tells_days = True


async def test_who_asks_how_it_stands_hears_the_day_too_and_no_hour(web: Stage) -> None:
    await opened(web, f"{TUESDAY}T09:00")
    ayse = web.person("ayse")
    await ayse.says("ne zaman bakılacak")
    said = (await ayse.heard())[-1]
    assert f"{USUALLY} bugün öğleden sonra bakmak." in said or FIRST in said


# --- söz ver --------------------------------------------------------------------------------------
async def claimed(web: Stage) -> Actor:
    await opened(web, f"{TUESDAY}T15:00")
    room = web.in_room("mehmet", "donanim")
    await room.presses("Üstlen")
    await room.presses("Diğer")
    return room


async def test_a_promise_is_told_to_the_reporter_and_remembered_on_its_morning(stage: Stage) -> None:
    """On every channel."""
    await opened(stage, f"{TUESDAY}T15:00")
    room, ayse = stage.in_room("mehmet", "donanim"), stage.person("ayse")
    await room.presses("Üstlen")
    await room.presses("Diğer")
    await room.presses("Söz ver")
    await room.says("4 aralık")
    assert (await ayse.last("update_promised")).text.endswith(
        "Mehmet Kaya 4 Aralık Cuma gününe kadar bitireceğine söz verdi."
    )
    assert "📌 Söz: 4 Ara" in (await room.last("card")).text
    await ayse.says("/durum 1")
    assert "📌 4 Aralık Cuma gününe kadar bitmesi söz verildi" in (await ayse.last("ticket")).text


async def test_who_promised_is_reminded_that_morning_and_lead_hears_once_it_is_over(web: Stage) -> None:
    room = await claimed(web)
    mehmet, fatma = web.person("mehmet"), web.person("fatma")
    await room.presses("Söz ver")
    await room.presses("Yarın")
    await tick_at(web, "2026-12-02T08:29")
    assert await warned(mehmet) == []
    await tick_at(web, "2026-12-02T08:30")
    assert await warned(mehmet) == [f"📌 Bugün söz verdiğiniz gün: {FIRST} · Yazıcı yazdırmıyor"]
    await tick_at(web, "2026-12-02T17:00")
    assert len(await warned(mehmet)) == 1, "the evening is closed"
    await tick_at(web, "2026-12-03T08:00")
    assert [text.startswith("⛔ Söz verilen gün geçti:") for text in await warned(fatma)] == [True]
    assert len(await warned(mehmet)) == 2
    assert "⛔ Söz geçti: 2 Ara" in (await room.last("card")).text


async def test_a_closed_day_is_answered_with_the_next_that_is_worked(web: Stage) -> None:
    room = await claimed(web)
    await room.presses("Söz ver")
    await room.says("5 Aralık")
    assert (await room.heard())[-1] == "5 Aralık Cumartesi çalışılmıyor; 7 Aralık Pazartesi olsun mu?"
    await room.presses("Evet, 7 Aralık 2026 Pazartesi")
    assert "📌 Söz: 7 Ara" in (await room.last("card")).text


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("30 Kasım 2026", "o günün mesaisi bitti"),
        ("30 Aralık 2027", "çok uzak"),
        ("bir ara", "gün"),
    ],
)
async def test_a_day_that_cannot_be_promised_is_refused(web: Stage, typed: str, answer: str) -> None:
    room = await claimed(web)
    await room.presses("Söz ver")
    await room.says(typed)
    assert answer in (await room.heard())[-1]
    assert not [m for m in await web.person("ayse").sees() if m.kind == "update_promised"]


async def test_another_day_is_told_as_another(web: Stage) -> None:
    room = await claimed(web)
    await room.presses("Söz ver")
    await room.says("3 Aralık")
    await room.presses("Diğer")
    await room.presses("Söz ver")
    await room.says("7 Aralık")
    said = (await web.person("ayse").last("update_promised")).text
    assert said.endswith("7 Aralık Pazartesi gününe kadar bitireceğine söz verdi. (Önceki gün değişti.)")


async def test_the_promise_is_the_due_of_what_has_no_target(web: Stage) -> None:
    fatma = web.person("fatma")
    await fatma.says("/hedef yazici-yazdirmiyor 4 sa yok")
    room = await claimed(web)
    ticket = await web.ticket(FIRST)
    await room.presses("Söz ver")
    await room.presses("Yarın")
    await tick_at(web, "2026-12-02T08:30")
    kept = await web.app.gateway.read(lambda uow: uow.timings.of(ticket.id))
    assert kept is not None
    assert (kept.solve_target, kept.solve_due_at) == (None, at("2026-12-02T17:00"))
    await tick_at(web, "2026-12-03T10:00")
    await room.presses("Tamamladım")
    await room.says("toner değişti")
    assert await room.last("late_why")


async def test_a_day_that_is_let_off_afterwards_moves_the_promise_to_the_next(web: Stage) -> None:
    room = await claimed(web)
    ticket = await web.ticket(FIRST)
    await room.presses("Söz ver")
    await room.says("4 Aralık")

    def decree(uow: UnitOfWork) -> None:
        day = at("2026-12-04T00:00").date()
        uow.calendars.add_days([SpecialDay(day=day, kind=SpecialKind.ADMIN_LEAVE, title="İdari izin")])
        uow.timings.count_anew(at("2026-12-04T00:00").astimezone(UTC))

    await web.app.gateway.write(decree)
    await tick_at(web, "2026-12-04T08:30")
    assert await warned(web.person("mehmet")) == []
    history = await web.app.gateway.read(lambda uow: uow.tickets.history(ticket.id))
    assert [event.after for event in history if event.what is Change.PROMISED] == ["2026-12-04"]


# --- yardım iste ----------------------------------------------------------------------------------
async def test_help_is_asked_of_colleagues_and_lead_once_a_day(web: Stage) -> None:
    room, fatma = await claimed(web), web.person("fatma")
    await room.presses("Yardım iste")
    line = f"🤝 Yardım isteniyor: {FIRST} · Yazıcı yazdırmıyor – Mehmet K. tek başına çözemiyor."
    assert any(text.startswith(line) for text in await room.heard())
    assert (await fatma.last("work_help")).text.startswith(line)
    assert "Diğer" in (await fatma.last("card")).buttons
    await room.presses("Diğer")
    await room.presses("Yardım iste")
    assert len([m for m in await fatma.sees() if m.kind == "work_help"]) == 1


async def test_with_a_quarter_left_all_three_ways_are_one_tap_away(web: Stage) -> None:
    await opened(web, f"{FRIDAY}T15:00", priority="Yüksek")
    await web.in_room("mehmet", "donanim").presses("Üstlen")
    await tick_at(web, "2026-12-07T13:00")
    mehmet = web.person("mehmet")
    assert list((await mehmet.last("warn_one")).buttons) == ["Beklet", "Yardım iste", "Söz ver"]
    await mehmet.presses("Söz ver", on=await mehmet.last("warn_one"))
    await mehmet.presses("2 gün")
    assert "📌 Söz: 9 Ara" in (await mehmet.last("card")).text
