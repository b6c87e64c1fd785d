"""Two records that are one device, joined and parted; and those of which most tickets are opened."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.context import Acting
from handlers.devices import history, identifying, labels, merging, recording
from handlers.domain.devices import MERGE_KEPT, Custody, CustodyKind, DeviceId, TicketDevice
from handlers.domain.errors import Invalid, NotAllowed
from handlers.queries import devices as queries
from tests.handlers.devices.house import House
from tests.scenarios.stage import shared_desk
from tests.storage.builders import open_ticket

ONE, OTHER = "255.02.01.01.02.01/18/00252", "255.02.01.01.02.01/19/00031"


@pytest.fixture
def house() -> House:
    return House()


def tickets(house: House, device: DeviceId, number: int = 1) -> None:
    def work(acting: Acting) -> None:
        for _ in range(number):
            ticket = open_ticket(acting.uow, house.ids["ayse"], house.now)
            acting.uow.ticket_devices.put(TicketDevice(ticket=ticket.id, device=device, at=house.now))

    house.does("mehmet", work)


def test_the_survivor_keeps_its_number_and_takes_what_it_lacked(house: House) -> None:
    kept = house.records(brand="HP", serial="CND1234567", place="312")
    ended = house.records(model="M404dn", asset_no=ONE, serial="X-99123", place="214")
    (label,) = house.does("mehmet", lambda acting: labels.issue(acting, [ended.id]))
    tickets(house, ended.id, 2)
    for who in ("mehmet", "sevgi", "kemal", "kayit"):
        with pytest.raises(NotAllowed):
            house.does(who, lambda acting: merging.merge(acting, ended.id, kept.id))
    asked = house.does("fatma", lambda acting: merging.preview(acting, ended.id, kept.id))
    assert (asked.tickets, asked.labels) == (2, 1)
    after = house.does("ambar", lambda acting: merging.merge(acting, ended.id, kept.id))
    said = after.description
    assert (said.model, said.asset_no, said.serial, after.place) == ("M404dn", ONE, "CND1234567", kept.place)
    for typed in ("d2", "x99123", ONE, label.token, "d1", "CND1234567"):
        found = house.does("mehmet", lambda acting, typed=typed: identifying.find_one(acting, typed))  # type: ignore[misc] # mypy does not see through the default
        assert found.device.number == kept.number, typed
    view = house.does("fatma", lambda acting: queries.one(acting, after))
    assert view is not None
    assert ([str(one.number) for one in view.merged], len(view.tickets), len(view.labels)) == (["D-00002"], 2, 1)
    assert {line.what for _, line in view.lines} == {"recorded", "labelled", "merged", "joined"}
    with pytest.raises(Invalid, match="device_merged"):
        house.does("mehmet", lambda acting: recording.move(acting, ended.id, "105"))


def test_a_merge_is_taken_back_within_a_week(house: House) -> None:
    kept = house.records(brand="HP", serial="CND1234567")
    ended = house.records(model="M404dn", asset_no=ONE, place="214")
    house.does("fatma", lambda acting: merging.merge(acting, ended.id, kept.id))
    house.now += MERGE_KEPT
    assert house.does("fatma", lambda acting: merging.take_merge_back(acting, ended.id))
    assert not house.does("fatma", lambda acting: merging.take_merge_back(acting, ended.id))
    devices = house.store.read(lambda uow: uow.devices.several([kept.id, ended.id]))
    assert [one.description for one in devices] == [kept.description, ended.description]
    assert [one.living for one in devices] == [True, True]
    lines = house.does("fatma", lambda acting: [one.what for one in history.of(acting, kept)])
    assert lines == ["recorded", "joined", "left"]
    house.does("fatma", lambda acting: merging.merge(acting, ended.id, kept.id))
    house.now += MERGE_KEPT + timedelta(minutes=1)
    with pytest.raises(Invalid, match="device_merge_old"):
        house.does("fatma", lambda acting: merging.take_merge_back(acting, ended.id))


def test_two_official_numbers_are_two_devices(house: House) -> None:
    one, other = house.records(asset_no=ONE), house.records(asset_no=OTHER)
    with pytest.raises(Invalid) as refused:
        house.does("fatma", lambda acting: merging.merge(acting, one.id, other.id))
    said = shared_desk().texts.render(f"errors/{refused.value.reason}", now=house.now, **refused.value.data)
    assert said == (
        "İki ayrı taşınır sicil no var (…/19/00031 ve …/18/00252)."
        " Aynı cihazsa önce resmî kayıtta düzeltilmeli (md. 39)."
    )
    with pytest.raises(Invalid, match="device_same"):
        house.does("fatma", lambda acting: merging.merge(acting, one.id, one.id))


def test_a_merge_moves_nobodys_zimmet(house: House) -> None:
    def of(who: str) -> Custody:
        return Custody(kind=CustodyKind.PERSON, holder=house.ids[who])

    free, held = house.records(serial="CND1"), house.records("fatma", serial="CND2", custody=of("ayse"))
    others = house.records("fatma", serial="CND3", custody=of("hasan"))
    for survivor, said in ((free, "O kalsın, öteki kapansın"), (others, "D-00003 başkasının üzerinde")):
        with pytest.raises(Invalid, match="device_merge_held") as refused:
            house.does("fatma", lambda acting, into=survivor: merging.merge(acting, held.id, into.id))  # type: ignore[misc] # as above
        assert said in shared_desk().texts.render(f"errors/{refused.value.reason}", **refused.value.data)
    after = house.does("fatma", lambda acting: merging.merge(acting, free.id, held.id))
    assert after.custody.holder == house.ids["ayse"]
    same = house.records("fatma", serial="CND4", custody=of("ayse"))
    house.does("fatma", lambda acting: merging.merge(acting, same.id, held.id))


def test_those_that_fail_most_in_a_year(house: House) -> None:
    often, ended, seldom, never = (house.records(place=str(room)) for room in (101, 102, 103, 104))
    tickets(house, seldom.id, 2)
    tickets(house, often.id, 2)
    tickets(house, ended.id)
    house.does("fatma", lambda acting: merging.merge(acting, ended.id, often.id))
    found = house.does("kemal", lambda acting: queries.most_failing(acting, 2026))
    assert [(one.row.device.id, one.tickets) for one in found] == [(often.id, 3), (seldom.id, 2)]
    assert [one.row.device.id for one in house.does("kemal", lambda acting: queries.most_failing(acting, 2026, 1))] == [
        often.id
    ]
    assert house.does("kemal", lambda acting: queries.most_failing(acting, 2025)) == []
    assert never.id not in {one.row.device.id for one in found}
    with pytest.raises(NotAllowed):
        house.does("ayse", lambda acting: queries.most_failing(acting, 2026))
