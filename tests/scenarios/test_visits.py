"""Yoldayım, Kapalıydı, Randevu: who hears what, and which time counts."""

from __future__ import annotations

import pytest

from handlers.domain.states import Change, State
from handlers.ports import UnitOfWork
from tests.handlers.domain.calendars import at
from tests.scenarios.stage import Actor, Stage
from tests.scenarios.test_life_of_a_ticket import FIRST
from tests.scenarios.test_targets import TUESDAY, opened, tick_at, warned, web

__all__ = ["web"]
TITLE = "Yazıcı yazdırmıyor"


async def claimed(stage: Stage) -> tuple[Actor, Actor]:
    """By mehmet, on Tuesday at three: the room and its reporter."""
    await opened(stage, f"{TUESDAY}T15:00")
    room = stage.in_room("mehmet", "donanim")
    await room.presses("Üstlen")
    return room, stage.person("ayse")


async def test_a_visit_from_setting_off_to_the_time_that_was_chosen(stage: Stage) -> None:
    """On every channel."""
    room, ayse = await claimed(stage)
    await room.presses("Yoldayım")
    assert (await ayse.last("update_on_the_way")).text == f"{FIRST} · {TITLE}: Mehmet Kaya yolda, ~10 dk."
    await room.presses("20 dk")
    assert (await ayse.last("update_on_the_way")).text.endswith("yolda, ~20 dk.")
    assert "🚶 Yolda: 1 Ara 15:20" in (await room.last("card")).text
    await room.presses("Kapalıydı")
    asked = await ayse.last("update_door_closed")
    assert asked.text.endswith("Mehmet Kaya geldi, sizi yerinizde bulamadı. Ne zaman gelsin?")
    assert (await stage.ticket(FIRST)).state is State.WAITING_ACCESS
    assert "Personele soruldu: Bugün 16.00, Yarın 08.00." in (await room.last("prompt_closed")).text
    await ayse.presses("Yarın 08.00")
    assert (await ayse.last("update_visit_agreed")).text.endswith("Mehmet Kaya yanınıza gelecek: yarın 08.00.")
    assert (await room.last("work_visit")).text.endswith("→ Mehmet K.: Ayşe Yılmaz yarın 08.00 saatini seçti.")
    assert "🗓 Randevu: 2 Ara 08:00 · " in (await room.last("card")).text


async def test_its_clock_stands_until_the_time_that_was_chosen_and_no_longer(web: Stage) -> None:
    room, ayse = await claimed(web)
    mehmet = web.person("mehmet")
    await room.presses("Yoldayım")
    await room.presses("Kapalıydı")
    await ayse.presses("Yarın 08.00")
    await tick_at(web, f"{TUESDAY}T16:30")
    assert "⏸ Duruyor, 3 iş günü kaldı · 🗓 Randevu" in (await room.last("card")).text
    await tick_at(web, "2026-12-02T08:00")
    assert await warned(mehmet) == [f"🗓 Randevunuz var: 2 Ara 08:00, Ayşe Yılmaz, 3. kat 312 – {FIRST} · {TITLE}"]
    assert (await web.ticket(FIRST)).state is State.CLAIMED
    await tick_at(web, "2026-12-02T09:00")
    await mehmet.says(f"/durum {FIRST}")
    assert "Çözüme 2 iş günü 7 sa kaldı" in (await mehmet.last("ticket")).text
    assert len(await warned(mehmet)) == 1


async def test_the_wait_ends_at_that_time_though_the_desk_slept(web: Stage) -> None:
    room, ayse = await claimed(web)
    await room.presses("Diğer")
    await room.presses("Kapalıydı")
    await ayse.presses("Yarın 08.00")
    await tick_at(web, "2026-12-02T10:30")
    history = web.app.store.read(lambda uow: uow.tickets.history(1))
    resumed = [event for event in history if event.what is Change.RESUMED]
    assert [(event.at, event.who) for event in resumed] == [(at("2026-12-02T08:00"), None)]


async def test_a_reporter_who_answers_nothing_is_looked_at_again_the_next_working_day(web: Stage) -> None:
    """A wait is no place to hide a ticket."""
    room, _ = await claimed(web)
    await room.presses("Yoldayım")
    await room.presses("Kapalıydı")
    await tick_at(web, "2026-12-02T08:29")
    assert await warned(web.person("mehmet")) == []
    await tick_at(web, "2026-12-02T08:30")
    (said,) = await warned(web.person("mehmet"))
    assert said == f"⏸ Bugün bakılacaktı: {FIRST} · {TITLE} – Personele ulaşılamadı"


