"""Raporlar: whose months are listed, and each as a PDF."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest

from bot.documents.month_report import pdf
from bot.web import WebSettings, build
from handlers.chat.dispatch import handle
from handlers.context import Acting
from handlers.domain.months import Month
from handlers.domain.people import Person
from handlers.ports import UnitOfWork
from handlers.reports import months
from tests.bot.web.panel.conftest import Open, PanelVisit
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


# --- locked and unlocked from its page -----------------------------------------------------------------
@pytest.fixture
def desk(site: ScriptedSite, staff: dict[str, Person]) -> ScriptedSite:
    def play(uow: UnitOfWork, event: object, _person: Person) -> None:
        handle(shared_desk(), uow, event, shared_desk().knowledge.read)  # type: ignore[arg-type]

    assert staff
    site.script = play
    return site


async def press(visit: PanelVisit, month: str, what: str, key: str = "", **fields: str) -> httpx.Response:
    token = re.search(r'data-form-token="(\w+)"', (await visit.get("panel/raporlar")).text)
    assert token is not None
    given = {"form_token": token[1], "key": key or str(uuid.uuid4()), "is": what, **fields}
    return await visit.client.post(f"{visit.path}panel/raporlar/{month}", data=given)


def locks(desk: ScriptedSite) -> list[tuple[str, str]]:
    lines = desk.store.read(lambda uow: uow.audit.recent())
    return [(what, about) for _, _, what, about, _ in reversed(lines) if what.startswith("month_")]


async def test_a_lead_locks_a_month_that_is_over_once(desk: ScriptedSite, opened: Open) -> None:
    visit, key = await opened("fatma"), str(uuid.uuid4())
    assert 'href="/demo/fatma/panel/raporlar/donanim-2026-10"' in (await visit.get("panel/raporlar")).text
    page = (await visit.get("panel/raporlar/donanim-2026-10")).text
    assert "Raporu kilitlerseniz sayılar bugünkü hâliyle saklanır" in page, "the words of the chat"
    for _ in range(2):
        answer = await press(visit, "donanim-2026-10", "kilitle", key)
        assert answer.status_code == 303
        told = (await visit.client.get(answer.headers["location"])).text
    assert "Ekim 2026 raporu kilitlendi" in told
    assert "tarihinde kilitlendi (Fatma" in told
    lock = desk.store.read(lambda uow: uow.month_locks.standing("donanim", Month(2026, 10)))
    assert lock is not None
    assert f'<code title="{lock.seal}">{lock.seal[:16]}</code>' in told
    assert locks(desk) == [("month_locked", f"2026-10 donanim {lock.seal[:16]}")]
    again = await press(visit, "donanim-2026-10", "kilitle")
    assert "Bu zaten öyleydi" in (await visit.client.get(again.headers["location"])).text


async def test_the_director_unlocks_it_with_a_reason(desk: ScriptedSite, opened: Open) -> None:
    lead = await opened("fatma")
    await press(lead, "donanim-2026-10", "kilitle")
    assert "Kilidi yalnızca müdür kaldırır." in (await lead.get("panel/raporlar/donanim-2026-10")).text
    refused = await press(lead, "donanim-2026-10", "kaldir", reason="yanlış tatil")
    assert refused.status_code == 403
    director = await opened("kemal")
    bare = await press(director, "donanim-2026-10", "kaldir")
    assert (bare.status_code, "Kilidi kaldırmanın gerekçesini de yazın" in bare.text) == (422, True)
    done = await press(director, "donanim-2026-10", "kaldir", reason="yanlış tatil")
    told = (await director.client.get(done.headers["location"])).text
    assert "Ekim 2026 raporunun kilidi kaldırıldı" in told
    assert "Raporu kilitle" in told
    assert locks(desk)[1:] == [("month_unlocked", "2026-10 donanim yanlış tatil")]
    over = await press(director, "donanim-2026-10", "kaldir", reason="bir daha")
    assert (over.status_code, "raporu kilitli değil" in over.text) == (422, True)


async def test_what_runs_or_is_anothers_is_not_locked(desk: ScriptedSite, opened: Open) -> None:
    visit = await opened("fatma")
    running = f"donanim-{Month.of(desk.now().date())}"
    assert "Raporu kilitle</button>" not in (await visit.get(f"panel/raporlar/{running}")).text
    early = await press(visit, running, "kilitle")
    assert (early.status_code, "bitmedi" in early.text) == (422, True)
    for nothing in ("yazilim-2026-10", "donanim-2026-13", "yok-2026-10", "x"):
        assert (await visit.get(f"panel/raporlar/{nothing}")).status_code == 404, nothing
        assert (await press(visit, nothing, "kilitle")).status_code == 404, nothing
    assert (await press(visit, "donanim-2026-10", "sil")).status_code == 400
    assert (await (await opened("mehmet")).get("panel/raporlar/donanim-2026-10")).status_code == 403
    assert locks(desk) == []
