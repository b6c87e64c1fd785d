"""Devices, their labels, and the tickets that are about them: the same from every store."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from handlers.domain.devices import (
    Condition,
    Custody,
    CustodyKind,
    Description,
    Device,
    DeviceMerge,
    Ending,
    Label,
    Life,
    LinkRole,
    TicketDevice,
    number_of,
)
from handlers.domain.errors import NotFound, Stale
from handlers.domain.numbers import EVER, Series
from handlers.domain.places import Place, Spot
from handlers.domain.security_matters import ALL, NONE, KnownMatters
from handlers.ports import DevicesWanted, Near, Transactions, UnitOfWork
from knowledge.language.device_keys import KeyKind, keys_typed
from tests.clock import START
from tests.storage.builders import add_person, open_ticket

PRINTER = Description(
    kind="yazici",
    brand="HP",
    model="LaserJet M404dn",
    serial="CND-1234 567",
    asset_no="255.2.1.1.2.1/18/252",
    other_no="BİM-0042",
    host="PRN-MALI-07",
    macs=("00-1A-2B-3C-4D-5E",),
    ips=("10.0.4.7",),
    supplier="Örnek Bilişim",
    bought_on=date(2018, 3, 1),
    price="4.572,83",
    warranty_until=date(2027, 7, 17),
    note="gürültülü",
    parts=("tepsi 2",),
)
OFFICIAL = (
    "255.02.01.01.02.01/18/00252",
    "255.02.01.01.02.01-18-252",
    "255.2.1.1.2.1/18/252",
    "255 02 01 01 02 01 18 00252",
    "255.02.01.01.02.011800252",
    "25502010102011800252",
    "255.02.01.01.02.01/18/00252.",
)
A_PRINTER = Description(kind="yazici")


def device(number: int, description: Description = A_PRINTER, **about: Any) -> Device:
    return Device(number=number_of(number), description=description, recorded_at=START, **about)


def add(store: Transactions, *devices: Device) -> list[Device]:
    return store.write(lambda uow: [uow.devices.add(one) for one in devices])


def test_what_is_kept_comes_back(store: Transactions) -> None:
    def work(uow: UnitOfWork) -> Device:
        ayse, place = add_person(uow, "ayse"), uow.places.add(Place(spot=Spot("Ek bina", "3", "312"))).id
        custody = Custody(kind=CustodyKind.PERSON, holder=ayse, holder_text="AYŞE Y.", since=date(2026, 1, 5))
        about: dict[str, Any] = {"department": "Mali Hizmetler", "place": place, "place_text": "koridor"}
        return uow.devices.add(
            device(1, PRINTER, custody=custody, condition=Condition.BROKEN, recorded_by=ayse, **about)
        )

    kept = store.write(work)
    (other,) = add(store, device(2, Description(kind="ups")))
    assert store.read(lambda uow: uow.devices.get(kept.id)) == kept
    assert store.read(lambda uow: uow.devices.by_number(1)) == kept
    assert store.read(lambda uow: uow.devices.by_number(99)) is None
    merged = replace(other, merge=DeviceMerge(kept.id, START), ending=Ending.LOST)
    saved = store.write(lambda uow: uow.devices.save(merged))
    assert saved == replace(merged, version=1)
    assert store.read(lambda uow: uow.devices.several([other.id, kept.id])) == [kept, saved]
    with pytest.raises(Stale):
        store.write(lambda uow: uow.devices.save(merged))
    with pytest.raises(NotFound):
        store.read(lambda uow: uow.devices.get(replace(other, id=other.id + 9).id))  # type: ignore[arg-type] # no such


def test_it_is_found_by_each_of_its_numbers(store: Transactions) -> None:
    (kept,) = add(store, device(1, PRINTER))
    for typed in (
        *OFFICIAL,
        "18/252",
        "bim 42",
        "cnd1234567",
        "prn-mali-07.belediye.local",
        "001A.2B3C.4D5E",
        "10.0.4.007",
    ):
        found = store.read(lambda uow, typed=typed: uow.devices.known_by(keys_typed(typed)))  # type: ignore[misc] # mypy does not see through the default
        assert {one.device for one in found} == {kept.id}, typed
    (by_tail,) = store.read(lambda uow: uow.devices.known_by(keys_typed("2018/252")))
    assert (by_tail.key.kind, by_tail.living) == (KeyKind.TAIL, True)
    for typed in ("255", "18.02.2025", "4711", "2018000024", "42", "", "cnd12345678"):
        assert store.read(lambda uow, typed=typed: uow.devices.known_by(keys_typed(typed))) == []  # type: ignore[misc] # as above


def test_no_two_living_ones_have_one_number(store: Transactions) -> None:
    first, other = add(store, device(1, PRINTER), device(2, Description(kind="ups", serial="CND1234567")))
    for same in (
        Description(asset_no="255.02.01.01.02.011800252"),
        Description(other_no="bim42"),
        Description(brand="hp", serial="CND1234567"),
        Description(macs=("001a2b3c4d5e",)),
    ):
        with pytest.raises(Stale):
            add(store, device(3, same))
        with pytest.raises(Stale):
            store.write(lambda uow, same=same: uow.devices.save(replace(other, description=same)))  # type: ignore[misc] # as above
    add(store, device(3, replace(Description(host="PRN-MALI-07"), ips=("10.0.4.7",), macs=("02:42:ac:11:00:02",))))
    add(store, device(4, Description(macs=("02:42:ac:11:00:02",))))
    gone = store.write(lambda uow: uow.devices.save(replace(first, ending=Ending.WRITTEN_OFF)))
    (again,) = add(store, device(5, replace(PRINTER, host="")))
    found = store.read(lambda uow: uow.devices.known_by(keys_typed("bim-42")))
    assert [(one.device, one.living) for one in found] == [(again.id, True), (gone.id, False)]
    store.write(lambda uow: uow.devices.save(replace(again, ending=Ending.WITHDRAWN)))
    assert [one.device for one in store.read(lambda uow: uow.devices.known_by(keys_typed("bim-42")))] == [gone.id]


def test_a_list_shows_what_is_wanted(store: Transactions) -> None:
    def work(uow: UnitOfWork) -> list[Device]:
        ayse, room = add_person(uow, "ayse"), uow.places.add(Place(spot=Spot("", "3", "312"))).id
        held = Custody(kind=CustodyKind.PERSON, holder=ayse)
        return [
            uow.devices.add(one)
            for one in (
                device(1, PRINTER, place=room, department="Mali Hizmetler"),
                device(2, Description(kind="dizustu", model="%100"), custody=held),
                device(3, Description(kind="ups"), custody=Custody(kind=CustodyKind.DEPOT, holder_text="HASAN")),
                device(4, Description(kind="ups"), ending=Ending.WRITTEN_OFF),
                device(5, Description(kind="ups"), ending=Ending.WITHDRAWN),
                device(6, Description(kind="ups"), ending=Ending.LOST, place_text="arşiv"),
            )
        ]

    one, two, three, four, _, six = store.write(work)
    merged = device(7, merge=DeviceMerge(one.id, START))
    add(store, merged)
    wanted = {
        (): [six, three, two, one],
        ("words", "m404dn 0042"): [one],
        ("words", "%1"): [two],
        ("words", "hasan"): [],
        ("kinds", frozenset({"ups", "dizustu"})): [six, three, two],
        ("departments", frozenset({"Mali Hizmetler"})): [one],
        ("departments", frozenset[str]()): [],
        ("places", frozenset({one.place})): [one],
        ("custody", CustodyKind.DEPOT): [three],
        ("condition", Condition.BROKEN): [],
        ("lives", frozenset({Life.WRITTEN_OFF, Life.IN_DEPOT, Life.WITHDRAWN})): [four, three],
        ("lives", frozenset({Life.IN_USE})): [two, one],
        ("lives", frozenset({Life.WITHDRAWN})): [],
        ("holder", two.custody.holder): [two],
        ("unresolved_holder", True): [three],
        ("warranty_before", date(2027, 7, 18)): [one],
        ("warranty_before", date(2027, 7, 17)): [],
        ("without_asset_no", True): [six, three, two],
        ("without_place", True): [three, two],
    }
    for key, found in wanted.items():
        asked = DevicesWanted(**dict([key])) if key else DevicesWanted()  # type: ignore[arg-type] # one field and its value
        assert store.read(lambda uow, asked=asked: uow.devices.page(asked)) == found, key  # type: ignore[misc] # as above
        assert store.read(lambda uow, asked=asked: uow.devices.count(asked)) == len(found), key  # type: ignore[misc] # as above
    page = store.read(lambda uow: uow.devices.page(DevicesWanted(), after=three.id, limit=1))
    assert page == [two]


def test_what_is_near(store: Transactions) -> None:
    def work(uow: UnitOfWork) -> tuple[list[Device], Near]:
        ayse, room = add_person(uow, "ayse"), uow.places.add(Place(spot=Spot("", "3", "312"))).id
        kept = [
            uow.devices.add(one)
            for one in (
                device(1, place=room),
                device(2, custody=Custody(kind=CustodyKind.PERSON, holder=ayse)),
                device(3, department="Fen İşleri"),
                device(4, Description(kind="ups"), place=room),
                device(5, place=room, ending=Ending.WITHDRAWN),
                device(6),
            )
        ]
        return kept, Near(kinds=frozenset({"yazici"}), holder=ayse, places=frozenset({room}))

    kept, asked = store.write(work)
    everywhere = replace(asked, kinds=frozenset(), departments=frozenset({"Fen İşleri"}))
    assert store.read(lambda uow: uow.devices.near(asked, 9)) == kept[:2]
    assert store.read(lambda uow: uow.devices.near(everywhere, 9)) == kept[:4]
    assert store.read(lambda uow: uow.devices.near(everywhere, 3)) == kept[:3]
    assert store.read(lambda uow: uow.devices.near(Near(kinds=asked.kinds), 9)) == []
    assert store.read(lambda uow: uow.devices.departments()) == ["Fen İşleri"]


def test_merges_are_followed_to_the_end(store: Transactions) -> None:
    one, two, three = add(store, device(1), device(2), device(3))
    store.write(lambda uow: uow.devices.save(replace(two, merge=DeviceMerge(one.id, START))))
    store.write(lambda uow: uow.devices.save(replace(three, merge=DeviceMerge(two.id, START))))
    assert store.read(lambda uow: uow.devices.merged_into([one.id])) == {two.id: one.id, three.id: one.id}
    assert store.read(lambda uow: uow.devices.merged_into([one.id, two.id])) == {three.id: two.id}
    assert store.read(lambda uow: uow.devices.merged_into([three.id])) == {}
    assert store.read(lambda uow: uow.devices.merges()) == {two.id: one.id, three.id: two.id}


def test_labels_of_a_device(store: Transactions) -> None:
    one, _ = add(store, device(1), device(2))
    first, later = (
        Label(token=f"7K3M9Q2{sign}", device=one.id, issued_at=START + timedelta(days=day))
        for day, sign in enumerate("XW")
    )
    for label in (later, first):
        store.write(lambda uow, label=label: uow.devices.add_label(label))  # type: ignore[misc] # as above
    with pytest.raises(Stale):
        store.write(lambda uow: uow.devices.add_label(first))
    revoked = replace(first, revoked_at=START)
    store.write(lambda uow: uow.devices.save_label(revoked))
    assert store.read(lambda uow: uow.devices.labels([one.id])) == [revoked, later]
    assert store.read(lambda uow: uow.devices.label(later.token)) == later
    assert store.read(lambda uow: uow.devices.label("22222222")) is None
    assert store.read(lambda uow: dict(uow.devices.label_addresses())) == {"": 1}
    with pytest.raises(NotFound):
        store.write(lambda uow: uow.devices.save_label(replace(first, token="22222222")))


def test_what_tickets_are_about(store: Transactions) -> None:
    def work(uow: UnitOfWork) -> None:
        ayse, hasan = add_person(uow, "ayse"), add_person(uow, "hasan")
        one, two = (uow.devices.add(device(number)).id for number in (1, 2))
        old, new, other = (
            open_ticket(uow, who, START + timedelta(days=day), **about)
            for who, day, about in ((ayse, 0, {}), (ayse, 2, {}), (hasan, 3, {"unit": "yazilim"}))
        )
        links = [
            TicketDevice(ticket=old.id, device=one, at=START),
            TicketDevice(ticket=new.id, device=two, at=START, by=ayse),
            TicketDevice(ticket=new.id, device=one, at=START, sure=False),
            TicketDevice(ticket=other.id, device=two, at=START, role=LinkRole.RELATED),
            TicketDevice(ticket=other.id, device=one, at=START),
        ]
        for link in links:
            uow.ticket_devices.put(link)
        after = START + timedelta(days=1)
        of = uow.ticket_devices
        assert of.of_ticket(new.id) == [links[1], links[2]]
        assert of.of_ticket(other.id) == [links[4], links[3]]
        assert of.tickets([one, two], 9) == [other.id, new.id, old.id]
        assert of.tickets([one], 1) == [other.id]
        assert of.count([one, two], after, START + timedelta(days=3), ALL) == 1
        assert of.counts([one, two], after, NONE) == {one: 1, two: 1}
        assert of.of_units([one, two], ["donanim"], NONE) == {one, two}
        assert of.of_units([one, two], ["yazilim"], NONE) == {one, two}
        assert of.of_units([two], ["ag"], NONE) == frozenset()
        assert of.last_of(ayse, START) == [two, one]
        assert of.last_of(ayse, after) == [two]
        assert list(of.most_often(START, START + timedelta(days=9), NONE).items()) == [(one, 2), (two, 1)]
        of.put(replace(links[0], sure=False))
        of.put(replace(links[1], role=LinkRole.RELATED))
        assert [link.sure for link in of.of_ticket(old.id)] == [False]
        of.remove(new.id, two)
        assert of.of_ticket(new.id) == [links[2]]

    store.write(work)


def test_a_security_matter_counts_for_those_who_know_of_it(store: Transactions) -> None:
    def work(uow: UnitOfWork) -> None:
        ayse, mehmet = add_person(uow, "ayse"), add_person(uow, "mehmet")
        key = uow.devices.add(device(1)).id
        secret = open_ticket(uow, ayse, START, restricted=True)
        secret.claim(by=mehmet, at=START, channel="web")
        uow.tickets.save(secret)
        uow.ticket_devices.put(TicketDevice(ticket=secret.id, device=key, at=START))
        of, until = uow.ticket_devices, START + timedelta(days=1)
        knowing = (ALL, KnownMatters(units=frozenset({"donanim"})), KnownMatters(held_by=mehmet))
        for known in (*knowing, NONE, KnownMatters(units=frozenset({"yazilim"})), KnownMatters(held_by=ayse)):
            found = {key: 1} if known in knowing else {}
            assert of.tickets([key], 9, known) == [secret.id] * len(found)
            assert of.count([key], START, until, known) == len(found)
            assert of.counts([key], START, known) == found
            assert of.most_often(START, until, known) == found
            assert of.of_units([key], ["donanim"], known) == frozenset(found)
        assert of.last_of(ayse, START) == []

    store.write(work)


def test_a_ticket_is_surely_about_one(store: Transactions) -> None:
    one, two = add(store, device(1), device(2))
    ticket = store.write(lambda uow: open_ticket(uow, add_person(uow, "ayse")).id)
    store.write(lambda uow: uow.ticket_devices.put(TicketDevice(ticket=ticket, device=one.id, at=START)))
    with pytest.raises(Stale):
        store.write(lambda uow: uow.ticket_devices.put(TicketDevice(ticket=ticket, device=two.id, at=START)))


def test_a_guest_who_is_known_keeps_what_they_hold(store: Transactions) -> None:
    def work(uow: UnitOfWork) -> None:
        guest, ayse = add_person(uow, "guest"), add_person(uow, "ayse")
        held = uow.devices.add(device(1, custody=Custody(kind=CustodyKind.PERSON, holder=guest)))
        kept = uow.devices.add(device(2, custody=Custody(keeper=guest)))
        uow.devices.move(guest, ayse)
        assert uow.devices.get(held.id).custody.holder == ayse
        assert uow.devices.get(kept.id).custody.keeper == ayse

    store.write(work)


def test_hands_that_record_one_number_at_once_record_one(store: Transactions) -> None:
    def record(uow: UnitOfWork) -> None:
        if not uow.devices.known_by(keys_typed("bim-42")):
            number = uow.counters.next(Series.DEVICE, EVER)
            uow.devices.add(Device(number=number, description=Description(other_no="BİM-0042"), recorded_at=START))

    def one_hand(_: int) -> None:
        with suppress(Stale):  # whoever looked before the other's commit: an event is done again
            store.write(record)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(one_hand, range(8)))
    assert [str(one.number) for one in store.read(lambda uow: uow.devices.page(DevicesWanted()))] == ["D-00001"]
