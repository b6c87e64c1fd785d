"""What agents saw finds its device, tells it little, and is told apart from copies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from handlers.context import UseCaseContext
from handlers.devices import history, inventories, inventory_parts, merging, recording, sightings
from handlers.domain.devices import Description, Device, DeviceId, Ending
from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.sightings import UNLINKED_KEPT, Disk, Link, Seen, Sighting
from handlers.ports import SightingsWanted
from handlers.queries import sightings as queries
from handlers.tickets import device_line
from tests.handlers.devices.house import House
from tests.scenarios.stage import shared_desk
from tests.servers.glpi_agent import AGENT_ID, PRINTER, computer

SERIAL, MAC = "5CD8123ABC", "00:1A:2B:3C:4D:5E"


def sees(house: House, content: dict[str, Any] | None = None, device_text: str = "pc", **about: Any) -> Sighting:
    report = inventories.report_of(
        content or computer(), agent=about.pop("agent", AGENT_ID), device_text=device_text, **about
    )

    def work(uow: Any) -> Sighting:
        return sightings.take(
            UseCaseContext(desk=shared_desk(), uow=uow, now=house.now, channel="agent"), report
        ).sighting

    return house.store.write(work)


def device(house: House, key: DeviceId) -> Device:
    return house.store.read(lambda uow: uow.devices.get(key))


def lines(house: House, one: Device) -> list[str]:
    return [line.what for line in house.does("fatma", lambda acting: history.of(acting, one))]


def a_laptop(house: House, **about: Any) -> Device:
    return house.records(kind="dizustu", brand="Lenovo", model="ThinkPad E14", **{"serial": SERIAL, **about})


@pytest.mark.parametrize(
    ("recorded", "content", "link"),
    [
        ({"serial": SERIAL}, {}, Link.SERIAL),
        ({"serial": "5cd8-123 abc"}, {}, Link.SERIAL),
        ({"serial": "", "macs": (MAC,)}, {}, Link.MAC),
        ({"serial": "", "macs": (MAC,)}, {"serial": "Default string"}, Link.MAC),
        ({"serial": "ANOTHER99", "macs": (MAC,)}, {}, None),
        ({"serial": "", "host": "PC-MALI-07"}, {}, None),
        ({"serial": "", "host": "PC-MALI-07"}, {"serial": "", "mac": "00:1a:2b:00:00:09"}, None),
    ],
)
def test_which_device_it_is_of(recorded: dict[str, Any], content: dict[str, Any], link: Link | None) -> None:
    house = House()
    laptop = a_laptop(house, **recorded)
    one = sees(house, computer(**content))
    assert (one.device, one.link) == ((laptop.id, link) if link else (None, None))


def test_a_serial_of_two_makes_is_of_the_same_make() -> None:
    house = House()
    house.records(kind="monitor", brand="Dell", serial=SERIAL)
    laptop = a_laptop(house)
    assert sees(house).device == laptop.id


def test_a_device_is_told_its_name_and_addresses_and_nothing_else() -> None:
    house = House()
    docked = house.records(kind="monitor", brand="Dell", serial="D-1", macs=("00:1a:2b:00:00:77",))
    laptop = a_laptop(house, host="ESKI-AD")
    content = computer(modules=(8192,))
    content["networks"] = [*content["networks"], {"macaddr": "00:1a:2b:00:00:77", "type": "ethernet"}]
    sees(house, content)
    said = device(house, laptop.id).description
    assert replace(said, host="", macs=(), ips=()) == replace(laptop.description, host="")
    assert (said.host, said.macs, said.ips) == ("PC-MALI-07", (MAC,), ("10.0.4.7",)), "a dock's address is another's"
    assert device(house, docked.id) == docked
    assert lines(house, laptop) == ["recorded", "seen_on_network"]
    house.now += timedelta(days=1)
    sees(house, computer(ip="10.0.4.99"))
    assert device(house, laptop.id).description.ips == ("10.0.4.99",)
    assert lines(house, laptop) == ["recorded", "seen_on_network"], "an address alone is no line"
    house.now += timedelta(days=1)
    sees(house, computer("YENI-AD", modules=(4096,), disks=("OTHERDISK1",)))
    assert lines(house, laptop)[2:] == ["seen_on_network", "parts_changed"]
    last = house.does("fatma", lambda acting: history.of(acting, laptop))[-1]
    assert (last.who, last.channel) == (None, "agent")
    assert (dict(last.before), dict(last.after)) == (
        {"memory": 8192, "disks": "S4GENX0N123456"},
        {"memory": 4096, "disks": "OTHERDISK1"},
    )


def test_what_became_of_the_device_is_followed() -> None:
    house = House()
    laptop, other = a_laptop(house), house.records(kind="dizustu", host="BASKA")
    one = sees(house)
    house.does("fatma", lambda acting: merging.merge(acting, laptop.id, other.id))
    house.now += timedelta(days=1)
    assert sees(house).device == other.id
    house.does("fatma", lambda acting: merging.take_merge_back(acting, laptop.id))
    house.does("mehmet", lambda acting: recording.withdraw(acting, other.id))
    house.now += timedelta(days=1)
    again = sees(house)
    assert (again.id, again.device) == (one.id, None)
    house.now += timedelta(days=1)
    assert sees(house).device == laptop.id, "and its serial says which it is"


def test_one_that_is_written_off_and_in_the_network_is_shown() -> None:
    house = House()
    laptop = a_laptop(house)
    house.store.write(lambda uow: uow.devices.save(replace(laptop, ending=Ending.WRITTEN_OFF)))
    assert sees(house).device == laptop.id
    assert device(house, laptop.id).description == laptop.description, "nothing of it is changed any more"
    (row,) = house.does("fatma", lambda acting: queries.look(acting, queries.View.LINKED)).rows
    assert row.device is not None
    assert not row.device.living


def test_two_that_say_one_serial_wait_for_somebody_until_one_is_gone() -> None:
    house = House()
    laptop = a_laptop(house)
    one = sees(house, computer("PC-1", mac="00:1a:2b:00:00:01", uuid=""), "bir")
    other = computer("PC-2", mac="00:1a:2b:00:00:02", uuid="")
    second = sees(house, other, "iki")
    assert (one.device, second.device) == (laptop.id, None)
    shown = house.does("fatma", lambda acting: queries.look(acting, queries.View.TWINS))
    assert [row.sighting.id for row in shown.rows] == [one.id, second.id]
    assert house.does("fatma", lambda acting: queries.of_device(acting, device(house, laptop.id))).twin  # type: ignore[union-attr] # it was seen
    house.now += timedelta(days=31)
    assert sees(house, other, "iki").device == laptop.id, "the first was not seen any more"


def test_one_image_with_one_serial_on_two_boards_is_two_machines() -> None:
    """Whatever a board says: another name and other cards are another machine; another card alone is not."""
    house = House()
    one = sees(house, computer("PC-1", mac="00:1a:2b:00:00:01"), "kalip")
    other = sees(house, computer("PC-2", mac="00:1a:2b:00:00:02"), "kalip")
    repaired = sees(house, computer("PC-1", mac="00:1a:2b:00:00:03"), "kalip")
    assert other.id != one.id
    assert repaired.id == one.id


def test_what_nobody_knows_is_forgotten_and_what_is_of_a_device_is_not() -> None:
    house = House()
    a_laptop(house)
    known = sees(house)
    sees(house, computer("KONUK", serial="X9999999", uuid="", mac="00:1a:2b:00:00:09"), "konuk")
    house.now += UNLINKED_KEPT + timedelta(days=1)
    house.store.write(
        lambda uow: sightings.forget_old(UseCaseContext(desk=shared_desk(), uow=uow, now=house.now, channel="tick"))
    )
    assert [one.id for one in house.store.read(lambda uow: uow.sightings.page(SightingsWanted()))] == [known.id]


def test_a_house_is_not_filled_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sightings, "MOST_UNLINKED", 1)
    house = House()
    sees(house)
    assert sees(house).version > 1, "what is known is heard"
    with pytest.raises(Invalid, match="sighting_too_many"):
        sees(house, computer("PC-2", serial="X9999999", uuid="", mac="00:1a:2b:00:00:09"), "iki")


@pytest.mark.parametrize("work", [
    lambda acting, one: sightings.link(acting, one, "D-00001"),
    lambda acting, one: sightings.part(acting, one),
    lambda acting, one: sightings.ignore(acting, one),
    lambda acting, one: sightings.heed(acting, one),
    lambda acting, one: sightings.adopt(acting, one),
    lambda acting, one: sightings.record(acting, one, Description(serial="X")),
    lambda acting, _one: queries.look(acting),
    lambda acting, one: queries.one(acting, one),
])  # fmt: skip
def test_who_may(work: Callable[..., object]) -> None:
    house = House()
    one = sees(house)
    for who in ("ayse", "admin"):
        with pytest.raises(NotAllowed):
            house.does(who, lambda acting: work(acting, one.id))


def test_why_it_may_be_scrapped_and_who_is_told() -> None:
    house = House()
    old = computer()
    old["operatingsystem"] = {"full_name": "Microsoft Windows 7 Professional"}
    laptop = a_laptop(house, bought_on=date(2015, 3, 1))
    sees(house, old)
    house.now += timedelta(days=800)
    found = house.does("fatma", lambda acting: queries.of_device(acting, device(house, laptop.id)))
    assert found is not None
    years = (house.now.date() - date(2015, 3, 1)).days // 365
    assert found.reasons == [f"{years} yaşında", "Windows 7 artık desteklenmiyor", "iki yıldır ağda görülmedi"]
    assert found.long_unseen
    assert house.does("zeynep", lambda acting: queries.of_device(acting, device(house, laptop.id))) is None
    assert house.does("ayse", lambda acting: queries.of_device(acting, device(house, laptop.id))) is None


@pytest.mark.parametrize(
    ("parts", "seen", "what"),
    [
        (("RAM 16 GB",), {"modules": 8192}, ["Bellek"]),
        (("8gb ddr4 bellek",), {"modules": 8192}, []),
        (("16 gb bellek",), {"memory": 15_900}, []),
        (("tepsi 2", "kablo"), {"modules": 8192}, []),
        (("Disk S4GENX0N123456",), {"disks": (Disk("SAMSUNG", "S4GENX0N123456", 1),)}, []),
        (("SSD WD12345678X",), {"disks": (Disk("SAMSUNG", "S4GENX0N123456", 1),)}, ["Disk"]),
        (("SSD 256 GB",), {"disks": (Disk("SAMSUNG", "S4GENX0N123456", 1),)}, []),
        (("disk S4GENX0N123456", "disk WD12345678X"), {"disks": (Disk("S", "S4GENX0N123456", 1),)}, ["Disk"]),
        (("RAM 16 GB", "Disk WD12345678X"), {}, []),
        ((), {"brand": "LENOVO", "serial": SERIAL, "serial_key": SERIAL}, ["Seri no", "Marka"]),
    ],
)
def test_what_differs_from_the_record(parts: tuple[str, ...], seen: dict[str, Any], what: list[str]) -> None:
    said = Description(kind="bilgisayar", parts=parts)
    found = inventory_parts.differences(said, Seen(**seen))
    assert [one.what for one in found] == what
    adopted = inventory_parts.adopted(said, Seen(**seen))
    assert inventory_parts.differences(adopted, Seen(**seen)) == []
    assert set(adopted.parts) >= {part for part in parts if part in ("tepsi 2", "kablo")}


def test_toner_that_ends_is_said_of_the_tickets_printer_while_it_is_news() -> None:
    house = House()
    printer = house.records(brand="HP", serial="PHB1234567")

    def toner() -> int | None:
        return house.does("fatma", lambda acting: device_line.toner(acting, device(house, printer.id)))

    assert toner() is None
    sees(house, PRINTER, "", agent="", item_type="Printer")
    assert toner() == 8
    house.now += timedelta(days=8)
    assert toner() is None
    full = {**PRINTER, "cartridges": [{"tonerblack": "71"}]}
    sees(house, full, "", agent="", item_type="Printer")
    assert toner() is None
