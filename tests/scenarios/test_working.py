"""What technicians and leads do beside the straight way: notes, callers, merging, cancelling, outages, the clock."""

from __future__ import annotations

import pytest

from handlers.domain.states import State
from tests.scenarios.stage import Stage
from tests.scenarios.test_life_of_a_ticket import FIRST, PRINTER, open_ticket

SECOND = "2026-000002"


async def test_only_the_holders_reply_goes_to_the_reporter(stage: Stage) -> None:
    await open_ticket(stage)
    ayse = stage.person("ayse")
    mehmet, zeynep = stage.in_room("mehmet", "donanim"), stage.in_room("zeynep", "donanim")
    await mehmet.presses("Üstlen")
    card = await mehmet.last("card")
    await mehmet.says("öğleden sonra geliyorum", to=card)
    assert any("İletildi" in text for text in await mehmet.heard())
    assert any("öğleden sonra geliyorum" in m.text for m in await ayse.sees())
    await zeynep.says("o yazıcının fuseri bitik", to=card)
    assert not any("fuseri" in m.text for m in await ayse.sees())
    await zeynep.presses("Personele gönder")
    assert any("fuseri" in m.text for m in await ayse.sees())


async def test_a_note_is_internal_always(stage: Stage) -> None:
    number = await open_ticket(stage)
    mehmet = stage.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await mehmet.says("/not yedek parça dolapta", to=await mehmet.last("card"))
    await mehmet.says(f"/not {number} anahtar bende")
    assert not any("dolapta" in m.text or "anahtar" in m.text for m in await stage.person("ayse").sees())
    zeynep = stage.person("zeynep")
    await zeynep.says(f"/durum {number}")
    assert any("dolapta" in m.text and "anahtar" in m.text for m in await zeynep.sees())
    await stage.person("ayse").says(f"/durum {number}")
    assert "dolapta" not in (await stage.person("ayse").last()).text


@pytest.mark.parametrize(("button", "told"), [("Kayıt aç, haber ver", True), ("Kayıt aç, haber verme", False)])
async def test_a_ticket_for_somebody_who_phoned(stage: Stage, button: str, told: bool) -> None:
    mehmet, hasan = stage.person("mehmet"), stage.person("hasan")
    await mehmet.says("/adina")
    await mehmet.says("hasan demir")
    await mehmet.says("telefonunun ahizesinden ses gelmiyor")
    await mehmet.presses(button) if button != "Kayıt aç, haber ver" else await mehmet.presses_token(
        (await mehmet.last()).buttons[button]
    )
    ticket = await stage.ticket(FIRST)
    both = (ticket.reporter, ticket.opened_by)
    handles = await stage.app.gateway.read(lambda uow: [uow.people.get(person).handle for person in both])
    assert handles == ["hasan", "mehmet"]
    assert any(FIRST in m.text for m in await hasan.sees()) is told


@pytest.mark.parametrize(
    "lines", [("/adina hasan: el terminali açılmıyor",), ("/adina", "hasan: el terminali açılmıyor")]
)
async def test_a_caller_in_one_line(stage: Stage, lines: tuple[str, ...]) -> None:
    mehmet = stage.person("mehmet")
    for line in lines:
        await mehmet.says(line)
    await mehmet.presses("Kayıt aç")
    assert (await stage.ticket(FIRST)).text == "el terminali açılmıyor"


async def test_merging_wants_a_target_and_a_reason_and_tells_both(stage: Stage) -> None:
    await open_ticket(stage, "ayse")
    await open_ticket(stage, "hasan", "yazıcı basmıyor bizde de")
    mehmet, hasan = stage.in_room("mehmet", "donanim"), stage.person("hasan")
    second = await mehmet.last("card")
    await mehmet.presses("Üstlen", on=second)
    await mehmet.presses("Diğer", on=await mehmet.last("card"))
    await mehmet.presses("Birleştir")
    await mehmet.says("1")
    await mehmet.presses("Aynı arıza")
    ticket = await stage.ticket(SECOND)
    assert (ticket.state, ticket.merged_into) == (State.MERGED, FIRST)
    assert any(FIRST in m.text for m in await hasan.sees() if m.kind == "update_merged")


async def test_cancelling_wants_a_reason_and_tells_it(stage: Stage) -> None:
    number = await open_ticket(stage)
    mehmet = stage.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Diğer")
    await mehmet.presses("İptal")
    await mehmet.says("aynı cihaz için dün de açılmıştı")
    assert (await stage.ticket(number)).state is State.CANCELLED
    assert "dün de açılmıştı" in (await stage.person("ayse").last("update_cancelled")).text


async def test_colleagues_join_a_known_outage_and_hear_when_it_is_over(stage: Stage) -> None:
    await open_ticket(stage, "ayse", "3. kattaki bütün odalarda internet yok, kırmızı çarpı var")
    mehmet, hasan = stage.in_room("mehmet", "donanim"), stage.person("hasan")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Diğer")
    await mehmet.presses("Bilinen kesinti")
    await hasan.says("bizim odada internet yok, kırmızı çarpı var")
    await hasan.presses("Ben de yaşıyorum")
    assert len(await stage.app.gateway.read(lambda uow: uow.summaries.list())) == 1
    assert "+1 kişi" in (await mehmet.last("card")).text
    await mehmet.presses("Tamamladım")
    await mehmet.says("switch değişti")
    assert "Düzeldi" in (await hasan.last()).text


