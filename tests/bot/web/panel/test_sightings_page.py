"""`/panel/cihazlar-agda`: what agents saw, who is which device, and what people make of the others."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from handlers.domain.devices import CustodyKind
from handlers.domain.people import Person
from handlers.domain.sightings import Link, Sighting, SightingId
from tests.bot.web.panel.device_house import furnish, press, send, visiting
from tests.bot.web.panel.network_house import STRANGER, furnish_network, sees
from tests.bot.web.scripted_site import ScriptedSite
from tests.servers.glpi_agent import PRINTER, computer

LIST = "panel/cihazlar-agda"


def sighting(site: ScriptedSite, key: SightingId) -> Sighting:
    return site.store.read(lambda uow: uow.sightings.get(key))


async def test_an_empty_house_is_told_what_to_do(site: ScriptedSite, staff: dict[str, Person]) -> None:
    assert staff
    async with visiting(site, "fatma") as visit:
        text = (await visit.get(LIST)).text
        assert "Henüz hiçbir makine bildirmedi." in text
        assert "MASA_AGENTS__PASSWORD" in text


async def test_lists_of_the_unknown_the_known_and_the_copies(site: ScriptedSite, staff: dict[str, Person]) -> None:
    furnish(site, staff)
    furnish_network(site)

    async with visiting(site, "fatma") as visit:

        async def names(query: str) -> list[str]:
            text = (await visit.get(f"{LIST}?{query}")).text
            return re.findall(r'<th scope="row"><a href="[^"]*"><bdi>([^<]*)</bdi>', text)

        assert await names("") == ["PC-KOPYA", "PC-YENI"]
        assert await names("goster=bagli") == ["NPIF2BE10", "PC-MALI-07"]
        assert await names("goster=kopya") == ["PC-YENI", "PC-KOPYA"]
        assert await names("goster=sayilmayan") == []
        assert await names("goster=bagli&q=thinkpad 5cd8") == ["PC-MALI-07"]
        text = (await visit.get(LIST)).text
        assert "2 makine bir başkasıyla aynı kimliği söylüyor" in text
        assert text.count("kopya olabilir") == 2
        assert "D-00002" in (await visit.get(f"{LIST}?goster=bagli")).text


async def test_a_stranger_becomes_a_device_by_the_lead_of_the_unit(
    site: ScriptedSite, staff: dict[str, Person]
) -> None:
    furnish(site, staff)
    stranger = sees(site, computer("PC-YENI", **STRANGER), "yeni")
    here = f"{LIST}/{stranger.id}"
    fields = {"id": str(stranger.id), "kind": "dizustu", "brand": "Lenovo", "model": "E14", "serial": "XYZ98765"}
    async with visiting(site, "mehmet") as visit:
        text = (await visit.get(here)).text
        assert "Kayıtta böyle bir cihaz yok." in text
        assert "Kaydet (yeni cihaz)" not in text
        assert (await send(visit, here, action="sighting_record", **fields)).status_code == 403
    async with visiting(site, "fatma") as visit:
        taken = await send(visit, here, action="sighting_record", **{**fields, "serial": "5CD8123ABC"})
        assert (taken.status_code, "5CD8123ABC D-00002" in re.sub("[’']", "", taken.text)) == (422, True)
        told = await press(visit, here, "sighting_record", **fields, department="Fen İşleri", room="105")
        assert "Cihaz kaydedildi ve buna bağlandı." in told
        assert "D-00003" in told
    device = site.store.read(lambda uow: uow.devices.by_number(3))
    assert device is not None
    said = device.description
    assert (said.host, said.macs, said.ips) == ("PC-YENI", ("00:1A:2B:00:00:01",), ("10.0.4.7",))
    assert (device.department, device.custody.kind) == ("Fen İşleri", CustodyKind.SHARED)
    assert sighting(site, stranger.id).device == device.id
    site.clock.forward(days=1)
    assert sees(site, computer("PC-YENI", **STRANGER), "yeni").device == device.id


async def test_somebody_says_which_device_it_is_and_takes_it_back(site: ScriptedSite, staff: dict[str, Person]) -> None:
    _, laptop = furnish(site, staff)
    alike = sees(site, computer("PC-MALI-07", **STRANGER), "yeni")
    here, fields = f"{LIST}/{alike.id}", {"id": str(alike.id)}
    async with visiting(site, "mehmet") as visit:
        text = (await visit.get(here)).text
        assert "Bu cihaz: <bdi>Lenovo ThinkPad E14 · D-00002</bdi>" in text, "its name is there, and proves nothing"
        wrong = await send(visit, here, action="sighting_link", **fields, device="D-99999")
        assert (wrong.status_code, "D-99999 diye bir cihaz yok." in wrong.text) == (422, True)
        assert "Bağlandı" in await press(visit, here, "sighting_link", **fields, device="D-00002")
        assert (sighting(site, alike.id).device, sighting(site, alike.id).link) == (laptop.id, Link.PERSON)
        page = (await visit.get(here)).text
        assert "Seri no: kayıtta <bdi>5CD8123ABC</bdi>, ağda <bdi>XYZ98765</bdi>" in page
        assert "Bağı kaldırıldı" in await press(visit, here, "sighting_part", **fields)
        own = sees(site, computer(), "kendi")
        assert own.device == laptop.id
        away = {"id": str(own.id)}
        assert "Bağı kaldırıldı" in await press(visit, f"{LIST}/{own.id}", "sighting_part", **away)
    site.clock.forward(days=1)
    assert sees(site, computer(), "kendi").device is None, "its serial would put it there again"


async def test_what_is_not_the_houses_is_ignored_and_heeded_again(site: ScriptedSite, staff: dict[str, Person]) -> None:
    assert staff
    guest = sees(site, computer("KONUK", **STRANGER), "konuk")
    here, fields = f"{LIST}/{guest.id}", {"id": str(guest.id)}
    async with visiting(site, "fatma") as visit:
        assert "Artık listede durmaz" in await press(visit, here, "sighting_ignore", **fields)
        assert "Ağda görülen her makine kayıtta." in (await visit.get(LIST)).text
        assert "KONUK" in (await visit.get(f"{LIST}?goster=sayilmayan")).text
        assert "Bu zaten öyleydi" in await press(visit, here, "sighting_ignore", **fields)
        assert "Yeniden listede." in await press(visit, here, "sighting_heed", **fields)
        assert "KONUK" in (await visit.get(LIST)).text
        gone = await send(visit, here, action="sighting_heed", id="99999")
        assert (gone.status_code, "90 gündür görülmeyenler silinir" in gone.text) == (422, True)
        assert (await visit.get(f"{LIST}/99999")).status_code == 404


async def test_the_record_takes_what_was_found(site: ScriptedSite, staff: dict[str, Person]) -> None:
    furnish(site, staff)
    seen = sees(site, computer(modules=(8192, 8192)), "PC-MALI-07")
    here = f"{LIST}/{seen.id}"
    async with visiting(site, "mehmet") as visit:
        assert "Cihazın kaydına yazıldı." in await press(visit, here, "sighting_adopt", id=str(seen.id))
        parts = site.store.read(lambda uow: uow.devices.several([seen.device or 0])[0].description.parts)  # type: ignore[list-item] # it has one
        assert parts == ("RAM 16 GB", "Disk SAMSUNG MZVLB256 244 GB S4GENX0N123456")
        assert "Kayıtla farkı" not in (await visit.get(here)).text
        site.clock.forward(days=1)
        sees(site, computer(modules=(8192,), disks=("YENIDISK9999",)), "PC-MALI-07")
        text = (await visit.get(here)).text
        assert "Bellek: kayıtta <bdi>16 GB</bdi>, ağda <bdi>8 GB</bdi>" in text
        assert "YENIDISK9999" in text


@pytest.mark.parametrize("who", ["kemal", "denetci"])
async def test_who_only_reads_is_offered_nothing(site: ScriptedSite, staff: dict[str, Person], who: str) -> None:
    stranger = sees(site, computer("PC-YENI", **STRANGER), "yeni")
    assert staff
    async with visiting(site, who) as visit:
        assert "PC-YENI" in (await visit.get(LIST)).text
        text = (await visit.get(f"{LIST}/{stranger.id}")).text
        assert "XYZ98765" in text
        assert 'method="post"' not in text.partition("<main")[2].partition("</main>")[0]
        refused = await send(visit, f"{LIST}/{stranger.id}", action="sighting_ignore", id=str(stranger.id))
        assert refused.status_code == 403


async def test_pages_of_printers_stand_by_month(site: ScriptedSite, staff: dict[str, Person]) -> None:
    furnish(site, staff)
    one = sees(site, PRINTER, "", agent="", item_type="Printer")
    async with visiting(site, "fatma") as visit:
        text = (await visit.get(f"{LIST}/{one.id}")).text
        assert "Kasım 2026: 18.020" in text
        assert "tonerblack %8" in text
        assert "Toneri bitmek üzere" in (await visit.get("panel/depo")).text
        assert "HP LaserJet M404dn · D-00001</a> %8" in (await visit.get("panel/depo")).text
        site.clock.forward(days=8)
        assert "Toneri bitmek üzere" not in (await visit.get("panel/depo")).text
    assert site.now() - one.last_seen == timedelta(days=8)
