"""`/panel/cihazlar` and what stands below it: the list, one device, a new one, labels."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import openpyxl
import pytest
from pypdf import PdfReader

from handlers.domain.devices import CustodyKind, TicketDevice
from handlers.domain.officers import Office, Officer
from handlers.domain.people import Person, UnitId
from handlers.ports import DevicesWanted, UnitOfWork
from tests.bot.web.panel.device_house import PRINTER, furnish, press, send, visiting
from tests.bot.web.scripted_site import START, ScriptedSite
from tests.storage.builders import open_ticket

DESCRIBED = {"kind": "yazici", "brand": "HP", "model": "M404dn", "serial": "", "asset_no": "", "other_no": ""}


async def test_an_empty_house_is_told_what_to_do(site: ScriptedSite, staff: dict[str, Person]) -> None:
    assert staff
    async with visiting(site, "fatma") as visit:
        assert (
            "Henüz cihaz yok. Excel’inizi yükleyin ya da ilk etiketi okutun."
            in (await visit.get("panel/cihazlar")).text
        )
        nothing = (await visit.get("panel/cihazlar?tur=tablet")).text
        assert "Böyle bir cihaz yok." in nothing


@pytest.mark.parametrize(
    "typed",
    ["d1", "D-00001", "255.2.1.1.2.1-18-252", "phb 1234567", "10.0.0.15"],
)
async def test_the_box_takes_any_number_and_leads_to_the_device(
    site: ScriptedSite, staff: dict[str, Person], typed: str
) -> None:
    furnish(site, staff)
    async with visiting(site, "fatma") as visit:
        answer = await visit.get("panel/cihazlar", q=typed)
        assert (answer.status_code, answer.headers["location"]) == (303, "/demo/fatma/panel/cihaz/D-00001")


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", ["D-00002", "D-00001"]),
        ("q=lenovo", ["D-00002"]),
        ("tur=yazici", ["D-00001"]),
        ("mudurluk=mali hiz.", ["D-00001"]),
        ("yer=105", ["D-00002"]),
        ("yer=999", []),
        ("eksik=sicil", ["D-00002"]),
        ("durum=in_depot", []),
        ("garanti=bitti", []),
    ],
)
async def test_the_list_is_what_its_address_says(
    site: ScriptedSite, staff: dict[str, Person], query: str, numbers: list[str]
) -> None:
    furnish(site, staff)
    async with visiting(site, "fatma") as visit:
        text = (await visit.get(f"panel/cihazlar?{query}")).text
        assert re.findall(r'<th scope="row"><a href="[^"]*">(D-\d+)</a>', text) == numbers
        book = openpyxl.load_workbook(io.BytesIO((await visit.get(f"panel/cihazlar/dosya.xlsx?{query}")).content))
        assert [row[0].value for row in book.worksheets[0].iter_rows(min_row=2)] == numbers


def to_software(site: ScriptedSite, staff: dict[str, Person]) -> None:
    def work(uow: UnitOfWork) -> None:
        person = uow.people.get(staff["mehmet"].id)
        person.unit = UnitId("yazilim")
        uow.people.save(person)

    site.store.write(work)


async def test_what_somebody_may_not_see_is_in_no_page_and_no_file(
    site: ScriptedSite, staff: dict[str, Person]
) -> None:
    """A technician of another unit sees kind, make, model and place."""
    furnish(site, staff)
    to_software(site, staff)
    async with visiting(site, "mehmet") as visit:
        list_text, one = (await visit.get("panel/cihazlar")).text, (await visit.get("panel/cihaz/D-00002")).text
        assert "ThinkPad E14" in list_text
        assert "ThinkPad E14" in one
        for hidden in ("Ayşe", "5CD8123ABC", "PC-MALI-07", "Hareketler", "ortak kullanım</", "Yanlış kaydedildi"):
            assert hidden not in list_text + one
        assert (await visit.get("panel/cihazlar-liste")).status_code == 403


async def test_one_device_with_all_that_is_known_of_it(site: ScriptedSite, staff: dict[str, Person]) -> None:
    furnish(site, staff)
    async with visiting(site, "fatma") as visit:
        text = (await visit.get("panel/cihaz/D-00002")).text
        for shown in ("Lenovo ThinkPad E14 · D-00002", "5CD8123ABC", "PC-MALI-07", "Ayşe", "105", "kaydedildi"):
            assert shown in text
        assert (await visit.get("panel/cihaz/D-00099")).status_code == 404
        printed = await visit.get("panel/cihaz/D-00002/gecmis.pdf")
        said = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(printed.content)).pages)
        assert "Cihaz geçmişi D-00002" in said
        assert "5CD8123ABC" in said
        listed = await visit.get("panel/cihazlar/liste.pdf?tur=yazici")
        said = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(listed.content)).pages)
        assert "Toplam 1 cihaz." in said
    noted = [line[3] for line in site.store.read(lambda uow: uow.audit.recent()) if line[2] == "devices_exported"]
    assert noted == ["1 rows tur=yazici"]


async def test_a_device_is_recorded_corrected_moved_given_and_taken_back(
    site: ScriptedSite, staff: dict[str, Person]
) -> None:
    furnish(site, staff)
    async with visiting(site, "fatma") as visit:
        told = await press(
            visit, "panel/cihazlar-yeni", "device_record", **(DESCRIBED | {"serial": "NEW12345", "room": "214"}),
            department="Fen İşleri", condition="works", custody="depot",
        )  # fmt: skip
        assert "Cihaz kaydedildi." in told
        assert "/panel/cihaz/D-00003" in told
        path = "panel/cihaz/D-00003"
        device = site.store.read(lambda uow: uow.devices.by_number(3))
        assert device is not None
        assert device.custody.kind is CustodyKind.DEPOT
        key = str(device.id)
        again = dict(DESCRIBED, serial="NEW12345", model="M404dw", room="215", room_was="214", department="Fen İşleri")
        assert "Düzeltildi." in await press(visit, path, "device_correct", id=key, condition="broken", **again)
        given = await press(visit, path, "device_give", id=key, custody="person", holder=staff["ayse"].name)
        assert "Zimmet değişti." in given
        assert "M404dw" in given
        assert "215" in given
        assert "Geri alındı" in await press(visit, path, "device_withdraw", id=key)
        assert "D-00003" not in (await visit.get("panel/cihazlar")).text


async def test_a_correction_empties_nothing_that_was_hidden(site: ScriptedSite, staff: dict[str, Person]) -> None:
    furnish(site, staff)
    to_software(site, staff)
    async with visiting(site, "mehmet") as visit:
        page = (await visit.get("panel/cihaz/D-00001")).text
        assert "PHB1234567" not in page
        form = page[page.index("Düzelt</summary>") :]
        shown = dict(re.findall(r'<input name="(\w+)"[^>]* value="([^"]*)"', form[: form.index("</form>")]))
        typed = {**shown, "model": "LaserJet M404n", "kind": "yazici", "note": "", "condition": "works"}
        await press(visit, "panel/cihaz/D-00001", "device_correct", id="1", **typed)
        kept = site.store.read(lambda uow: uow.devices.page(DevicesWanted()))[-1]
        assert kept.description == replace(PRINTER, model="LaserJet M404n")
        await press(visit, "panel/cihaz/D-00001", "device_correct", id="1", **{**typed, "serial": "PHB7654321"})
        kept = site.store.read(lambda uow: uow.devices.page(DevicesWanted()))[-1]
        assert kept.description.serial == "PHB7654321"
        assert kept.description.asset_no == PRINTER.asset_no


async def test_what_was_typed_stays_where_it_is_refused(site: ScriptedSite, staff: dict[str, Person]) -> None:
    furnish(site, staff)
    async with visiting(site, "fatma") as visit:
        answer = await send(
            visit, "panel/cihazlar-yeni", action="device_record", custody="shared",
            **(DESCRIBED | {"serial": "phb-1234567", "note": "hibe geldi"}),
        )  # fmt: skip
        assert answer.status_code == 422
        assert "Seri no phb-1234567 D-00001&#39;de kayıtlı." in answer.text
        assert "hibe geldi" in answer.text
        nothing = await send(visit, "panel/cihazlar-yeni", action="device_record", custody="shared", **DESCRIBED)
        assert "Bu kaydı sonra kimse bulamaz" in nothing.text
        who = await send(
            visit, "panel/cihazlar-yeni", action="device_record", custody="person", holder="Kimse Yok",
            **(DESCRIBED | {"serial": "NEW1"}),
        )  # fmt: skip
        assert "“Kimse Yok” adında tek bir kişi bulunamadı" in who.text


async def test_two_records_are_made_one_and_parted(site: ScriptedSite, staff: dict[str, Person]) -> None:
    other, one = furnish(site, staff)
    path = f"panel/cihaz/{one.number}"
    async with visiting(site, "fatma") as visit:
        held = await send(visit, path, action="device_merge", id=str(other.id), other=str(one.number))
        assert "üzerinde zimmetli; kapanırsa zimmet kaybolur" in held.text
        asked = {"id": str(one.id), "other": str(other.number)}
        unknown = await send(visit, path, action="device_merge", **(asked | {"other": "d99999"}))
        assert "D-99999 diye bir cihaz yok." in unknown.text
        shown = await send(visit, path, action="device_merge", **asked)
        assert f"{other.number} (<bdi>HP LaserJet M404dn</bdi>) kapanır, {one.number} kalır" in shown.text
        assert site.store.read(lambda uow: uow.devices.get(other.id).merge) is None, "only shown"
        merged = await press(visit, path, "device_merge", **asked, sure="1")
        assert "Birleştirildi" in merged
        assert f"Geri ayır: {other.number}" in merged
        assert "Geri ayrıldı" in await press(visit, path, "device_part", id=str(other.id))
        assert site.store.read(lambda uow: uow.devices.get(other.id).living)
    async with visiting(site, "mehmet") as visit:
        assert "Aynı cihaz iki kez kayıtlı" not in (await visit.get(path)).text


async def test_those_with_most_tickets_are_printed(site: ScriptedSite, staff: dict[str, Person]) -> None:
    one, _ = furnish(site, staff)

    def report(uow: UnitOfWork) -> None:
        ticket = open_ticket(uow, staff["ayse"].id, START)
        uow.ticket_devices.put(TicketDevice(ticket=ticket.id, device=one.id, at=START))

    site.store.write(report)
    async with visiting(site, "kemal") as visit:
        printed = await visit.get("panel/cihazlar/en-cok.pdf")
        said = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(printed.content)).pages)
        assert "En çok kayıt açılan cihazlar 2026" in said
        assert str(one.number) in said
        assert (await visit.get("panel/cihazlar/en-cok.pdf?yil=2025")).status_code == 200


async def test_several_are_moved_at_once(site: ScriptedSite, staff: dict[str, Person]) -> None:
    both = furnish(site, staff)
    async with visiting(site, "fatma") as visit:
        ids = [str(one.id) for one in both]
        assert "Taşındı." in await press(visit, "panel/cihazlar", "device_move", ids=ids, room="Ek bina 2. kat 204")
        kept = site.store.read(lambda uow: uow.devices.page(DevicesWanted()))
        assert len({one.place for one in kept}) == 1
        none = await send(visit, "panel/cihazlar", action="device_move", room="204")
        answer = await send(visit, "panel/cihazlar", action="device_move", ids=ids, room="3. kat 214")
        there = answer.headers["location"]
        text = (await visit.client.get(there)).text
        moved = re.search(r'name="moved" value="([0-9a-f-]{36})"', text)
        assert moved
        back = await press(visit, "panel/cihazlar", "device_move_back", ids=",".join(ids), moved=moved[1])
        assert "eski yerlerinde" in back
        again = site.store.read(lambda uow: uow.devices.page(DevicesWanted()))
        assert {one.place for one in again} == {one.place for one in kept}
        twice = await press(visit, "panel/cihazlar", "device_move_back", ids=",".join(ids), moved=moved[1])
        assert "zaten öyleydi" in twice
        assert "Hiçbir cihaz işaretlenmedi" in none.text


async def test_labels_are_made_for_those_that_lack_one_and_printed_again(
    site: ScriptedSite, staff: dict[str, Person]
) -> None:
    both = furnish(site, staff)
    async with visiting(site, "fatma") as visit:
        chosen = await send(visit, "panel/cihazlar", ids=[str(one.id) for one in both])
        assert chosen.status_code == 400
        picked = await visit.client.post(
            f"{visit.path}panel/cihazlar-etiket/sec",
            data={"form_token": visit.token, "ids": [str(one.id) for one in both]},
        )
        path = picked.headers["location"].removeprefix(visit.path)
        assert path == "panel/cihazlar-etiket?no=D-00001,D-00002"
        assert "2 etiketi yok" in (await visit.get(path)).text
        ids = ",".join(str(one.id) for one in both)
        told = await press(visit, path, "device_label", ids=ids)
        assert "Etiketler hazır" in told
        assert "2 etiketi hazır" in told
        made = await visit.get("panel/cihazlar-etiket.pdf?no=D-00001,D-00002&tur-etiket=24&ilk=3")
        said = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made.content)).pages)
        assert "D-00001" in said
        assert "D-00002" in said
        assert (await visit.get("panel/cihazlar-etiket.pdf?tur-etiket=40x20&deneme=1")).status_code == 200
        before = site.store.read(lambda uow: [one.token for one in uow.devices.labels([both[0].id])])
        await press(visit, path, "device_label", ids=ids)
        assert site.store.read(lambda uow: [one.token for one in uow.devices.labels([both[0].id])]) == before
        assert "iptal edildi" in await press(visit, "panel/cihaz/D-00001", "device_revoke", token=before[0])


async def test_the_storekeeper_has_the_page_whatever_their_role(site: ScriptedSite, staff: dict[str, Person]) -> None:
    furnish(site, staff)
    async with visiting(site, "ayse") as visit:
        assert (await visit.get("panel/cihazlar")).status_code == 403
        keeper = Officer(
            office=Office.AMBAR, person=staff["ayse"].id, starts=site.now().date(),
            entered_by=staff["kemal"].id, entered_at=site.now(),
        )  # fmt: skip
        site.store.write(lambda uow: uow.officers.add(keeper))
        assert "Excel getir" in (await visit.get("panel/cihazlar")).text
        assert (await visit.get("panel/cihazlar-liste")).status_code == 200
        assert (await visit.get("panel/kayitlar")).status_code == 403


async def test_the_director_and_the_auditor_only_read(site: ScriptedSite, staff: dict[str, Person]) -> None:
    furnish(site, staff)
    for who in ("kemal", "denetci"):
        async with visiting(site, who) as visit:
            text = (await visit.get("panel/cihaz/D-00001")).text
            assert "PHB1234567" in text
            assert "Düzelt" not in text
            for closed in ("panel/cihazlar-yeni", "panel/cihazlar-etiket", "panel/cihazlar-liste"):
                assert (await visit.get(closed)).status_code == 403
    noted = [line[2] for line in site.store.read(lambda uow: uow.audit.recent()) if line[1] == staff["denetci"].id]
    assert "panel_viewed" in noted
