"""Raporlar: whose months are listed, and each as a PDF."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest

from bot.documents.month_report import pdf
from bot.web import WebSettings, build
from handlers.context import Acting
from handlers.domain.months import Month
from handlers.domain.people import Person
from handlers.ports import UnitOfWork
from handlers.reports import months
from tests.bot.web.panel.conftest import Open
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.visiting import Visit, connect
from tests.scenarios.stage import shared_desk
from tests.storage.builders import open_ticket

ISTANBUL = ZoneInfo("Europe/Istanbul")


@pytest.fixture
def october(site: ScriptedSite, staff: dict[str, Person]) -> None:
    """A ticket of October, and the month locked by its lead."""

    def work(uow: UnitOfWork) -> None:
        begun = datetime(2026, 10, 5, 7, tzinfo=UTC)
        ticket = open_ticket(uow, staff["ayse"].id, begun, category="toner-kartus")
        ticket.claim(by=staff["mehmet"].id, at=begun, channel="web")
        ticket.resolve("x", by=staff["mehmet"].id, at=begun + timedelta(hours=2), channel="web")
        uow.tickets.save(ticket)
        lead = uow.people.get(staff["fatma"].id)
        acting = Acting(desk=shared_desk(), uow=uow, now=site.now(), person=lead, channel="web", event_key="")
        months.lock(acting, "donanim", Month(2026, 10))

    site.store.write(work)


@pytest.mark.usefixtures("october")
async def test_months_are_listed_with_their_lock(opened: Open) -> None:
    page = (await (await opened("fatma")).get("panel/raporlar")).text
    assert "Ekim 2026" in page
    assert "kilitli, Fatma" in page
    assert "ay sürüyor" in page
    assert "Yazılım Birimi" not in page
    assert "Yazılım Birimi" in (await (await opened("kemal")).get("panel/raporlar")).text


@pytest.mark.usefixtures("october")
async def test_a_month_is_taken_along_as_a_pdf(site: ScriptedSite, staff: dict[str, Person]) -> None:
    desk = shared_desk()
    settings = WebSettings(demo=True, desk=desk, month_report=lambda report: pdf(desk, report, ISTANBUL))
    async with connect(build(site, settings)) as client:
        client.headers["Accept"] = "text/html"
        visit = Visit(client, "/demo/fatma/")
        await visit.open()
        assert 'href="/demo/fatma/panel/raporlar/donanim-2026-10.pdf"' in (await visit.get("panel/raporlar")).text
        answer = await visit.get("panel/raporlar/donanim-2026-10.pdf")
        assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
        assert answer.headers["content-disposition"] == 'inline; filename="aylik-rapor-donanim-2026-10.pdf"'
        for nothing in ("yazilim-2026-10", "donanim-2026-13", "donanim-0001-01", "donanim-9999-01", "x", "-2026-10"):
            assert (await visit.get(f"panel/raporlar/{nothing}.pdf")).status_code == 404, nothing
    taken = [
        about for _, _, what, about, _ in site.store.read(lambda uow: uow.audit.recent()) if what == "report_taken"
    ]
    assert taken == ["2026-10 donanim"]


async def test_where_nothing_draws_there_is_no_link(opened: Open) -> None:
    visit = await opened("fatma")
    assert ".pdf" not in (await visit.get("panel/raporlar")).text
    answer: httpx.Response = await visit.get("panel/raporlar/donanim-2026-10.pdf")
    assert answer.status_code == 404
