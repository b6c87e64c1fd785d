"""Denetim: who did what, by person and day, page by page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.documents.ticket_export import as_csv
from bot.web import WebSettings, build
from bot.web.panel.audit_page import _number
from handlers.domain.people import Person
from handlers.ports import UnitOfWork
from tests.bot.web.panel.conftest import Open, PanelVisit
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.visiting import connect
from tests.scenarios.stage import shared_desk


def log(site: ScriptedSite, who: Person | None, what: str, about: str, days: int = 0) -> None:
    at = site.now() - timedelta(days=days)
    site.store.write(lambda uow: uow.audit.log(at, None if who is None else who.id, what, about, "web"))


async def test_who_did_what_in_words(opened: Open, site: ScriptedSite, staff: dict[str, Person]) -> None:
    log(site, staff["denetci"], "read", "2026-000001")
    log(site, staff["admin"], "renamed", "<b>ayse</b>")
    log(site, None, "something_new", "x")
    page = (await (await opened("kemal")).get("panel/denetim")).text
    assert "Kayıt geçmişlerinin zinciri sağlam: son 200 kayda bakıldı" in page
    assert "kaydı okudu" in page
    assert "&lt;b&gt;ayse&lt;/b&gt;" in page
    assert "something_new" in page
    assert "Yardım Masası" in page


async def test_by_person_and_day(opened: Open, site: ScriptedSite, staff: dict[str, Person]) -> None:
    log(site, staff["fatma"], "target_set", "bugün-hedef")
    log(site, staff["fatma"], "target_set", "eski-hedef", days=3)
    log(site, staff["kemal"], "summary", "donanim-ozet")
    visit = await opened("admin")
    page = (await visit.get("panel/denetim", kim="fatma")).text
    assert "bugün-hedef" in page
    assert "eski-hedef" in page
    assert "donanim-ozet" not in page
    page = (await visit.get("panel/denetim", kim="fatma", gun="2026-11-20")).text
    assert "eski-hedef" in page
    assert "bugün-hedef" not in page
    page = (await visit.get("panel/denetim", kim="zürafa", gun="yarın")).text
    assert "“zürafa” diye kimse yok." in page
    assert "“yarın” bir gün değil" in page
    assert "Bu süzgece uyan satır yok." in page
    assert (await visit.get("panel/denetim", once="1; DROP", gun="0001-01-01")).status_code == 200


async def test_page_by_page(opened: Open, site: ScriptedSite, staff: dict[str, Person]) -> None:
    def many(uow: UnitOfWork) -> None:
        for number in range(60):
            uow.audit.log(site.now(), staff["fatma"].id, "read", f"satır-{number:02}", "web")

    site.store.write(many)
    visit = await opened("kemal")
    first = (await visit.get("panel/denetim", kim="fatma")).text
    assert "satır-59" in first
    assert "satır-10" in first
    assert "satır-09" not in first
    link = first.partition('rel="next" href="/demo/kemal/')[2].partition('"')[0].replace("&amp;", "&")
    path, _, query = link.partition("?")
    second = (await visit.get(path, **dict(part.split("=") for part in query.split("&")))).text
    assert "satır-09" in second
    assert "satır-10" not in second
    assert "Başa dön" in second


async def test_the_auditors_own_look_is_there(opened: Open) -> None:
    visit = await opened("denetci")
    await visit.get("panel/denetim")
    assert "panel sayfasını açtı" in (await visit.get("panel/denetim")).text


async def test_signs_and_numbers_that_no_database_takes(
    opened: Open, site: ScriptedSite, staff: dict[str, Person]
) -> None:
    log(site, staff["fatma"], "target_set", "bugün-hedef")
    visit = await opened("admin")
    page = (await visit.get("panel/denetim", kim="fat\0ma", gun="\0", once=str(2**31 - 1))).text
    assert "bugün-hedef" in page
    assert (await visit.get("panel/denetim", kim="\0", once=str(2**31))).status_code == 200


@pytest.mark.parametrize(
    ("typed", "means"),
    [("7", 7), (str(2**31 - 1), 2**31 - 1), (str(2**31), None), ("9" * 15, None), ("9" * 5_000, None), ("²", None)],
)
def test_a_line_of_the_audit_is_named_as_far_as_its_column_goes(typed: str, means: int | None) -> None:
    assert _number(typed) == means


async def test_what_is_filtered_is_taken_along_and_that_is_logged_too(
    site: ScriptedSite, staff: dict[str, Person]
) -> None:
    log(site, staff["fatma"], "target_set", "=HYPERLINK(1)")
    log(site, staff["kemal"], "summary", "donanim-ozet")
    settings = WebSettings(demo=True, desk=shared_desk(), ticket_exports={"csv": as_csv})
    async with connect(build(site, settings)) as client:
        visit = PanelVisit(client, "/demo/denetci/")
        await visit.open()
        answer = await visit.get("panel/denetim/dosya", kim="fatma", bicim="csv")
        text = answer.content.decode("utf-8-sig")
        assert "hedef koydu" in text
        assert "donanim-ozet" not in text
        assert ";=HYPERLINK" not in text
        assert (await visit.get("panel/denetim/dosya", gun="yarın")).status_code == 400
        lead = PanelVisit(client, "/demo/fatma/")
        await lead.open()
        assert (await lead.get("panel/denetim/dosya")).status_code == 403
    noted = [line[3] for line in site.store.read(lambda uow: uow.audit.recent()) if line[2] == "audit_exported"]
    assert noted == ["csv fatma · 1 satır"]
