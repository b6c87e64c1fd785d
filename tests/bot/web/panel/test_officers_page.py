"""Ayarlar → Görevler through HTTP: naming, a vekil, ending, taking back; and the rule of two people."""

from __future__ import annotations

import re

import pytest

from handlers.chat.dispatch import handle
from handlers.domain.people import Person
from handlers.domain.store_events import Stream
from handlers.ports import UnitOfWork
from tests.bot.web.panel.conftest import Open
from tests.bot.web.panel.test_settings import ask, then
from tests.bot.web.scripted_site import ScriptedSite
from tests.scenarios.stage import shared_desk

PAGE = "panel/ayarlar/gorevler"


@pytest.fixture
def desk(site: ScriptedSite, staff: dict[str, Person]) -> ScriptedSite:
    def play(uow: UnitOfWork, event: object, _person: Person) -> None:
        handle(shared_desk(), uow, event, shared_desk().knowledge.read)  # type: ignore[arg-type]

    assert staff
    site.script = play
    return site


def said(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


async def test_an_office_its_vekil_and_their_end(desk: ScriptedSite, opened: Open) -> None:
    visit = await opened("kemal")
    assert "Bugün kimse yazılı değil" in (await visit.get(PAGE)).text
    given = {"office": "ambar", "who": "mehmet", "starts": "2026-11-01", "document": "2026/77"}
    page = said(await then(visit, await ask(visit, PAGE, "officer_name", **given)))
    assert "Görev yazıldı" in page
    assert "Bugün: Mehmet Kaya (Ambar sorumlusu)" in page
    assert "belge 2026/77" in page
    (held,) = desk.store.read(lambda uow: uow.officers.all())
    acting = {"of": str(held.id), "who": "zeynep", "starts": "2026-11-20", "ends": "2026-11-30"}
    page = said(await then(visit, await ask(visit, PAGE, "officer_name", **acting)))
    assert re.search(r"Bugün: Zeynep \w+ \(Ambar sorumlusu V\.\)", page)
    page = said(await then(visit, await ask(visit, PAGE, "officer_end", id=str(held.id), ends="2026-11-21")))
    assert "Son günü yazıldı" in page
    assert [str(one.ends) for one in desk.store.read(lambda uow: uow.officers.all())] == ["2026-11-21"] * 2
    assert "Önceki görevliler (2)" in page
    told = desk.store.read(lambda uow: [m.text for m in uow.timeline.page("web:p:mehmet")])
    assert any("Ambar sorumlusu" in text for text in told)
    lines = desk.store.read(lambda uow: uow.store_events.history(Stream.OFFICER, held.id))
    assert [line.what for line in lines] == ["named", "ended"]
    assert "görev verdi" in (await (await opened("denetci")).get("panel/denetim")).text


async def test_a_slip_is_taken_back(desk: ScriptedSite, opened: Open) -> None:
    visit = await opened("admin")
    await ask(visit, PAGE, "officer_name", office="kvkk", who="mehmet", starts="2026-11-01")
    (one,) = desk.store.read(lambda uow: uow.officers.all())
    page = await then(visit, await ask(visit, PAGE, "officer_withdraw", id=str(one.id)))
    assert "hiç verilmemiş" in page
    assert "Mehmet Kaya" not in said(page).partition("KVKK sorumlusu")[2]


@pytest.mark.parametrize(
    ("action", "given", "says"),
    [
        ("officer_name", {"office": "tasinir_kontrol", "who": "mehmet"}, "aynı kişi olamaz (md. 6/3)"),
        ("officer_name", {"office": "tasinir_kayit", "who": "mehmet"}, "zaten yazılı"),
        ("officer_name", {"office": "ambar", "who": "Bilinmez Biri"}, "görevde biri bulunamadı"),
        ("officer_name", {"office": "ambar", "who": "mehmet", "starts": "1 Aralık"}, "gün.ay.yıl"),
        ("officer_name", {"office": "ambar", "who": "mehmet", "ends": "2026-10-01"}, "önce olamaz"),
        ("officer_name", {"office": "müdür", "who": "mehmet"}, "bulunamadı"),
        ("officer_end", {"id": "x", "ends": "2026-12-01"}, "bulunamadı"),
    ],
)
async def test_what_cannot_be_done_is_said(
    desk: ScriptedSite, opened: Open, action: str, given: dict[str, str], says: str
) -> None:
    visit = await opened("admin")
    await ask(visit, PAGE, "officer_name", office="tasinir_kayit", who="mehmet", starts="2026-11-01")
    answer = await ask(visit, PAGE, action, **{"starts": "2026-11-02", **given})
    assert answer.status_code == 422
    assert says in answer.text
    assert len(desk.store.read(lambda uow: uow.officers.all())) == 1


@pytest.mark.parametrize(("who", "status"), [("ayse", 403), ("mehmet", 403), ("fatma", 403), ("denetci", 403)])
async def test_director_and_admin_name_them(desk: ScriptedSite, opened: Open, who: str, status: int) -> None:
    answer = await ask(await opened(who), PAGE, "officer_name", office="ambar", who="mehmet", starts="2026-11-01")
    assert answer.status_code == status
    assert desk.store.read(lambda uow: uow.officers.all()) == []


async def test_a_lead_reads_it(desk: ScriptedSite, opened: Open) -> None:
    page = await (await opened("fatma")).get(PAGE)
    assert page.status_code == 200
    assert 'method="post"' not in page.text
