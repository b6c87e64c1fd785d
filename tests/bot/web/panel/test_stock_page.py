"""`/panel/depo` and what stands below it: the list, one item, a month's consumption."""

from __future__ import annotations

import io
from datetime import datetime

import openpyxl
from pypdf import PdfReader

from bot.web.panel.stock_page import _printed
from handlers.domain.people import Person
from handlers.domain.stock import ItemId, PendingUse
from handlers.ports import UnitOfWork
from tests.bot.web.panel.device_house import press, send, visiting
from tests.bot.web.panel.stock_house import furnish_depot
from tests.bot.web.scripted_site import ScriptedSite

NEW = {"code": "TN-2421", "name": "Toner (siyah)", "unit": "adet", "kind": "consumable", "minimum": "5", "target": "20"}
ITEM = "panel/depo/1"


def left(site: ScriptedSite) -> int:
    def look(uow: UnitOfWork) -> int:
        found = uow.stock.by_code("TN-2421")
        return uow.stock.left_of(found.id) if found is not None else -1

    return site.store.read(look)


async def test_from_the_first_item_to_what_is_taken_back(site: ScriptedSite, staff: dict[str, Person]) -> None:
    assert staff
    async with visiting(site, "fatma") as visit:
        assert "Depoda henüz malzeme yok. Aşağıdan ilk malzemeyi ekleyin." in (await visit.get("panel/depo")).text
        told = await press(visit, "panel/depo", "stock_record", **NEW)
        assert "Malzeme eklendi." in told
        refused = await send(visit, "panel/depo", action="stock_record", **NEW)
        assert (refused.status_code, "TN-2421 (Toner (siyah)) zaten kayıtlı." in refused.text) == (422, True)
        key = str(site.store.read(lambda uow: uow.stock.items()[0].id))
        here = f"panel/depo/{key}"
        assert "Henüz hareket yok." in (await visit.get(here)).text
        came = {"id": key, "quantity": "10", "document": "4431"}
        assert "Giriş yazıldı." in await press(visit, here, "stock_receive", **came)
        again = await send(visit, here, action="stock_receive", **came)
        assert (again.status_code, "Bu belgeyle yine de girilsin" in again.text) == (422, True)
        for typed, told in (
            ("2,5", "2,5 adet olmaz; tam sayı yazın."),
            ("çok", "“çok” yazdınız."),
            ("0", "“0” yazdınız."),
        ):
            wrong = await send(visit, here, action="stock_receive", id=key, quantity=typed)
            assert (wrong.status_code, told in wrong.text) == (422, True)
        assert "Giriş yazıldı." in await press(visit, here, "stock_receive", **came, again="1")
        assert left(site) == 20
        first = str(site.store.read(lambda uow: uow.stock.received_by("4431")[0].id))
        undone = await press(visit, here, "stock_undo", move=first)
        assert "Geri alındı: karşı hareketi yazıldı." in undone
        assert "geri alındı: SH-2026-00003" in undone
        assert left(site) == 10
        assert "gününe kadar az kaldığı hatırlatılmaz" in await press(
            visit, here, "stock_order", id=key, until=f"{site.now():%Y-%m-%d}"
        )
        site.store.write(lambda uow: uow.stock.add_pending(_waiting(ItemId(int(key)), staff["fatma"], site.now())))
        assert "<h2>Askıda</h2>" in (await visit.get(here)).text
        assert "Askıdan kaldırıldı" in await press(visit, here, "stock_withdraw", use="1")
        assert site.store.read(lambda uow: uow.stock.pending()) == []
        corrected = await press(visit, here, "stock_correct", id=key, **{**NEW, "shelf": "A3", "fits": "Brother HL-2"})
        assert "<dd>Brother HL-2</dd>" in corrected
        assert "Artık tutulmayanlar" not in (await visit.get("panel/depo")).text
        await press(visit, "panel/depo", "stock_record", code="OLD-1", name="Eski toner")
        await press(visit, "panel/depo/2", "stock_correct", id="2", code="OLD-1", name="Eski toner", gone="1")
        page = (await visit.get("panel/depo")).text
        assert page.index("Artık tutulmayanlar (1)") < page.index('/panel/depo/2">OLD-1</a> · Eski toner')


def _waiting(item: ItemId, who: Person, at: datetime) -> PendingUse:
    return PendingUse(item=item, quantity=1, at=at, who=who.id)


async def test_who_only_reads_is_offered_nothing(site: ScriptedSite, staff: dict[str, Person]) -> None:
    item = furnish_depot(site, staff["fatma"])
    async with visiting(site, "mehmet") as visit:
        page = (await visit.get("panel/depo")).text
        assert "en azın altında" in page
        assert "Yeni malzeme" not in page
        one = (await visit.get(f"panel/depo/{item.id}")).text
        assert "Girişi yaz" not in one
        assert "Geri al" not in one
        refused = await send(visit, "panel/depo", action="stock_record", **{**NEW, "code": "X-99"})
        assert refused.status_code == 403
        assert (await visit.get("panel/depo/99999")).status_code in (404, 422)


async def test_files_and_the_month(site: ScriptedSite, staff: dict[str, Person]) -> None:
    furnish_depot(site, staff["fatma"])
    month = f"{site.now():%Y-%m}"
    async with visiting(site, "kemal") as visit:
        book = openpyxl.load_workbook(io.BytesIO((await visit.get("panel/depo/depo.xlsx")).content)).worksheets[0]
        assert next([cell.value for cell in row][:3] for row in book.iter_rows(min_row=2)) == [
            "TN-2421",
            "Toner (siyah)",
            "3",
        ]
        page = (await visit.get(f"panel/depo-tuketim?ay={month}")).text
        assert ">150.01.02</td>" in page
        assert ">TN-2421</td>" in page
        assert "DLM-1" not in page, "a dolum leaves without a slip"
        made = await visit.get(f"panel/depo-tuketim.pdf?ay={month}")
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made.content)).pages)
        assert "Fen İşleri" in text
        assert "Aylık tüketim listesi (hazırlık)" in text
        assert _printed(("", "TN-2421", "-1")) == ("–", "TN-2421", "−1")
        assert "Bu liste ilk kez" in (await visit.get(f"panel/depo-tuketim?ay={month}")).text, "it was taken as a file"
        rows = openpyxl.load_workbook(io.BytesIO((await visit.get(f"panel/depo-tuketim.xlsx?ay={month}")).content))
        assert [cell.value for cell in rows.worksheets[0][2]][-3:] == ["Fen İşleri", "7", "adet"]
        year = (await visit.get("panel/depo-defter")).text
        assert "4 hareket, numara sırasıyla" in year
        assert "cihazı bilinen malzeme kullanımı yok" in year
        made = await visit.get("panel/depo-defter.pdf")
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made.content)).pages)
        assert "Depo giriş–çıkış defteri (hazırlık)" in text
        assert "SH-2026-00004" in text
        assert "Ambar sorumlusu" in text
        book = openpyxl.load_workbook(io.BytesIO((await visit.get("panel/depo-defter.xlsx")).content)).worksheets[0]
        assert [cell.value for cell in book[3]][4:8] == ["", "7", "3", "teslim"]
        assert (await visit.get("panel/depo-defter/yazicilar.xlsx")).status_code == 200
        assert (await visit.get("panel/kayit/2026-999999/malzeme-istek.pdf")).status_code == 404
        assert "Ocak 2020: kullanılan malzeme yok." in (await visit.get("panel/depo-tuketim?ay=2020-01")).text
