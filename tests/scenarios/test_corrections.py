"""What somebody words anew on their platform stands in the new words wherever others read it."""

from __future__ import annotations

from typing import Any

from tests.scenarios.stage import Seen, Stage
from tests.scenarios.test_life_of_a_ticket import FIRST, open_ticket


async def rewords(actor: Any, before: str, after: str) -> None:
    mine = [seen for seen in await actor.sees() if seen.author is not None and seen.text.strip() == before]
    await actor.edits(mine[-1], after)


async def read(actor: Any) -> str:
    said: list[Seen] = [seen for seen in await actor.sees() if seen.author is None]
    return "\n".join(seen.text for seen in said)


async def test_between_reporter_and_technician(stage: Stage) -> None:
    await open_ticket(stage)
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await ayse.says("kyocera 2040")  # the desk asked which device
    await rewords(ayse, "kyocera 2040", "kyocera 2050")
    assert "kyocera 2050" in (await stage.ticket(FIRST)).facts.values()
    assert "kyocera 2050" in (await mehmet.last("card")).text
    await mehmet.presses("Üstlen")
    await mehmet.says("saat on gibi geliyorum", to=await mehmet.last("card"))
    await rewords(mehmet, "saat on gibi geliyorum", "saat üç gibi geliyorum")
    assert "saat üç gibi" in await read(ayse)
    assert "saat on gibi" not in await read(ayse)
    await ayse.says("odam 214", to=await ayse.last("message_from_worker"))
    await rewords(ayse, "odam 214", "odam 241")
    assert "odam 241" in await read(mehmet)
    assert "odam 214" not in await read(mehmet)
    await mehmet.presses("Bilgi iste")
    await mehmet.says("ışığı yanıyor mu?")
    await rewords(mehmet, "ışığı yanıyor mu?", "hangi ışığı yanıyor?")
    assert "hangi ışığı yanıyor?" in (await ayse.last("question_to_reporter")).text
    await ayse.says("kırmızı")
    assert "kırmızı" in (await mehmet.last("work_reply")).text


async def test_of_what_was_done(stage: Stage) -> None:
    await open_ticket(stage)
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Tamamladım")
    await mehmet.says("fuser değişti")
    await rewords(mehmet, "fuser değişti", "kâğıt yolu temizlendi")
    assert (await stage.ticket(FIRST)).resolution == "kâğıt yolu temizlendi"
    done = await ayse.last("update_resolved")
    assert "kâğıt yolu temizlendi" in done.text
    assert "Evet, çalışıyor" in done.buttons
    assert "fuser" not in await read(mehmet)
    await ayse.presses("Evet, çalışıyor")
    await rewords(mehmet, "kâğıt yolu temizlendi", "toner takıldı")
    done = await ayse.last("update_resolved")
    assert "toner takıldı" in done.text
    assert "Evet, çalışıyor" not in done.buttons


async def test_of_a_note_that_was_sent_on_and_of_why_it_ended(stage: Stage) -> None:
    await open_ticket(stage)
    ayse, mehmet, zeynep = stage.person("ayse"), stage.in_room("mehmet", "donanim"), stage.in_room("zeynep", "donanim")
    await mehmet.presses("Üstlen")
    await zeynep.says("fuseri bitik", to=await zeynep.last("card"))
    await zeynep.presses("Personele gönder")
    await rewords(zeynep, "fuseri bitik", "drumu bitik")
    assert "drumu bitik" in (await ayse.last("message_from_worker")).text
    await mehmet.presses("Beklet")
    await mehmet.presses("Firma")
    await mehmet.says("Acme, salı")
    await rewords(mehmet, "Acme, salı", "Acme, çarşamba")
    assert "Acme, çarşamba" in (await mehmet.last("card")).text
    await mehmet.presses("Diğer")
    await mehmet.presses("İptal")
    await mehmet.says("cihaz hurdaya ayrılmış")
    await rewords(mehmet, "cihaz hurdaya ayrılmış", "cihaz depoya alınmış")
    assert "cihaz depoya alınmış" in (await ayse.last("update_cancelled")).text
