"""Handovers of devices, and orders out of the depot: the same from every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from handlers.domain.devices import Description, Device, DeviceId, number_of
from handlers.domain.errors import NotFound, Stale
from handlers.domain.handovers import (
    DepotOrder,
    Direction,
    Handover,
    HandoverId,
    HandoverLine,
    HandoverState,
    How,
    OrderId,
    OrderState,
    Problem,
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
