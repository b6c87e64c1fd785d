"""What the house writes itself, in a browser: in both themes and widths, for eyes and for axe."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from handlers.chat.dispatch import handle
from handlers.domain.people import Person
from handlers.ports import UnitOfWork
from tests.bot.web.accessibility import WINDOWS, faults, window
from tests.bot.web.browser import picture_of
from tests.bot.web.in_browser.chat_page import SETTINGS
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.serving import serving
from tests.scenarios.stage import shared_desk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PAGES = ("cozumler", "cozumler?q=qwxz", "hazir-yanitlar", "listeler", "sistemler", "metinler")


@pytest.mark.parametrize(("width", "theme"), WINDOWS)
def test_what_the_house_writes(
    browser: Browser, site: ScriptedSite, people: dict[str, Person], width: int, theme: str
) -> None:
    desk = shared_desk()

    def play(uow: UnitOfWork, event: object, _person: Person) -> None:
        handle(desk, uow, event, desk.knowledge.read)  # type: ignore[arg-type]

    def looks_well(page: Page, name: str) -> None:
        assert faults(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        picture_of(page, f"panel_{name}_{theme}_{width}")

    site.script = play
    with serving(site, replace(SETTINGS, desk=desk)) as served, window(browser, width, theme) as context:
        page = context.new_page()
        settings = f"{served.url}/demo/fatma/panel/ayarlar"
        page.goto(f"{served.url}/demo/fatma/")
        for path in PAGES:
            page.goto(f"{settings}/{path}")
            for closed in page.locator("main details:not([open]) > summary").all()[:2]:
                closed.click()
            looks_well(page, path.replace("?", "_"))
        page.goto(f"{settings}/cozumler/yazici-cevrimdisi")
        page.get_by_label("Adımlar").fill("1. Yazıcıyı **kapatıp açın**.\n2. Kablosuna bakın.")
        page.get_by_label("Bir memur gibi yazın").fill("yazıcı çevrimdışı görünüyor")
        page.get_by_role("button", name="Bu mesajla dene").click()
        expect(page.get_by_text("Bu madde gösterilir.")).to_be_visible()
        looks_well(page, "article_tried")
        page.get_by_role("button", name="Kaydet").click()
        expect(page.get_by_role("status")).to_contain_text("Kaydedildi")
        page.get_by_text("Ne değişti").click()
        looks_well(page, "article_saved")
        page.get_by_role("button", name="Geri al", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("Geri alındı")
        page.goto(f"{served.url}/demo/kemal/")
        page.goto(f"{served.url}/demo/kemal/panel/ayarlar/metinler/opened")
        page.locator("textarea[name=body]").fill("Açıldı: {{ ticket.number|bold }}\n{{ musteri }}")
        page.get_by_role("button", name="Kaydet").click()
        expect(page.get_by_role("alert")).to_contain_text("Satır 2")
        looks_well(page, "text_wrong")
        page.locator("textarea[name=body]").fill("Açıldı: {{ ticket.number|bold }}")
        page.get_by_role("button", name="Nasıl görünür?").click()
        expect(page.get_by_text("Açıldı: 2026-000001", exact=True)).to_be_visible()
        looks_well(page, "text_shown")
