"""A photo ends up with the report in the making or the ticket spoken of, whatever words come with it."""

from __future__ import annotations

import pytest

from handlers.domain.states import State
from tests.scenarios.stage import Stage
from tests.scenarios.test_details import PNG
from tests.scenarios.test_life_of_a_ticket import FIRST, PRINTER, open_ticket

PHOTO = {"ekran.png": PNG}


async def photos(stage: Stage) -> int:
    return len((await stage.ticket(FIRST)).files)


async def test_with_words_that_open_the_ticket(stage: Stage) -> None:
    hasan = stage.person("hasan")
    await hasan.says("monitör kararıyor")
    await hasan.says("olmadı yine aynı", files=PHOTO)
    assert await photos(stage) == 1
    assert "ekran.png" in [name for m in await stage.in_room("mehmet", "donanim").sees() for name in m.files]


async def test_with_small_talk(stage: Stage) -> None:
    await open_ticket(stage, "ayse", "monitör kararıyor")
    ayse = stage.person("ayse")
    while (await ayse.last()).kind == "fact":
        await ayse.presses("Bilmiyorum")
    for count, words in enumerate(("merhaba", "teşekkürler", "durumu ne oldu", "👍", "yardım", "hata bu", "/durum"), 1):
        await ayse.says(words, files=PHOTO)
        assert await photos(stage) == count, words


async def test_before_there_is_a_ticket(stage: Stage) -> None:
    nur = stage.person("nur")
    await nur.says("merhaba", files=PHOTO)
    await nur.presses("Okudum")
    await nur.says("Nur Kaplan, Mali Hizmetler, 312", files={"kart.png": PNG})
    await nur.says("iyi günler", files={"masa.png": PNG})
    await nur.presses("Teknisyene ilet")
    assert await photos(stage) == 3


async def test_after_the_steps_had_helped_and_after_it_was_done(stage: Stage) -> None:
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await ayse.says(PRINTER)
    await ayse.presses("İşe yaradı")
    await ayse.says("olmadı yine aynı", files=PHOTO)
    assert await photos(stage) == 1
    await mehmet.presses("Üstlen")
    await mehmet.presses("Tamamladım")
    await mehmet.presses("Sürücü")
    await ayse.says("olmadı hâlâ bozuk", files={"yine.png": PNG})
    ticket = await stage.ticket(FIRST)
    assert (ticket.state, len(ticket.files)) == (State.CLAIMED, 2)


async def test_of_a_technician(stage: Stage) -> None:
    await open_ticket(stage)
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Bilgi iste")
    await mehmet.says("böyle mi görünüyor?", files=PHOTO)
    assert "ekran.png" in (await ayse.last("question_to_reporter")).files
    await ayse.says("evet", files={"bizimki.png": PNG})
    await mehmet.presses("Tamamladım")
    await mehmet.says("fuser değişti", files={"fuser.png": PNG})
    ticket = await stage.ticket(FIRST)
    assert ticket.resolution == "fuser değişti"
    kept = await stage.app.gateway.read(lambda uow: [e.files for e in uow.tickets.entries(ticket.id) if e.files])
    assert len(kept) == 3


@pytest.mark.parametrize("command", [f"/not {FIRST} parça yarın", "/adina hasan: el terminali açılmıyor"])
async def test_with_a_command(stage: Stage, command: str) -> None:
    if stage.channel == "slack":
        pytest.skip("a command of Slack's has no files")
    await open_ticket(stage)
    mehmet = stage.person("mehmet")
    await mehmet.says(command, files=PHOTO)
    if command.startswith("/adina"):
        await mehmet.presses("Kayıt aç")
        assert len((await stage.ticket("2026-000002")).files) == 1
        return
    ticket = await stage.ticket(FIRST)
    notes = await stage.app.gateway.read(lambda uow: [e.files for e in uow.tickets.entries(ticket.id)])
    assert [len(files) for files in notes if files] == [1]
