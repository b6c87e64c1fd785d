"""`/panel/sureli` and `/panel/firmalar`: from the first to what is taken back."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import openpyxl

from handlers.context import Acting
from handlers.contracts import recording
from handlers.contracts.recording import Said
from handlers.domain.people import Person
from handlers.ports import TermsWanted
from tests.bot.web.panel.device_house import acts, press, send, visiting
from tests.bot.web.scripted_site import ScriptedSite


def ends_in(site: ScriptedSite, days: int) -> str:
    return (site.now().date() + timedelta(days=days)).isoformat()


def furnish_terms(site: ScriptedSite, lead: Person, number: int = 1, **about: Any) -> None:
    """So many certificates with a firm, the first of them within a month."""

    def work(acting: Acting) -> None:
        for place in range(number):
            said = {"kind": "certificate", "name": f"a{place}.bel.tr", "ends": ends_in(site, 20 + 40 * place)}
            recording.record(acting, Said(**{**said, "vendor": "ABC Bilişim", **about}))

    acts(site, lead, work)


async def test_from_the_first_term_to_what_is_taken_back(site: ScriptedSite, staff: dict[str, Person]) -> None:
    assert staff
    new = {"kind": "domain", "name": "defne.bel.tr", "ends": ends_in(site, 100), "vendor": "ABC Bilişim"}
    async with visiting(site, "fatma") as visit:
        assert "Henüz süreli kayıt yok. Aşağıdan ilkini ekleyin" in (await visit.get("panel/sureli")).text
        refused = await send(visit, "panel/sureli", action="term_record", **{**new, "ends": ""})
        assert (refused.status_code, "Bitiş günü olmadan hatırlatamam." in refused.text) == (422, True)
        assert 'value="defne.bel.tr"' in refused.text, "what was typed stands there"
        told = await press(visit, "panel/sureli", "term_record", **new)
        assert "Süreli kayıt eklendi." in told
        assert ">100 gün sonra<" in told
        here = "panel/sureli/SK-00001"
        key = str(site.store.read(lambda uow: uow.terms.wanted(TermsWanted()))[0].id)
        told = await press(visit, here, "term_correct", **{**new, "id": key, "ends": ends_in(site, 50)})
        assert "düzeltildi: bitiş" in told
        wrong = await send(visit, here, action="term_renew", id=key, ends=ends_in(site, 10))
        assert (wrong.status_code, "eskisinden" in wrong.text) == (422, True)
        told = await press(visit, here, "term_renew", id=key, ends=ends_in(site, 400))
        assert "Yenilendi: yenisi açıldı" in told
        assert '/panel/sureli/SK-00002">SK-00002</a>' in told
        assert "Geri alındı: yeniden yürürlükte." in await press(visit, here, "term_unrenew", id=key)
        assert "Vazgeçildi; artık hatırlatılmaz." in await press(visit, here, "term_drop", id=key)
        assert "Geri alındı" in await press(visit, here, "term_back", id=key)
        assert (await visit.get("panel/sureli/SK-99999")).status_code == 404
        assert (await visit.get("panel/sureli/D-00001")).status_code == 404
        firm = site.store.read(lambda uow: uow.vendors.all()[0])
        place = f"panel/firmalar/{firm.id}"
        assert "alan adı · <bdi>defne.bel.tr</bdi>" in (await visit.get(place)).text
        same = {"id": str(firm.id), "name": "ABC Bilişim", "fault_line": "0326 444"}
        assert "<bdi>0326 444</bdi>" in await press(visit, place, "vendor_correct", **same)
        assert "Firma eklendi." in await press(visit, "panel/firmalar", "vendor_record", name="DEF")
        twice = await send(visit, "panel/firmalar", action="vendor_record", name="def")
        assert (twice.status_code, "DEF zaten kayıtlı." in twice.text) == (422, True)


async def test_the_filter_stands_in_the_address(site: ScriptedSite, staff: dict[str, Person]) -> None:
    furnish_terms(site, staff["fatma"], 52)
    async with visiting(site, "mehmet") as visit:
        page = (await visit.get("panel/sureli?q=bilisim")).text
        assert ">52 süreli kayıt" in page
        assert page.count('<th scope="row"') == 50
        assert "Yeni süreli kayıt" not in page, "a technician reads"
        assert "panel/sureli?q=bilisim&amp;sonra=50" in page
        assert (await visit.get("panel/sureli?q=bilisim&sonra=50")).text.count('<th scope="row"') == 2
        soon = (await visit.get("panel/sureli?gun=30")).text
        assert (">a0.bel.tr<" in soon, ">a1.bel.tr<" in soon) == (True, False)
        assert "Böyle bir süreli kayıt yok." in (await visit.get("panel/sureli?tur=domain")).text
        for odd in ("durum=x", "gun=abc", "sonra=-1", "sonra=99999999", "tur=%00", "q=%25"):
            assert (await visit.get(f"panel/sureli?{odd}")).status_code == 200
        refused = await send(
            visit, "panel/sureli", action="term_record", kind="domain", name="x", ends=ends_in(site, 5)
        )
        assert refused.status_code == 403
        made = await visit.get("panel/sureli/sureli.xlsx?gun=30")
        rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(made.content)).worksheets[0]]
        assert rows[1][:4] == ["SK-00001", "SSL sertifikası", "a0.bel.tr", "ABC Bilişim"]
