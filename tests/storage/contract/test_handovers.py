"""Handovers of devices, and orders out of the depot: the same from every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from handlers.domain.devices import Custody, CustodyKind, Description, Device, DeviceId, number_of
from handlers.domain.errors import NotFound, Stale
from handlers.domain.handovers import (
    DepotOrder,
    Direction,
    Handover,
    HandoverCode,
    HandoverId,
    HandoverLine,
    HandoverState,
    How,
    OrderId,
    OrderState,
    Problem,
    StandingOrder,
    StandingOrderId,
)
from handlers.domain.numbers import Series
from handlers.domain.people import PersonId
from handlers.ports import Transactions, UnitOfWork
from tests.clock import START
from tests.storage.builders import add_person


def ground(uow: UnitOfWork) -> tuple[PersonId, PersonId, list[DeviceId]]:
    people = [add_person(uow, handle) for handle in ("ayse", "mehmet")]
    made = [
        uow.devices.add(
            Device(number=number_of(place), description=Description(serial=f"SN00{place}"), recorded_at=START)
        ).id
        for place in (1, 2)
    ]
    return people[0], people[1], made


def handover(uow: UnitOfWork, who: PersonId, devices: list[DeviceId], **about: Any) -> Handover:
    said = {"direction": Direction.GIVE, "receiver": who, **about}
    number = uow.counters.next(Series.HANDOVER, 2026)
    lines = tuple(HandoverLine(device=key, accessories="şarj aleti") for key in devices)
    return uow.handovers.add(
        Handover(number=number, lines=lines, text="1. Dizüstü", made_by=who, made_at=START, **said)
    )


def test_a_handover_comes_back_and_of_a_device_one_waits(store: Transactions) -> None:
    ayse, mehmet, (one, other) = store.write(ground)
    kept = store.write(lambda uow: handover(uow, ayse, [one, other]))
    assert store.read(lambda uow: uow.handovers.get(kept.id)) == kept
    with pytest.raises(Stale):
        store.write(lambda uow: handover(uow, mehmet, [other]))
    less = kept.without(one, Problem.MISSING, "kutuda yoktu")
    saved = store.write(lambda uow: uow.handovers.save(less))
    assert store.read(lambda uow: uow.handovers.open_of(one)) is None
    assert store.read(lambda uow: uow.handovers.open_of(other)) == saved
    with pytest.raises(Stale):
        store.write(lambda uow: uow.handovers.save(kept))
    done = replace(
        saved, state=HandoverState.CONFIRMED, receiver_at=START, how=How.CHAT, ended_at=START + timedelta(hours=1)
    )
    store.write(lambda uow: uow.handovers.save(done))
    swap = store.write(lambda uow: handover(uow, mehmet, [other], direction=Direction.SWAP, giver=ayse))
    assert [one.id for one in store.read(lambda uow: uow.handovers.of_device(other))] == [swap.id, kept.id]
    assert store.read(lambda uow: uow.handovers.waiting_of(ayse)) == [swap]
    assert store.read(lambda uow: uow.handovers.waiting()) == [swap]
    store.write(lambda uow: uow.handovers.move(ayse, mehmet))
    assert store.read(lambda uow: uow.handovers.waiting_of(ayse)) == []
    swap = replace(swap, giver=mehmet)
    assert store.read(lambda uow: uow.handovers.get(kept.id)).made_by == mehmet
    assert store.read(lambda uow: uow.handovers.swaps_before(START)) == [swap]
    assert store.read(lambda uow: uow.handovers.swaps_before(START - timedelta(seconds=1))) == []
    assert store.read(lambda uow: uow.handovers.latest(before=swap.id)) == [
        store.read(lambda uow: uow.handovers.get(kept.id))
    ]
    with pytest.raises(NotFound):
        store.read(lambda uow: uow.handovers.get(HandoverId(99_999)))


def test_an_order_comes_back_and_is_decided_once(store: Transactions) -> None:
    ayse, mehmet, (one, other) = store.write(ground)

    def ask(uow: UnitOfWork) -> DepotOrder:
        number = uow.counters.next(Series.DEPOT_ORDER, 2026)
        made = DepotOrder(number=number, devices=(other, one), receiver=ayse, asked_by=mehmet, asked_at=START)
        return uow.handovers.add_order(made)

    asked = store.write(ask)
    assert store.read(lambda uow: uow.handovers.order(asked.id)) == asked
    given = replace(asked, state=OrderState.GIVEN, decided_by=ayse, acting_for=mehmet, decided_at=START, channel="web")
    saved = store.write(lambda uow: uow.handovers.save_order(given))
    with pytest.raises(Stale):
        store.write(lambda uow: uow.handovers.save_order(given))
    later = store.write(ask)
    assert store.read(lambda uow: uow.handovers.orders_of(one)) == [later, saved]
    assert store.read(lambda uow: uow.handovers.orders(before=later.id)) == [saved]
    with pytest.raises(NotFound):
        store.read(lambda uow: uow.handovers.order(OrderId(99_999)))


def test_what_is_outside_is_found_by_the_day_it_is_due(store: Transactions) -> None:
    ayse, mehmet, (one, other) = store.write(ground)
    out = {"outside": "Defne Bilişim", "due_back": date(2026, 12, 15), "stands_at": "koridor"}
    kept = store.write(lambda uow: handover(uow, mehmet, [one], **out))
    plain = store.write(lambda uow: handover(uow, ayse, [other]))
    assert store.read(lambda uow: uow.handovers.outside_due(date(2027, 1, 1))) == []
    done = replace(
        kept,
        state=HandoverState.CONFIRMED,
        receiver_at=START,
        how=How.PAPER,
        channel="web",
        page="dosya",
        ended_at=START,
    )
    saved = store.write(lambda uow: uow.handovers.save(done))
    assert store.read(lambda uow: uow.handovers.outside_due(date(2026, 12, 15))) == [], "none of it is away"

    def away(uow: UnitOfWork) -> None:
        uow.devices.save(replace(uow.devices.get(one), custody=Custody(kind=CustodyKind.AWAY)))

    store.write(away)
    assert store.read(lambda uow: uow.handovers.outside_due(date(2026, 12, 14))) == []
    assert store.read(lambda uow: uow.handovers.outside_due(date(2026, 12, 15))) == [saved]
    assert store.read(lambda uow: uow.handovers.by_number(str(kept.number))) == saved
    assert store.read(lambda uow: uow.handovers.by_number("TB-2026-09999")) is None
    assert store.read(lambda uow: uow.handovers.of_person(ayse)) == [plain]
    assert store.read(lambda uow: uow.handovers.count_of(ayse)) == 1
    assert store.read(lambda uow: uow.handovers.signed_pages({"dosya", "x", ""})) == {"dosya"}
    assert store.read(lambda uow: uow.handovers.signed_pages(())) == frozenset()


def test_of_a_handover_there_is_one_code(store: Transactions) -> None:
    ayse, mehmet, (one, _) = store.write(ground)
    kept = store.write(lambda uow: handover(uow, ayse, [one]))
    assert store.read(lambda uow: uow.handovers.code(kept.id)) is None
    first = HandoverCode(handover=kept.id, digest="d1", made_by=mehmet, made_at=START)
    store.write(lambda uow: uow.handovers.put_code(first))
    later = replace(first, digest="d2", wrong=1, used_at=START)
    store.write(lambda uow: uow.handovers.put_code(later))
    assert store.read(lambda uow: uow.handovers.code(kept.id)) == later


def test_orders_of_a_day_that_wait_and_that_nobody_signed(store: Transactions) -> None:
    ayse, mehmet, (one, _) = store.write(ground)

    def ask(uow: UnitOfWork, **about: Any) -> DepotOrder:
        number = uow.counters.next(Series.DEPOT_ORDER, 2026)
        made = DepotOrder(number=number, devices=(one,), receiver=ayse, asked_by=mehmet, asked_at=START, **about)
        return uow.handovers.add_order(made)

    given: dict[str, Any] = {"state": OrderState.GIVEN, "decided_by": ayse, "decided_at": START, "channel": "web"}
    held = StandingOrder(
        kinds=("dizustu", "monitor"),
        starts=date(2026, 12, 1),
        ends=date(2026, 12, 31),
        document="2026/1412",
        given_by=ayse,
        acting_for=mehmet,
        given_at=START,
    )
    standing = store.write(lambda uow: uow.handovers.add_standing(held))
    asked = store.write(lambda uow: ask(uow, outside="Firma", plan="[[1],[]]"))
    bare = store.write(lambda uow: ask(uow, **given))
    by_it = store.write(lambda uow: ask(uow, **given, standing=standing.id, document="2026/1412"))
    refused = store.write(lambda uow: ask(uow, **{**given, "state": OrderState.REFUSED, "reason": "yok"}))
    after = START + timedelta(seconds=1)
    with_page = {"signed_by": mehmet, "signed_at": START, "page": "dosya", "document": "günlük"}
    signed = store.write(lambda uow: ask(uow, **given, **with_page))
    assert store.read(lambda uow: uow.handovers.orders_asked()) == [asked]
    assert store.read(lambda uow: uow.handovers.orders_decided(START, after)) == [bare, by_it, refused, signed]
    assert store.read(lambda uow: uow.handovers.orders_decided(after, after)) == []
    assert store.read(lambda uow: uow.handovers.orders_unsigned(after)) == [bare]
    assert store.read(lambda uow: uow.handovers.orders_unsigned(START)) == []
    assert store.read(lambda uow: uow.handovers.order_by_number(str(by_it.number))) == by_it
    assert store.read(lambda uow: uow.handovers.signed_pages({"dosya"})) == {"dosya"}
    store.write(lambda uow: uow.handovers.save_standing(replace(standing, withdrawn_at=START)))
    assert store.read(lambda uow: uow.handovers.standing(standing.id)) == replace(standing, withdrawn_at=START)
    assert store.read(lambda uow: [one.id for one in uow.handovers.standing_orders()]) == [standing.id]
    with pytest.raises(NotFound):
        store.read(lambda uow: uow.handovers.standing(StandingOrderId(999)))
    with pytest.raises(NotFound):
        store.write(lambda uow: uow.handovers.save_standing(replace(standing, id=StandingOrderId(999))))
