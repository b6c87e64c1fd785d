"""A house is set up from nothing: keyboard and eyes of somebody who never saw it, without a script, on a phone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot.channels.registry import CHANNELS
from bot.config import with_channels
from bot.house_settings import HouseSettings
from bot.web import SetupCode, code_hash
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
CODE = "ABCDE-FGH23"


@pytest.mark.parametrize(("width", "theme"), WINDOWS)
def test_from_the_printed_address_to_the_settings(
    browser: Browser, site: ScriptedSite, tmp_path: Path, width: int, theme: str
) -> None:
    home = replace(shared_desk(), house=HouseSettings(with_channels(CHANNELS.sections)(), tmp_path / "masa.toml"))

    def play(uow: UnitOfWork, event: object, _person: Person) -> None:
        handle(home, uow, event, home.knowledge.read)  # type: ignore[arg-type]

    site.script = play
    code = SetupCode(code_hash(CODE), site.now() + timedelta(hours=2))
    settings = replace(SETTINGS, demo=False, desk=home, setup_code=code)
    with serving(site, settings) as served, window(browser, width, theme) as context:
        page = context.new_page()

        def looked_at(name: str) -> None:
            assert faults(page) == [], name
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            picture_of(page, f"setup_{name}_{theme}_{width}")

        page.goto(f"{served.url}/kurulum?kod={CODE}")
        looked_at("begin")
        page.get_by_label("Adınız ve soyadınız").fill("Emre Öztürk")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="1 / 6 · Kurumun adı ve logosu")).to_be_visible()
        looked_at("1")
        page.get_by_label("Kurumun adı").fill("Örnek Belediyesi")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="2 / 6")).to_be_visible()
        looked_at("2")
        page.get_by_label("Zabıta", exact=True).check()
        page.get_by_role("button", name="Kaydet, sonraki").click()
        expect(page.get_by_role("heading", name="3 / 6")).to_be_visible()
        looked_at("3")
        page.get_by_label("08.30 – 17.30").check()
        page.get_by_role("button", name="Kaydet, sonraki").click()
        for step in (4, 5, 6):
            expect(page.get_by_role("heading", name=f"{step} / 6")).to_be_visible()
            looked_at(str(step))
            page.get_by_text("Sonraki" if step == 5 else "Şimdilik geç", exact=True).click()
        expect(page.get_by_role("heading", name="Kurulumda sonraya kalan (3)")).to_be_visible()
        looked_at("settings")
        page.goto(f"{served.url}/panel/ayarlar/mudurlukler")
        page.get_by_text("Değiştir").first.click()
        looked_at("departments")
