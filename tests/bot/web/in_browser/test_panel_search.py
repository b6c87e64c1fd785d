"""`/panel/ara` in a browser: answered as one types, in both themes and widths, and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, expect

from handlers.domain.people import Person
from handlers.domain.ticket import Entry, EntryKind
from handlers.ports import UnitOfWork
from tests.bot.web.accessibility import WINDOWS, faults, window
from tests.bot.web.browser import picture_of
from tests.bot.web.in_browser.chat_page import SETTINGS
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.serving import Served, serving
from tests.scenarios.stage import shared_desk
from tests.storage.builders import open_ticket

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PATH = "/demo/mehmet/panel/ara"
BOX = "#panel-search"
FOUND = ".search-head a"


@pytest.fixture
def searched(site: ScriptedSite, people: dict[str, Person]) -> Iterator[Served]:
    def work(uow: UnitOfWork) -> None:
        for text, done in (("yazıcıdan ses geliyor, kâğıt da buruşuyor", "Fuser değişti"), ("yazıcı yok", "")):
            it = open_ticket(uow, people["hasan"].id, site.now(), text=text, facts={"oda": "312"})
            if done:
                entry = Entry(kind=EntryKind.RESOLUTION, at=site.now(), author=people["mehmet"].id, text=done)
                uow.tickets.add_entry(it.id, entry)

    site.store.write(work)
    with serving(site, replace(SETTINGS, desk=shared_desk())) as served:
        yield served


@pytest.mark.parametrize(("width", "theme"), WINDOWS)
def test_it_answers_as_one_types(browser: Browser, searched: Served, width: int, theme: str) -> None:
    with window(browser, width, theme) as context:
        page = context.new_page()
        page.goto(searched.url + PATH)
        expect(page.locator(BOX)).to_be_focused()
        for typed, tickets in (("yaz", 2), ("yazıcı fus", 1), ("hasan", 2), ("312", 2), ("qwxz", 0), ("hasna", 0)):
            page.locator(BOX).fill("")
            page.locator(BOX).press_sequentially(typed)
            expect(page.locator(FOUND)).to_have_count(tickets)
            if not tickets:
                expect(page.locator("#panel-found")).to_contain_text(f"“{typed}” için bir şey bulunamadı.")
            expect(page.locator(BOX)).to_be_focused()
            assert faults(page) == [], typed
            assert page.evaluate("document.documentElement.scrollWidth") <= width, typed
            picture_of(page, f"panel_ara_{typed.replace(' ', '_')}_{theme}_{width}")
        page.get_by_role("link", name="Hasan", exact=True).click()
        expect(page.locator(FOUND)).to_have_count(2)
        expect(page.locator(BOX)).to_have_value("Hasan")


def test_it_is_sent_where_there_is_no_javascript(browser: Browser, searched: Served) -> None:
    with window(browser, 1280, "light", java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(searched.url + PATH)
        page.locator(BOX).fill("fuser")
        page.locator(BOX).press("Enter")
        expect(page.locator(FOUND)).to_have_count(1)
        expect(page.locator("mark").first).to_have_text("Fuser")
