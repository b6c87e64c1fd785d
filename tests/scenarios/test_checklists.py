"""Kontrol listesi: on the card, in one message of toggling lines, and at Tamamladım."""

from __future__ import annotations

from handlers.domain.states import Change
from tests.scenarios.stage import Actor, Stage
from tests.scenarios.test_life_of_a_ticket import FIRST, open_ticket
from tests.scenarios.test_targets import TUESDAY, opened, web

__all__ = ["web"]


async def hang(actor: Actor, title: str = "Oda taşıma") -> None:
    for label in ("Diğer", "Kontrol listesi", title):
        await actor.presses(label)


async def ticked(stage: Stage) -> list[Change]:
    ticket = await stage.ticket(FIRST)
    history = await stage.app.gateway.read(lambda uow: uow.tickets.history(ticket.id))
    return [event.what for event in history if event.what in (Change.TICKED, Change.UNTICKED)]


async def test_a_list_is_worked_in_one_message_and_asked_about_at_the_end(stage: Stage) -> None:
    await open_ticket(stage)
    room = stage.in_room("mehmet", "donanim")
    await room.presses("Üstlen")
    await hang(room)
    assert "☑ 0/7" in (await room.last("card")).text
    await room.presses("☐ Kapatılmadan önce")
    assert "☑ 1/7" in (await room.last("checklist")).text
    assert "– Mehmet K." in (await room.last("checklist")).text
    await room.presses("Tamamladım")
    asked = (await room.last("checklist_open")).text
    assert "1 zorunlu satır açık: Yeni yerinde bilgisayar açıldı, ağ çalışıyor." in asked
    await room.presses("Yine de tamamla")
    await room.says("bilgisayar yarın gelecek")
    await room.says("Kablolar taşındı")
    assert (await stage.ticket(FIRST)).resolution == "Kablolar taşındı"


async def test_of_two_who_press_at_once_one_ticks_and_both_see_who(web: Stage) -> None:
    await opened(web, f"{TUESDAY}T09:00")
    room, zeynep = web.in_room("mehmet", "donanim"), web.person("zeynep")
    await room.presses("Üstlen")
    await hang(room)
    await zeynep.says("/durum 1")
    for label in ("Diğer", "Kontrol listesi"):
        await zeynep.presses(label)
    line = "☐ Yazıcı çalışıyor"
    tokens = [(await actor.last("checklist")).buttons[line] for actor in (room, zeynep)]
    await room.presses_token(tokens[0])
    await zeynep.presses_token(tokens[1])
    assert await ticked(web) == [Change.TICKED]
    for actor in (room, zeynep):
        assert "☑ 5. Yazıcı çalışıyor – Mehmet K." in (await actor.last("checklist")).text
    await zeynep.presses("☑ Yazıcı çalışıyor")
    assert await ticked(web) == [Change.TICKED, Change.UNTICKED]
    assert "☐ 5. Yazıcı çalışıyor" in (await room.last("checklist")).text


async def test_by_subject_it_hangs_as_soon_as_somebody_has_the_ticket(web: Stage) -> None:
    fatma = web.person("fatma")
    await fatma.says("/liste ekle yazici konu yazici-yazdirmiyor: Yazıcı; !Deneme sayfası basıldı; Toner bakıldı")
    assert "☐ Deneme sayfası basıldı (zorunlu)" in (await fatma.last("checklist_written")).text
    await opened(web, f"{TUESDAY}T09:00")
    room = web.in_room("mehmet", "donanim")
    assert "☑" not in (await room.last("card")).text
    await room.presses("Üstlen")
    assert "☑ 0/2" in (await room.last("card")).text
    await fatma.says("/liste ekle yazici konu yazici-yazdirmiyor: Yazıcı; Başka bir satır")
    await room.presses("Diğer")
    await room.presses("Kontrol listesi")
    assert "Deneme sayfası" in (await room.last("checklist")).text
    await room.presses("☐ Deneme")
    await room.presses("Tamamladım")
    assert (await room.last()).kind == "prompt_done"


async def test_lists_are_kept_by_the_lead_in_versions(web: Stage) -> None:
    fatma, mehmet = web.person("fatma"), web.person("mehmet")
    await fatma.says("/liste ekle oda-tasima: Taşıma; Fiş çekildi")
    assert "(sürüm 2)" in (await fatma.last("checklist_written")).text
    await fatma.says("/liste sil oda-tasima")
    await mehmet.says("/liste")
    assert "oda-tasima" not in (await mehmet.last("checklists")).text
    await fatma.presses("Geri al")
    await mehmet.says("/liste")
    assert "oda-tasima: Taşıma, 1 satır" in (await mehmet.last("checklists")).text
    for typed, said in (
        ("/liste ekle x: Başlık", "1–24 satır olur"),
        ("/liste ekle x konu ebys-giris: B; s", "Biriminizin böyle bir konusu yok."),
        ("/liste sil yok", "Bu adla kontrol listesi yok."),
        ("/liste nedir", "Listeleri görmek için /liste yazın."),
    ):
        await fatma.says(typed)
        assert said in (await fatma.heard())[-1]
    await mehmet.says("/liste ekle benim: B; s")
    await mehmet.says("/liste")
    assert "benim" not in (await mehmet.last("checklists")).text


async def test_more_than_eight_lines_have_a_second_page(web: Stage) -> None:
    await web.person("fatma").says(f"/liste ekle uzun: Uzun; {'; '.join(f'satır {n}' for n in range(1, 12))}")
    await opened(web, f"{TUESDAY}T09:00")
    room = web.in_room("mehmet", "donanim")
    await hang(room, "Uzun")
    assert len([b for b in (await room.last("checklist")).buttons if b.startswith("☐")]) == 8
    await room.presses("Devamı")
    await room.presses("☐ satır 11")
    assert "☑ 1/11" in (await room.last("checklist")).text
    await room.presses("‹ Başı")
    assert "☐ 1. satır 1" in (await room.last("checklist")).text
