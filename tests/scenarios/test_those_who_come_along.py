"""What moves takes its people along: whoever reported what was merged, and whoever follows an outage."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.domain.states import State
from tests.scenarios.stage import Actor, Seen, Stage, open_stage
from tests.scenarios.test_life_of_a_ticket import FIRST, open_ticket

SECOND, THIRD = "2026-000002", "2026-000003"


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path, "web") as opened:
        yield opened


async def card_of(worker: Actor, number: str) -> Seen:
    return next(m for m in await worker.sees() if m.kind == "card" and number in m.text.partition("\n")[0])


async def merge(worker: Actor, number: str, into: str) -> None:
    """Typed, as people do it who have the other number before them."""
    card = await card_of(worker, number)
    if "Üstlen" in card.buttons:
        await worker.presses("Üstlen", on=card)
    for label in ("Diğer", "Birleştir"):
        await worker.presses(label, on=await card_of(worker, number))
    await worker.says(into)
    assert not any("vazgeçti" in text for text in await worker.heard()), "the target was given, nobody gave up"
    await worker.presses("Aynı arıza")


async def finish(worker: Actor, number: str) -> None:
    await worker.presses("Tamamladım", on=await card_of(worker, number))
    await worker.says("fuser değişti")


async def test_whose_ticket_was_merged_still_speaks_with_those_who_work_on_it(stage: Stage) -> None:
    await open_ticket(stage, "ayse")
    await open_ticket(stage, "hasan", "bizim yazıcı da basmıyor")
    mehmet, zeynep = stage.in_room("mehmet", "donanim"), stage.in_room("zeynep", "donanim")
    ayse, hasan = stage.person("ayse"), stage.person("hasan")
    await zeynep.presses("Üstlen", on=await card_of(zeynep, FIRST))
    await merge(mehmet, SECOND, FIRST)
    await hasan.says("tepsiden duman değil ama ses geliyor", to=await hasan.last("update_merged"))
    assert FIRST in (await hasan.last("reply_kept")).text
    brought = await zeynep.last("work_reply")
    assert FIRST in brought.text
    assert "ses geliyor" in brought.text
    for asked in ("/durum", "/durum 2", "/durum 1"):
        await hasan.says(asked)
        said = (await hasan.last()).text
        assert FIRST in said
        assert "Üstlenildi" in said
        assert "tahakkuk" not in said, "what a colleague wrote is not theirs to read"
    await finish(zeynep, FIRST)
    assert FIRST in (await hasan.last("update_merged_ended")).text
    await hasan.presses("Hâlâ bozuk")
    assert (await stage.ticket(FIRST)).state is State.CLAIMED
    assert (await ayse.last()).kind == "update_reopened"
    await hasan.says("arka kapaktan ses")
    assert "arka kapaktan ses" in (await zeynep.last("work_reply")).text
    assert await stage.app.gateway.read(lambda uow: len(uow.summaries.list())) == 2


async def test_an_answer_goes_to_whoever_wrote(web: Stage) -> None:
    await open_ticket(web, "ayse")
    await open_ticket(web, "hasan", "bizim yazıcı da basmıyor")
    mehmet, ayse, hasan = web.in_room("mehmet", "donanim"), web.person("ayse"), web.person("hasan")
    await mehmet.presses("Üstlen", on=await card_of(mehmet, FIRST))
    await merge(mehmet, SECOND, FIRST)
    await hasan.says("ne zaman gelirsiniz", to=await hasan.last("update_merged"))
    await mehmet.says("öğleden sonra 4 numaraya", to=await mehmet.last("work_reply"))
    assert "4 numaraya" in (await hasan.last("message_from_worker")).text
    assert not any("4 numaraya" in m.text for m in await ayse.sees())
    await mehmet.says("size yarın", to=await card_of(mehmet, FIRST))
    assert "size yarın" in (await ayse.last("message_from_worker")).text


@pytest.mark.parametrize(
    "says",
    ["2: ses de geliyor", "#2 ses de geliyor", "2026-000001 ses de geliyor"],
    ids=["its own number", "its own number with a sign", "the number it was merged into"],
)
async def test_a_number_finds_the_one_it_was_merged_into(web: Stage, says: str) -> None:
    await open_ticket(web, "ayse")
    await open_ticket(web, "hasan", "bizim yazıcı da basmıyor")
    mehmet, hasan = web.in_room("mehmet", "donanim"), web.person("hasan")
    while (await hasan.last()).kind == "fact":
        await hasan.presses("Bilmiyorum, atla")
    await merge(mehmet, SECOND, FIRST)
    await hasan.says(says)
    assert "ses de geliyor" in (await mehmet.last("work_reply")).text


async def test_what_was_asked_before_the_merge_is_answered_to_those_who_work_on_it(web: Stage) -> None:
    await open_ticket(web, "ayse")
    await open_ticket(web, "hasan", "bizim yazıcı da basmıyor")
    mehmet, hasan = web.in_room("mehmet", "donanim"), web.person("hasan")
    await mehmet.presses("Üstlen", on=await mehmet.last("card"))
    await mehmet.presses("Bilgi iste", on=await card_of(mehmet, SECOND))
    await mehmet.says("Ekranda ne yazıyor?")
    await merge(mehmet, SECOND, FIRST)
    await hasan.says("toner az yazıyor")
    assert "toner az yazıyor" in (await mehmet.last("work_reply")).text
    await hasan.says("", files={"ekran.png": b"\x89PNG not really"})
    assert (await mehmet.last("work_reply")).files == ("ekran.png",)
    assert await web.app.gateway.read(lambda uow: len(uow.summaries.list())) == 2


@pytest.mark.parametrize("how", ["completed", "cancelled", "withdrawn"])
async def test_who_was_promised_word_hears_the_end_however_often_it_was_merged(web: Stage, how: str) -> None:
    texts = {"ayse": "yazıcı çıktı vermiyor", "hasan": "bizim yazıcı da basmıyor", "denetci": "yazıcım yazdırmıyor"}
    for who, text in texts.items():
        await open_ticket(web, who, text)
    mehmet = web.in_room("mehmet", "donanim")
    await merge(mehmet, FIRST, SECOND)
    await merge(mehmet, SECOND, THIRD)
    card = await mehmet.last("card")
    assert "+2 kişi" in card.text
    if how == "withdrawn":
        await web.person("denetci").says("/iptal")
        await web.person("denetci").presses("İptal et")
    else:
        await mehmet.presses("Üstlen", on=card)
        if how == "completed":
            await finish(mehmet, THIRD)
        else:
            await mehmet.presses("Diğer", on=await mehmet.last("card"))
            await mehmet.presses("İptal")
            await mehmet.says("bina boşaltıldı")
    for who in ("ayse", "hasan"):
        told = [m for m in await web.person(who).sees() if m.kind == "update_merged_ended"]
        assert len(told) == 1
        assert THIRD in told[0].text
        assert ("Hâlâ bozuk" in told[0].buttons) == (how == "completed")
        await web.person(who).says("bir de ses geliyordu", to=told[0])
        kept = await web.person(who).last("reply_kept")
        assert ("düğmeye basın" in kept.text) == bool(kept.buttons)


async def test_an_outage_that_was_merged_is_still_known_and_its_followers_hear_the_end(web: Stage) -> None:
    await open_ticket(web, "ayse", "internet yok odada")
    await open_ticket(web, "denetci", "internet kesildi bizde de")
    mehmet, hasan, fatma = web.in_room("mehmet", "donanim"), web.person("hasan"), web.person("fatma")
    for label in ("Diğer", "Bilinen kesinti"):
        await mehmet.presses(label, on=await card_of(mehmet, FIRST))
    await hasan.says("internet yok odada")
    await hasan.presses("Ben de yaşıyorum")
    await merge(mehmet, FIRST, SECOND)
    await hasan.says("/durum")
    assert SECOND in (await hasan.last()).text
    await fatma.says("internet kesildi bizde de")
    await fatma.presses("Ben de yaşıyorum")
    assert "+3 kişi" in (await mehmet.last("card")).text
    await mehmet.presses("Üstlen", on=await mehmet.last("card"))
    await finish(mehmet, SECOND)
    for person in (hasan, fatma):
        assert [m.kind for m in await person.sees()].count("outage_ended") == 1


async def test_one_outage_is_over_once_and_who_still_has_it_is_heard(stage: Stage) -> None:
    await open_ticket(stage, "ayse", "3. kattaki bütün odalarda internet yok, kırmızı çarpı var")
    mehmet, hasan = stage.in_room("mehmet", "donanim"), stage.person("hasan")
    for label in ("Üstlen", "Diğer", "Bilinen kesinti"):
        await mehmet.presses(label)
    await hasan.says("bizim odada internet yok, kırmızı çarpı var")
    await hasan.presses("Ben de yaşıyorum")
    await mehmet.presses("Diğer")
    await mehmet.presses("Kesinti bitti")
    await mehmet.presses("Hat")
    await mehmet.says("kat switchi değişti")
    over = await hasan.last("outage_ended")
    assert "kat switchi değişti" in over.text
    await hasan.says("benim hattım hâlâ kapalı", to=over)
    assert "İletildi" in (await hasan.last()).text
    assert "hattım hâlâ kapalı" in (await mehmet.last("work_reply")).text
    if stage.channel != "slack":  # there nobody can tell which message of a thread is answered
        await mehmet.says("sizin prize bakıyorum", to=await mehmet.last("work_reply"))
        assert "prize bakıyorum" in (await hasan.last("message_from_worker")).text
    await finish(mehmet, FIRST)
    assert [m.kind for m in await hasan.sees()].count("outage_ended") == 1
    await hasan.says("modemin ışığı turuncu", to=over)
    await hasan.presses("Hâlâ bozuk")
    assert (await stage.ticket(FIRST)).state is State.CLAIMED


@pytest.mark.parametrize("channels", [("web", "terminal"), ("terminal", "web")])
async def test_one_person_counts_once_from_whatever_account(tmp_path: Path, channels: tuple[str, str]) -> None:
    async with open_stage(tmp_path, channels[0]) as here:
        there = Stage(here.app, here.clock, channels[1])
        await open_ticket(here, "ayse", "internet yok odada")
        mehmet = here.in_room("mehmet", "donanim")
        for label in ("Diğer", "Bilinen kesinti"):
            await mehmet.presses(label)
        await there.person("hasan").says("internet yok odada")
        standing = (await there.person("hasan").last()).buttons["Ben de yaşıyorum"]
        await here.person("hasan").says("internet yok odada")
        await here.person("hasan").presses("Ben de yaşıyorum")
        await there.person("hasan").presses_token(standing)
        assert "bu sorunu 2 kişi yaşıyor" in (await there.person("hasan").last()).text, "ayse and hasan, each once"
        await there.person("ayse").says("internet yok hâlâ")
        assert "Ben de yaşıyorum" not in (await there.person("ayse").last()).buttons
        assert len((await here.ticket(FIRST)).followers) == 1


@pytest.mark.parametrize("channels", [("web", "terminal"), ("terminal", "web")])
async def test_a_question_is_answered_from_whatever_account_is_at_hand(
    tmp_path: Path, channels: tuple[str, str]
) -> None:
    async with open_stage(tmp_path, channels[0]) as asked:
        elsewhere = Stage(asked.app, asked.clock, channels[1]).person("ayse")
        await open_ticket(asked, "ayse")
        while (await asked.person("ayse").last()).kind == "fact":
            await asked.person("ayse").presses("Bilmiyorum, atla")
        mehmet = asked.in_room("mehmet", "donanim")
        await mehmet.presses("Üstlen")
        await mehmet.presses("Bilgi iste")
        await mehmet.says("Ekranda hata kodu var mı?")
        await elsewhere.says("e-imzam çalışmıyor, imza atamıyorum")
        assert "Teknisyene ilet" in (await elsewhere.last()).buttons, "another fault is another report"
        await elsewhere.says("vazgeçtim")
        await elsewhere.says("evet 59.F0 yazıyor")
        assert (await asked.ticket(FIRST)).state is State.CLAIMED
        assert "59.F0" in (await mehmet.last("work_reply")).text
        await asked.person("ayse").says("internet de yok")
        assert "Teknisyene ilet" in (await asked.person("ayse").last()).buttons, "it is answered already"
