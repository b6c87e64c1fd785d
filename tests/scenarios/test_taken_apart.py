"""Birleştir under what looks the same, Değil, and Geri ayır of what was merged by mistake."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.domain.states import State
from handlers.ports import UnitOfWork
from tests.scenarios.stage import Actor, Stage
from tests.scenarios.test_life_of_a_ticket import FIRST
from tests.scenarios.test_targets import FAULT, TUESDAY, opened, tick_at, web

__all__ = ["web"]
SECOND = "2026-000002"


async def twice(stage: Stage) -> Actor:
    """Hasan has ayse's fault, in ayse's room."""
    await opened(stage, f"{TUESDAY}T15:00")
    hasan = stage.person("hasan")
    await hasan.says(f"{FAULT}, 3. kat 312")
    await hasan.presses("Teknisyene ilet")
    while "Bilmiyorum, atla" in (await hasan.last()).buttons:
        await hasan.presses("Bilmiyorum, atla")
    return stage.in_room("mehmet", "donanim")


async def test_what_looks_the_same_is_merged_in_one_tap_and_taken_apart_in_another(stage: Stage) -> None:
    """On every channel."""
    room = await twice(stage)
    hasan = stage.person("hasan")
    assert f"{FIRST} ile aynı olabilir" in (await room.last("work_similar")).text
    await room.presses("Birleştir: 1")
    assert (await stage.ticket(SECOND)).merged_into == FIRST
    assert "Birleştir: 1" not in (await room.last("work_similar")).buttons
    await hasan.says("tepsiden ses geliyor", to=await hasan.last("update_merged"))
    await room.presses("Geri ayır")
    ticket = await stage.ticket(SECOND)
    assert (ticket.state, ticket.merged_into) == (State.CLAIMED, None)
    assert "Geri ayır" not in [label for message in await room.sees() for label in message.buttons]
    told = (await hasan.last("update_separated")).text
    assert f"{FIRST} ile aynı sorun olmadığı anlaşıldı; kaydınız yeniden kendi başına sürüyor." in told
    entries = stage.app.store.read(lambda uow: uow.tickets.entries(ticket.id))
    assert entries[-1].text == "tepsiden ses geliyor"
    assert entries[-1].author == ticket.reporter
    await hasan.says("kâğıt da sıkıştı", to=await hasan.last("update_separated"))
    assert (await room.last("work_reply")).text.startswith(SECOND)


async def test_the_other_one_is_named_to_nobody_who_may_not_read_it(web: Stage) -> None:
    """Whose ticket lives on in it knows it; a colleague does not, once it is a security matter."""
    room = await twice(web)
    await room.presses("Birleştir: 1")

    def turns_out_secret(uow: UnitOfWork) -> None:
        ticket = uow.tickets.by_number(FIRST)
        ticket.restricted = True
        uow.tickets.save(ticket)

    web.app.store.write(turns_out_secret)
    mehmet, hasan = web.person("mehmet"), web.person("hasan")
    await mehmet.says(f"/durum {SECOND}")
    told = (await mehmet.last("ticket")).text
    assert FIRST not in told
    assert "→ başka bir kayıt" in told
    await hasan.says(f"/durum {SECOND}")
    assert f"→ {FIRST}" in (await hasan.last("ticket")).text


async def test_degil_stands_where_it_was_asked(web: Stage) -> None:
    room = await twice(web)
    await room.presses("Değil")
    said = await room.last("not_same")
    assert said.text == f"{SECOND} · Yazıcı yazdırmıyor: {FIRST} ile aynı değil (Mehmet K.)."
    assert said.buttons == {}
    assert (await web.ticket(SECOND)).state is State.OPEN


@pytest.mark.parametrize(("days", "state"), [(14, State.CLAIMED), (15, State.MERGED)])
async def test_after_a_fortnight_it_stays_merged(web: Stage, days: int, state: State) -> None:
    room = await twice(web)
    await room.presses("Birleştir: 1")
    card = await room.last("merged_receipt")
    web.clock.advance(days=days)
    await room.presses("Geri ayır", on=card)
    assert (await web.ticket(SECOND)).state is state
    assert ("14 gün geçti" in (await room.last()).text) == (state is State.MERGED)


async def test_its_clock_goes_on_where_it_was(web: Stage) -> None:
    """The days in which it lived on in another are nobody's."""
    room = await twice(web)
    await room.presses("Birleştir: 1")
    await tick_at(web, "2026-12-04T15:00")
    await room.presses("Geri ayır", on=await room.last("merged_receipt"))
    mehmet = web.person("mehmet")
    await mehmet.says(f"/durum {SECOND}")
    assert "Çözüme 3 iş günü kaldı" in (await mehmet.last("ticket")).text
    assert web.clock.now() - (await web.ticket(SECOND)).opened_at > timedelta(days=2)


async def test_whose_holder_moved_on_lies_in_the_queue(web: Stage) -> None:
    room = await twice(web)
    await room.presses("Birleştir: 1")

    def move(uow):  # type: ignore[no-untyped-def]
        mehmet = uow.people.by_handle("mehmet")
        mehmet.unit = "yazilim"
        uow.people.save(mehmet)

    web.app.store.write(move)
    fatma = web.in_room("fatma", "donanim")
    await fatma.presses("Geri ayır", on=await fatma.last("merged_receipt"))
    ticket = await web.ticket(SECOND)
    assert (ticket.state, ticket.holder) == (State.OPEN, None)
