from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from handlers.domain.people import Person
from tests.bot.web.accessibility import Asked
from tests.bot.web.browser import DESKTOP, chromium
from tests.bot.web.in_browser.chat_page import SETTINGS, Visit
from tests.bot.web.scripted_site import START, ScriptedSite
from tests.bot.web.serving import Served, serving


@pytest.fixture(scope="package")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    Asked.everywhere = request.config.getoption("--everywhere")
    with chromium() as browser:
        yield browser


@pytest.fixture
def served(site: ScriptedSite, people: dict[str, Person]) -> Iterator[Served]:
    with serving(site, SETTINGS) as served:
        yield served


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=DESKTOP, locale="tr-TR", timezone_id="Europe/Istanbul")
    context.set_default_timeout(10_000)
    context.clock.set_fixed_time(START)
    yield context
    context.close()


@pytest.fixture
def visit(context: BrowserContext, served: Served) -> Iterator[Visit]:
    """Opens a page of this server; at the end nothing may have gone wrong in any of them."""
    faults: list[str] = []

    def open_page(path: str, of: BrowserContext | None = None) -> Page:
        page = (of or context).new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
        page.goto(served.url + path)
        return page

    yield open_page
    assert faults == []
