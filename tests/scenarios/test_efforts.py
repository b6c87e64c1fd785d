"""Harcanan süre: one tap after Tamamladım, or `/sure 123 45`; nobody has to, and nobody is measured by it."""

from __future__ import annotations

import pytest

from handlers.domain.efforts import efforts
from tests.scenarios.stage import Stage
from tests.scenarios.test_life_of_a_ticket import open_ticket
from tests.scenarios.test_targets import TUESDAY, opened, web

__all__ = ["web"]
RECEIPT = "resolved_receipt"
CHOICES = ["5 dk", "15 dk", "30 dk", "1 sa", "2 sa", "Yarım gün", "Atla"]


async def minutes(stage: Stage, number: str = "2026-000001") -> list[int]:
    ticket = await stage.ticket(number)
    history = await stage.app.gateway.read(lambda uow: uow.tickets.history(ticket.id))
    return [one.minutes for one in efforts(history)]


async def completed(stage: Stage, reporter: str = "ayse") -> None:
    await opened(stage, f"{TUESDAY}T09:00", reporter)
    room = stage.in_room("mehmet", "donanim")
    await room.presses("Üstlen")
    await room.presses("Tamamladım")
    await room.says("Toner değişti")


async def test_whoever_completed_it_says_in_one_tap_how_long_it_took(stage: Stage) -> None:
    await open_ticket(stage)
    room = stage.in_room("mehmet", "donanim")
    await room.presses("Üstlen")
    await room.presses("Tamamladım")
    await room.says("Toner değişti")
    assert "Ne kadar sürdü?" in (await room.last(RECEIPT)).text
    await room.presses("15 dk")
    assert (await room.last("effort_noted")).text == "2026-000001 · harcanan süre: 15 dk"
    zeynep = stage.person("zeynep")
    await zeynep.says("/sure 1 yarım saat")
    assert (await zeynep.last("effort_noted")).text == "2026-000001 · harcanan süre: 30 dk (toplam 45 dk)"
    await zeynep.presses("Geri al")
    assert await minutes(stage) == [15]


async def test_under_the_receipt_stand_the_choices_and_one_may_pass_them_by(web: Stage) -> None:
    await completed(web)
    room = web.in_room("mehmet", "donanim")
    asked = await room.last(RECEIPT)
    assert list(asked.buttons) == CHOICES
    await web.in_room("zeynep", "donanim").presses("5 dk")
    assert (await room.last()).text == "Bu soru kaydı tamamlayana. Siz de çalıştıysanız: /sure 1 30"
    await room.presses("Atla")
    assert not (await room.last(RECEIPT)).buttons
    await room.presses_token(asked.buttons["15 dk"])
    assert await minutes(web) == []


async def test_what_is_usual_for_a_subject_is_marked(web: Stage) -> None:
    for reporter, label in (("ayse", "5 dk"), ("hasan", "30 dk"), ("admin", "30 dk")):
        await completed(web, reporter)
        assert list((await web.in_room("mehmet", "donanim").last(RECEIPT)).buttons) == CHOICES
        await web.in_room("mehmet", "donanim").presses(label)
    await completed(web, "kemal")
    assert "30 dk (genelde)" in (await web.in_room("mehmet", "donanim").last(RECEIPT)).buttons


async def test_a_tap_counts_once_and_is_taken_back_once(web: Stage) -> None:
    await completed(web)
    room = web.in_room("mehmet", "donanim")
    asked = (await room.last(RECEIPT)).buttons["2 sa"]
    await room.presses_token(asked)
    await room.presses_token(asked)
    assert await minutes(web) == [120]
    undo = (await room.last("effort_noted")).buttons["Geri al"]
    await room.presses_token(undo)
    await room.presses_token(undo)
    assert await minutes(web) == []
    await room.says("/sure 1 10")
    await web.in_room("zeynep", "donanim").presses("Geri al")
    assert await minutes(web) == [10]


@pytest.mark.parametrize(
    ("typed", "kept", "said"),
    [
        ("/sure 1 45", [45], "harcanan süre: 45 dk"),
        ("/sure 1: 1 sa 30 dk", [90], "harcanan süre: 1 sa 30 dk"),
        ("/süre 1 1,5 saat", [90], "harcanan süre: 1 sa 30 dk"),
        ("/sure 1 yarım gün", [240], "harcanan süre: 4 sa"),
        ("/sure 1 1 saat ve 5 dakika", [65], "harcanan süre: 1 sa 5 dk"),
        ("/sure 1 çok", [], "Bu süreyi anlayamadım. Örnekler: 45 · 30 dk"),
        ("/sure 1 0", [], "en az 1 dakika, en çok 40 saat"),
        ("/sure 1 41 saat", [], "en az 1 dakika, en çok 40 saat"),
        ("/sure 45", [], "Kayıt numarasını ve süreyi yazın: /sure 123 45 (dakika)"),
        ("/sure 7 45", [], "bulamadım"),
    ],
)
async def test_it_is_typed_as_one_says_it(web: Stage, typed: str, kept: list[int], said: str) -> None:
    await opened(web, f"{TUESDAY}T09:00")
    mehmet = web.person("mehmet")
    await mehmet.says(typed)
    assert said in (await mehmet.heard())[-1]
    assert await minutes(web) == kept


async def test_under_a_card_no_number_is_needed(web: Stage) -> None:
    await opened(web, f"{TUESDAY}T09:00")
    room = web.in_room("mehmet", "donanim")
    await room.says("/sure 20", to=await room.last("card"))
    assert await minutes(web) == [20]


async def test_how_much_went_where_is_told_by_subject_and_never_by_person(web: Stage) -> None:
    await completed(web)
    room, fatma = web.in_room("mehmet", "donanim"), web.person("fatma")
    await room.presses("1 sa")
    await web.person("zeynep").says("/sure 1 15")
    await fatma.says("/sure")
    said = (await fatma.last("efforts")).text
    assert "Yazıcı yazdırmıyor: 1 sa 15 dk (1 kayıt)" in said
    assert "Mehmet" not in said
    await fatma.says("/durum 1")
    assert "Harcanan süre: 1 sa 15 dk" in (await fatma.last("ticket")).text
    ayse = web.person("ayse")
    await ayse.says("/durum 1")
    assert "arcanan süre" not in (await ayse.last("ticket")).text
    await ayse.says("/sure 1 5")
    assert (await minutes(web)) == [60, 15]


async def test_a_unit_may_go_without(web: Stage) -> None:
    web.app.desk.units_without_effort = frozenset({"donanim"})
    await completed(web)
    mehmet, room = web.person("mehmet"), web.in_room("mehmet", "donanim")
    assert not (await room.last(RECEIPT)).buttons
    assert "Ne kadar" not in (await room.last(RECEIPT)).text
    await mehmet.says("/sure 1 45")
    assert (await mehmet.heard())[-1] == "Bu birimde harcanan süre tutulmuyor; bir şey yazılmadı."
