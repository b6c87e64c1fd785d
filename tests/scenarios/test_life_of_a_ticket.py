"""The life of a ticket from the first word to the last, as a clerk and the technicians live it."""

from __future__ import annotations

import pytest

from handlers.domain.states import Change, Priority, State
from tests.scenarios.stage import Stage

PRINTER = "slm yazici cikti vermiyo, 3. kat tahakkuk servisi"
FIRST = "2026-000001"


async def open_ticket(stage: Stage, handle: str = "ayse", text: str = PRINTER) -> str:
    """Reported, steps tried, sent on; the number."""
    person = stage.person(handle)
    await person.says(text)
    await person.presses("Teknisyene ilet")
    opened = await person.last("opened")
    return next(word for word in opened.text.split() if word.startswith("2026-"))


async def test_a_fault_gets_steps_and_no_ticket_yet(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    said = await ayse.last()
    assert list(said.buttons) == ["İşe yaradı", "Teknisyene ilet", "Sorunum bu değil"]
    assert "Henüz kayıt açılmadı" in said.text
    assert "1." in said.text


async def test_steps_that_help_end_without_a_ticket(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    await ayse.presses("İşe yaradı")
    assert "Kayıt açılmadı" in (await ayse.last()).text
    await ayse.says("/durum")
    assert "Henüz kaydınız yok" in (await ayse.last()).text


async def test_a_tip_that_helped_only_for_a_moment_is_taken_back(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    await ayse.presses("İşe yaradı")
    await ayse.presses("Sorun sürüyor")
    assert (await stage.ticket(FIRST)).state is State.OPEN


async def test_sending_it_on_gives_the_number_at_once_and_a_card_to_the_unit(stage: Stage) -> None:
    number = await open_ticket(stage)
    assert number == FIRST
    card = await stage.in_room("mehmet", "donanim").last("card")
    assert number in card.text
    assert "Ayşe Yılmaz, Mali Hizmetler" in card.text
    assert "slm yazici cikti vermiyo" in card.text
    assert "Denedi" not in card.text, "nobody said that they tried the steps"
    assert len(card.text.strip().splitlines()) <= 6
    assert next(iter(card.buttons)) == "Üstlen"
    assert card.rings


async def test_a_second_press_opens_no_second_ticket(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    token = (await ayse.last()).buttons["Teknisyene ilet"]
    for _ in range(3):
        await ayse.presses_token(token)
    assert len([m for m in await ayse.sees() if m.kind == "opened"]) == 1
    assert len([m for m in await stage.in_room("mehmet", "donanim").sees() if m.kind == "card"]) == 1


async def test_one_of_two_gets_it_and_the_other_is_told_who(stage: Stage) -> None:
    await open_ticket(stage)
    mehmet, zeynep = stage.in_room("mehmet", "donanim"), stage.in_room("zeynep", "donanim")
    token = (await mehmet.last("card")).buttons["Üstlen"]
    await mehmet.presses_token(token)
    await zeynep.presses_token(token)
    assert any("Mehmet Kaya üstlendi" in text for text in await zeynep.heard())
    assert "Üstlenildi: Mehmet K." in (await zeynep.last("card")).text
    assert any("Mehmet Kaya üstlendi" in m.text for m in await stage.person("ayse").sees())


async def test_the_whole_way(stage: Stage) -> None:
    number = await open_ticket(stage)
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Bilgi iste")
    await mehmet.says("Yazıcının ışığı yanıyor mu?")
    assert (await stage.ticket(number)).state is State.WAITING_REPORTER
    assert any("Yazıcının ışığı yanıyor mu?" in m.text for m in await ayse.sees())
    await ayse.says("evet yanıyor ama basmıyor")
    assert (await stage.ticket(number)).state is State.CLAIMED
    assert any("evet yanıyor ama basmıyor" in m.text for m in await mehmet.sees())
    await mehmet.presses("Tamamladım")
    await mehmet.says("drum değişti")
    assert (await stage.ticket(number)).state is State.RESOLVED
    asked = await ayse.last("update_resolved")
    assert list(asked.buttons) == ["Evet, çalışıyor", "Hâlâ bozuk"]
    assert "drum değişti" in asked.text
    await ayse.says("oldu teşekkürler")
    ticket = await stage.ticket(number)
    assert ticket.state is State.CLOSED
    assert ticket.resolution == "drum değişti"
    history = await stage.app.gateway.read(lambda uow: uow.tickets.history(ticket.id))
    assert [event.what for event in history if event.what is not Change.COMPLETED] == [
        Change.OPENED,
        Change.CLAIMED,
        Change.WAITING,
        Change.ASKED,
        Change.REPLIED,
        Change.RESUMED,
        Change.RESOLVED,
        Change.CONFIRMED,
    ]


async def test_still_broken_goes_back_to_its_holder_and_rings(stage: Stage) -> None:
    number = await open_ticket(stage)
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Tamamladım")
    await mehmet.presses("Uzaktan çözüldü")
    await ayse.presses("Hâlâ bozuk")
    assert (await stage.ticket(number)).state is State.CLAIMED
    reopened = await mehmet.last("work_reopened")
    assert "Mehmet K." in reopened.text
    assert reopened.rings
    await mehmet.presses("Tamamladım")
    await mehmet.says("kablo değişti")
    assert (await ayse.last()).kind == "update_resolved", "the second solution is a message of its own"


@pytest.mark.parametrize(
    ("label", "state", "detail"),
    [
        ("Firma", State.WAITING_VENDOR, "ABC Bilişim, salı"),
        ("Malzeme", State.WAITING_PARTS, "fuser"),
        ("Onay", State.WAITING_APPROVAL, "Kemal Bey, EBYS 2026/441"),
    ],
)
async def test_the_waits_say_what_for(stage: Stage, label: str, state: State, detail: str) -> None:
    number = await open_ticket(stage)
    mehmet = stage.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Beklet")
    await mehmet.presses(label)
    await mehmet.says(detail)
    assert (await stage.ticket(number)).state is state
    assert detail in (await mehmet.last("card")).text
    assert any("bekleniyor" in m.text for m in await stage.person("ayse").sees() if m.kind == "update_waiting")
    await mehmet.presses("Devam et")
    assert (await stage.ticket(number)).state is State.CLAIMED


async def test_back_to_the_queue_and_taken_by_another(stage: Stage) -> None:
    number = await open_ticket(stage)
    mehmet, zeynep = stage.in_room("mehmet", "donanim"), stage.in_room("zeynep", "donanim")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Diğer")
    await mehmet.presses("Sıraya geri koy")
    assert (await stage.ticket(number)).holder is None
    await zeynep.presses("Üstlen")
    assert "Zeynep A." in (await mehmet.last("card")).text


async def test_sent_to_the_other_unit(stage: Stage) -> None:
    number = await open_ticket(stage)
    mehmet, ali = stage.in_room("mehmet", "donanim"), stage.in_room("ali", "yazilim")
    await mehmet.presses("Diğer")
    await mehmet.presses("Diğer birime gönder")
    assert (await stage.ticket(number)).unit == "donanim"  # a slip of the thumb sends nothing
    await mehmet.presses("Yazılım Birimi")
    assert (await stage.ticket(number)).unit == "yazilim"
    card = await ali.last("card")
    assert number in card.text
    assert card.rings
    assert not (await mehmet.last("card_moved")).buttons
    await ali.presses("Üstlen")
    assert (await stage.ticket(number)).state is State.CLAIMED


async def test_what_was_sent_by_mistake_comes_back_to_whoever_had_it(stage: Stage) -> None:
    number = await open_ticket(stage)
    mehmet, zeynep, ali = stage.in_room("mehmet", "donanim"), stage.in_room("zeynep", "donanim"), stage.person("ali")
    await mehmet.presses("Üstlen")
    before = await stage.ticket(number)
    for again in (False, True):
        for button in ("Diğer", "Diğer birime gönder", "Yazılım Birimi"):
            await mehmet.presses(button)
        sent = await mehmet.last("sent_on")
        assert (
            "Yazılım Birimi. Yanlışsa 10 dakika içinde, orada kimse bir şey yapmadan geri alabilirsiniz." in sent.text
        )
        if not again:
            await zeynep.presses("Geri al", on=await zeynep.last("sent_on"))
            assert "bunu yalnız gönderen" in (await zeynep.last("errors/brought_back_late")).text
            assert (await stage.ticket(number)).unit == "yazilim"
            await mehmet.presses("Geri al", on=sent)
            after = await stage.ticket(number)
            assert (after.unit, after.holder) == (before.unit, before.holder)
            back = await mehmet.last("brought_back")
            assert "geri alındı: Donanım ve Teknik Destek Birimi, yine Mehmet K. üzerinde." in back.text
            assert not back.buttons
    await ali.says("/sira")
    await ali.presses("Üstlen")
    await mehmet.presses("Geri al", on=await mehmet.last("sent_on"))
    assert "diğer birim bir şey yapmadıysa" in (await mehmet.last("errors/brought_back_late")).text
    assert (await stage.ticket(number)).unit == "yazilim"


async def test_a_subject_of_the_other_unit_is_taken_back_with_the_ticket(stage: Stage) -> None:
    number = await open_ticket(stage)
    fatma = stage.in_room("fatma", "donanim")
    was = (await stage.ticket(number)).category
    for button in ("Diğer", "Konuyu düzelt", "Tüm konular"):
        await fatma.presses(button)
    title = "EBYS'ye giriş yapılamıyor"
    while title not in (await fatma.last("card")).buttons:
        await fatma.presses("Sonrakiler ›")
    await fatma.presses(title)
    assert (await stage.ticket(number)).unit == "yazilim"
    await fatma.presses("Geri al", on=await fatma.last("sent_on"))
    ticket = await stage.ticket(number)
    assert (ticket.unit, ticket.category) == ("donanim", was)
    assert (await fatma.last("brought_back")).text.endswith("sırada bekliyor.")


async def test_subject_and_priority_are_corrected_on_the_card(stage: Stage) -> None:
    number = await open_ticket(stage)
    mehmet = stage.in_room("mehmet", "donanim")
    await mehmet.presses("Diğer")
    await mehmet.presses("Önceliği değiştir")
    await mehmet.presses("Yüksek")
    assert (await stage.ticket(number)).priority is Priority.HIGH
    await mehmet.presses("Diğer")
    await mehmet.presses("Konuyu düzelt")
    await mehmet.presses("Tüm konular")
    await mehmet.presses("Yazıcıda kâğıt sıkışması")
    assert (await stage.ticket(number)).category == "yazici-kagit-sikismasi"
    assert any("Yazıcıda kâğıt sıkışması" in m.text for m in await stage.person("ayse").sees())


async def test_the_lead_assigns_and_the_technician_is_rung_in_private(stage: Stage) -> None:
    number = await open_ticket(stage)
    fatma = stage.in_room("fatma", "donanim")
    await fatma.presses("Diğer")
    await fatma.presses("Görevlendir")
    await fatma.presses("Zeynep Arslan")
    ticket = await stage.ticket(number)
    assert ticket.state is State.CLAIMED
    assert any("size görev verdi" in m.text for m in await _wherever(stage, "zeynep"))


async def _wherever(stage: Stage, handle: str) -> list:
    """What somebody was told in private, on whichever embedded channel they were last."""
    from tests.scenarios.stage import Actor
    from tests.scenarios.stage import Stage as Again

    said = []
    for channel in ("web", "terminal"):
        said += await Actor(Again(stage.app, stage.clock, channel), handle).sees()
    return said


async def test_a_technician_may_not_assign(stage: Stage) -> None:
    number = await open_ticket(stage)
    mehmet = stage.in_room("mehmet", "donanim")
    await mehmet.presses("Diğer")
    await mehmet.presses("Görevlendir")
    await mehmet.presses("Zeynep Arslan")
    assert (await stage.ticket(number)).holder is None
    assert "yetkiniz yok" in (await mehmet.last()).text


async def test_what_ended_is_opened_again_by_a_command(stage: Stage) -> None:
    ayse, hasan = stage.person("ayse"), stage.person("hasan")
    await ayse.says("yazıcı çıktı vermiyor")
    await ayse.presses("Teknisyene ilet")
    await ayse.says("/iptal 1")
    await ayse.presses("Çözüldü")
    assert (await stage.ticket("2026-000001")).state is State.CLOSED
    await hasan.says("/bozuldu 1")
    assert (await hasan.last()).kind == "errors/not_found"
    await ayse.says("/bozuldu")
    assert (await ayse.last()).kind == "my_tickets"
    await ayse.says("/bozuldu 1")
    assert (await ayse.last()).kind == "reopened"
    assert (await stage.ticket("2026-000001")).state is State.OPEN
