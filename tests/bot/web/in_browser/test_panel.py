"""The panel on a screen: rows that change under one's eyes, the keyboard, and what axe-core finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.web import WebSettings
from handlers.domain.people import Person
from handlers.domain.ticket import Ticket
from handlers.ports import UnitOfWork
from tests.bot.web.accessibility import WINDOWS, faults_at, window
from tests.bot.web.in_browser.chat_page import Visit
from tests.bot.web.panel.scene import open_one, working_day
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.serving import Served, serving
from tests.scenarios.stage import shared_desk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SETTINGS = WebSettings(demo=True, institution="Örnek Belediyesi", desk=shared_desk(), rights_every=30)
PAGES = (
    "panel/pano",
    "panel/kayitlar",
    "panel/kayitlar?durum=hepsi&oncelik=acil,yuksek&renk=mor",
    "panel/kayitlar?konu=kep",
    "panel/kayitlar/toplu?is=claim&kayit=1&kayit=2&kayit=3&kayit=4&kayit=5",
)


@pytest.fixture
def day(site: ScriptedSite, people: dict[str, Person]) -> dict[str, Ticket]:
    return working_day(site, people)


@pytest.fixture
def served(site: ScriptedSite, people: dict[str, Person]) -> Iterator[Served]:
    with serving(site, SETTINGS) as served:
        yield served


def claim(site: ScriptedSite, ticket: Ticket, person: Person) -> None:
    def work(uow: UnitOfWork) -> None:
        found = uow.tickets.get(ticket.id)
        found.claim(by=person.id, at=site.now(), channel="web")
        uow.tickets.save(found)

    site.store.write(work)


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.closest('tr')?.id ?? document.activeElement.tagName"))


@pytest.mark.parametrize(("width", "theme"), WINDOWS)
def test_axe_finds_nothing(
    browser: Browser, site: ScriptedSite, day: dict[str, Ticket], width: int, theme: str
) -> None:
    with serving(site, replace(SETTINGS)) as served, window(browser, width, theme) as context:
        assert faults_at(context, *(f"{served.url}/demo/fatma/{path}" for path in PAGES)) == []


def test_a_row_changes_under_ones_eyes_and_new_ones_wait_to_be_shown(
    site: ScriptedSite, people: dict[str, Person], day: dict[str, Ticket], visit: Visit
) -> None:
    page = visit("/demo/fatma/panel/kayitlar")
    row = page.locator(f"#ticket-{day['plain'].id}")
    expect(row.locator(".holder")).to_contain_text("Üstlenilmedi")
    row.locator("a").focus()
    claim(site, day["plain"], people["zeynep"])
    expect(row.locator(".holder")).to_contain_text("Zeynep A.")
    assert focused(page) == f"ticket-{day['plain'].id}", "what somebody is about to press does not go away"
    rows = page.locator("#rows > tr")
    before = rows.count()
    site.store.write(lambda uow: open_one(uow, site, people["ayse"], "toner-kartus", "yine toner", hours_ago=0))
    pill = page.locator("#new a")
    expect(pill).to_have_text("1 yeni kayıt · göster")
    assert rows.count() == before, "nothing jumps"
    pill.click()
    expect(rows).to_have_count(before + 1)


def test_what_left_the_unit_says_so(
    site: ScriptedSite, people: dict[str, Person], day: dict[str, Ticket], visit: Visit
) -> None:
    page = visit("/demo/mehmet/panel/kayitlar")

    def transfer(uow: UnitOfWork) -> None:
        found = uow.tickets.get(day["plain"].id)
        found.transfer("yazilim", by=people["mehmet"].id, at=site.now(), channel="web")
        uow.tickets.save(found)

    site.store.write(transfer)
    expect(page.locator(f"#ticket-{day['plain'].id} .clock")).to_have_text("Artık listenizde değil")


def test_the_keyboard_alone_walks_ticks_and_opens(day: dict[str, Ticket], visit: Visit) -> None:
    page = visit("/demo/fatma/panel/kayitlar?sirala=eski")
    order = page.locator("#rows > tr").evaluate_all("rows => rows.map((row) => row.id)")
    page.keyboard.press("j")
    assert focused(page) == order[0]
    page.keyboard.press("x")
    for _ in range(2):
        page.keyboard.press("j")
    page.keyboard.press("Shift+X")
    expect(page.locator("#chosen")).to_have_text("Seçili 3")
    page.keyboard.press("k")
    assert focused(page) == order[1]
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.locator("#keys-off").check()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert focused(page) == order[1], "they are off"
    page.keyboard.press("?")
    page.locator("#keys-off").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("s")
    expect(page.locator("h1")).to_contain_text("Sıra")


def test_ticks_stay_when_a_row_changes(
    site: ScriptedSite, people: dict[str, Person], day: dict[str, Ticket], visit: Visit
) -> None:
    page = visit("/demo/fatma/panel/kayitlar")
    row = page.locator(f"#ticket-{day['plain'].id}")
    row.get_by_role("checkbox").check()
    claim(site, day["plain"], people["zeynep"])
    expect(row.locator(".holder")).to_contain_text("Zeynep A.")
    expect(row.get_by_role("checkbox")).to_be_checked()
    expect(page.locator("#chosen")).to_have_text("Seçili 1")
