"""İlgili and Ayır: tickets that have to do with each other, and another matter in what somebody wrote."""

from __future__ import annotations

import pytest

from tests.scenarios.stage import Actor, Stage
from tests.scenarios.test_life_of_a_ticket import FIRST
from tests.scenarios.test_targets import TUESDAY, opened, web

__all__ = ["web"]
SECOND = "2026-000002"
OTHER_MATTER = "bir de monitörüm açılmıyor, ekran simsiyah"


async def written(stage: Stage) -> tuple[Actor, Actor]:
    """Ayşe wrote of another matter to her ticket, which mehmet has."""
    await opened(stage, f"{TUESDAY}T15:00")
    room, ayse = stage.in_room("mehmet", "donanim"), stage.person("ayse")
    await room.presses("Üstlen")
    await ayse.says(OTHER_MATTER, to=await ayse.last("update_claimed"))
    return room, ayse


async def test_another_matter_gets_a_ticket_of_its_own_and_stays_where_it_was(stage: Stage) -> None:
    """On every channel."""
    room, ayse = await written(stage)
    await room.says("/ayir", to=await room.last("work_reply"))
    first, second = await stage.ticket(FIRST), await stage.ticket(SECOND)
    assert (second.text, second.reporter, second.category) == (OTHER_MATTER, first.reporter, "monitor-goruntu")
    assert second.facts["oda"] == first.facts["oda"]
    assert f"🔗 İlgili: {FIRST}" in (await room.last("card")).text
    assert (await room.last("split_receipt")).text.endswith(f"{FIRST} ile ilgili; yazılanlar orada da duruyor.")
    assert SECOND in (await ayse.last("opened_by_other")).text
    entries = stage.app.store.read(lambda uow: uow.tickets.entries(first.id))
    assert OTHER_MATTER in [entry.text for entry in entries], "a record loses no lines"


async def test_of_a_report_with_two_matters_the_other_is_said(web: Stage) -> None:
    await opened(web, f"{TUESDAY}T15:00")
    room = web.in_room("mehmet", "donanim")
    await room.says("/ayir toner bitti", to=await room.last("card"))
    first, second = await web.ticket(FIRST), await web.ticket(SECOND)
    assert second.text == first.text
    assert second.category != first.category


async def test_of_what_was_just_split_nobody_is_asked_whether_it_is_the_same(web: Stage) -> None:
    await opened(web, f"{TUESDAY}T15:00")
    room = web.in_room("mehmet", "donanim")
    await room.says("/ayir 1")
    first, second = await web.ticket(FIRST), await web.ticket(SECOND)
    assert (second.text, second.category) == (first.text, first.category)
    assert not any(m.kind == "work_similar" for m in await room.sees())


async def test_without_a_reply_the_number_says_which(web: Stage) -> None:
    room, _ = await written(web)
    await room.says("/ayir 1")
    assert (await web.ticket(SECOND)).text == OTHER_MATTER


async def test_its_subject_can_be_said(web: Stage) -> None:
    room, _ = await written(web)
    await room.says("/ayır toner bitti", to=await room.last("work_reply"))
    assert ((await web.ticket(SECOND)).category or "").startswith("toner")


async def test_two_are_related_from_both_sides_and_no_more(web: Stage) -> None:
    room, _ = await written(web)
    await room.says("/ayir", to=await room.last("work_reply"))
    await room.says("/ilgili 1 2 değil")
    mehmet = web.person("mehmet")
    for number in ("1", "2"):
        await mehmet.says(f"/durum {number}")
        assert "İlgili:" not in (await mehmet.last("ticket")).text
    await room.says("/ilgili 2 1")
    for number, other in (("1", SECOND), ("2", FIRST)):
        await mehmet.says(f"/durum {number}")
        assert f"🔗 İlgili: {other}" in (await mehmet.last("ticket")).text
    await room.says("/ilgili 2 1")
    assert (await room.last()).text == f"{SECOND} ve {FIRST} zaten ilgili."
    ayse = web.person("ayse")
    await ayse.says("/durum 1")
    assert "İlgili" not in (await ayse.last("ticket")).text, "how the work is sorted is none of theirs"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/ilgili 1", "Hangi iki kayıt?"),
        ("/ilgili", "Hangi iki kayıt?"),
        ("/ilgili 1 1", "kendisiyle ilişkilendirilemez"),
        ("/ayir", "yanıtlayıp /ayir yazın"),
    ],
)
async def test_what_is_missing_is_said(web: Stage, typed: str, said: str) -> None:
    room, _ = await written(web)
    await room.says(typed)
    assert said in (await room.last()).text
