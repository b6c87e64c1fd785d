"""Hazır yanıtlar: a lead writes them, technicians send them in two taps, and the desk sees what is typed again."""

from __future__ import annotations

from tests.scenarios.stage import Actor, Stage
from tests.scenarios.test_life_of_a_ticket import open_ticket
from tests.scenarios.test_targets import TUESDAY, opened, web

__all__ = ["web"]
FROM_MEHMET = "message_from_worker"


async def keep(stage: Stage, *texts: str) -> Actor:
    fatma = stage.person("fatma")
    for text in texts:
        await fatma.says(f"/yanit ekle {text}")
    return fatma


async def pick(actor: Actor, name: str) -> None:
    for label in ("Diğer", "Hazır yanıt", name):
        await actor.presses(label)


async def test_it_is_picked_on_a_card_filled_in_shown_and_sent(stage: Stage) -> None:
    await keep(stage, "toner-geldi: {ad}, {bos:ne} geldi; {oda|odanıza} {bos:ne zaman|yakında} geleceğim. {teknisyen}")
    await open_ticket(stage)
    ayse, room = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await room.presses("Üstlen")
    await pick(room, "toner-geldi")
    assert "“ne” yerine ne yazılsın?" in (await room.last("prompt_blank")).text
    await room.says("siyah toner")
    await room.presses("Boş bırak")
    shown = (await room.last("canned_preview")).text
    assert "Ayşe, siyah toner geldi; 3. kat 312 yakında geleceğim. Mehmet Kaya" in shown
    assert not [m for m in await ayse.sees() if m.kind == FROM_MEHMET]
    await room.presses("Gönder")
    assert "Ayşe, siyah toner geldi; 3. kat 312 yakında geleceğim. Mehmet Kaya" in (await ayse.last(FROM_MEHMET)).text


async def test_by_its_name_it_goes_at_once(web: Stage) -> None:
    await keep(web, "yolda: {ad}, geliyorum.")
    await opened(web, f"{TUESDAY}T09:00")
    room, mehmet, ayse = web.in_room("mehmet", "donanim"), web.person("mehmet"), web.person("ayse")
    await room.says("/yanit yolda", to=await room.last("card"))
    await mehmet.says("/yanit 1 yolda")
    assert len([m for m in await ayse.sees() if m.kind == FROM_MEHMET and "Ayşe, geliyorum." in m.text]) == 2
    await mehmet.says("/yanit 1 yok")
    assert (await mehmet.heard())[-1] == "Bu adla hazır yanıt yok. Olanlar: yolda"
    await mehmet.says("/yanit yolda")
    assert "Hangi kayda?" in (await mehmet.heard())[-1]


async def test_gonder_sends_once_and_vazgec_nothing(web: Stage) -> None:
    await keep(web, "yolda: Geliyorum.")
    await opened(web, f"{TUESDAY}T09:00")
    room, ayse = web.in_room("mehmet", "donanim"), web.person("ayse")
    await pick(room, "yolda")
    token = (await room.last("canned_preview")).buttons["Gönder"]
    await room.presses_token(token)
    await room.presses_token(token)
    await pick(room, "yolda")
    late = (await room.last("canned_preview")).buttons["Gönder"]
    await room.presses("Vazgeç")
    await room.presses_token(late)
    assert len([m for m in await ayse.sees() if m.kind == FROM_MEHMET]) == 1


async def test_the_most_used_for_a_subject_come_first(web: Stage) -> None:
    await keep(web, "a: A", "b: B", "c: C", "d: D", "e: E")
    await opened(web, f"{TUESDAY}T09:00")
    mehmet = web.person("mehmet")
    for name in ("e", "e", "d", "d", "d", "c"):
        await mehmet.says(f"/yanit 1 {name}")
    await mehmet.says("/durum 1")
    for label in ("Diğer", "Hazır yanıt"):
        await mehmet.presses(label)
    assert list((await mehmet.last("canned_pick")).buttons) == ["d", "e", "c", "a", "b", "Vazgeç"]


async def test_only_the_lead_keeps_them_and_what_was_deleted_comes_back(web: Stage) -> None:
    fatma = await keep(web, "yolda: Geliyorum.", "kötü: {musteri} geliyor", "yolda: {ad}, geliyorum.")
    said = [m.text for m in await fatma.sees() if m.author is None]
    assert any("“musteri” diye bir alan yok. Alanlar: {ad} {kayit}" in text for text in said)
    mehmet = web.person("mehmet")
    await mehmet.says("/yanit ekle benim: x")
    await mehmet.says("/yanit")
    listed = (await mehmet.last("canned_list")).text
    assert "yolda: “{ad}, geliyorum.”" in listed
    assert "Eklemek" not in listed
    assert "benim" not in listed
    await fatma.says("/yanit sil yolda")
    await mehmet.says("/yanit")
    assert "Henüz yok." in (await mehmet.last("canned_list")).text
    await fatma.presses("Geri al")
    await fatma.says("/yanit")
    assert "yolda" in (await fatma.last("canned_list")).text
    await web.person("ali").says("/yanit")
    assert "Henüz yok." in (await web.person("ali").last("canned_list")).text


async def test_a_unit_has_thirty_at_most(web: Stage) -> None:
    fatma = await keep(web, *(f"y{n}: Metin" for n in range(31)))
    assert (await fatma.heard())[-1].startswith("Bir birimin en çok 30 hazır yanıtı olabilir.")
    await opened(web, f"{TUESDAY}T09:00")
    mehmet = web.person("mehmet")
    await mehmet.says("/durum 1")
    for label in ("Diğer", "Hazır yanıt", "Sonrakiler"):
        await mehmet.presses(label)
    assert len((await mehmet.last("canned_pick")).buttons) == 10


async def test_without_any_the_card_offers_none(web: Stage) -> None:
    await opened(web, f"{TUESDAY}T09:00")
    room = web.in_room("mehmet", "donanim")
    await room.presses("Diğer")
    assert "Hazır yanıt" not in (await room.last("card")).buttons


async def test_a_solution_that_is_typed_three_times_alike_is_offered_to_the_lead_once(web: Stage) -> None:
    room, fatma = web.in_room("mehmet", "donanim"), web.person("fatma")
    typed = "Yazıcının IP adresi düzeltildi"
    for reporter, said in (("ayse", typed), ("hasan", typed.lower()), ("admin", typed), ("kemal", typed)):
        await opened(web, f"{TUESDAY}T09:00", reporter)
        for label in ("Üstlen", "Tamamladım"):
            await room.presses(label)
        await room.says(said)
    offers = [m for m in await fatma.sees() if m.kind == "canned_offer"]
    assert len(offers) == 1
    assert "üç kez aynı sözlerle" in offers[0].text
    await fatma.presses("Hazır yanıt yap")
    assert "yazicinin-ip" in (await fatma.last("canned_added")).text
