"""The settings of the house in a browser: in both themes and widths, for eyes and for axe."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bot.channels.registry import CHANNELS
from bot.config import with_channels
from bot.house_settings import HouseSettings
from bot.web.settings import BackupFile, BackupView
from handlers.domain.house_settings import StoredSetting
from handlers.domain.people import Account, Person, PersonId, Role
from handlers.people.access import private_address
from handlers.ports import Conversation, UnitOfWork
from tests.bot.web.accessibility import WINDOWS, faults, window
from tests.bot.web.browser import picture_of
from tests.bot.web.in_browser.chat_page import SETTINGS
from tests.bot.web.panel.test_channels_page import Scripted
from tests.bot.web.scripted_site import START, ScriptedSite
from tests.bot.web.serving import serving
from tests.scenarios.stage import shared_desk

PATHS = ("ayarlar", *(f"ayarlar/{name}" for name in ("kurum", "saklama", "yerler", "telegram", "kanallar", "yedek")))
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


class Taken:
    """One is being taken, and there is one of before."""

    def view(self, _uow: UnitOfWork) -> BackupView:
        file = BackupFile(name="masa-2026-11-22-230000.tar", size="48,2 MB", at=START)
        last = f"{file.name}, {file.size}, /srv/masa-data/backups"
        return BackupView(possible=True, folder="masa-data", last_at=START, last=last, files=[file], done="Alındı.")

    def start(self, by: PersonId) -> bool:
        return bool(by)


@pytest.mark.parametrize(("width", "theme"), WINDOWS)
def test_each_subject(
    browser: Browser, site: ScriptedSite, people: dict[str, Person], tmp_path: Path, width: int, theme: str
) -> None:
    def work(uow: UnitOfWork) -> None:
        admin = uow.people.add(Person(handle="admin", name="Can Er", role=Role.ADMIN, verified=True))
        address = private_address(Account("web", "admin"))
        uow.conversations.ensure(Conversation(address=address, channel="web", person=admin.id))
        uow.people.link(Account("web", "admin"), admin.id, address)
        for key, value in (("institution", "Örnek Belediyesi"), ("timezone", "Europe/Berlin"), ("backup_days", 0)):
            uow.stored_settings.put(StoredSetting(key=key, value=value, set_by=admin.id, set_at=site.now()))

    site.store.write(work)
    (file := tmp_path / "masa.toml").write_text("[terms]\nchat_months = 9\n", encoding="utf-8")
    base = with_channels(CHANNELS.sections)(terms={"chat_months": 9})
    settings = replace(
        SETTINGS, desk=replace(shared_desk(), house=HouseSettings(base, file)), channels=Scripted(), backups=Taken()
    )
    with serving(site, settings) as served, window(browser, width, theme) as context:
        page = context.new_page()
        for path in PATHS:
            page.goto(f"{served.url}/demo/admin/panel/{path}")
            assert faults(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            picture_of(page, f"panel_{path.replace('/', '_')}_{theme}_{width}")
        asked: list[str] = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        page.goto(f"{served.url}/demo/admin/panel/ayarlar/kurum")
        page.goto(f"{served.url}/demo/admin/panel/ayarlar")
        assert asked == [], "nothing was typed"
        page.goto(f"{served.url}/demo/admin/panel/ayarlar/kurum")
        page.get_by_role("textbox", name="Kurumun adı").click()
        page.keyboard.type(" ve")
        page.goto(f"{served.url}/demo/admin/panel/ayarlar")
        assert asked == ["beforeunload"]
        page.goto(f"{served.url}/demo/admin/panel/ayarlar/kurum")
        page.get_by_role("textbox", name="Kurumun adı").click()
        page.keyboard.type(" ve")
        page.evaluate("""() => { // not the editor's own: what was typed would be lost
          const other = document.body.appendChild(document.createElement("form"));
          other.action = "/demo/admin/panel/ayarlar";
          other.requestSubmit();
        }""")
        page.wait_for_url("**/panel/ayarlar?")
        assert asked == ["beforeunload"] * 2
