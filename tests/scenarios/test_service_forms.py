"""Beklet → Firma → the firm, a device that goes there, Firma geldi and its form; on one more stage than the web."""

from __future__ import annotations

from typing import Any

from handlers.context import Acting
from handlers.contracts import recording, vendors
from handlers.contracts.recording import Said
from handlers.contracts.vendors import SaidOfVendor
from handlers.domain.devices import CustodyKind, Device
from handlers.domain.services import Disk, VisitState
from handlers.people import personal_data
from handlers.tickets import closing
from tests.scenarios.stage import Actor, Stage
from tests.scenarios.test_details import PNG
from tests.scenarios.test_devices import records
from tests.scenarios.test_life_of_a_ticket import FIRST
from tests.scenarios.test_stock import does


async def with_firm(stage: Stage) -> None:
    """A device whose contract is with one firm, and another firm."""
    await records(stage, "312", brand="HP", model="M404dn")
    await does(stage, "fatma", lambda acting: vendors.record(acting, SaidOfVendor(name="Zeta Servis")))
    covered = Said(kind="warranty", name="Yazıcılar", ends="17.07.2027", vendor="ABC Bilişim", devices="D-00001")
    await does(stage, "fatma", lambda acting: recording.record(acting, covered))


async def waits(stage: Stage) -> Actor:
    """A ticket about it that waits for that firm: three presses."""
    ayse = stage.person("ayse")
    await ayse.says("yazıcı çıktı vermiyor d1")
    await ayse.presses("Teknisyene ilet")
    mehmet = stage.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Beklet")
    await mehmet.presses("Firma")
    asked = await mehmet.last("prompt_vendor")
    assert list(asked.buttons)[:2] == ["ABC Bilişim · garanti 17.07.2027'ye kadar", "Zeta Servis"]
    await mehmet.presses("ABC Bilişim · garanti 17.07.2027'ye kadar")
    return mehmet


async def device(stage: Stage) -> Device:
    found: Device = await stage.app.gateway.read(lambda uow: uow.devices.by_number(1))
    return found


async def visit(stage: Stage) -> Any:
    ticket = await stage.ticket(FIRST)
    return await stage.app.gateway.read(lambda uow: uow.service_visits.of_ticket(ticket.id)[-1])


async def test_a_firm_is_chosen_comes_and_its_form_is_approved(stage: Stage) -> None:
    await with_firm(stage)
    mehmet = await waits(stage)
    assert "ABC Bilişim bekleniyor · garanti 17.07.2027" in (await mehmet.last("vendor_waits")).text
    card = await mehmet.last("card")
    assert "Firma bekleniyor: ABC Bilişim · garantili · bugünden beri · " in card.text
    await mehmet.presses("Cihaz firmaya gidiyor")
    await mehmet.presses("Çıkarıldı")
    assert "firmada (ABC Bilişim) · disk: çıkarıldı" in (await mehmet.last("service_left")).text
    assert (await device(stage)).custody.kind is CustodyKind.SERVICE
    stage.clock.advance(days=2)
    await mehmet.presses_token((await mehmet.last("card")).buttons["Firma geldi"])
    asked = await mehmet.last("prompt_service_form")
    assert "servis formu SF-2026-00001" in asked.text
    assert (await device(stage)).custody.kind is CustodyKind.SHARED
    await mehmet.presses("Onaya sun")
    refused = await mehmet.last()
    assert refused.text == "Servis formunun fotoğrafı ya da dosyası olmadan onaya gitmez."
    await mehmet.presses("Form yok, nedenini yaz")
    await mehmet.says("firma form bırakmadı, telefonla çözdü")
    assert "Servis formu SF-2026-00001 onaya sunuldu" in (await mehmet.last("service_submitted")).text
    fatma = stage.person("fatma")
    assert "Formu yok: “firma form bırakmadı, telefonla çözdü”" in (await fatma.last("service_form")).text
    await fatma.presses("Onayla")
    kept = await visit(stage)
    assert (kept.state, kept.without_form) == (VisitState.APPROVED, "firma form bırakmadı, telefonla çözdü")
    assert (await fatma.last("service_approved")).text.startswith("Servis formu SF-2026-00001 onaylandı")
    ticket = await stage.ticket(FIRST)
    assert ticket.state == "claimed"


