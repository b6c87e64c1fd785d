"""What a reporter meets before there is a ticket, and how typing is as good as pressing."""

from __future__ import annotations

import pytest

from handlers.domain.states import Priority, State
from tests.scenarios.stage import Stage

PRINTER = "yazıcıdan çıktı alamıyorum, kuyrukta bekliyor"
FIRST = "2026-000001"


async def numbers(stage: Stage) -> list[str]:
    return [t.number for t in await stage.app.gateway.read(lambda uow: uow.summaries.list())]


@pytest.mark.parametrize("typed", ["olmadı yine aynı", "olmadi", "hala aynı, düzelmedi", "teknisyen gelsin"])
async def test_typing_that_it_did_not_help_opens_the_ticket(stage: Stage, typed: str) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    await ayse.says(typed)
    assert await numbers(stage) == [FIRST]


@pytest.mark.parametrize("typed", ["olmadı hala sıkısık", "denedim olmadi hâlâ kuyrukta", "düzelmedi, kapağı da açık"])
async def test_what_is_told_behind_that_goes_along(stage: Stage, typed: str) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    await ayse.says(typed)
    assert typed in (await stage.ticket(FIRST)).text


@pytest.mark.parametrize(
    "typed", ["olmadı mı sizde de", "olmadı ama sonra düzeldi", "olmadı henüz deneyemedim", "olmuyor, iptal edin"]
)
async def test_what_only_begins_so_opens_none(stage: Stage, typed: str) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    await ayse.says(typed)
    assert await numbers(stage) == []


@pytest.mark.parametrize("typed", ["oldu", "düzeldi teşekkürler", "evet çalıştı", "OLDU SAĞOLUN"])
async def test_typing_that_it_helped_opens_none(stage: Stage, typed: str) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    await ayse.says(typed)
    assert "Kayıt açılmadı" in (await ayse.last()).text
    assert await numbers(stage) == []


