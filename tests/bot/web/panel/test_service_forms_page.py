"""`/panel/servis`: a form from its number to its approval, the year's book and the slip."""

from __future__ import annotations

import io

import openpyxl
from pypdf import PdfReader

from handlers.context import Acting
from handlers.contracts import forms, vendors, waiting
from handlers.contracts.vendors import SaidOfVendor
from handlers.devices import recording
from handlers.domain.devices import Description, LinkRole, TicketDevice
from handlers.domain.people import Person
from handlers.domain.services import Disk, ServiceVisit
from handlers.domain.states import State
from handlers.domain.ticket import Ticket
from handlers.ports import UnitOfWork
from handlers.tickets import waits
from tests.bot.web.panel.device_house import acts, press, send, visiting
from tests.bot.web.scripted_site import ScriptedSite
from tests.storage.builders import open_ticket


def furnish_forms(site: ScriptedSite, staff: dict[str, Person]) -> ServiceVisit:
    """A printer went to a firm, and the firm was here; its form is still to come."""
    said = Description(kind="yazici", brand="HP", model="M404dn", serial="SER1")
    device = acts(site, staff["fatma"], lambda acting: recording.record(acting, said, place="3. kat 312"))

    def opened(uow: UnitOfWork) -> Ticket:
        ticket = open_ticket(uow, staff["ayse"].id, site.now(), text="yazıcı sıkıştırıyor")
        ticket.claim(by=staff["mehmet"].id, at=site.now(), channel="web")
        uow.tickets.save(ticket)
        link = TicketDevice(ticket=ticket.id, device=device.id, role=LinkRole.SUBJECT, sure=True, at=site.now())
        uow.ticket_devices.put(link)
        return ticket

    ticket = site.store.write(opened)

    def serve(acting: Acting) -> ServiceVisit:
        own = acting.uow.tickets.get(ticket.id)
        waits.wait(acting, own, State.WAITING_VENDOR)
        known = acting.uow.vendors.by_name("ABC Bilişim")
        firm = known if known is not None else vendors.record(acting, SaidOfVendor(name="ABC Bilişim"))
        waiting.wait_for(acting, own, firm.id)
        waiting.send_out(acting, own, Disk.NO_DISK)
        return forms.came(acting, own)

    return acts(site, staff["mehmet"], serve)


async def test_a_form_from_its_number_to_its_approval(site: ScriptedSite, staff: dict[str, Person]) -> None:
    async with visiting(site, "fatma") as visit:
        assert "Henüz servis formu yok." in (await visit.get("panel/servis")).text
    made = furnish_forms(site, staff)
    here, key = f"panel/servis/{made.number}", str(made.id)
    async with visiting(site, "mehmet") as visit:
        page = (await visit.get("panel/servis?q=abc&yil=2026")).text
        assert f'/{here}">{made.number}</a>' in page
        assert "Böyle bir servis formu yok." in (await visit.get("panel/servis?durum=approved")).text
        for odd in ("yil=x", "sonra=-1", "durum=x", "q=%25"):
            assert (await visit.get(f"panel/servis?{odd}")).status_code == 200
        unsigned = PdfReader(io.BytesIO((await visit.get(f"{here}.pdf")).content)).pages[0].extract_text()
        assert "daha gelmedi" in unsigned
        refused = await send(visit, here, action="form_submit", id=key)
        told = "Servis formunun fotoğrafı ya da dosyası olmadan onaya gitmez."
        assert (refused.status_code, told in refused.text) == (422, True)
        wrong = await send(visit, here, action="form_correct", id=key, parts="ana kart")
        assert (wrong.status_code, "Her satıra bir parça" in wrong.text) == (422, True)
        said = {"done": "kart değişti", "parts": "ana kart: A1 → A2", "charged": "1.200,00"}
        assert "Kaydedildi." in await press(visit, here, "form_correct", id=key, **said)
        assert "Onaya sunuldu." in await press(visit, here, "form_submit", id=key, without_form="bırakmadı")
        assert (await send(visit, here, action="form_approve", id=key)).status_code == 403
    async with visiting(site, "fatma") as visit:
        assert "Onaylandı." in await press(visit, here, "form_approve", id=key)
        assert (await send(visit, here, action="form_correct", id=key, done="x")).status_code == 422
        pages = {
            f"{here}.pdf": ("Servis formu SF-2026-00001", "kart değişti", "A2", "onaylandı"),
            "panel/servis.pdf?yil=2026": ("Servis formları defteri", "Toplam 1 servis formu."),
            f"panel/servis-teslim/{made.wait}.pdf": ("Servise teslim", "SER1", "diski yok"),
        }
        for address, lines in pages.items():
            made_pages = await visit.get(address)
            assert made_pages.status_code == 200, address
            text = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(made_pages.content)).pages)
            assert [line for line in lines if line not in " ".join(text.split())] == []
        book = openpyxl.load_workbook(io.BytesIO((await visit.get("panel/servis.xlsx?yil=2026")).content))
        assert [cell.value for cell in book.worksheets[0][2]][:4] == [
            "SF-2026-00001",
            f"{site.now():%d.%m.%Y}",
            "2026-000001",
            "ABC Bilişim",
        ]
        assert (await visit.get("panel/servis/SF-2026-00099")).status_code == 404
        assert (await visit.get("panel/servis-teslim/99.pdf")).status_code == 404