async def test_three_working_days_of_silence_close_it_and_it_can_be_reopened(stage: Stage) -> None:
    number = await open_ticket(stage)
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Tamamladım")
    await mehmet.presses("Uzaktan çözüldü")
    await stage.tick(days=2, hours=23)
    assert (await stage.ticket(number)).state is State.RESOLVED
    await stage.tick(hours=2)
    assert (await stage.ticket(number)).state is State.CLOSED
    await ayse.presses("Hâlâ bozuk")
    assert (await stage.ticket(number)).state is State.CLAIMED


async def test_a_weekend_is_no_silence(stage: Stage) -> None:
    number = await open_ticket(stage)
    mehmet = stage.in_room("mehmet", "donanim")
    stage.clock.advance(days=4)  # Friday
    await mehmet.presses("Üstlen")
    await mehmet.presses("Tamamladım")
    await mehmet.presses("Uzaktan çözüldü")
    await stage.tick(days=4)  # Tuesday
    assert (await stage.ticket(number)).state is State.RESOLVED
    await stage.tick(days=1, hours=1)
    assert (await stage.ticket(number)).state is State.CLOSED


async def test_fourteen_days_later_it_is_a_new_ticket(stage: Stage) -> None:
    number = await open_ticket(stage)
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Tamamladım")
    await mehmet.presses("Uzaktan çözüldü")
    still_broken = (await ayse.last("update_resolved")).buttons["Hâlâ bozuk"]
    await ayse.presses("Evet, çalışıyor")
    stage.clock.advance(days=15)
    await ayse.presses_token(still_broken)
    assert (await stage.ticket(number)).state is State.CLOSED
    assert "14 gün" in (await ayse.last()).text


async def test_talk_between_colleagues_is_left_alone(stage: Stage) -> None:
    mehmet = stage.in_room("mehmet", "donanim")
    await mehmet.says("çay içen var mı, yazıcı da bozuk bu arada")
    assert await mehmet.heard() == []


async def test_an_admin_binds_a_group_in_chat(stage: Stage) -> None:
    admin = stage.in_room("admin", "donanim")
    await admin.says("/bagla yazilim")
    card_room = await stage.app.gateway.read(lambda uow: uow.conversations.get(admin.address))
    assert card_room is not None
    assert card_room.unit == "yazilim"
    mehmet = stage.in_room("mehmet", "donanim")
    await mehmet.says("/bagla donanim")
    assert "yetkiniz yok" in (await mehmet.last()).text


async def test_rating_is_one_tap_on_some_tickets(stage: Stage) -> None:
    for _ in range(3):
        await open_ticket(stage, "ayse", PRINTER)
        while "Bilmiyorum, atla" in (await stage.person("ayse").last()).buttons:
            await stage.person("ayse").presses("Bilmiyorum, atla")
    mehmet, ayse = stage.in_room("mehmet", "donanim"), stage.person("ayse")
    for card in [m for m in await mehmet.sees() if m.kind == "card"]:
        await mehmet.presses("Üstlen", on=card)
        now = next(m for m in await mehmet.sees() if m.ref == card.ref)
        await mehmet.presses("Tamamladım", on=now)
        await mehmet.says("düzeltildi")
    for asked in [m for m in await ayse.sees() if m.kind == "update_resolved"]:
        await ayse.presses("Evet, çalışıyor", on=asked)
    rated = [m for m in await ayse.sees() if "🙂 İyiydi" in m.buttons]
    assert len(rated) == 1
    await ayse.presses("🙂 İyiydi")
    ratings = [(await stage.ticket(f"2026-00000{number}")).rating for number in (1, 2, 3)]
    assert sorted(rating or 0 for rating in ratings) == [0, 0, 3]


async def test_a_card_says_why_it_is_urgent_until_a_person_decides(stage: Stage) -> None:
    await stage.person("ayse").says("kablolu internet kimsede yok, işler durdu")
    await stage.person("ayse").presses("Teknisyene ilet")
    room = stage.in_room("mehmet", "donanim")
    card = (await room.last("card")).text
    assert card.startswith("🚨 ACİL")
    assert "Öncelik nedeni: kurum · durdu: “kimsede yok”, “işler durdu”" in card
    await room.presses("Diğer")
    await room.presses("Önceliği değiştir")
    await room.presses("Normal")
    card = (await room.last("card")).text
    assert "ACİL" not in card
    assert "Öncelik nedeni" not in card


async def test_anybody_may_ask_what_makes_a_priority(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says("/öncelik")
    rule = (await ayse.last()).text
    assert "iş durduysa ACİL" in rule
    assert "• Vezne: hafta içi 08.00–17.00" in rule
    assert "Kimin bildirdiği önceliği değiştirmez" in rule
