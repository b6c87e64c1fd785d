"""Any list as a file: what it holds, that nothing of it is a formula, and what the audit has of it."""

from __future__ import annotations

import asyncio
import csv
import io
import re
import uuid
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from bot.documents.ticket_export import as_csv, as_xlsx
from bot.documents.ticket_list_pdf import as_pdf
from bot.filestore.shared_files import SharedFiles
from bot.web import WebSettings, build
from bot.web.panel import ticket_export as ticket_export_page
from bot.web.panel.export_jobs import ExportJobs, ListFile
from handlers.domain.people import Person
from handlers.domain.ticket import Ticket
from handlers.reports import ticket_export
from tests.bot.web.panel.conftest import PanelVisit
from tests.bot.web.panel.scene import open_one, working_day
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.visiting import connect
from tests.scenarios.stage import shared_desk

WRITERS = {"xlsx": as_xlsx, "csv": as_csv, "pdf": as_pdf}


@pytest.fixture
def day(site: ScriptedSite, staff: dict[str, Person]) -> dict[str, Ticket]:
    return working_day(site, staff)


@pytest.fixture
async def fatma(site: ScriptedSite, day: dict[str, Ticket]) -> AsyncIterator[PanelVisit]:
    settings = WebSettings(demo=True, desk=shared_desk(), ticket_exports=WRITERS)
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
    _, *rows = read((await fatma.get("panel/kayitlar/dosya?bicim=csv&kisisel=1&neden=denetim")).content)
    words = {row[0]: row[-2:] for row in rows}
    assert words[day["late"].number] == ["Ayşe Yılmaz", "slm yazici cikti vermiyo, tahakkuk servisi"]
    assert words[day["secret"].number] == ["Ayşe Yılmaz", "(güvenlik kaydı: içeriği yazılmaz)"]
    assert logged(site) == ["csv durum=acik · 7 kayıt · kişisel: denetim"]


async def test_no_personal_column_without_both_a_tick_and_a_reason(
    site: ScriptedSite, fatma: PanelVisit, day: dict[str, Ticket]
) -> None:
    asked = await fatma.get("panel/kayitlar/dosya?bicim=csv&mudurluk=Mali+Hizmetler&kisisel=1&neden=")
    assert (asked.status_code, "bir neden seçilmeden inmez" in asked.text) == (422, True)
    assert 'name="mudurluk" value="Mali Hizmetler"' in asked.text, "the list is still the same"
    assert logged(site) == []
    (heads, *_) = read((await fatma.get("panel/kayitlar/dosya?bicim=csv&neden=denetim")).content)
    assert heads == list(ticket_export.HEADS)
    assert logged(site) == ["csv durum=acik · 7 kayıt"]
    assert "Kişisel sütunlar gerekli" in (await fatma.get("panel/kayitlar")).text


