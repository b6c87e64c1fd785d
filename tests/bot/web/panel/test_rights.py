"""Who may open which page of the panel, by its address."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from bot.web import WebSettings, build
from bot.web.panel.navigation import PAGES
from handlers.domain.deputies import Deputy
from handlers.domain.officers import Office, Officer
from handlers.domain.people import Person, Role
from tests.bot.web.panel.conftest import Open
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.visiting import connect
from tests.scenarios.stage import shared_desk

EVERYBODY = ("mehmet", "fatma", "kemal", "denetci", "admin")
OPEN_TO = {
    "pano": EVERYBODY,
    "kayitlar": EVERYBODY,
    "cihazlar": ("mehmet", "fatma", "kemal", "denetci"),
    "teslim": ("mehmet", "fatma", "kemal", "denetci"),
    "depo": ("mehmet", "fatma", "kemal", "denetci"),
    "hurda": ("mehmet", "fatma", "kemal", "denetci"),
    "sayim": ("mehmet", "fatma", "kemal", "denetci"),
    "sureli": ("mehmet", "fatma", "kemal", "denetci"),
    "firmalar": ("mehmet", "fatma", "kemal", "denetci"),
    "duyurular": ("fatma", "kemal", "denetci", "admin"),
    "egitimler": ("mehmet", "fatma", "kemal", "denetci"),
    "evrak": ("mehmet", "fatma", "kemal", "denetci"),
    "yazilimlar": ("mehmet", "fatma", "kemal", "denetci"),
    "gosterge": EVERYBODY,
    "raporlar": ("fatma", "kemal"),
    "denetim": ("kemal", "denetci", "admin"),
    "ara": EVERYBODY,
    "kisiler": ("fatma", "kemal", "denetci", "admin"),
    "git": EVERYBODY,
    "ayarlar": ("fatma", "kemal", "denetci", "admin"),
}
"""A row for each page, without those whom the chat is for."""
HANDLES = ("ayse", *EVERYBODY)


def test_each_page_has_its_row_here() -> None:
    assert {page.path for page in PAGES} == set(OPEN_TO)


@pytest.mark.parametrize("handle", HANDLES)
async def test_a_page_is_open_to_whom_the_table_says(opened: Open, handle: str) -> None:
    visit = await opened(handle)
    for path, those in OPEN_TO.items():
        answer = await visit.get(f"panel/{path}")
        assert answer.status_code == (200 if handle in those else 403), (handle, path)
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("handle", EVERYBODY)
async def test_the_head_has_the_pages_that_are_open_and_no_others(opened: Open, handle: str) -> None:
    visit = await opened(handle)
    head = re.compile(rf'<li><a href="/demo/{handle}/panel/([a-z]++)"')
    sections = head.findall((await visit.get("panel/kayitlar")).text.partition("panel-pages")[0])
    pages = {path for one in sections for path in head.findall((await visit.get(f"panel/{one}")).text)}
    assert len(sections) > 2
    assert pages == {path for path, those in OPEN_TO.items() if handle in those} - {"git"}


async def test_who_reports_is_sent_back_to_the_chat(opened: Open) -> None:
    answer = await (await opened("ayse")).get("panel/kayitlar")
    assert answer.status_code == 403
    assert "Panel Bilgi İşlem&#39;de çalışanlar, müdür, denetçi ve görevliler içindir." in answer.text
    assert 'href="/demo/ayse/"' in answer.text


async def test_the_chat_leads_to_the_panel_those_who_may_see_it(opened: Open) -> None:
    assert 'href="/demo/fatma/panel"' in (await (await opened("fatma")).open()).text
    assert 'ayse/panel"' not in (await (await opened("ayse")).open()).text


async def test_a_deputy_sees_it_as_long_as_they_stand_in(
    site: ScriptedSite, staff: dict[str, Person], opened: Open
) -> None:
    stands_in = Deputy(
        person=staff["fatma"].id, deputy=staff["ayse"].id, role=Role.LEAD, unit="donanim",
        starts=site.now() - timedelta(days=1), ends=site.now() + timedelta(days=1), entered_at=site.now(),
    )  # fmt: skip
    site.store.write(lambda uow: uow.deputies.add(stands_in))
    visit = await opened("ayse")
    assert (await visit.get("panel/kayitlar")).status_code == 200
    site.clock.forward(days=2)
    assert (await visit.get("panel/kayitlar")).status_code == 403


async def test_only_the_auditors_views_are_noted(site: ScriptedSite, staff: dict[str, Person], opened: Open) -> None:
    await (await opened("denetci")).get("panel/kayitlar")
    await (await opened("fatma")).get("panel/kayitlar")
    noted = [line[1:4] for line in site.store.read(lambda uow: uow.audit.recent()) if line[2] == "panel_viewed"]
    assert noted == [(staff["denetci"].id, "panel_viewed", "/panel/kayitlar")]


async def test_its_address_alone_leads_to_the_first_page_that_is_open(
    site: ScriptedSite, staff: dict[str, Person], panel: httpx.AsyncClient
) -> None:
    hasan, kemal, now = staff["hasan"].id, staff["kemal"].id, site.now()
    dated = Officer(office=Office.AMBAR, person=hasan, starts=now.date(), entered_by=kemal, entered_at=now)
    site.store.write(lambda uow: uow.officers.add(dated))
    for path, first in (("fatma/panel", "kayitlar"), ("fatma/panel/", "kayitlar"), ("hasan/panel", "cihazlar")):
        answer = await panel.get(f"/demo/{path}")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/demo/{path.strip('/')}/{first}")
    assert (await panel.get("/demo/hasan/panel/cihazlar")).status_code == 200
    assert (await panel.get("/demo/ayse/panel")).status_code == 403


async def test_opened_first_it_begins_the_session(panel: httpx.AsyncClient) -> None:
    assert (await panel.get("/demo/fatma/panel/kayitlar")).status_code == 200
    assert "Fatma Şahin" in (await panel.get("/demo/fatma/panel/kayitlar")).text


async def test_who_is_not_known_is_told_how_to_become_it(site: ScriptedSite, staff: dict[str, Person]) -> None:
    async with connect(build(site, WebSettings(desk=shared_desk()))) as client:
        answer = await client.get("/panel/kayitlar", headers={"Accept": "text/html"})
        assert answer.status_code == 401
        assert "Kodum var" in answer.text
        linked = await client.get("/panel/kayitlar?a=1", headers={"Sec-Fetch-Site": "cross-site"})
        assert 'href="/panel/kayitlar?a=1"' in linked.text, "the strict cookie comes with the second request"


async def test_a_form_sent_with_the_cookie_of_before_is_refused_and_not_asked_for_again(
    site: ScriptedSite, staff: dict[str, Person], opened: Open
) -> None:
    visit = await opened("mehmet")
    path, before = f"{visit.path}panel/kayitlar/gorunum", httpx.Cookies(visit.client.cookies)
    promoted = replace(staff["mehmet"], role=Role.LEAD)
    site.store.write(lambda uow: uow.people.save(promoted))
    page = (await visit.get("panel/kayitlar")).text  # in another tab, which renews it
    after = httpx.Cookies(visit.client.cookies)
    form = {"form_token": page.partition('data-form-token="')[2][:64], "title": "Acil", "query": "oncelik=acil"}
    visit.client.cookies = before
    refused = await visit.client.post(path, data=form)
    assert refused.status_code == 401
    assert "Oturumunuz yenilendi. Sayfayı yenileyin" in refused.text
    assert 'href="/demo/mehmet/panel/kayitlar"' in (await visit.get("panel/kayitlar")).text, "a page is asked for again"
    visit.client.cookies = after
    assert (await visit.client.post(path, data=form)).status_code == 303, "sent again, it is kept"
