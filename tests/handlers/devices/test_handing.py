"""Handing over, orders out of the depot, devir, taking back: who may, what must be there first, and what follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from handlers.context import Acting
from handlers.devices import confirming, depot_orders, handing, history, merging, recording, taking_back
from handlers.domain.devices import Condition, Custody, CustodyKind, Device
from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.handovers import SWAP_KEPT, Handover, HandoverState, OrderState, Problem, Returned
from handlers.domain.officers import Office, Officer
from tests.clock import START
from tests.handlers.devices.house import House

DEPOT = Custody(kind=CustodyKind.DEPOT)


@pytest.fixture
def house() -> House:
    made = House()

    def verify(acting: Acting) -> None:
        for handle in ("ayse", "hasan"):
            person = acting.uow.people.get(made.ids[handle])
            person.verified = True
            acting.uow.people.save(person)

    made.does("kemal", verify)
    return made


def in_depot(house: House, serial: str = "5CD8123A00", **about: Any) -> Device:
    return house.records(kind="dizustu", brand="HP", model="ProBook 450", serial=serial, custody=DEPOT, **about)


def refused(house: House, who: str, work: Callable[[Acting], object]) -> str:
    with pytest.raises(Invalid) as caught:
        house.does(who, work)
    return caught.value.reason


def now(house: House, device: Device) -> Device:
    return house.does("kemal", lambda acting: acting.uow.devices.get(device.id))


def given(house: House, *devices: Device, to: str = "ayse", ordered: bool = True) -> Handover:
    keys = [one.id for one in devices]
    if ordered:
        order = house.does("mehmet", lambda acting: depot_orders.ask(acting, keys, house.ids[to]))
        house.does("kemal", lambda acting: depot_orders.give(acting, order.id))
    return house.does(
        "mehmet", lambda acting: handing.make(acting, keys, house.ids[to], accessories={keys[0]: "şarj aleti, çanta"})
    )


def confirmed(house: House, who: str, handover: Handover) -> Handover:
    return house.does(who, lambda acting: confirming.confirm(acting, handover.id, handover.digest))


def test_nothing_leaves_the_depot_without_an_order(house: House) -> None:
    device, to = in_depot(house), house.ids["ayse"]
    assert refused(house, "mehmet", lambda acting: handing.make(acting, [device.id], to)) == "handover_order_missing"
    order = house.does("mehmet", lambda acting: depot_orders.ask(acting, [device.id], to))
    assert str(order.number) == f"CE-{START.year}-00001"
    assert house.does("fatma", lambda acting: depot_orders.ask(acting, [device.id], to)) == order
    for who in ("mehmet", "fatma", "ambar", "kayit", "deniz"):
        with pytest.raises(NotAllowed):
            house.does(who, lambda acting: depot_orders.give(acting, order.id))
    assert refused(house, "kemal", lambda acting: depot_orders.refuse(acting, order.id, " ")) == "order_reason"
    no = house.does("kemal", lambda acting: depot_orders.refuse(acting, order.id, "Yenisi beklensin"))
    assert (no.state, no.reason) == (OrderState.REFUSED, "Yenisi beklensin")
    assert refused(house, "kemal", lambda acting: depot_orders.give(acting, order.id)) == "order_refused"
    again = house.does("mehmet", lambda acting: depot_orders.ask(acting, [device.id], to))
    assert again.id != order.id
    house.does("kemal", lambda acting: depot_orders.give(acting, again.id))
    assert refused(house, "kemal", lambda acting: depot_orders.refuse(acting, again.id, "x")) == "order_given"
    other = house.ids["hasan"]
    assert refused(house, "mehmet", lambda acting: handing.make(acting, [device.id], other)) == "handover_order_missing"
    assert house.does("mehmet", lambda acting: handing.make(acting, [device.id], to)).state is HandoverState.WAITING
    on_desk = house.records(serial="X-1", place="2. kat 204")
    assert refused(house, "mehmet", lambda acting: depot_orders.ask(acting, [on_desk.id], to)) == "order_not_in_depot"


def test_whoever_acts_for_the_director_orders_in_their_place(house: House) -> None:
    device = in_depot(house)
    order = house.does("mehmet", lambda acting: depot_orders.ask(acting, [device.id], house.ids["ayse"]))

    def name(acting: Acting) -> None:
        about = {"office": Office.HARCAMA_YETKILISI, "starts": START.date(), "entered_at": START}
        kemal, fatma = house.ids["kemal"], house.ids["fatma"]
        acting.uow.officers.add(Officer(**about, person=kemal, entered_by=kemal))
        acting.uow.officers.add(Officer(**about, person=fatma, in_place_of=kemal, entered_by=kemal))

    house.does("kemal", name)
    made = house.does("fatma", lambda acting: depot_orders.give(acting, order.id))
    assert (made.decided_by, made.acting_for) == (house.ids["fatma"], house.ids["kemal"])
    lines = house.does("kemal", lambda acting: history.of(acting, device))
    assert (lines[-1].what, lines[-1].ref, lines[-1].acting_for) == (
        "ordered_out",
        str(order.number),
        (house.ids["kemal"],),
    )


def test_custody_changes_when_the_receiver_confirms_and_not_before(house: House) -> None:
    device = in_depot(house)
    handover = given(house, device)
    assert handover.text == (
        f"TB-{START.year}-00001\n1. Dizüstü, HP ProBook 450 · {device.number} · seri 5CD8123A00 · şarj aleti, çanta\n"
        "Cihazlar görev sonunda ya da birim değişince depoya iade edilir, başkasına verilmez."
    )
    assert now(house, device).custody.kind is CustodyKind.DEPOT
    assert refused(house, "hasan", lambda acting: confirming.confirm(acting, handover.id, handover.digest)) == (
        "handover_not_yours"
    )
    assert refused(house, "ayse", lambda acting: confirming.confirm(acting, handover.id, "x")) == "handover_changed"
    done = confirmed(house, "ayse", handover)
    held = now(house, device)
    assert (done.state, held.custody.holder, held.department) == (
        HandoverState.CONFIRMED,
        house.ids["ayse"],
        "Mali Hizmetler",
    )
    assert confirmed(house, "ayse", handover) == done  # pressed twice
    assert now(house, device) == held
    last = house.does("kemal", lambda acting: history.of(acting, device))[-1]
    assert (last.what, last.ref, last.who) == ("handed_over", str(handover.number), house.ids["ayse"])
    reason = refused(house, "mehmet", lambda acting: handing.make(acting, [device.id], house.ids["hasan"]))
    assert reason == "handover_held"


def test_an_order_lets_a_device_leave_once(house: House) -> None:
    device = in_depot(house)
    confirmed(house, "ayse", given(house, device))
    back = house.does("mehmet", lambda acting: taking_back.take_back(acting, {device.id: Returned.WHOLE}))
    assert (back.giver, back.state, now(house, device).custody.kind) == (
        house.ids["ayse"],
        HandoverState.CONFIRMED,
        CustodyKind.DEPOT,
    )
    reason = refused(house, "mehmet", lambda acting: handing.make(acting, [device.id], house.ids["ayse"]))
    assert reason == "handover_order_missing"


def test_of_two_at_once_the_second_hears_of_the_first(house: House) -> None:
    device = in_depot(house)
    first = given(house, device)
    with pytest.raises(Invalid) as caught:
        house.does("fatma", lambda acting: handing.make(acting, [device.id], house.ids["ayse"]))
    assert (caught.value.reason, caught.value.data["handover"]) == ("handover_under_way", first.number)
    with pytest.raises(NotAllowed):
        house.does("zeynep", lambda acting: handing.cancel(acting, first.id))
    assert house.does("mehmet", lambda acting: handing.cancel(acting, first.id))
    assert not house.does("fatma", lambda acting: handing.cancel(acting, first.id))
    assert refused(house, "ayse", lambda acting: confirming.confirm(acting, first.id, first.digest)) == "handover_over"
    given(house, device, ordered=False)


def test_a_line_falls_out_and_the_rest_is_confirmed_anew(house: House) -> None:
    one, other = in_depot(house), in_depot(house, "5CD8123A01")
    handover = given(house, one, other)
    less = house.does("ayse", lambda acting: confirming.fall_out(acting, handover.id, one.id, Problem.MISSING))
    assert str(one.number) not in less.text
    assert refused(house, "ayse", lambda acting: confirming.confirm(acting, handover.id, handover.digest)) == (
        "handover_changed"
    )
    assert house.does("ayse", lambda acting: confirming.fall_out(acting, less.id, one.id, Problem.DAMAGED)) == less
    nowhere = house.records(serial="5CD8123A02")
    unknown = refused(house, "ayse", lambda acting: confirming.fall_out(acting, less.id, nowhere.id, Problem.DAMAGED))
    assert unknown == "handover_no_such_line"
    confirmed(house, "ayse", less)
    assert (now(house, one).custody.kind, now(house, other).custody.kind) == (CustodyKind.DEPOT, CustodyKind.PERSON)
    last = given(house, one, ordered=False)
    none = house.does("ayse", lambda acting: confirming.fall_out(acting, last.id, one.id, Problem.OTHER_DEVICE))
    assert none.state is HandoverState.REFUSED


def test_who_is_not_verified_signs_paper(house: House) -> None:
    device = in_depot(house)
    handover = given(house, device, to="zeynep")
    reason = refused(house, "zeynep", lambda acting: confirming.confirm(acting, handover.id, handover.digest))
    assert reason == "handover_unverified"
    with pytest.raises(NotAllowed):
        house.does("ayse", lambda acting: confirming.confirm_on_paper(acting, handover.id))
    house.does("mehmet", lambda acting: confirming.confirm_on_paper(acting, handover.id))
    assert now(house, device).custody.holder == house.ids["zeynep"]


def test_a_common_area_is_nobodys_zimmet(house: House) -> None:
    printer = house.records(serial="P-1")
    key = house.ids["ayse"]
    made = house.does("mehmet", lambda acting: handing.make(acting, [printer.id], key, common=True))
    confirmed(house, "ayse", made)
    custody = now(house, printer).custody
    assert (custody.kind, custody.keeper, custody.holder) == (CustodyKind.SHARED, key, None)


def test_a_devir_needs_both_or_lapses(house: House) -> None:
    device = in_depot(house)
    confirmed(house, "ayse", given(house, device))
    hasan = house.ids["hasan"]
    with pytest.raises(NotAllowed):
        house.does("hasan", lambda acting: handing.swap(acting, [device.id], hasan))
    swap = house.does("ayse", lambda acting: handing.swap(acting, [device.id], hasan))
    confirmed(house, "hasan", swap)
    assert now(house, device).custody.holder == house.ids["ayse"]
    house.now += SWAP_KEPT - timedelta(seconds=1)
    assert house.does("kemal", handing.lapse) == []
    house.now += timedelta(seconds=1)
    assert refused(house, "ayse", lambda acting: confirming.confirm(acting, swap.id, swap.digest)) == "handover_over"
    assert [one.state for one in house.does("kemal", handing.lapse)] == [HandoverState.LAPSED]
    assert now(house, device).custody.holder == house.ids["ayse"]
    again = house.does("mehmet", lambda acting: handing.swap(acting, [device.id], hasan))
    confirmed(house, "ayse", again)
    confirmed(house, "hasan", again)
    assert now(house, device).custody.holder == hasan
    lines = house.does("kemal", lambda acting: history.of(acting, device))[-2:]
    assert [(one.what, one.ref) for one in lines] == [
        ("returned", str(again.number)),
        ("handed_over", str(again.number)),
    ]


def test_what_was_done_meanwhile_stops_the_confirmation(house: House) -> None:
    device = house.records(serial="Q-1")
    handover = given(house, device, ordered=False)
    held = Custody(kind=CustodyKind.PERSON, holder=house.ids["hasan"])
    house.does("fatma", lambda acting: recording.give(acting, device.id, held))
    assert refused(house, "ayse", lambda acting: confirming.confirm(acting, handover.id, handover.digest)) == (
        "handover_held"
    )

    def leave(acting: Acting) -> None:
        person = acting.uow.people.get(house.ids["ayse"])
        acting.uow.people.save(replace(person, left_at=acting.now))

    house.does("kemal", leave)
    other = house.records(serial="Q-2")
    reason = refused(house, "mehmet", lambda acting: handing.make(acting, [other.id], house.ids["ayse"]))
    assert reason == "handover_receiver_left"


def test_what_comes_back_says_how(house: House) -> None:
    device = house.records(serial="R-1", condition=Condition.WORKS)
    short = {device.id: Returned.INCOMPLETE}
    assert refused(house, "mehmet", lambda acting: taking_back.take_back(acting, short)) == "handover_return_note"
    back = house.does("mehmet", lambda acting: taking_back.take_back(acting, short, note="şarj aleti yok"))
    assert (back.lines[0].returned, back.lines[0].note) == (Returned.INCOMPLETE, "şarj aleti yok")
    assert (
        refused(house, "mehmet", lambda acting: taking_back.take_back(acting, short, note="x")) == "handover_in_depot"
    )
    assert refused(house, "mehmet", lambda acting: handing.make(acting, [], house.ids["ayse"])) == "handover_lines"
    twice = [device.id, device.id]
    reason = refused(house, "mehmet", lambda acting: handing.make(acting, twice, house.ids["ayse"]))
    assert reason == "handover_device_twice"
    with pytest.raises(NotAllowed):
        house.does("ayse", lambda acting: taking_back.take_back(acting, short, note="x"))


def test_an_order_is_used_up_by_what_came_into_the_depot_meanwhile(house: House) -> None:
    device = house.records(serial="S-1")
    handover = given(house, device, ordered=False)
    house.does("fatma", lambda acting: recording.give(acting, device.id, DEPOT))
    assert refused(house, "ayse", lambda acting: confirming.confirm(acting, handover.id, handover.digest)) == (
        "handover_order_missing"
    )
    order = house.does("mehmet", lambda acting: depot_orders.ask(acting, [device.id], house.ids["ayse"]))
    house.does("kemal", lambda acting: depot_orders.give(acting, order.id))
    assert confirmed(house, "ayse", handover).lines[0].order == order.id
    house.does("mehmet", lambda acting: taking_back.take_back(acting, {device.id: Returned.WHOLE}))
    reason = refused(house, "mehmet", lambda acting: handing.make(acting, [device.id], house.ids["ayse"]))
    assert reason == "handover_order_missing"


def test_a_device_that_is_withdrawn_or_merged_meanwhile_is_in_nobodys_zimmet(house: House) -> None:
    gone, twice, kept = (house.records(serial=serial) for serial in ("T-1", "", "T-3"))
    asked = [given(house, one, ordered=False) for one in (gone, twice)]
    house.does("fatma", lambda acting: recording.withdraw(acting, gone.id))
    house.does("fatma", lambda acting: merging.merge(acting, twice.id, kept.id))
    reasons = [
        refused(house, "ayse", lambda acting, one=one: confirming.confirm(acting, one.id, one.digest)) for one in asked
    ]
    assert reasons == ["device_withdrawn", "device_merged"]
    assert [now(house, one).custody.holder for one in (gone, twice, kept)] == [None, None, None]
    assert house.does("mehmet", lambda acting: handing.cancel(acting, asked[0].id))


def test_all_of_a_list_moves_or_nothing_and_to_nobody_who_left(house: House) -> None:
    free, held = house.records(serial="U-1"), house.records(serial="U-2")
    handover = given(house, free, held, ordered=False)
    custody = Custody(kind=CustodyKind.PERSON, holder=house.ids["hasan"])
    house.does("fatma", lambda acting: recording.give(acting, held.id, custody))
    assert refused(house, "ayse", lambda acting: confirming.confirm(acting, handover.id, handover.digest)) == (
        "handover_held"
    )
    assert now(house, free).custody.holder is None
    other = given(house, house.records(serial="U-3"), ordered=False)

    def leave(acting: Acting) -> None:
        person = acting.uow.people.get(house.ids["ayse"])
        acting.uow.people.save(replace(person, left_at=acting.now))

    house.does("kemal", leave)
    reason = refused(house, "mehmet", lambda acting: confirming.confirm_on_paper(acting, other.id))
    assert reason == "handover_receiver_left"
