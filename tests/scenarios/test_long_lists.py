"""Lists longer than what is shown: nothing is hidden behind the first ten, or the first hundred."""

from __future__ import annotations

from pathlib import Path

from handlers.domain.states import Priority
from handlers.ports import UnitOfWork
from tests.scenarios.stage import Stage, open_stage
from tests.storage.builders import open_ticket

MANY = 103


async def fill(stage: Stage, reporter: str, count: int, holder: str | None = None) -> None:
    """So many tickets of the unit, older than whatever the play opens."""

    def add(uow: UnitOfWork) -> None:
        own, by = uow.people.by_handle(reporter), uow.people.by_handle(holder or "")
        assert own is not None
        for _ in range(count):
            ticket = open_ticket(uow, own.id, stage.clock.now())
            if by is not None:
                ticket.claim(by=by.id, at=stage.clock.now(), channel=stage.channel)
                uow.tickets.save(ticket)

    await stage.app.gateway.write(add)


async def test_an_emergency_is_heard_behind_a_hundred_others(tmp_path: Path) -> None:
    async with open_stage(tmp_path, "web") as stage:
        await fill(stage, "ayse", MANY)
        await stage.tick(hours=2, minutes=5)
        await stage.person("hasan").says("server odasında yangın var alev çıkıyor")
        room = stage.in_room("mehmet", "donanim")
        urgent = await stage.ticket(f"2026-{MANY + 1:06d}")
        assert urgent.priority is Priority.URGENT
        await stage.tick(minutes=10)
        assert any(urgent.number in m.text for m in await room.sees() if m.kind == "work_unclaimed_urgent")
        mehmet = stage.person("mehmet")
        await mehmet.says("/sira")
        assert str(MANY + 1) in (await mehmet.last("queue")).text
        assert urgent.number in (await mehmet.sees())[-10].text, "the most urgent comes first"


async def test_every_list_has_a_way_to_its_end(tmp_path: Path) -> None:
    async with open_stage(tmp_path, "web") as stage:
        await fill(stage, "ayse", 23)
        ayse, mehmet = stage.person("ayse"), stage.person("mehmet")
        await ayse.says("/durum")
        pages = [(await ayse.last("my_tickets"))]
        while "Sonrakiler" in pages[-1].buttons:
            await ayse.presses("Sonrakiler", on=pages[-1])
            pages.append(await ayse.last("my_tickets"))
        assert ["23 (1–10)" in pages[0].text, "23 (11–20)" in pages[1].text, "23 (21–23)" in pages[2].text] == [
            True
        ] * 3
        assert all(any(f"2026-{n:06d}" in page.text for page in pages) for n in range(1, 24))
        await ayse.says("/iptal")
        asked = await ayse.last("cancel_which")
        assert "ve 15 açık kayıt daha" in asked.text
        await ayse.says("/iptal 1")
        assert list((await ayse.last("cancel_which")).buttons) == ["İptal et: 1", "Çözüldü"]
        await mehmet.says("/sira")
        await mehmet.presses("Üstlen")  # the first of the list moves on: the next page leaves none out
        first = await mehmet.last("queue")
        await mehmet.presses("Sonrakiler", on=first)
        await mehmet.presses("Sonrakiler", on=await mehmet.last("queue"))
        assert "Sonrakiler" not in (await mehmet.last("queue")).buttons
        seen = " ".join(m.text for m in await mehmet.sees() if m.kind == "card")
        assert all(f"2026-{n:06d}" in seen for n in range(1, 24))
        await ayse.says("/verilerim")
        assert "Kayıtlarınız: 23" in (await ayse.last()).text


async def test_held_tickets_have_a_second_page(tmp_path: Path) -> None:
    async with open_stage(tmp_path, "web") as stage:
        await fill(stage, "ayse", 12, holder="mehmet")
        mehmet = stage.person("mehmet")
        await mehmet.says("/islerim")
        head = await mehmet.last("my_work")
        assert "12 (ilk 10 tanesi)" in head.text
        await mehmet.presses("Sonrakiler", on=head)
        assert "devamı: 2" in (await mehmet.last("my_work")).text
        assert "Sonrakiler" not in (await mehmet.last("my_work")).buttons
        assert len({m.text.splitlines()[0] for m in await mehmet.sees() if m.kind == "card"}) == 12