async def test_nothing_is_a_formula(site: ScriptedSite, fatma: PanelVisit, staff: dict[str, Person]) -> None:
    site.store.write(lambda uow: open_one(uow, site, staff["ayse"], None, "=HYPERLINK(1)", room="@SUM(A1)"))
    query = "panel/kayitlar/dosya?konu=konusuz&sirala=yeni&kisisel=1&neden=inceleme"
    _, row, *_ = read((await fatma.get(f"{query}&bicim=csv")).content)
    assert (row[5], row[-1]) == ("'@SUM(A1)", "'=HYPERLINK(1)")
    book = openpyxl.load_workbook(io.BytesIO((await fatma.get(f"{query}&bicim=xlsx")).content))
    cells = [cell for line in book.active.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert "'=HYPERLINK(1)" in {cell.value for cell in cells}
    assert not [cell for cell in cells if cell.data_type == "n" and cell.value is not None]


class Making:
    """A file is begun when it is told to, and waited for."""

    def __init__(self) -> None:
        self._may_begin, self._made = asyncio.Event(), asyncio.Event()

    async def around(self, make: Awaitable[None]) -> None:
        await self._may_begin.wait()
        try:
            await make
        finally:
            self._made.set()

    async def finish(self) -> None:
        self._may_begin.set()
        async with asyncio.timeout(60):
            await self._made.wait()


@pytest.fixture
def making(monkeypatch: pytest.MonkeyPatch) -> Making:
    held, make = Making(), ExportJobs._make
    monkeypatch.setattr(ExportJobs, "_make", lambda *given: held.around(make(*given)))
    return held


async def test_what_takes_long_is_made_in_the_background_for_its_asker_alone(
    site: ScriptedSite, fatma: PanelVisit, day: dict[str, Ticket], making: Making, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticket_export_page, "MOST_ROWS", 3)
    offered = await fatma.get("panel/kayitlar/dosya?durum=hepsi&bicim=csv&kisisel=1&neden=rapor")
    assert "Dosyayı hazırla" in offered.text
    assert logged(site) == []
    fields = dict(re.findall(r'name="(form_token|key|query)" value="([^"]*)"', offered.text))
    fields["query"] = fields["query"].replace("&amp;", "&")
    begun = await fatma.client.post(f"{fatma.path}panel/kayitlar/dosya", data=fields)
    assert begun.status_code == 303
    there = begun.headers["location"]
    assert (await fatma.client.post(f"{fatma.path}panel/kayitlar/dosya", data=fields)).headers["location"] == there
    assert "Dosya hazırlanıyor; bitince buradan inecek" in (await fatma.client.get(there)).text
    await making.finish()
    assert "Dosya hazır:" in (await fatma.client.get(there)).text
    answer = await fatma.client.get(f"{there}/indir")
    heads, *rows = read(answer.content)
    assert heads == [*ticket_export.HEADS, *ticket_export.PERSONAL_HEADS]
    assert len(rows) == 7
    assert logged(site) == ["csv durum=hepsi · 7 kayıt · kişisel: rapor"]
    other = PanelVisit(fatma.client, "/demo/kemal/")
    await other.open()
    key = there.rpartition("/")[2]
    for path in (key, f"{key}/indir"):
        assert (await other.get(f"panel/kayitlar/dosya/{path}")).status_code == 404
    site.clock.forward(hours=2)
    assert (await fatma.client.get(f"{there}/indir")).status_code == 404, "it is kept for an hour"


@asynccontextmanager
async def _two_desks(site: ScriptedSite, shared: SharedFiles) -> AsyncIterator[list[PanelVisit]]:
    """A browser that is led to either of two processes with one folder."""
    settings = WebSettings(demo=True, desk=shared_desk(), ticket_exports=WRITERS, list_files=shared)
    async with connect(build(site, settings)) as one, connect(build(site, settings)) as two:
        visits = [PanelVisit(client, "/demo/fatma/") for client in (one, two)]
        await visits[0].open()
        two.cookies = one.cookies
        visits[1].token = visits[0].token
        yield visits


async def test_a_file_is_found_from_any_process(
    site: ScriptedSite, day: dict[str, Ticket], tmp_path: Path, making: Making, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticket_export_page, "MOST_ROWS", 3)
    shared = SharedFiles(tmp_path / "lists")
    async with _two_desks(site, shared) as (one, two):
        offered = await one.get("panel/kayitlar/dosya?durum=hepsi&bicim=csv")
        fields = dict(re.findall(r'name="(form_token|key|query)" value="([^"]*)"', offered.text))
        fields["query"] = fields["query"].replace("&amp;", "&")
        there = (await one.client.post(f"{one.path}panel/kayitlar/dosya", data=fields)).headers["location"]
        again = await two.client.post(f"{two.path}panel/kayitlar/dosya", data=fields)
        assert again.headers["location"] == there, "pressed twice, and led to the other"
        assert "Dosya hazırlanıyor; bitince buradan inecek" in (await two.client.get(there)).text
        await making.finish()
        assert "Dosya hazır:" in (await two.client.get(there)).text
        _, *rows = read((await two.client.get(f"{there}/indir")).content)
        assert len(rows) == 7
        assert logged(site) == ["csv durum=hepsi · 7 kayıt"]
        kemal = PanelVisit(two.client, "/demo/kemal/")
        await kemal.open()
        key = there.rpartition("/")[2]
        assert (await kemal.get(f"panel/kayitlar/dosya/{key}/indir")).status_code == 404
        site.clock.forward(hours=2)
        assert (await two.client.get(there)).status_code == 404
    assert {path.stat().st_mode & 0o077 for path in (shared.folder, *shared.folder.iterdir())} == {0}


async def test_one_whose_process_died_is_said_to_have_failed(
    site: ScriptedSite, day: dict[str, Ticket], staff: dict[str, Person], tmp_path: Path
) -> None:
    shared, key = SharedFiles(tmp_path / "lists"), str(uuid.uuid4())
    at = site.now()
    begun = ListFile(key=key, asker=staff["fatma"].id, kind="csv", asked_at=at, total=7, done=3, said_at=at)
    shared.put(key, begun.as_data())
    async with _two_desks(site, shared) as (one, _):
        there = f"panel/kayitlar/dosya/{key}"
        assert "3 / 7 kayıt" in (await one.get(there)).text
        jobs = ExportJobs(shared)
        assert not await jobs.has_room(staff["fatma"].id, site.now()), "one at a time, wherever it is made"
        assert await jobs.has_room(staff["kemal"].id, site.now())
        site.clock.forward(minutes=11)
        assert "Dosya hazırlanamadı" in (await one.get(there)).text
        assert await jobs.has_room(staff["fatma"].id, site.now())
    shared.put(key, {"of": "another version"})
    assert await jobs.of(key, staff["fatma"].id, site.now()) is None


async def test_beyond_what_a_file_holds_it_is_refused_and_not_logged(
    site: ScriptedSite, fatma: PanelVisit, day: dict[str, Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ticket_export.MOST_ROWS_OF_JOB, "csv", 3)  # type: ignore[misc]
    fields = {"form_token": fatma.token, "key": str(uuid.uuid4()), "query": "bicim=csv&durum=hepsi"}
    refused = await fatma.client.post(f"{fatma.path}panel/kayitlar/dosya", data=fields)
    assert (refused.status_code, "daraltın" in refused.text) == (400, True)
    for spoilt in ({"key": "x"}, {"query": "bicim=exe"}, {"query": "bicim=csv&kisisel=1"}, {"query": "x" * 3000}):
        assert (
            await fatma.client.post(f"{fatma.path}panel/kayitlar/dosya", data={**fields, **spoilt})
        ).status_code == 400
    assert logged(site) == []


async def test_a_list_as_pages(fatma: PanelVisit, day: dict[str, Ticket]) -> None:
    answer = await fatma.get("panel/kayitlar/dosya?durum=hepsi&bicim=pdf")
    assert answer.headers["content-type"] == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert day["late"].number in text
    assert "Sayfa 1" in text


@pytest.mark.parametrize(
    "query", ["bicim=exe", "bicim=csv&kisisel=1&neden=merak", "bicim=csv&kisisel=denetim", "bicim=../x"]
)
async def test_what_there_is_not_is_refused(fatma: PanelVisit, query: str) -> None:
    assert (await fatma.get(f"panel/kayitlar/dosya?{query}")).status_code == 400


async def test_the_page_offers_it_where_there_are_rows(fatma: PanelVisit, day: dict[str, Ticket]) -> None:
    assert "Excel (xlsx)" in (await fatma.get("panel/kayitlar?geciken=1")).text
    assert "Dışa aktar" not in (await fatma.get("panel/kayitlar?konu=kep")).text
