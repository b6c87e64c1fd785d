"""Items of the depot, their movements, and uses that no stock covers: the same from every store."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from handlers.domain.devices import Description, Device, number_of
from handlers.domain.errors import NotFound, Stale
from handlers.domain.numbers import Series
from handlers.domain.people import PersonId
from handlers.domain.stock import Item, ItemId, ItemKind, MonthPrint, MoveId, PendingUse, StockMove, Why
from handlers.ports import Transactions, UnitOfWork
from tests.clock import START
from tests.storage.builders import add_person, open_ticket

TONER = Item(
    code="TN-2421",
    name="Toner (siyah)",
    unit="adet",
    movable_code="150.01.02",
    minimum=5,
    target=20,
    shelf="A3",
    kind=ItemKind.CONSUMABLE,
    fits=("Brother HL-L2350DW",),
    recorded_at=START,
)


def move(uow: UnitOfWork, item: ItemId, delta: int, why: Why, who: PersonId, **about: Any) -> StockMove:
    number = uow.counters.next(Series.STOCK_MOVE, 2026)
    said = {"at": START, **about}
    return uow.stock.add(StockMove(number=number, item=item, delta=delta, why=why, who=who, **said))


def test_items_come_back_and_no_two_have_one_code(store: Transactions) -> None:
    kept = store.write(lambda uow: uow.stock.add_item(TONER))
    drum = store.write(lambda uow: uow.stock.add_item(Item(code="DR-2400", name="Drum", recorded_at=START)))
    assert store.write(lambda uow: uow.stock.item(kept.id, to_change=True)) == kept
    assert store.read(lambda uow: uow.stock.by_code("tn 2421")) == kept
    assert store.read(lambda uow: uow.stock.by_code("tn2450")) is None
    assert [one.code for one in store.read(lambda uow: uow.stock.items())] == ["DR-2400", "TN-2421"]
    saved = store.write(lambda uow: uow.stock.save_item(replace(kept, minimum=3, active=False)))
    assert (saved.version, saved.minimum) == (1, 3)
    for refused in (
        lambda uow: uow.stock.save_item(kept),
        lambda uow: uow.stock.add_item(replace(TONER, code="tn2421")),
        lambda uow: uow.stock.save_item(replace(drum, code="TN.2421")),
    ):
        with pytest.raises(Stale):
            store.write(refused)
    with pytest.raises(NotFound):
        store.read(lambda uow: uow.stock.item(ItemId(99_999)))


def test_what_is_left_is_the_sum_and_never_below_nothing(store: Transactions) -> None:
    def work(uow: UnitOfWork) -> tuple[Item, PersonId, StockMove]:
        who = add_person(uow, "ambar")
        item = uow.stock.add_item(TONER)
        return item, who, move(uow, item.id, 4, Why.RECEIVED, who, document="4431", note="kutu ezik")

    item, who, came = store.write(work)
    used = store.write(lambda uow: move(uow, item.id, -3, Why.USED, who))
    assert store.read(lambda uow: (uow.stock.left_of(item.id), dict(uow.stock.left()))) == (1, {item.id: 1})
    with pytest.raises(Stale):
        store.write(lambda uow: move(uow, item.id, -2, Why.USED, who))
    back = store.write(lambda uow: move(uow, item.id, 3, Why.UNDONE, who, undoes=used.id))
    with pytest.raises(Stale):
        store.write(lambda uow: move(uow, item.id, 3, Why.UNDONE, who, undoes=used.id))
    assert store.read(lambda uow: uow.stock.undone_by([used.id, back.id])) == {used.id: back}
    assert store.read(lambda uow: uow.stock.undone_by([])) == {}
    assert store.read(lambda uow: uow.stock.moves(item.id, limit=2)) == [back, used]
    assert store.read(lambda uow: uow.stock.moves(item.id, before=used.id)) == [came]
    assert store.read(lambda uow: uow.stock.move(came.id)) == came
    assert store.read(lambda uow: (uow.stock.received_by("4431"), uow.stock.received_by("4432"))) == ([came], [])
    store.write(lambda uow: move(uow, item.id, -4, Why.UNDONE, who, undoes=came.id))
    assert store.read(lambda uow: uow.stock.received_by("4431")) == []
    assert store.read(lambda uow: uow.counters.last(Series.STOCK_MOVE, 2026)) == 4, "what was refused took no number"
    with pytest.raises(NotFound):
        store.read(lambda uow: uow.stock.move(MoveId(99_999)))


def test_what_was_used_for_whom_and_on_what(store: Transactions) -> None:
    def work(uow: UnitOfWork) -> tuple[ItemId, ItemId, int, int]:
        who = add_person(uow, "mehmet")
        ticket = open_ticket(uow, add_person(uow, "ayse"), category="toner-bitti")
        printer = uow.devices.add(
            Device(number=number_of(1), description=Description(kind="yazici"), recorded_at=START)
        )
        toner = uow.stock.add_item(TONER).id
        drum = uow.stock.add_item(Item(code="DR-2400", name="Drum", recorded_at=START)).id
        for item in (toner, drum):
            move(uow, item, 20, Why.RECEIVED, who)
        on: dict[str, Any] = {"ticket": ticket.id, "device": printer.id, "department": "Mali Hizmetler"}
        for _ in range(3):
            move(uow, toner, -1, Why.USED, who, **on)
        wrong = move(uow, toner, -2, Why.USED, who, **on)
        move(uow, toner, 2, Why.UNDONE, who, undoes=wrong.id, at=START + timedelta(hours=1))
        move(uow, toner, -4, Why.GIVEN, who, department="Fen İşleri")
        move(uow, toner, -1, Why.LOST, who)
        move(uow, drum, -1, Why.USED, who, **on)
        return toner, drum, ticket.id, printer.id

    toner, drum, ticket, printer = store.write(work)
    since, until = START - timedelta(days=1), START + timedelta(days=1)
    assert store.read(lambda uow: uow.stock.used(since, until)) == [
        (toner, "Fen İşleri", 4),
        (toner, "Mali Hizmetler", 3),
        (drum, "Mali Hizmetler", 1),
    ]
    assert store.read(lambda uow: uow.stock.used(until, until + timedelta(days=1))) == []
    assert list(store.read(lambda uow: uow.stock.used_on("toner-bitti", since)).items()) == [(toner, 3), (drum, 1)]
    assert store.read(lambda uow: uow.stock.used_on("yazici", since)) == {}
    mehmet = store.read(lambda uow: uow.stock.moves(toner)[0].who)
    counts = store.read(lambda uow: (uow.stock.count_of(mehmet), uow.stock.count_of(PersonId(99_999))))
    assert counts == (10, 0)
    assert store.read(lambda uow: uow.stock.devices(toner)) == [printer] * 3
    assert len(store.read(lambda uow: uow.stock.of_ticket(ticket))) == 5, "what takes back stands without its ticket"  # type: ignore[arg-type] # an id
    assert store.read(lambda uow: uow.stock.last_moved()) == {toner: START, drum: START}
    assert store.read(lambda uow: uow.stock.used_by_device(since, until)) == [(printer, toner, 3), (printer, drum, 1)]
    moves = store.read(lambda uow: uow.stock.between(since, until))
    assert [one.number.place for one in moves] == list(range(1, 11))
    assert store.read(lambda uow: uow.stock.several([moves[3].id, moves[1].id])) == [moves[1], moves[3]]
    assert store.read(lambda uow: uow.stock.between(until, until + timedelta(days=1))) == []
    later = START + timedelta(minutes=1)
    assert store.read(lambda uow: (uow.stock.left_before(START), uow.stock.left_before(later))) == (
        {},
        {toner: 10, drum: 19},
    )


def test_what_is_on_its_way_and_which_months_were_taken(store: Transactions) -> None:
    day = START.date()
    who = store.write(lambda uow: add_person(uow, "mehmet"))
    item = store.write(lambda uow: uow.stock.add_item(replace(TONER, ordered_until=day)))
    assert store.read(lambda uow: uow.stock.item(item.id)).ordered_until == day
    assert store.read(lambda uow: uow.stock.printed_at("2026-11")) is None
    for hours in (1, 2):
        at = START + timedelta(hours=hours)
        one = MonthPrint(month="2026-11", at=at, by=who)
        store.write(lambda uow, one=one: uow.stock.add_print(one))  # type: ignore[misc] # bound at once
    assert store.read(lambda uow: uow.stock.printed_at("2026-11")) == START + timedelta(hours=1)


def test_uses_wait_until_they_are_settled_or_withdrawn(store: Transactions) -> None:
    def work(uow: UnitOfWork) -> tuple[PendingUse, PendingUse, PersonId]:
        who = add_person(uow, "mehmet")
        item = uow.stock.add_item(TONER)
        first, other = (
            uow.stock.add_pending(PendingUse(item=item.id, quantity=n, at=START, who=who, department="Mali Hizmetler"))
            for n in (1, 2)
        )
        return first, other, who

    first, other, who = store.write(work)
    assert store.read(lambda uow: uow.stock.pending()) == [first, other]
    assert store.read(lambda uow: uow.stock.pending([ItemId(99_999)])) == []
    store.write(lambda uow: move(uow, first.item, 1, Why.RECEIVED, who))
    settling = store.write(lambda uow: move(uow, first.item, -1, Why.USED, who))
    store.write(lambda uow: uow.stock.save_pending(replace(first, settled_by=settling.id)))
    store.write(lambda uow: uow.stock.save_pending(replace(other, withdrawn_at=START)))
    assert store.read(lambda uow: uow.stock.pending([first.item])) == []
    assert store.write(lambda uow: uow.stock.pending_use(first.id, to_change=True)).settled_by == settling.id
    with pytest.raises(NotFound):
        store.write(lambda uow: uow.stock.save_pending(replace(first, id=99_999)))
    with pytest.raises(NotFound):
        store.read(lambda uow: uow.stock.pending_use(99_999))


def test_of_many_who_take_the_last_ones_at_once_as_many_get_one_as_there_are(store: Transactions) -> None:
    def work(uow: UnitOfWork) -> tuple[ItemId, PersonId]:
        who, item = add_person(uow, "mehmet"), uow.stock.add_item(TONER)
        move(uow, item.id, 2, Why.RECEIVED, who)
        return item.id, who

    item, who = store.write(work)

    def take(uow: UnitOfWork) -> bool:
        uow.stock.item(item, to_change=True)
        if uow.stock.left_of(item) < 1:
            return False
        move(uow, item, -1, Why.USED, who)
        return True

    with ThreadPoolExecutor(4) as together:
        got = list(together.map(lambda _: store.write(take), range(6)))
    assert sorted(got) == [False] * 4 + [True] * 2
    assert store.read(lambda uow: uow.stock.left_of(item)) == 0
