"""`/panel/pano`: who sees which card in which column, and where it may go from there."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from handlers.domain.people import Person
from handlers.domain.ticket import Ticket
from handlers.ports import UnitOfWork
from tests.bot.web.panel.conftest import Open
from tests.bot.web.panel.scene import working_day
from tests.bot.web.scripted_site import ScriptedSite


@pytest.fixture
def day(site: ScriptedSite, staff: dict[str, Person]) -> dict[str, Ticket]:
    made = working_day(site, staff)

    def resolve(uow: UnitOfWork) -> None:
        for name, days in (("plain", 1), ("unknown", 9)):
            ticket = uow.tickets.get(made[name].id)
            at = site.now() - timedelta(days=days)
            ticket.claim(by=staff["mehmet"].id, at=at, channel="web")
            ticket.resolve("takıldı", by=staff["mehmet"].id, at=at, channel="web")
            uow.tickets.save(ticket)

    site.store.write(resolve)
    return made


async def columns(opened: Open, who: str, query: str = "") -> dict[str, list[str]]:
    page = (await (await opened(who)).get(f"panel/pano{query}")).text
    found = {}
    for section in page.split('<section class="board-column"')[1:]:
        head = re.search(r"<h2[^>]*>([^<]+?) <span", section)
        assert head
        found[head[1]] = re.findall(r'<p><a href="[^"]*/panel/kayit/([\d-]+)"', section)
    return found


async def test_each_ticket_stands_in_the_column_of_its_state(opened: Open, day: dict[str, Ticket]) -> None:
    def numbers(*names: str) -> list[str]:
        return [day[one].number for one in names]

    assert await columns(opened, "fatma") == {
        "Sırada": numbers("urgent", "secret", "new"),
        "Üstlenildi": numbers("late"),
        "Bekleyen": numbers("waits"),
        "Tamamlandı (7 gün)": numbers("plain"),
    }
    assert (await columns(opened, "mehmet"))["Sırada"] == numbers("urgent", "new")
    assert set((await columns(opened, "kemal"))["Üstlenildi"]) == set(numbers("late", "other"))
    assert (await columns(opened, "kemal", "?birim=yazilim"))["Üstlenildi"] == numbers("other")
    assert (await columns(opened, "fatma", "?birim=yazilim"))["Sırada"] == []


async def test_a_card_offers_what_may_be_done_to_it_by_whoever_looks(opened: Open, day: dict[str, Ticket]) -> None:
    async def moves(who: str, ticket: Ticket) -> list[str]:
        page = (await (await opened(who)).get("panel/pano")).text
        card = page.partition(f'title="{ticket.number}"')[2].partition('class="board-card"')[0]
        return re.findall(r"<li><a [^>]+>([^<]+)</a>", card)

    assert await moves("mehmet", day["new"]) == ["Üstlen"]
    assert await moves("mehmet", day["late"]) == [
        "Sıraya geri koy", "Beklet: firma", "Beklet: malzeme", "Tamamladım…",
    ]  # fmt: skip
    assert await moves("mehmet", day["waits"]) == []
    assert "Sürdür" in await moves("fatma", day["waits"])
    assert await moves("denetci", day["late"]) == []
    visit = await opened("mehmet")
    assert "1 kayda uygula" in (await visit.get(f"panel/kayitlar/toplu?is=claim&kayit={day['new'].id}")).text


async def test_it_says_who_has_how_many_and_names_a_unit_there_is_not(opened: Open, day: dict[str, Ticket]) -> None:
    visit = await opened("kemal")
    page = (await visit.get("panel/pano?birim=park")).text
    assert "“park” diye bir birim yok, yok sayıldı." in page
    assert "Ali Ç. 1 · Mehmet K. 1 · Zeynep A. 1" in page
    assert "Kayıt yok." in (await (await opened("ali")).get("panel/pano")).text
