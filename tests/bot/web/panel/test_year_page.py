"""The yearly report on its page: who opens it, taken along in both forms, and its words written."""

from __future__ import annotations

import re
import uuid

import httpx
import pytest

from bot.documents import year_report
from bot.web import WebSettings, build
from handlers.chat.dispatch import handle
from handlers.domain.people import Person
from handlers.domain.recommendations import MAX_LETTERS
from handlers.events import RecommendationAsked
from handlers.ports import UnitOfWork
from tests.bot.web.panel.conftest import Open, PanelVisit
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.visiting import connect
from tests.scenarios.stage import shared_desk

YEAR = "panel/raporlar/2026"
SEEN = re.compile(r'name="seen" value="(\d+)"')


@pytest.fixture
def desk(site: ScriptedSite, staff: dict[str, Person]) -> ScriptedSite:
    def play(uow: UnitOfWork, event: object, _person: Person) -> None:
        handle(shared_desk(), uow, event, shared_desk().knowledge.read)  # type: ignore[arg-type]

    assert staff
    site.script = play
    return site


async def write(visit: PanelVisit, text: str, seen: str = "0", key: str = "") -> httpx.Response:
    token = re.search(r'name="form_token" value="(\w+)"', (await visit.get(YEAR)).text)
    assert token is not None
    given = {"form_token": token[1], "key": key or str(uuid.uuid4()), "seen": seen, "text": text}
    return await visit.client.post(visit.path + YEAR, data=given)


@pytest.mark.parametrize("handle", ["mehmet", "fatma", "denetci", "admin"])
async def test_it_is_open_to_the_director_alone(opened: Open, handle: str) -> None:
    visit = await opened(handle)
    assert (await visit.get(YEAR)).status_code == 403
    assert (await visit.get(f"{YEAR}.pdf")).status_code == 403
    assert YEAR not in (await visit.get("panel/raporlar")).text


async def test_what_is_written_stands_and_can_be_taken_back(desk: ScriptedSite, opened: Open) -> None:
    visit, key = await opened("kemal"), str(uuid.uuid4())
    assert f'href="/demo/kemal/{YEAR}"' in (await visit.get("panel/raporlar")).text
    for _ in range(2):
        answer = await write(visit, "Yedek hat\n\nistensin.", key=key)
        assert answer.status_code == 303
        told = await visit.client.get(answer.headers["location"])
    assert "Kaydedildi" in told.text
    assert SEEN.findall(told.text) == ["1"]
    assert len([one for one in desk.accepted if isinstance(one, RecommendationAsked)]) == 1
    assert (await write(visit, "<b>Toner</b>", seen="1")).status_code == 303
    page = (await visit.get(YEAR)).text
    assert "&lt;b&gt;Toner&lt;/b&gt;" in page
    assert "Buna geri dön" in page
    assert "Yedek hat\n\nistensin." in page


@pytest.mark.usefixtures("desk")
async def test_a_stale_or_too_long_text_is_refused_and_not_lost(opened: Open) -> None:
    visit = await opened("kemal")
    await write(visit, "Kayıtlı olan.")
    stale = await write(visit, "Eski sayfadan yazılan.", seen="0")
    assert stale.status_code == 409
    for said in ("Siz yazarken metin değişmiş", "Kayıtlı olan.", "Eski sayfadan yazılan.", "Yine de kaydet"):
        assert said in stale.text, said
    assert SEEN.findall(stale.text) == ["1"]
    long = await write(visit, "x" * (MAX_LETTERS + 1), seen="1")
    assert (long.status_code, "Kısaltıp yeniden kaydedin" in long.text, "x" * 100 in long.text) == (422, True, True)
    assert (await write(visit, "x", seen="bir")).status_code == 400
    assert (await visit.get("panel/raporlar/2027")).status_code == 404
    assert (await visit.get("panel/raporlar/99999999")).status_code == 404


@pytest.mark.usefixtures("staff")
async def test_both_forms_are_taken_along(site: ScriptedSite) -> None:
    desk = shared_desk()
    writers = {
        "pdf": lambda report: year_report.pdf(desk, report, desk.zone),
        "docx": lambda report: year_report.docx(desk, report, desk.zone),
    }
    async with connect(build(site, WebSettings(demo=True, desk=desk, year_reports=writers))) as client:
        client.headers["Accept"] = "text/html"
        visit = PanelVisit(client, "/demo/kemal/")
        await visit.open()
        paper, document = await visit.get(f"{YEAR}.pdf"), await visit.get(f"{YEAR}.docx")
        assert (paper.content[:5], document.content[:2]) == (b"%PDF-", b"PK")
        assert document.headers["content-disposition"] == 'attachment; filename="faaliyet-raporu-2026.docx"'
        assert paper.headers["cache-control"] == "no-store"
        for nothing in ("panel/raporlar/2027.pdf", f"{YEAR}.odt"):
            assert (await visit.get(nothing)).status_code == 404
    taken = [line[3] for line in site.store.read(lambda uow: uow.audit.recent()) if line[2] == "report_taken"]
    assert sorted(taken) == ["2026 docx", "2026 pdf"]


async def test_where_nothing_draws_there_is_no_link(opened: Open, staff: dict[str, Person]) -> None:
    assert staff
    visit = await opened("kemal")
    assert ".docx" not in (await visit.get(YEAR)).text
    assert (await visit.get(f"{YEAR}.pdf")).status_code == 404
