"""What agents saw, by what it is told again, and what printers counted: the same from every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from handlers.context import UseCaseContext
from handlers.devices import inventories
from handlers.devices.sightings import take
from handlers.domain.devices import Custody, CustodyKind, Description, DeviceId, Ending
from handlers.domain.errors import NotFound, Stale
from handlers.domain.months import Month
from handlers.domain.people import PersonId
from handlers.domain.sightings import (
    Disk,
    ItemType,
    KeyKind,
    Link,
    PageCount,
    Seen,
    Sighting,
    SightingId,
    SightingKey,
    Toner,
)
from handlers.ports import SightingsWanted, Transactions, UnitOfWork
from tests.clock import START
from tests.handlers.devices.house import House
from tests.scenarios.stage import shared_desk
from tests.servers.glpi_agent import AGENT_ID, PART, computer
from tests.storage.builders import add_person
from tests.storage.contract.test_devices import add, device

DAY = timedelta(days=1)
COMPUTER = Sighting(
    agent="2655dfc0-ebb4-11f1-a953-3e317380385f",
    device_text="PC-MALI-07-2026-11-29",
    agent_key="2655dfc0-ebb4-11f1-a953-3e317380385f|PC-MALI-07-2026-11-29",
    seen=Seen(
        name="PC-MALI-07",
        uuid="4c4c4544-0047-4810-8052-b4c04f4b4b32",
        serial="5CD8 123 ABC",
        serial_key="5CD8123ABC",
        brand="LENOVO",
        model="ThinkPad E14",
        system="Windows 10 Pro",
        modules=8192,
        disks=(Disk("SAMSUNG MZVLB256", "S4GENX0N123456", 244198),),
        macs=("001a2b3c4d5e", "001a2b3c4d5f"),
        ips=("10.0.4.7",),
        monitors=("9WR1TT3",),
    ),
    first_seen=START,
    last_seen=START,
)
PRINTER = Sighting(
    seen=Seen(item_type=ItemType.PRINTER, name="NPI", ips=("10.0.0.15",), toners=(Toner("tonerblack", 8),), pages=3),
    first_seen=START,
    last_seen=START + DAY,
)
ALL = SightingsWanted()


def test_they_come_back_whole_and_are_found_by_each_of_their_keys(store: Transactions) -> None:
    one, printer = store.write(lambda uow: (uow.sightings.add(COMPUTER), uow.sightings.add(PRINTER)))
    assert replace(one, id=SightingId(0)) == COMPUTER
    assert store.read(lambda uow: uow.sightings.get(printer.id)) == printer
    for key in one.keys:
        assert store.read(lambda uow, key=key: uow.sightings.known_by([key])) == [one]
    assert len(one.keys) == 5
    assert store.read(lambda uow: uow.sightings.known_by([*one.keys, *printer.keys])) == [printer, one]
    wrong = [SightingKey(KeyKind.UUID, "5CD8123ABC"), SightingKey(KeyKind.SERIAL, "5CD8123AB")]
    assert store.read(lambda uow: uow.sightings.known_by(wrong)) == []
    assert store.read(lambda uow: uow.sightings.known_by([])) == []
    said = replace(one.seen, serial="", serial_key="", macs=("001a2b3c4d5e",))
    saved = store.write(lambda uow: uow.sightings.save(replace(one, seen=said, last_seen=START + 2 * DAY)))
    assert (saved.version, store.read(lambda uow: uow.sightings.get(one.id))) == (1, saved)
    gone = [SightingKey(KeyKind.SERIAL, "5CD8123ABC"), SightingKey(KeyKind.MAC, "001a2b3c4d5f")]
    assert store.read(lambda uow: uow.sightings.known_by(gone)) == []
    with pytest.raises(Stale):
        store.write(lambda uow: uow.sightings.save(one))
    with pytest.raises(NotFound):
        store.read(lambda uow: uow.sightings.get(SightingId(99_999)))
    with pytest.raises(NotFound):
        store.write(lambda uow: uow.sightings.save(replace(one, id=SightingId(99_999))))


def test_lists_counts_and_who_is_of_which_device(store: Transactions) -> None:
    (laptop,) = add(store, device(1))
    who = store.write(lambda uow: add_person(uow, "fatma"))
    linked = replace(COMPUTER, device=laptop.id, link=Link.PERSON, linked_by=who, linked_at=START)
    ignored = replace(COMPUTER, agent_key="", ignored_at=START, ignored_by=who, last_seen=START + 3 * DAY)
    one, other, printer = store.write(
        lambda uow: (uow.sightings.add(linked), uow.sightings.add(ignored), uow.sightings.add(PRINTER))
    )
    for wanted, found in (
        (ALL, [printer, other, one]),
        (SightingsWanted(linked=True), [one]),
        (SightingsWanted(linked=False, ignored=False), [printer]),
        (SightingsWanted(ignored=True), [other]),
        (SightingsWanted(types=frozenset({ItemType.PRINTER})), [printer]),
        (SightingsWanted(words="thinkpad 10.0.4"), [other, one]),
        (SightingsWanted(words="%"), []),
    ):
        assert store.read(lambda uow, wanted=wanted: uow.sightings.page(wanted)) == found
        assert store.read(lambda uow, wanted=wanted: uow.sightings.count(wanted)) == len(found)
    assert store.read(lambda uow: uow.sightings.page(ALL, after=printer.id, limit=1)) == [other]
    counts = store.read(lambda uow: uow.sightings.counts())
    assert (counts.number, counts.unlinked, counts.newest) == (3, 1, START + 3 * DAY)
    assert store.read(lambda uow: uow.sightings.of_devices([laptop.id, DeviceId(99_999)])) == [one]
    assert store.read(lambda uow: uow.sightings.of_devices([])) == []
    held = replace(
        laptop, custody=Custody(kind=CustodyKind.PERSON, holder=store.write(lambda uow: add_person(uow, "ayse")))
    )
    store.write(lambda uow: uow.devices.save(held))
    for person, number in ((who, 2), (held.custody.holder, 1), (PersonId(99_999), 0)):
        assert store.read(lambda uow, person=person: uow.sightings.count_of(person)) == number
    heir = store.write(lambda uow: add_person(uow, "sevgi"))
    store.write(lambda uow: uow.sightings.move(who, heir))
    assert store.read(lambda uow: uow.sightings.get(one.id).linked_by) == heir
    assert store.read(lambda uow: uow.sightings.get(other.id).ignored_by) == heir


def test_an_empty_store_counts_nothing(store: Transactions) -> None:
    counts = store.read(lambda uow: uow.sightings.counts())
    assert (counts.number, counts.unlinked, counts.newest) == (0, 0, None)
    assert store.read(lambda uow: uow.sightings.twins(START)) == frozenset()


def test_twins_say_the_same_and_were_both_seen_lately(store: Transactions) -> None:
    alone = replace(COMPUTER, agent_key="", seen=replace(COMPUTER.seen, uuid="", serial_key="", name="DOCK"))
    old = replace(
        alone,
        seen=replace(alone.seen, uuid=COMPUTER.seen.uuid),
        first_seen=START - 99 * DAY,
        last_seen=START - 99 * DAY,
    )
    twin = replace(alone, seen=replace(alone.seen, serial_key="5CD8123ABC"))
    one, _, _, other = store.write(lambda uow: tuple(uow.sightings.add(each) for each in (COMPUTER, alone, old, twin)))
    assert store.read(lambda uow: uow.sightings.twins(START - DAY)) == {one.id, other.id}, "a MAC alone tells none"
    assert store.read(lambda uow: uow.sightings.twins(START + DAY)) == frozenset()


def test_pages_are_kept_by_month_and_go_with_what_is_forgotten(store: Transactions) -> None:
    (laptop,) = add(store, device(1))
    of_device = replace(PRINTER, device=laptop.id, link=Link.SERIAL, linked_at=START)
    device_over = replace(device(2, Description(kind="yazici", serial="ESKI12345")), ending=Ending.WRITTEN_OFF)
    (over,) = add(store, device_over)
    store.write(lambda uow: uow.sightings.add(replace(of_device, device=over.id)))
    lost, kept, seen = store.write(
        lambda uow: (uow.sightings.add(PRINTER), uow.sightings.add(of_device), uow.sightings.add(COMPUTER))
    )
    november, december = Month(2026, 11), Month(2026, 12)

    def count(month: Month, total: int, of: Sighting = lost) -> PageCount:
        return PageCount(sighting=of.id, month=month, total=total, at=START)

    for each in (count(november, 10), count(november, 25), count(december, 40), count(november, 7, kept)):
        store.write(lambda uow, each=each: uow.sightings.note_pages(each))
    assert store.read(lambda uow: uow.sightings.pages([lost.id])) == [count(december, 40), count(november, 25)]
    assert store.write(lambda uow: uow.sightings.forget(START + DAY)) == 1, "seen on that day, the printer is kept"
    assert store.write(lambda uow: uow.sightings.forget(START + 2 * DAY)) == 2, "and what is of one that is over"
    assert store.write(lambda uow: uow.sightings.forget(START + 2 * DAY)) == 0
    assert store.read(lambda uow: uow.sightings.page(ALL)) == [kept]
    assert store.read(lambda uow: uow.sightings.pages([lost.id, kept.id, seen.id])) == [count(november, 7, kept)]
    assert store.read(lambda uow: uow.sightings.known_by(list(COMPUTER.keys))) == []


def test_from_its_first_report_to_two_clones(store: Transactions) -> None:
    """Design, example 11: empty serials; one UUID on two machines makes two, and both are flagged."""
    house = House(store)
    laptop = house.records(kind="dizustu", brand="Lenovo", serial="5CD8123ABC")

    def sees(content: dict[str, Any], device_text: str, *, partial: bool = False) -> Sighting:
        report = inventories.report_of(content, agent=AGENT_ID, device_text=device_text, partial=partial)

        def work(uow: UnitOfWork) -> Sighting:
            context = UseCaseContext(desk=shared_desk(), uow=uow, now=house.now, channel="agent")
            return take(context, report).sighting

        return store.write(work)

    known = sees(computer(), "pc")
    assert (known.device, known.link) == (laptop.id, Link.SERIAL)
    house.now += DAY
    part = sees({**PART, "bios": computer()["bios"]}, "pc", partial=True)
    assert (part.id, part.seen.disks, part.seen.name) == (known.id, known.seen.disks, "vm")
    clones = [
        sees(computer(f"PC-{place}", serial="", uuid=COMPUTER.seen.uuid, mac=f"00:1a:2b:00:00:0{place}"), "kalip")
        for place in (1, 2)
    ]
    assert clones[0].id != clones[1].id
    assert [one.device for one in clones] == [None, None]
    assert store.read(lambda uow: uow.sightings.twins(house.now - DAY)) >= {one.id for one in clones}
    assert store.read(lambda uow: uow.devices.by_number(2)) is None