async def test_another_firm_comes_though_the_first_left_no_form(stage: Stage) -> None:
    await with_firm(stage)
    mehmet = await waits(stage)
    await mehmet.presses_token((await mehmet.last("card")).buttons["Firma geldi"])
    await mehmet.presses("Sonra")
    assert (await visit(stage)).number.place == 1

    async def waits_again() -> None:
        await mehmet.presses_token((await mehmet.last("card")).buttons["Beklet"])
        await mehmet.presses("Firma")
        await mehmet.presses("Zeta Servis")

    await waits_again()
    await mehmet.presses("Cihaz firmaya gidiyor")
    await mehmet.presses("Çıkarıldı")
    await mehmet.presses_token((await mehmet.last("card")).buttons["Devam et"])
    await waits_again()
    came = (await mehmet.last("card")).buttons["Firma geldi"]
    await mehmet.presses_token(came)
    kept = await visit(stage)
    assert kept.number.place == 2, "that of the first is still open"
    assert (await device(stage)).custody.kind is CustodyKind.SHARED, "it left before somebody went on without the firm"
    assert (await stage.ticket(FIRST)).state == "claimed"
    await mehmet.presses_token(came)
    assert await visit(stage) == kept


async def test_a_disk_is_allowed_out_while_the_firm_is_waited_for(stage: Stage) -> None:
    await with_firm(stage)
    mehmet, fatma = await waits(stage), stage.person("fatma")
    await mehmet.presses("Cihaz firmaya gidiyor")
    await mehmet.presses("Diskle gitti")
    await mehmet.presses_token((await mehmet.last("card")).buttons["Devam et"])
    await fatma.presses("Diskle gidebilir")
    assert "gidecek bir cihaz yok" in (await fatma.last("errors/service_no_device")).text
    assert (await device(stage)).custody.kind is CustodyKind.SHARED


async def test_with_its_disk_it_goes_by_a_leads_press(stage: Stage) -> None:
    await with_firm(stage)
    mehmet = await waits(stage)
    await mehmet.presses("Cihaz firmaya gidiyor")
    await mehmet.presses("Diskle gitti")
    assert "şefin onayı gerekiyor" in (await mehmet.last("service_disk_asked")).text
    assert (await device(stage)).custody.kind is CustodyKind.SHARED
    fatma = stage.person("fatma")
    await fatma.presses("Diskle gidebilir")
    assert (await device(stage)).custody.kind is CustodyKind.SERVICE
    ticket = await stage.ticket(FIRST)
    wait = await stage.app.gateway.read(lambda uow: uow.vendor_waits.of_ticket(ticket.id))
    lead = await stage.app.gateway.read(lambda uow: uow.people.by_handle("fatma"))
    assert (wait.disk, wait.left_by) == (Disk.WITH_DISK, lead.id)


async def test_a_photo_is_the_form(stage: Stage) -> None:
    await with_firm(stage)
    mehmet = await waits(stage)
    await mehmet.presses_token((await mehmet.last("card")).buttons["Firma geldi"])
    await mehmet.says("ana kart değişti", files={"form.png": PNG})
    await mehmet.presses("Onaya sun")
    assert "“ana kart değişti”" in (await stage.person("fatma").last("service_form")).text
    form = (await visit(stage)).form
    assert form
    ticket = await stage.ticket(FIRST)

    def erases(acting: Acting) -> bool:
        closing.resolve(acting, acting.uow.tickets.get(ticket.id), "ana kart değişti")
        personal_data.erase(acting)
        return acting.uow.attachments.get(form) is not None

    assert await does(stage, "mehmet", erases), "whoever sent it erases their words, the form is a paper that is kept"
