"""axe-core finds nothing on any page, in both themes, at 320 and 1280 pixels. A new page is a row of `PAGES`."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Browser, expect

from handlers.context import UseCaseContext
from handlers.domain.people import Person
from handlers.queries import status
from tests.bot.web.accessibility import WINDOWS, faults, faults_at, window
from tests.bot.web.in_browser.chat_page import SETTINGS, bubbles
from tests.bot.web.in_browser.test_status_page import fail
from tests.bot.web.panel.document_house import announced, furnish_documents, planned_training
from tests.bot.web.panel.handover_house import furnish_handovers
from tests.bot.web.panel.network_house import furnish_network
from tests.bot.web.panel.stock_house import furnish_depot
from tests.bot.web.panel.test_counts_page import begin_count
from tests.bot.web.panel.test_programs_page import furnish_programs
from tests.bot.web.panel.test_scrap_page import propose_printer
from tests.bot.web.panel.test_service_forms_page import furnish_forms
from tests.bot.web.panel.test_terms_page import furnish_terms
from tests.bot.web.scenes import clerks_morning, units_morning
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.serving import serving
from tests.scenarios.stage import shared_desk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = (
    "/",
    "/demo/ayse/",
    "/demo/hasan/",
    "/demo/mehmet/?c=web:r:donanim",
    "/demo/ayse/sessions",
    "/demo/ayse/?c=web:p:hasan",
    "/nowhere",
    "/c/2345ABCD",
    "/durum",
    "/aydinlatma",
)

PANEL = (
    "/demo/fatma/panel/kayitlar",
    "/demo/fatma/panel/kayit/2026-000001",
    "/demo/fatma/panel/ara?q=yazıcı",
    "/demo/fatma/panel/git?q=mesai",
    "/demo/fatma/panel/gosterge",
    "/demo/fatma/panel/pano",
    "/demo/kemal/panel/raporlar/2026",
    "/demo/kemal/panel/raporlar/donanim-2026-10",
    "/demo/fatma/panel/ayarlar",
    "/demo/fatma/panel/ayarlar/takvim",
    "/demo/fatma/panel/ayarlar/hedefler",
    "/demo/fatma/panel/ayarlar/mudurlukler",
    "/demo/admin/panel/ayarlar/gorevler",
    "/demo/fatma/panel/ayarlar/bina-oda",
    "/demo/fatma/panel/ayarlar/cozumler",
    "/demo/fatma/panel/ayarlar/cozumler-yeni",
    "/demo/fatma/panel/ayarlar/metinler",
    "/demo/fatma/panel/cihazlar",
    "/demo/fatma/panel/cihaz/D-00001",
    "/demo/fatma/panel/cihazlar-yeni",
    "/demo/fatma/panel/cihazlar-etiket?no=D-00001,D-00002",
    "/demo/fatma/panel/cihazlar-liste",
    "/demo/fatma/panel/cihazlar-agda",
    "/demo/fatma/panel/cihazlar-agda/3",
    "/demo/fatma/panel/teslim",
    "/demo/fatma/panel/teslim/TB-2026-00002",
    "/demo/fatma/panel/resmi-kayit",
    "/demo/fatma/panel/zimmet/ayse",
    "/demo/fatma/panel/mutabakat",
    "/demo/kemal/panel/cikis-emirleri",
    "/demo/fatma/panel/egitimler",
    "/demo/fatma/panel/egitimler/1",
    "/demo/fatma/panel/duyurular",
    "/demo/fatma/panel/duyurular/1",
    "/demo/fatma/panel/evrak",
    "/demo/fatma/panel/evrak/1",
    "/demo/fatma/panel/depo",
    "/demo/fatma/panel/depo/1",
    "/demo/fatma/panel/depo-tuketim",
    "/demo/fatma/panel/depo-defter",
    "/demo/fatma/panel/sayim",
    "/demo/fatma/panel/sayim/SY-2026-01",
    "/demo/fatma/panel/hurda",
    "/demo/fatma/panel/hurda/HT-2026-001",
    "/demo/fatma/panel/sureli",
    "/demo/fatma/panel/sureli/SK-00001",
    "/demo/fatma/panel/firmalar",
    "/demo/fatma/panel/firmalar/1",
    "/demo/fatma/panel/servis",
    "/demo/fatma/panel/yazilimlar",
    "/demo/fatma/panel/yazilimlar/1",
    "/demo/fatma/panel/servis/SF-2026-00001",
)
"""Of a lead, one of the director; each must be there."""


@pytest.mark.parametrize(("width", "theme"), WINDOWS)
def test_axe_finds_nothing(
    browser: Browser, site: ScriptedSite, people: dict[str, Person], width: int, theme: str
) -> None:
    clerks_morning(site, people)
    units_morning(site, people)
    site.store.write(fail)
    settings = replace(
        SETTINGS, status=lambda uow, now: status.look(UseCaseContext(desk=shared_desk(), uow=uow, now=now))
    )
    with serving(site, settings) as served, window(browser, width, theme) as context:
        assert faults_at(context, *(served.url + path for path in PAGES)) == []
        page = context.new_page()
        page.goto(served.url + "/demo/ayse/")
        expect(bubbles(page).first).to_be_visible()
        page.locator("#text").press_sequentially("/")
        assert faults(page) == [], "commands"
        page.locator("#text").fill("")
        if width < 720:
            page.get_by_label("Sohbet listesi").click()
        page.get_by_label("Menü").click()
        assert faults(page) == [], "menu and list"


@pytest.mark.parametrize(("width", "theme"), WINDOWS)
def test_axe_finds_nothing_in_the_panel(
    browser: Browser, site: ScriptedSite, staff: dict[str, Person], width: int, theme: str
) -> None:
    clerks_morning(site, staff)
    furnish_handovers(site, staff)
    furnish_depot(site, staff["fatma"])
    furnish_network(site)
    begin_count(site, staff)
    propose_printer(site, staff)
    furnish_terms(site, staff["fatma"])
    furnish_documents(site, staff["fatma"])
    furnish_forms(site, staff)
    furnish_programs(site, staff["fatma"])
    announced(site, staff["fatma"])
    planned_training(site, staff["fatma"])
    with serving(site, replace(SETTINGS, desk=shared_desk())) as served, window(browser, width, theme) as context:
        for who in ("fatma", "admin"):
            context.new_page().goto(f"{served.url}/demo/{who}/")  # signs in
        assert faults_at(context, *(served.url + path for path in PANEL), status=200) == []
