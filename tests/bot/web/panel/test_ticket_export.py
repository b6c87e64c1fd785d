"""Any list as a file: what it holds, that nothing of it is a formula, and what the audit has of it."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator

import openpyxl
import pytest

from bot.documents.ticket_export import as_csv, as_xlsx
from bot.web import WebSettings, build
from handlers.domain.people import Person
from handlers.domain.ticket import Ticket
from handlers.reports import ticket_export
from tests.bot.web.panel.conftest import PanelVisit
from tests.bot.web.panel.scene import open_one, working_day
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.visiting import connect
from tests.scenarios.stage import shared_desk


@pytest.fixture
def day(site: ScriptedSite, staff: dict[str, Person]) -> dict[str, Ticket]:
    return working_day(site, staff)


@pytest.fixture
async def fatma(site: ScriptedSite, day: dict[str, Ticket]) -> AsyncIterator[PanelVisit]:
    settings = WebSettings(demo=True, desk=shared_desk(), ticket_exports={"xlsx": as_xlsx, "csv": as_csv})
    async with connect(build(site, settings)) as client:
        visit = PanelVisit(client, "/demo/fatma/")
        await visit.open()
        yield visit


def read(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf"), "Excel reads Turkish letters by this mark"
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def logged(site: ScriptedSite) -> list[str]:
    return [line[3] for line in site.store.read(lambda uow: uow.audit.recent()) if line[2] == "tickets_exported"]


async def test_a_list_is_taken_along_as_it_stands_and_that_is_logged(
    site: ScriptedSite, fatma: PanelVisit, day: dict[str, Ticket]
) -> None:
    answer = await fatma.get("panel/kayitlar/dosya?oncelik=yuksek&mudurluk=Mali+Hizmetler&bicim=csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="kayitlar-2026-11-23.csv"'
    heads, *rows = read(answer.content)
    assert heads == list(ticket_export.HEADS), "who reported is not among it"
    assert [row[0] for row in rows] == [day["late"].number, day["secret"].number]
    assert rows[0][3:9] == ["Yazıcı yazdırmıyor", "Mali Hizmetler", "", "Üstlenildi", "Mehmet Kaya", "Yüksek"]
    assert logged(site) == ["csv oncelik=yuksek mudurluk · 2 kayıt"]


async def test_personal_columns_come_with_a_reason_and_never_the_words_of_a_security_matter(
    site: ScriptedSite, fatma: PanelVisit, day: dict[str, Ticket]
) -> None:
    _, *rows = read((await fatma.get("panel/kayitlar/dosya?bicim=csv&kisisel=denetim")).content)
    words = {row[0]: row[-2:] for row in rows}
    assert words[day["late"].number] == ["Ayşe Yılmaz", "slm yazici cikti vermiyo, tahakkuk servisi"]
    assert words[day["secret"].number] == ["Ayşe Yılmaz", "(güvenlik kaydı: içeriği yazılmaz)"]
    assert logged(site) == ["csv durum=acik · 7 kayıt · kişisel: denetim"]


async def test_nothing_is_a_formula(site: ScriptedSite, fatma: PanelVisit, staff: dict[str, Person]) -> None:
    site.store.write(lambda uow: open_one(uow, site, staff["ayse"], None, "=HYPERLINK(1)", room="@SUM(A1)"))
    query = "panel/kayitlar/dosya?konu=konusuz&sirala=yeni&kisisel=inceleme"
    _, row, *_ = read((await fatma.get(f"{query}&bicim=csv")).content)
    assert (row[5], row[-1]) == ("'@SUM(A1)", "'=HYPERLINK(1)")
    book = openpyxl.load_workbook(io.BytesIO((await fatma.get(f"{query}&bicim=xlsx")).content))
    cells = [cell for line in book.active.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert "'=HYPERLINK(1)" in {cell.value for cell in cells}
    assert not [cell for cell in cells if cell.data_type == "n" and cell.value is not None]


async def test_too_many_rows_are_refused_and_not_logged(
    site: ScriptedSite, fatma: PanelVisit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticket_export, "MOST_ROWS", 3)
    answer = await fatma.client.get("/demo/fatma/panel/kayitlar/dosya?bicim=csv", headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert "daraltın" in answer.text
    assert logged(site) == []


@pytest.mark.parametrize("query", ["bicim=pdf", "bicim=csv&kisisel=merak", "bicim=../x"])
async def test_what_there_is_not_is_refused(fatma: PanelVisit, query: str) -> None:
    assert (await fatma.get(f"panel/kayitlar/dosya?{query}")).status_code == 400


async def test_the_page_offers_it_where_there_are_rows(fatma: PanelVisit, day: dict[str, Ticket]) -> None:
    assert "Excel (xlsx)" in (await fatma.get("panel/kayitlar?geciken=1")).text
    assert "Dışa aktar" not in (await fatma.get("panel/kayitlar?konu=kep")).text