async def test_no_time_suits_and_what_they_write_reaches_the_technician_who_sets_it(web: Stage) -> None:
    room, ayse = await claimed(web)
    await room.presses("Diğer")
    await room.presses("Randevu")
    assert (await ayse.last("update_visit_offered")).text.endswith("Mehmet Kaya ne zaman gelsin?")
    await ayse.presses("Uymuyor")
    assert "Ayşe Yılmaz'a saat uymadı" in (await room.last("work_visit")).text
    await ayse.says("perşembe öğleden sonra üçte gelin")
    assert "üçte gelin" in (await room.last("work_reply")).text
    await room.says("perşembe 15.00")
    assert (await room.last("visit_agreed")).text.startswith(
        f"{FIRST} randevusu: Perşembe günü 15.00. Personele bildirildi"
    )
    assert (await ayse.last("update_visit_agreed")).text.endswith("Mehmet Kaya yanınıza gelecek: Perşembe günü 15.00.")
    await ayse.presses("Saat uymuyor")
    assert "Randevu:" not in (await room.last("card")).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("yarın 20.00", "2 Ara 20:00 mesai dışında."),
        ("20 mart 10.00", "En çok iki ay sonrasına"),
        ("1 aralık 10.00", "Bu saat geçti."),
    ],
)
async def test_a_time_at_which_nobody_comes_is_asked_for_again(web: Stage, typed: str, said: str) -> None:
    room, ayse = await claimed(web)
    await room.presses("Diğer")
    await room.presses("Randevu")
    await room.says(typed)
    assert said in (await room.last()).text
    await room.says("yarın 10.00")
    assert "yarın 10.00" in (await ayse.last("update_visit_agreed")).text


async def test_a_photo_of_the_door_is_a_note(web: Stage) -> None:
    room, ayse = await claimed(web)
    await room.presses("Yoldayım")
    await room.presses("Kapalıydı")
    await room.says("", files={"kapi.png": PNG})
    assert (await room.last("noted")).text
    entries = web.app.store.read(lambda uow: uow.tickets.entries(1))
    assert [(entry.kind.value, len(entry.files)) for entry in entries][-1] == ("note", 1)
    assert "update_visit_agreed" not in [message.kind for message in await ayse.sees()]


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c626001000000ffff03000006000557bfabd40000000049454e44ae426082"
)


async def test_three_closed_doors_go_to_the_lead_and_one_that_was_none_does_not_count(web: Stage) -> None:
    room, ayse = await claimed(web)
    fatma = web.person("fatma")
    await room.presses("Diğer")
    await room.presses("Kapalıydı")
    await room.presses("Geri al")
    assert (await ayse.last("update_visit_withdrawn")).text.endswith("yanıtlamanız gerekmiyor.")
    assert (await web.ticket(FIRST)).state is State.CLAIMED
    for _ in range(3):
        assert "work_closed_often" not in [message.kind for message in await fatma.sees()]
        await room.presses("Yoldayım")
        await room.presses("Kapalıydı")
    assert (await fatma.last("work_closed_often")).text == (
        f"🚪 {FIRST} · {TITLE}: Mehmet Kaya 3 kez gitti, personele ulaşılamadı."
    )


async def test_what_was_offered_is_over_once_the_ticket_goes_another_way(web: Stage) -> None:
    room, ayse = await claimed(web)
    await room.presses("Diğer")
    await room.presses("Randevu")
    asked = await ayse.last("update_visit_offered")
    await room.presses("Diğer")
    await room.presses("Sıraya geri koy")
    await ayse.presses("Bugün 16.00", on=asked)
    assert (await web.ticket(FIRST)).state is State.OPEN
    assert "update_visit_agreed" not in [message.kind for message in await ayse.sees()]


async def test_two_visits_of_one_technician_are_not_offered_at_once(web: Stage) -> None:
    room, _ = await claimed(web)
    await room.presses("Diğer")
    await room.presses("Randevu")
    await opened(web, f"{TUESDAY}T15:00", "hasan")
    await room.presses("Üstlen")
    await room.presses("Diğer")
    await room.presses("Randevu")
    asked = await web.person("hasan").last("update_visit_offered")
    assert list(asked.buttons) == ["Bugün 16.30", "Yarın 08.30", "Uymuyor"]


async def test_a_caller_without_messages_is_telephoned(web: Stage) -> None:
    """The technician reads so, and sets the time."""
    room, _ = await claimed(web)

    def untold(uow: UnitOfWork) -> None:
        ticket = uow.tickets.get(1)
        ticket.untold = True
        uow.tickets.save(ticket)

    web.app.store.write(untold)
    await room.presses("Yoldayım")
    assert (await room.last("on_the_way")).text.endswith(
        "Personel haber istememişti, bildirilmedi; telefonla söyleyin."
    )
    await room.presses("Kapalıydı")
    assert "Personel haber istememişti: telefonla anlaşın" in (await room.last("prompt_closed")).text
    await room.presses("Yarın 08.00")
    assert "telefonla söyleyin" in (await room.last("visit_agreed")).text
