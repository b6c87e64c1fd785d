"""Lists of handovers and orders, and what the official ledger has of them: the same from every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.domain.errors import NotFound
from handlers.domain.handovers import DepotOrder, Direction, HandoverState, How, OrderState
from handlers.domain.numbers import Number, Series
from handlers.domain.official_records import OfficialRecord
from handlers.ports import HandoversWanted, Named, OrdersWanted, Transactions, UnitOfWork
from tests.clock import START
from tests.storage.contract.test_handovers import ground, handover


def test_a_page_has_what_was_asked_for(store: Transactions) -> None:
    ayse, mehmet, (one, other) = store.write(ground)
    first = store.write(lambda uow: handover(uow, ayse, [one]))
    done = replace(first, state=HandoverState.CONFIRMED, how=How.CHAT, receiver_at=START, ended_at=START)
    confirmed = store.write(lambda uow: uow.handovers.save(done))
    swap = store.write(lambda uow: handover(uow, ayse, [other], direction=Direction.SWAP, giver=mehmet))
    for wanted, found in (
        (HandoversWanted(), [swap, confirmed]),
        (HandoversWanted(states=frozenset({HandoverState.WAITING})), [swap]),
        (HandoversWanted(directions=frozenset({Direction.GIVE})), [confirmed]),
        (HandoversWanted(of=mehmet), [swap]),
        (HandoversWanted(official=False), [confirmed]),
        (HandoversWanted(official=True), []),
        (HandoversWanted(named=Named()), []),
        (HandoversWanted(named=Named(number=swap.number)), [swap]),
        (HandoversWanted(named=Named(people=frozenset({mehmet}))), [swap]),
        (HandoversWanted(named=Named(number=swap.number, devices=frozenset({one}))), [swap, confirmed]),
    ):

        def look(uow: UnitOfWork, wanted: HandoversWanted = wanted) -> tuple[object, int]:
            return uow.handover_lists.page(wanted), uow.handover_lists.count(wanted)

        assert store.read(look) == (found, len(found)), wanted
    assert store.read(lambda uow: uow.handover_lists.page(HandoversWanted(), after=swap.id)) == [confirmed]
    assert store.read(lambda uow: uow.handover_lists.page(HandoversWanted(), limit=1)) == [swap]
    assert store.read(lambda uow: uow.handover_lists.numbered(first.number)) == confirmed
    with pytest.raises(NotFound):
        store.read(lambda uow: uow.handover_lists.numbered(Number(Series.HANDOVER, 2026, 999)))


def test_the_official_number_of_an_act_is_kept_and_put_right(store: Transactions) -> None:
    ayse, mehmet, (one, other) = store.write(ground)
    kept = store.write(lambda uow: handover(uow, ayse, [one]))
    done = replace(kept, state=HandoverState.CONFIRMED, how=How.CHAT, receiver_at=START, ended_at=START)
    store.write(lambda uow: uow.handovers.save(done))
    open_one = store.write(lambda uow: handover(uow, ayse, [other]))
    wrong = OfficialRecord(handover=kept.id, document="2026/18", day=START.date(), entered_by=mehmet, entered_at=START)
    right = replace(wrong, document="2026/118", entered_at=START + timedelta(hours=1))
    for record in (wrong, right):
        store.write(lambda uow, record=record: uow.handover_lists.put_official(record))  # type: ignore[misc]
        assert store.read(lambda uow: uow.handover_lists.official([kept.id, open_one.id])) == {kept.id: record}
    assert store.read(lambda uow: uow.handover_lists.official([])) == {}
    found = store.read(lambda uow: uow.handover_lists.page(HandoversWanted(official=True)))
    assert [
        (len(found), found[0].id),
        store.read(lambda uow: uow.handover_lists.count(HandoversWanted(official=False))),
    ] == [
        (1, kept.id),
        0,
    ]


def test_orders_are_listed_by_what_became_of_them(store: Transactions) -> None:
    ayse, mehmet, (one, other) = store.write(ground)

    def ask(uow: UnitOfWork, key: int) -> DepotOrder:
        device = (one, other)[key]
        number = uow.counters.next(Series.DEPOT_ORDER, 2026)
        asked = DepotOrder(number=number, devices=(device,), receiver=ayse, asked_by=mehmet, asked_at=START)
        return uow.handovers.add_order(asked)

    first, second = (store.write(lambda uow, key=key: ask(uow, key)) for key in (0, 1))  # type: ignore[misc]
    given = replace(first, state=OrderState.GIVEN, decided_by=ayse, decided_at=START, channel="web")
    decided = store.write(lambda uow: uow.handovers.save_order(given))
    later = START + timedelta(days=1)
    for wanted, found in (
        (OrdersWanted(), [second, decided]),
        (OrdersWanted(states=frozenset({OrderState.ASKED})), [second]),
        (OrdersWanted(asked_by=ayse), []),
        (OrdersWanted(decided_since=START, decided_until=later), [decided]),
        (OrdersWanted(decided_since=START - timedelta(days=1), decided_until=START), []),
        (OrdersWanted(named=Named(number=second.number)), [second]),
        (OrdersWanted(named=Named(people=frozenset({ayse}))), [second, decided]),
        (OrdersWanted(named=Named(devices=frozenset({one}))), [decided]),
    ):

        def look(uow: UnitOfWork, wanted: OrdersWanted = wanted) -> tuple[object, int]:
            return uow.handover_lists.orders(wanted), uow.handover_lists.count_orders(wanted)

        assert store.read(look) == (found, len(found)), wanted
    assert store.read(lambda uow: uow.handover_lists.orders(OrdersWanted(), after=second.id, limit=5)) == [decided]
