"""Git: where a number, the name of a page or a view, and words lead."""

from __future__ import annotations

import re
from html import escape

import pytest
from starlette.routing import Route

from bot.web.panel.navigation import PAGES, SETUP
from bot.web.panel.places import PLACES
from bot.web.panel.routes import routes
from handlers.domain.people import Person, Role
from handlers.domain.ticket import Ticket
from tests.bot.web.panel.conftest import Open
from tests.bot.web.panel.scene import working_day
from tests.bot.web.scripted_site import ScriptedSite


@pytest.fixture
def day(site: ScriptedSite, staff: dict[str, Person]) -> dict[str, Ticket]:
    return working_day(site, staff)


async def ways(opened: Open, who: str, typed: str, page: str = "git") -> list[str]:
    answer = await (await opened(who)).get(f"panel/{page}", q=typed)
    assert answer.status_code == 200
    listed = answer.text[answer.text.index('class="ways"') :]
    return re.findall(rf'href="/demo/{who}/panel/([^"]*)"', listed)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("4", "kayit/2026-000004"),
        ("2026-000004", "kayit/2026-000004"),
        ("mesai", "ayarlar/takvim"),
        ("gösterge", "gosterge"),
        ("GECIKEN", "kayitlar?geciken=1&amp;sirala=sure"),
        ("zabıta geciken", "kayitlar?mudurluk=Zab%C4%B1ta&amp;geciken=1"),
        ("tonerci", "kayitlar?q=tonerci"),
    ],
)
async def test_the_first_is_what_is_meant(opened: Open, day: dict[str, Ticket], typed: str, first: str) -> None:
    assert (await ways(opened, "fatma", typed))[0] == first
    assert await ways(opened, "fatma", typed, "git/bulunan") == await ways(opened, "fatma", typed)


@pytest.mark.parametrize(
    ("who", "typed", "place"),
    [
        ("fatma", "mesai", "ayarlar/takvim"),
        ("fatma", "TATİL", "ayarlar/takvim"),
        ("admin", "yedek", "ayarlar/yedek"),
        ("admin", "davet", "kisiler-davet"),
        ("admin", "kanal", "ayarlar/kanallar"),
        ("denetci", "kanal", "ayarlar/kanallar"),
        ("denetci", "telegram token", "ayarlar/telegram"),
    ],
)
async def test_a_page_is_found_by_what_is_done_there(opened: Open, who: str, typed: str, place: str) -> None:
    assert (await ways(opened, who, typed))[0] == place
    page = (await (await opened(who)).get("panel/ara", q=typed)).text
    assert f'href="/demo/{who}/panel/{place}"' in page
    assert "bir şey bulunamadı" not in page


async def test_every_page_of_the_panel_is_found_by_its_title(opened: Open) -> None:
    pieces = {"", "akis", "git/bulunan", "ara/bulunan", "kayitlar/dosya", "denetim/dosya"}
    pieces |= {"kayitlar/toplu", "kayitlar/toplu/sonuc"}
    pieces |= {"cihazlar/liste.pdf", "cihazlar/en-cok.pdf", "cihazlar/dosya.xlsx", "cihazlar-etiket.pdf"}
    pieces |= {"sureli/sureli.xlsx", "servis.xlsx", "servis.pdf", "yazilimlar/liste.xlsx"}
    pieces |= {"teslim.xlsx", "resmi-kayit.xlsx", "cikis-emirleri/gun.pdf"}
    pieces |= {"depo-defter.pdf", "depo-defter.xlsx", "depo-defter/yazicilar.xlsx"}
    pieces |= {"depo/depo.xlsx", "depo-tuketim.xlsx", "depo-tuketim.pdf", "evrak/liste.xlsx", "evrak/liste.pdf"}
    routed = {one.path.removeprefix("/panel").strip("/") for one in routes() if isinstance(one, Route)}
    gets = {one.path for one in routes() if isinstance(one, Route) and "GET" in (one.methods or ())}
    pages = {path for path in routed if f"/panel/{path}" in gets and "{" not in path} - pieces
    assert pages == {one.address for one in PLACES if one.address != "ilk-kurulum/1"}
    visits = [(await opened(who), who) for who in ("admin", "fatma")]
    for place in PLACES:
        visit, who = visits[0] if Role.ADMIN in place.page.roles else visits[1]
        if place.page not in (*PAGES, SETUP) or len(place.path) > 1:
            page = (await visit.get(f"panel/{place.address}")).text
            assert f"<title>{escape(place.path[-1])} · " in page, place.address
        assert place.address in await ways(opened, who, place.path[-1]), place.address


async def test_only_pages_that_they_may_open_are_found(opened: Open) -> None:
    for who, typed, place in (
        ("fatma", "yedek", "ayarlar/yedek"),
        ("fatma", "davet", "kisiler-davet"),
        ("mehmet", "mesai", "ayarlar/takvim"),
        ("denetci", "davet", "kisiler-davet"),
        ("ali", "denetim", "denetim"),
    ):
        assert place not in await ways(opened, who, typed), (who, typed)
        page = (await (await opened(who)).get("panel/ara/bulunan", q=typed)).text
        assert f'panel/{place}"' not in page, (who, typed)


async def test_nothing_typed_lists_the_pages_and_views_that_are_theirs(opened: Open, day: dict[str, Ticket]) -> None:
    found = await ways(opened, "mehmet", "")
    assert "kayitlar" in found
    assert "ayarlar/takvim" not in found
    assert "denetim" not in found


async def test_of_what_they_may_not_read_there_is_no_word(opened: Open, day: dict[str, Ticket]) -> None:
    number = day["secret"].number
    assert f"kayit/{number}" in await ways(opened, "fatma", number)
    assert not any("kayit/" in one for one in await ways(opened, "mehmet", number))
    assert not any("kayit/" in one for one in await ways(opened, "mehmet", day["other"].number))


@pytest.mark.parametrize(("who", "finds"), [("fatma", True), ("mehmet", False), ("denetci", False)])
async def test_people_are_found_by_whom_their_list_is_open_to(opened: Open, who: str, finds: bool) -> None:
    assert any("kisiler/zeynep" in one for one in await ways(opened, who, "zeynep")) is finds
