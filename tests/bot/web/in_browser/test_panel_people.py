"""Kişiler in a browser: in both themes and widths, for eyes and for axe."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from handlers.domain.people import Person
from tests.bot.web.accessibility import WINDOWS, faults, window
from tests.bot.web.browser import picture_of
from tests.bot.web.in_browser.chat_page import SETTINGS
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.serving import serving
from tests.scenarios.stage import shared_desk
from tests.storage.builders import open_ticket

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize(("width", "theme"), WINDOWS)
def test_the_list_and_a_person(
    browser: Browser, site: ScriptedSite, people: dict[str, Person], width: int, theme: str
) -> None:
    site.store.write(lambda uow: open_ticket(uow, people["hasan"].id, site.now()))
    settings = replace(SETTINGS, desk=shared_desk())
    with serving(site, settings) as served, window(browser, width, theme) as context:
        page = context.new_page()
        for path in ("kisiler", "kisiler?q=qwxz", "kisiler/hasan"):
            page.goto(f"{served.url}/demo/kemal/panel/{path}")
            assert faults(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            picture_of(page, f"panel_{path.replace('/', '_').replace('?', '_')}_{theme}_{width}")
