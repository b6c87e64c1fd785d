"""Kişiler in a browser: in both themes and widths, for eyes and for axe."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from bot.documents import staff_csv
from handlers.chat.dispatch import handle
from handlers.domain.brought_lists import ReadAs
from handlers.domain.people import Person, Role
from handlers.domain.staff_lists import StaffList
from handlers.ports import UnitOfWork
from tests.bot.web.accessibility import WINDOWS, faults, window
from tests.bot.web.browser import picture_of
from tests.bot.web.in_browser.chat_page import SETTINGS
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.serving import serving
from tests.scenarios.stage import shared_desk
from tests.storage.builders import add_person, open_ticket

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


LIST = (
    "Sicil No;Ad Soyad;Müdürlük;Oda;Not\n1;Can Su;Zabıta;4;gece\n2;Veli Ak;Fen İşleri;5;\n3;;Zabıta;;\n"
    "4;Hasan Demir;Zabıta;;\n5;Su Er;;;\n"
)


@pytest.mark.parametrize(("width", "theme"), WINDOWS)
def test_an_admin_brings_a_list_looks_at_somebody_and_invites(
    browser: Browser, site: ScriptedSite, people: dict[str, Person], width: int, theme: str
) -> None:
    def play(uow: UnitOfWork, event: object, _person: Person) -> None:
        handle(shared_desk(), uow, event, shared_desk().knowledge.read)  # type: ignore[arg-type]

    def prepare(uow: UnitOfWork) -> None:
        add_person(uow, "admin", name="Can Er", role=Role.ADMIN, verified=True)
        add_person(uow, "veli", name="Veli Ak", department="Fen İşleri", room="1", staff_no="2")

    def read(brought: bytes | str, said: ReadAs) -> StaffList:
        return staff_csv.pasted(brought, said) if isinstance(brought, str) else staff_csv.brought(brought, said)

    def seen(name: str) -> None:
        assert faults(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        picture_of(page, f"people_{name}_{theme}_{width}")

    site.script = play
    site.store.write(prepare)
    settings = replace(SETTINGS, desk=shared_desk(), staff_list=read)
    with serving(site, settings) as served, window(browser, width, theme) as context:
        page = context.new_page()
        page.goto(f"{served.url}/demo/admin/panel/kisiler-liste")
        seen("bring")
        page.get_by_label("… ya da Excel’de").fill(LIST)
        page.get_by_role("button", name="Ne değişir, göster").click()
        page.get_by_role("button", name="3 satırı al").wait_for()
        page.get_by_role("heading", name="Okunmayan 1 sütun").wait_for()
        page.get_by_text("Öteki sütunlar").click()
        seen("preview")
        page.get_by_role("button", name="3 satırı al").click()
        page.get_by_text("tarihinde alındı").wait_for()
        seen("taken")
        page.goto(f"{served.url}/demo/admin/panel/kisiler/veli")
        page.get_by_text("Bilgilerini düzelt").click()
        seen("person")
        page.get_by_role("button", name="Ayrıldı").click()
        page.get_by_role("heading", name="ayrıldı mı?").wait_for()
        seen("leaving")
        page.goto(f"{served.url}/demo/admin/panel/kisiler-ekle")
        seen("add")
        page.goto(f"{served.url}/demo/admin/panel/kisiler-davet?kim=veli")
        page.get_by_role("button", name="Davet hazırla").click()
        code = page.locator(".invited code").inner_text()
        seen("invited")
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="Kopyala").first.click()
        page.get_by_text("Kopyalandı.").wait_for()
        assert page.evaluate("navigator.clipboard.readText()").endswith(f"/#kod={code}")
        page.goto(f"{served.url}/demo/ayse/#kod={code}")
        assert page.locator("#code-text").input_value() == code
        assert page.locator("#code-says").inner_text().startswith("Davetiniz hazır")
        assert "#" not in page.url
