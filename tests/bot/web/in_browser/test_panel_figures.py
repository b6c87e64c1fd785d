"""Gösterge, Raporlar and Denetim in a browser: all that they show, in both themes and widths, for eyes and axe."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from bot.web.panel.navigation import sections_of
from handlers.domain.people import Person
from handlers.domain.states import State
from handlers.ports import UnitOfWork
from tests.bot.web.accessibility import WINDOWS, faults, window
from tests.bot.web.browser import picture_of
from tests.bot.web.in_browser.chat_page import SETTINGS
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.serving import serving
from tests.scenarios.stage import shared_desk
from tests.storage.builders import open_ticket

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def fill(site: ScriptedSite, people: dict[str, Person]) -> None:
    """Of each chart something: twelve that were solved, three that are open in one room, one of them waiting."""

    def work(uow: UnitOfWork) -> None:
        ayse, mehmet = people["ayse"].id, people["mehmet"].id
        for day in range(15):
            at = site.now() - timedelta(days=day, hours=2)
            ticket = open_ticket(uow, ayse, at, category="toner-kartus", facts={"oda": "312"})
            ticket.claim(by=mehmet, at=at, channel="web")
            if day >= 3:
                ticket.resolve("x", by=mehmet, at=at + timedelta(hours=1), channel="web")
            elif day == 2:
                ticket.wait(State.WAITING_PARTS, "", by=mehmet, at=at, channel="web")
            uow.tickets.save(ticket)
            uow.audit.log(at, people["kemal"].id, "summary", "donanim,yazilim", "web")

    site.store.write(work)


@pytest.mark.parametrize(("width", "theme"), WINDOWS)
def test_figures_reports_and_the_audit(
    browser: Browser, site: ScriptedSite, people: dict[str, Person], width: int, theme: str
) -> None:
    fill(site, people)
    settings = replace(SETTINGS, desk=shared_desk())
    with serving(site, settings) as served, window(browser, width, theme) as context:
        page = context.new_page()
        for path in ("gosterge", "raporlar", "denetim"):
            page.goto(f"{served.url}/demo/kemal/panel/{path}")
            for folded in page.locator("summary").all():
                folded.click()
            assert faults(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            picture_of(page, f"panel_{path}_{theme}_{width}")
        if width < 1280:
            return
        page.evaluate("document.querySelector('.panel-home img').style.width = '84px'")  # a logo three times as wide
        page.evaluate("document.querySelector('.panel-home span').textContent = 'Örnek Büyükşehir Belediyesi'")
        page.set_viewport_size({"width": 1280, "height": 800})
        assert page.locator(".panel-sections a").count() == len(sections_of(people["kemal"]))
        assert page.evaluate("document.querySelector('.panel-head nav').offsetHeight") < 100, "one row of each"
        assert page.evaluate("document.documentElement.scrollWidth") == 1280


def test_a_bar_leads_to_its_list_by_keyboard(browser: Browser, site: ScriptedSite, people: dict[str, Person]) -> None:
    fill(site, people)
    with serving(site, replace(SETTINGS, desk=shared_desk())) as served, window(browser, 1280, "light") as context:
        page = context.new_page()
        page.goto(f"{served.url}/demo/kemal/panel/gosterge")
        page.locator("#acik-yas svg a").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/panel/kayitlar?durum=*")
        assert page.get_by_role("heading", name="Kayıtlar").count() == 1