async def test_a_request_skips_the_cure(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says("servisimize siyah toner lazım, HP M404 için")
    said = await ayse.last()
    assert list(said.buttons) == ["Talep oluştur", "Sorunum bu değil"]
    await ayse.presses("Talep oluştur")
    assert (await stage.ticket(FIRST)).category == "toner-kartus"


@pytest.mark.parametrize("typed", ["evet", "olur açın"])
async def test_yes_creates_the_request(stage: Stage, typed: str) -> None:
    ayse = stage.person("ayse")
    await ayse.says("servisimize siyah toner lazım, HP M404 için")
    await ayse.says(typed)
    assert await numbers(stage) == [FIRST]


async def test_what_is_not_ours_opens_nothing_but_may_be_sent_all_the_same(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says("Cumhuriyet Mahallesi'nde yolda çukur var ne zaman yapılacak")
    assert await numbers(stage) == []
    assert "Yine de ilet" in (await ayse.last()).buttons
    await ayse.presses("Yine de ilet")
    ticket = await stage.ticket(FIRST)
    assert ticket.category is None


async def test_every_answer_to_a_report_carries_the_way_to_a_person(stage: Stage) -> None:
    ayse = stage.person("ayse")
    for text in ("bozuldu", "ekranım kapkara", "bağlantı gitti", "çalışmıyor", "asdf qwer"):
        await ayse.says("/iptal")
        await ayse.says(text)
        buttons = (await ayse.last()).buttons
        assert {"Teknisyene ilet", "Talep oluştur", "Yine de ilet"} & set(buttons), text


async def test_more_messages_join_the_report_and_are_answered_below_them(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says("çalışmıyor")
    first = await ayse.last()
    await ayse.says("yazıcı diyorum, çıktı vermiyor")
    said = [m for m in await ayse.sees() if m.author is None]
    assert [m.kind for m in said] == ["draft_below", "suggestion"]
    assert said[0].ref == first.ref
    assert not said[0].buttons
    await ayse.presses("Teknisyene ilet")
    assert (await stage.ticket(FIRST)).text == "çalışmıyor\nyazıcı diyorum, çıktı vermiyor"


async def test_not_my_problem_offers_the_next_readings_then_asks(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    title = (await ayse.last()).text.splitlines()[0]
    await ayse.presses("Sorunum bu değil")
    said = await ayse.last()
    assert title not in said.text
    assert "Teknisyene ilet" in said.buttons
    await ayse.presses("Sorunum bu değil") if "Sorunum bu değil" in said.buttons else None
    await ayse.presses("Teknisyene ilet")
    assert await numbers(stage) == [FIRST]


async def test_what_is_missing_is_asked_after_and_blocks_nothing(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    await ayse.presses("Teknisyene ilet")
    question = await ayse.last("fact")
    assert list(question.buttons) == ["Bilmiyorum, atla"]
    assert (await stage.ticket(FIRST)).state is State.OPEN
    await ayse.says("HP LaserJet 4250")
    assert "HP LaserJet 4250" in (await stage.in_room("mehmet", "donanim").last("card")).text


async def test_another_fault_is_not_taken_for_an_answer(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    await ayse.presses("Teknisyene ilet")
    await ayse.says("bir de telefonum çalışmıyor, ahizeden ses gelmiyor")
    said = await ayse.last("suggestion")
    assert "Bu kayda ekle: 1" in said.buttons
    await ayse.presses("Teknisyene ilet")
    assert sorted(await numbers(stage)) == [FIRST, "2026-000002"]


async def test_it_can_be_added_to_the_open_ticket_instead(stage: Stage) -> None:
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await ayse.says(PRINTER)
    await ayse.presses("Teknisyene ilet")
    await ayse.presses("Bilmiyorum, atla")
    await ayse.says("yazıcının ekranında 49.38 hatası çıkıyor, çıktı da vermiyor")
    await ayse.presses("Bu kayda ekle: 1")
    assert await numbers(stage) == [FIRST]
    assert any("49.38" in m.text for m in await mehmet.sees() if m.kind == "work_reply")


async def test_the_steps_can_still_be_read_while_one_waits(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says("yazıcı çıktı vermiyor")
    steps = [line for line in (await ayse.last("suggestion")).text.splitlines() if line[:2] in ("1.", "2.")]
    assert len(steps) == 2
    await ayse.presses("Teknisyene ilet")
    closed = await ayse.last("draft_closed")
    assert not closed.buttons
    assert all(step in closed.text for step in steps)


async def test_waiting_citizens_raise_the_priority(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says("veznede yazıcı makbuz basmıyor vatandaş bekliyor sıra oldu")
    assert next(iter((await ayse.last("suggestion")).buttons)) == "Teknisyene ilet"
    await ayse.presses("Teknisyene ilet")
    assert (await stage.ticket(FIRST)).priority is Priority.HIGH


@pytest.mark.parametrize(
    ("typed", "word"),
    [("kasadan yanık kokusu geliyor", "fişini"), ("bilgisayara fidye virüsü girdi dosyalar şifrelendi", "kablosunu")],
)
async def test_emergencies_skip_the_steps(stage: Stage, typed: str, word: str) -> None:
    ayse = stage.person("ayse")
    await ayse.says(typed)
    ticket = await stage.ticket(FIRST)
    assert ticket.priority is Priority.URGENT
    assert word in (await ayse.last("emergency")).text
    unit = "donanim" if ticket.unit == "donanim" else "yazilim"
    worker = {"donanim": "mehmet", "yazilim": "ali"}[unit]
    assert "ACİL" in (await stage.in_room(worker, unit).last("card")).text.splitlines()[0]


async def test_nobody_believes_they_have_reported_when_they_have_not(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    await stage.tick(minutes=5)
    assert all(m.kind != "reminder_draft" for m in await ayse.sees())
    await stage.tick(minutes=6)
    await stage.tick(minutes=6)
    reminders = [m for m in await ayse.sees() if m.kind == "reminder_draft"]
    assert len(reminders) == 1
    assert "henüz kayıt açılmadı" in reminders[0].text
    await ayse.presses("Teknisyene ilet", on=reminders[0])
    assert await numbers(stage) == [FIRST]


async def test_vazgectim_drops_the_report(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    await ayse.says("boşver vazgeçtim")
    assert "Kayıt açılmadı" in (await ayse.last()).text
    assert not any(m.buttons for m in await ayse.sees())


async def test_small_talk_opens_nothing(stage: Stage) -> None:
    ayse = stage.person("ayse")
    for text in ("günaydın", "teşekkürler", "kolay gelsin", "👍"):
        await ayse.says(text)
    assert await numbers(stage) == []


async def test_a_photo_before_and_after_the_ticket_stays_with_it(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says("", files={"ekran.png": b"\x89PNG not really"})
    assert "Dosyanızı aldım" in (await ayse.last()).text
    await ayse.says("yazıcının ekranında bu yazıyor, basmıyor")
    await ayse.presses("Teknisyene ilet")
    await ayse.says("", files={"arka.jpg": b"also bytes"})
    ticket = await stage.ticket(FIRST)
    assert len(ticket.files) == 2
    card = await stage.in_room("mehmet", "donanim").last("card")
    assert card.files == ("ekran.png", "arka.jpg")


async def test_a_photo_written_to_the_ticket_stands_there_once(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    await ayse.presses("Teknisyene ilet")
    while "Bilmiyorum, atla" in (await ayse.last()).buttons:
        await ayse.presses("Bilmiyorum, atla")
    opened = next(m for m in reversed(await ayse.sees()) if m.author is None and FIRST in m.text)
    await ayse.says("ekranın fotoğrafı", to=opened, files={"ekran.png": b"bytes"})
    card = await stage.in_room("mehmet", "donanim").last("card")
    assert card.files == ("ekran.png",)


async def test_status_in_words_and_as_a_command(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    await ayse.presses("Teknisyene ilet")
    await ayse.presses("Bilmiyorum, atla")
    for typed in ("kaydım ne oldu", "/durum", "/durum 1", "1 nolu kaydın durumu nedir"):
        await ayse.says(typed)
        assert FIRST in (await ayse.last()).text


async def test_the_reporter_takes_it_back(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    await ayse.presses("Teknisyene ilet")
    await ayse.says("/iptal")
    await ayse.presses("İptal et: 1")
    assert (await stage.ticket(FIRST)).state is State.CANCELLED
    assert any(m.kind == "work_cancelled_by_reporter" for m in await stage.in_room("mehmet", "donanim").sees())


async def test_an_edit_changes_what_the_ticket_shows_and_opens_no_second(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    mine = next(m for m in await ayse.sees() if m.author is not None)
    await ayse.presses("Teknisyene ilet")
    await ayse.edits(mine, "yazıcıdan çıktı alamıyorum, oda 305")
    assert (await stage.ticket(FIRST)).text == "yazıcıdan çıktı alamıyorum, oda 305"
    assert await numbers(stage) == [FIRST]
    assert "oda 305" in (await stage.in_room("mehmet", "donanim").last("card")).text


async def test_a_delete_takes_the_text_away_and_is_recorded(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    mine = next(m for m in await ayse.sees() if m.author is not None)
    await ayse.presses("Teknisyene ilet")
    await ayse.deletes(mine)
    ticket = await stage.ticket(FIRST)
    assert ticket.text == ""
    history = await stage.app.gateway.read(lambda uow: uow.tickets.history(ticket.id))
    assert history[-1].reason == "deleted"


async def test_a_guess_stands_on_the_card_as_one(stage: Stage) -> None:
    ayse, room = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await ayse.says("ekran gitti")
    first = next(iter((await ayse.last("clarify")).buttons))
    await ayse.presses("Teknisyene ilet")
    assert (await stage.ticket(FIRST)).category is None
    for told in ((await ayse.last("opened")).text, (await room.last("card")).text):
        assert f"Konu (tahmin): {first}" in told
    await room.presses("Diğer", on=await room.last("card"))
    await room.presses("Konuyu düzelt")
    await room.presses(next(label for label in (await room.last("card")).buttons if label != "Tüm konular"))
    assert "tahmin" not in (await room.last("card")).text


async def test_steps_are_tried_only_where_somebody_says_so(stage: Stage) -> None:
    ayse, room = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await ayse.says(PRINTER)
    await ayse.says("bunları zaten denedim")
    assert (await ayse.last()).kind == "tried"
    await ayse.presses("Teknisyene ilet")
    assert "Denedi: " in (await room.last("card")).text
    while (await ayse.last()).kind == "fact":
        await ayse.presses("Bilmiyorum")
    await ayse.says("monitörün ekranı kararıp geliyor")
    await ayse.presses("Teknisyene ilet")
    assert "Denedi: " not in (await room.last("card")).text
