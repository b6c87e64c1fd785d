"""`/panel/hurda`: from a device's page to what it was written off by, and what is printed."""

from __future__ import annotations

import io

from pypdf import PdfReader

from handlers.context import Acting
from handlers.domain.devices import Ending
from handlers.domain.people import Person
from handlers.domain.scrap import ScrapReason
from handlers.scrap import proposing
from tests.bot.web.panel.device_house import acts, furnish, press, send, visiting
from tests.bot.web.scripted_site import ScriptedSite


def propose_printer(site: ScriptedSite, staff: dict[str, Person]) -> None:
    def work(acting: Acting) -> None:
        device = acting.uow.devices.by_number(1)
        assert device is not None
        proposing.propose(acting, device.id, ScrapReason.NOT_WORTH_IT, opinion="Anakart arızalı")

    acts(site, staff["mehmet"], work)


async def test_from_a_devices_page_to_written_off(site: ScriptedSite, staff: dict[str, Person]) -> None:
    furnish(site, staff)
    key = str(site.store.read(lambda uow: uow.devices.by_number(1).id))  # type: ignore[union-attr] # it is there
    here = "panel/hurda/HT-2026-001"
    async with visiting(site, "mehmet") as visit:
        assert "Henüz hurda teklifi yok." in (await visit.get("panel/hurda")).text
        assert "Hurda öner" in (await visit.get("panel/cihaz/D-00001")).text
        told = await press(visit, "panel/hurda", "scrap_propose", device=key, reason="not_worth_it", opinion="Anakart")
        assert "Hurdaya önerildi." in told
        again = await send(visit, "panel/hurda", action="scrap_propose", device=key, reason="broken")
        assert (again.status_code, "zaten HT-2026-001 listesinde" in again.text) == (422, True)
        proposal = str(site.store.read(lambda uow: uow.scrap.latest()[0].id))
        about = {"proposal": proposal, "device": key}
        how = await send(visit, here, action="scrap_disk", **about, disk="wiped", note="")
        assert (how.status_code, "hangi yöntemle silindiğini" in how.text) == (422, True)
        assert "Diskin durumu yazıldı." in await press(visit, here, "scrap_disk", **about, disk="none")
    async with visiting(site, "fatma") as visit:
        assert "Kontrol edildi" in await press(visit, here, "scrap_check", proposal=proposal)
    async with visiting(site, "kemal") as visit:
        two = {"member_1": "Ali Öz", "member_2": "mehmet", "expert": "1"}
        small = await send(visit, here, action="scrap_appoint", proposal=proposal, **two)
        told = "Komisyon en az 3 kişi olmalı ve biri uzman olarak işaretlenmeli (md. 28/1)."
        assert (small.status_code, told in small.text) == (422, True)
        assert "Komisyon yazıldı." in await press(
            visit, here, "scrap_appoint", proposal=proposal, **two, member_3="Hasan Kaya"
        )
    async with visiting(site, "fatma") as visit:
        why = {f"verdict_{key}": "unfit", f"why_{key}": ""}
        missing = await send(visit, here, action="scrap_decide", proposal=proposal, **why)
        assert (missing.status_code, "gerekçesi yazılmalı (md. 28/2)" in missing.text) == (422, True)
        assert "Kararlar yazıldı." in await press(
            visit, here, "scrap_decide", proposal=proposal, **{f"verdict_{key}": "fit"}
        )
    async with visiting(site, "kemal") as visit:
        day = f"{site.now():%Y-%m-%d}"
        told = await press(visit, here, "scrap_approve", proposal=proposal, on=day, document="E-1412")
        assert "uygun bulunan cihazlar kayıttan düşüldü" in told
        for name, said in (("rapor", "Hurda teknik raporu"), ("liste", "Uzman üye"), ("etiket", "HURDA TEKLİFİ")):
            made = await visit.get(f"{here}/{name}.pdf")
            text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made.content)).pages)
            assert said in text, name
    assert site.store.read(lambda uow: uow.devices.by_number(1).ending) is Ending.WRITTEN_OFF  # type: ignore[union-attr] # it is there
