"""`/panel/evrak`: a document from its form to its answer, and a year's list."""

from __future__ import annotations

import io

import openpyxl
from pypdf import PdfReader

from handlers.domain.people import Person
from tests.bot.web.panel.device_house import press, send, visiting
from tests.bot.web.panel.document_house import furnish_documents
from tests.bot.web.scripted_site import ScriptedSite
from tests.storage.builders import open_ticket

NEW = {"registry_no": "45123", "kind": "petition", "subject": "İnternet hattı", "sender": "Yazı İşleri"}


async def test_from_the_form_to_the_answer(site: ScriptedSite, staff: dict[str, Person]) -> None:
    async with visiting(site, "fatma") as visit:
        assert "EBYS’den gelen ve süresi olan bir evrakı aşağıdan yazın" in (await visit.get("panel/evrak")).text
        told = await press(visit, "panel/evrak", "document_record", **NEW, holder=str(staff["mehmet"].id))
        assert "Evrak yazıldı." in told
        assert "ET-2026-00001" in told
        refused = await send(visit, "panel/evrak", action="document_record", **NEW)
        assert (refused.status_code, "Bu evrak ET-2026-00001 olarak var." in refused.text) == (422, True)
        assert 'value="İnternet hattı"' in refused.text, "what was typed stands there"
        key = str(site.store.read(lambda uow: uow.document_tracks.open()[0].id))
        here = f"panel/evrak/{key}"
        page = (await visit.get(here)).text
        assert "Dilekçe (30 gün), 3071 m.7" in page
        assert "iş günü kaldı" in page
        empty = await send(visit, here, action="document_end", id=key, result="answered", answer_no="")
        assert (empty.status_code, "“cevaplandı” olmaz" in empty.text) == (422, True)
        assert "Yeni son gün yazıldı" in await press(visit, here, "document_extend", id=key, last_day="2027-01-15")
        ended = await press(visit, here, "document_end", id=key, result="answered", answer_no="46001")
        assert "Cevaplandı, cevap 46001" in ended
        assert "Sonuç" in (await visit.get("panel/evrak?ara=46001")).text
        assert "yeniden cevap bekliyor" in await press(visit, here, "document_reopen", id=key)
        assert "listelerden kalktı" in await press(visit, here, "document_withdraw", id=key)
        assert "Cevap bekleyen evrak yok." in (await visit.get("panel/evrak")).text


async def test_a_ticket_names_the_document_that_it_rests_on(site: ScriptedSite, staff: dict[str, Person]) -> None:
    ticket = site.store.write(lambda uow: open_ticket(uow, staff["ayse"].id))
    async with visiting(site, "fatma") as visit:
        await press(visit, "panel/evrak", "document_record", **NEW, ticket=ticket.number)
        page = (await visit.get(f"panel/kayit/{ticket.number}")).text
        assert "<dt>Dayanak</dt>" in page
        assert "45123 · ET-2026-00001" in page
    async with visiting(site, "mehmet") as visit:
        assert "<dt>Dayanak</dt>" not in (await visit.get(f"panel/kayit/{ticket.number}")).text, "it is not theirs"


async def test_who_sees_what_and_the_files_of_a_year(site: ScriptedSite, staff: dict[str, Person]) -> None:
    one = furnish_documents(site, staff["fatma"])
    async with visiting(site, "mehmet") as visit:
        assert "45123" not in (await visit.get("panel/evrak")).text
        assert (await visit.get(f"panel/evrak/{one.id}")).status_code in (404, 422)
        own = (await visit.get("panel/evrak/liste.xlsx")).content
        assert openpyxl.load_workbook(io.BytesIO(own)).worksheets[0].max_row == 1
    async with visiting(site, "denetci") as visit:
        page = (await visit.get("panel/evrak")).text
        assert ("45123" in page, "Yeni evrak" in page) == (True, False)
        shown = (await visit.get(f"panel/evrak/{one.id}")).text
        assert ("yazıldı · Fatma Şahin" in shown, "Sonuçlandır</button>" in shown) == (True, False)
        book = openpyxl.load_workbook(io.BytesIO((await visit.get("panel/evrak/liste.xlsx")).content)).worksheets[0]
        assert [cell.value for cell in book[2]][:4] == ["1", "ET-2026-00001", f"{one.came_on:%d.%m.%Y}", "45123"]
        made = await visit.get("panel/evrak/liste.pdf")
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made.content)).pages)
        assert "Evrak takip listesi" in text
        assert "Yazı İşleri" in text
        assert "taşınır kaydı" not in text
