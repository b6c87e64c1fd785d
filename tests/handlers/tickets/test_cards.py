"""A card stands in many conversations; it shows its ticket only where that may still be seen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.domain.states import State
from tests.scenarios.stage import Actor, Seen, Stage, open_stage
from tests.scenarios.test_life_of_a_ticket import FIRST, open_ticket

WORDS = "tahakkuk servisi"
"""Of the report: whoever reads them reads its content."""
SECURITY = "Bilgi güvenliği"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path, "web") as stage:
        yield stage


async def _correct(actor: Actor, subject: str) -> None:
    """Konuyu düzelt, through the pages of all subjects."""
    await actor.presses("Diğer", on=await actor.last("card"))
    await actor.presses("Konuyu düzelt")
    await actor.presses("Tüm konular")
    while not (found := [label for label in (await actor.last("card")).buttons if label.startswith(subject)]):
        await actor.presses("Sonrakiler")
    await actor.presses(found[0])


async def _standing(actor: Actor) -> Seen:
    """What became of the card in that conversation."""
    return next(m for m in await actor.sees() if m.kind.startswith("card"))


async def test_a_ticket_that_turns_out_to_be_a_security_matter_is_seen_by_lead_and_director_only(stage: Stage) -> None:
    await open_ticket(stage)
    room, zeynep, mehmet = stage.in_room("mehmet", "donanim"), stage.person("zeynep"), stage.person("mehmet")
    await zeynep.says("/sira")
    await mehmet.says("/sira")
    assert WORDS in (await _standing(room)).text
    await _correct(mehmet, SECURITY)
    assert (await stage.ticket(FIRST)).restricted
    for reader in (room, zeynep, mehmet, stage.in_room("ali", "yazilim")):
        shown = [m for m in await reader.sees() if m.kind.startswith("card")]
        assert not any(WORDS in m.text or m.buttons for m in shown), reader.handle
    assert any(WORDS in m.text for m in await stage.person("kemal").sees())


async def test_one_that_is_no_security_matter_after_all_comes_into_the_room(stage: Stage) -> None:
    ayse, kemal, ali = stage.person("ayse"), stage.person("kemal"), stage.person("ali")
    await ayse.says("bir vatandaşın kişisel verileri yanlışlıkla dışarıya mail atıldı, veri sızıntısı oldu")
    room = stage.in_room("zeynep", "donanim")
    assert (await stage.ticket(FIRST)).restricted
    await kemal.presses("Diğer", on=await kemal.last("card"))
    await kemal.presses("Görevlendir")
    await kemal.presses("Ali Çelik")
    assert not any("vatandaş" in m.text for m in await stage.in_room("ali", "yazilim").sees())
    await _correct(ali, "Bilgisayar açılmıyor")
    assert not (await stage.ticket(FIRST)).restricted
    assert any("vatandaş" in m.text and m.buttons for m in await room.sees())


async def test_where_the_ticket_left_a_technicians_private_card_says_so(stage: Stage) -> None:
    await open_ticket(stage)
    zeynep, mehmet = stage.person("zeynep"), stage.in_room("mehmet", "donanim")
    await zeynep.says("/sira")
    await mehmet.presses("Diğer")
    await mehmet.presses("Diğer birime gönder")
    await mehmet.presses("Yazılım Birimi")
    card = await _standing(zeynep)
    assert card.kind == "card_moved"
    assert not card.buttons
    assert WORDS not in card.text


async def test_who_left_gets_no_more_news_of_the_cards_they_had(stage: Stage) -> None:
    number = await open_ticket(stage)
    zeynep, mehmet = stage.person("zeynep"), stage.in_room("mehmet", "donanim")
    await zeynep.says("/sira")
    await stage.person("admin").says("/ayrildi zeynep")
    before = await _standing(zeynep)
    await mehmet.presses("Üstlen")
    after = await _standing(zeynep)
    assert (await stage.ticket(number)).state is State.CLAIMED
    assert after.text == before.text
    assert not after.buttons
