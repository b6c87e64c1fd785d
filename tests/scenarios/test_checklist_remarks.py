"""A note or a photo to a line of a checklist."""

from __future__ import annotations

from handlers.domain.ticket import EntryKind
from tests.scenarios.stage import Actor, Stage
from tests.scenarios.test_checklists import hang
from tests.scenarios.test_details import PNG
from tests.scenarios.test_life_of_a_ticket import FIRST, open_ticket
from tests.scenarios.test_targets import TUESDAY, opened, web

__all__ = ["web"]


async def at_work(stage: Stage) -> Actor:
    await open_ticket(stage)
    room = stage.in_room("mehmet", "donanim")
    await room.presses("Üstlen")
    await hang(room)
    return room


async def notes(stage: Stage) -> list[str]:
    ticket = await stage.ticket(FIRST)
    entries = await stage.app.gateway.read(lambda uow: uow.tickets.entries(ticket.id))
    return [one.text for one in entries if one.kind is EntryKind.NOTE]


async def test_a_line_carries_a_note_and_a_photo(stage: Stage) -> None:
    room = await at_work(stage)
    ayse = stage.person("ayse")
    heard = len(await ayse.sees())
    await room.says("3 numara: etiket kalmadı", to=await room.last("checklist"))
    assert "3. satıra eklendi: Kablolar etiketlendi" in (await room.last("line_remarked")).text
    assert "☐ 3. Kablolar etiketlendi 📝" in (await room.last("checklist")).text
    await room.says("3 numara", to=await room.last("card"), files={"kablo.png": PNG})
    assert "☐ 3. Kablolar etiketlendi 📝📷" in (await room.last("checklist")).text
    assert await notes(stage) == ["Kablolar etiketlendi: etiket kalmadı", "Kablolar etiketlendi (ek)"]
    await room.presses("Notlar ve fotoğraflar")
    shown = await room.last("line_remarks")
    assert "etiket kalmadı" in shown.text
    assert "kablo.png" in [name for m in await room.sees() for name in m.files]
    assert len(await ayse.sees()) == heard, "nothing of it is for the reporter"


async def test_it_is_taken_off_the_line_and_stays_with_the_ticket(web: Stage) -> None:
    await opened(web, f"{TUESDAY}T09:00")
    room = web.in_room("mehmet", "donanim")
    await room.presses("Üstlen")
    await hang(room)
    await room.says("satır 2: liste masada", to=await room.last("card"))
    assert "2. Kapatılmadan önce açık işler kaydedildi 📝" in (await room.last("checklist")).text
    undo = (await room.last("line_remarked")).buttons["Geri al"]
    await room.presses_token(undo)
    assert "📝" not in (await room.last("checklist")).text
    assert "kayıtta iç not olarak duruyor" in (await room.last("line_cleared")).text
    await room.presses_token(undo)
    assert len(await notes(web)) == 1


async def test_what_names_no_line_is_a_note_and_not_for_the_reporter(web: Stage) -> None:
    await opened(web, f"{TUESDAY}T09:00")
    room, ayse = web.in_room("mehmet", "donanim"), web.person("ayse")
    await room.presses("Üstlen")
    await hang(room)
    heard = len(await ayse.sees())
    await room.says("kabloların etiketi kalmamış", to=await room.last("checklist"))
    assert "satırın numarasıyla yanıtlayın" in (await room.last("line_which")).text
    assert await notes(web) == ["kabloların etiketi kalmamış"]
    assert len(await ayse.sees()) == heard


async def test_a_line_that_there_is_not_and_one_without_a_word(web: Stage) -> None:
    await opened(web, f"{TUESDAY}T09:00")
    room = web.in_room("mehmet", "donanim")
    await room.presses("Üstlen")
    await hang(room)
    standing = await room.last("checklist")
    for typed, said in (("9: kırık", "Bu listede 1–7 arası satırlar var"), ("3", "Satıra ne ekleyelim?")):
        await room.says(typed, to=standing)
        assert (await room.heard())[-1].startswith(said)
    assert not await notes(web)


async def test_an_erasure_finds_it(web: Stage) -> None:
    await opened(web, f"{TUESDAY}T09:00")
    room, mehmet = web.in_room("mehmet", "donanim"), web.person("mehmet")
    await room.presses("Üstlen")
    await hang(room)
    await room.says("3: Ayşe Hanım'ın kablosu", to=await room.last("checklist"))
    await room.presses("Notlar ve fotoğraflar")
    for label in ("Diğer", "İptal", "Mükerrer"):
        await room.presses(label)
    await mehmet.says("/verilerim")
    for label in ("Yazdıklarımı sil", "Evet, sil"):
        await mehmet.presses(label)
    assert not [text for text in await notes(web) if text]
    assert not [m for m in await room.sees() if "kablosu" in m.text]
