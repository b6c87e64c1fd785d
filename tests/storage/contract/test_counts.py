"""What `uow.counts` promises, on every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from handlers.counts import closing, counting
from handlers.domain.counts import Count, Counter, CountId, CountLine, Scope, SeenBy
from handlers.domain.devices import Custody, CustodyKind, Description, Device, DeviceId, number_of
from handlers.domain.errors import NotAllowed, NotFound, Stale
from handlers.domain.numbers import Number, Series
from handlers.domain.people import PersonId
from handlers.domain.places import Place, PlaceId, Spot
from handlers.domain.stock import Item, ItemId, PendingUse, Why
from handlers.ports import Transactions, UnitOfWork
from handlers.stock import items, moving
from handlers.stock.items import Said
from tests.clock import START
from tests.handlers.devices.house import House
from tests.handlers.test_counts import begun as opened
from tests.handlers.test_counts import refused
from tests.storage.builders import add_person


def begun(uow: UnitOfWork) -> tuple[Count, PersonId, PlaceId, DeviceId, ItemId]:
    people = [add_person(uow, handle) for handle in ("mehmet", "fatma", "kayit")]
    place = uow.places.add(Place(spot=Spot("", "3", "312"))).id
    printer = Device(number=number_of(1), description=Description(kind="yazici"), recorded_at=START)
    device = uow.devices.add(printer).id
    item = uow.stock.add_item(Item(code="TN-2421", name="Toner", recorded_at=START)).id
    counters = tuple(Counter(person=one) for one in people)
    made = Count(
        number=Number(Series.COUNT, 2026, 1),
        scope=Scope.ROOM,
        place=place,
        counters=counters,
        opened_by=people[0],
        opened_at=START,
    )
    return uow.counts.add(made), people[0], place, device, item


def test_a_count_is_kept_with_who_counts(store: Transactions) -> None:
    count, mehmet, place, _, _ = store.write(begun)
    assert store.read(lambda uow: uow.counts.get(count.id)) == count
    assert store.read(lambda uow: uow.counts.by_number("SY-2026-01")) == count
    assert store.read(lambda uow: uow.counts.by_number("SY-2026-02")) is None
    moved = store.write(lambda uow: uow.counts.save(count.standing_in(mehmet, place)))
    assert store.read(lambda uow: uow.counts.get(count.id).place_of(mehmet)) == place
    assert {one.person for one in moved.counters} == set(count.board)
    with pytest.raises(Stale):
        store.write(lambda uow: uow.counts.save(count))
    closed = replace(moved, closed_by=mehmet, closed_at=START)
    assert store.read(lambda uow: [one.id for one in uow.counts.open()]) == [count.id]
    store.write(lambda uow: uow.counts.save(closed))
    assert store.read(lambda uow: (uow.counts.open(), [one.id for one in uow.counts.latest()])) == ([], [count.id])
    with pytest.raises(NotFound):
        store.read(lambda uow: uow.counts.get(CountId(99_999)))


def test_of_each_thing_there_is_one_line(store: Transactions) -> None:
    count, mehmet, place, device, item = store.write(begun)
    seen: dict[str, Any] = {"by": mehmet, "at": START, "place": place}
    of_device = CountLine(device=device, expected=1, seen=1, how=SeenBy.LABEL, recorded=place, **seen)
    kept = store.write(lambda uow: uow.counts.put(count.id, of_device))
    with pytest.raises(Stale):
        store.write(lambda uow: uow.counts.put(count.id, of_device))
    counted = store.write(lambda uow: uow.counts.put(count.id, CountLine(item=item, expected=12, seen=9, **seen)))
    again = replace(counted, again=10)
    store.write(lambda uow: uow.counts.put(count.id, again))
    found = [
        store.write(lambda uow, note=note: uow.counts.put(count.id, CountLine(seen=1, note=note, file="f1", **seen)))  # type: ignore[misc] # bound at once
        for note in ("HP", "Canon")
    ]
    assert store.read(lambda uow: uow.counts.lines(count.id)) == [kept, again, *found]
    assert store.read(lambda uow: uow.counts.of_device(count.id, device)) == kept
    assert store.read(lambda uow: [uow.counts.shows(one) for one in ("f1", "f2", "")]) == [True, False, False]
    assert store.read(lambda uow: uow.counts.of_item(count.id, item)) == again
    assert store.read(lambda uow: uow.counts.of_device(count.id, DeviceId(99_999))) is None
    store.write(lambda uow: uow.counts.remove(count.id, kept.id))
    with pytest.raises(NotFound):
        store.read(lambda uow: uow.counts.line(count.id, kept.id))
    with pytest.raises(NotFound):
        store.write(lambda uow: uow.counts.remove(count.id, kept.id))


def test_who_counted_under_another_name_did(store: Transactions) -> None:
    count, mehmet, _, device, _ = store.write(begun)
    line = CountLine(device=device, expected=1, seen=1, by=mehmet, at=START)
    store.write(lambda uow: uow.counts.put(count.id, line))
    assert store.read(lambda uow: uow.counts.count_of(mehmet)) == 1
    zeynep = store.write(lambda uow: add_person(uow, "zeynep"))
    store.write(lambda uow: uow.counts.move(mehmet, zeynep))
    assert store.read(lambda uow: (uow.counts.count_of(mehmet), uow.counts.count_of(zeynep))) == (0, 1)
    assert store.read(lambda uow: zeynep in uow.counts.get(count.id).board)


def test_example_12(store: Transactions) -> None:
    """A wrong place, something without a record, something twice, and what is with people."""
    house = House(store)
    here, there = house.records(place="3. kat 312", model="M404dn"), house.records(place="2. kat 214", model="M15w")
    with_ayse = Custody(kind=CustodyKind.PERSON, holder=house.ids["ayse"])
    laptop = house.records(kind="dizustu", custody=with_ayse, model="ProBook")
    count = opened(house)
    house.does("mehmet", lambda acting: counting.stand_at(acting, count.id, "3. kat 312"))
    first = house.does("mehmet", lambda acting: counting.see(acting, count.id, here.id, SeenBy.LABEL))
    twice = house.does("kayit", lambda acting: counting.see(acting, count.id, here.id, SeenBy.LABEL))
    assert (first.twice, twice.twice, twice.line.by) == (False, True, house.ids["mehmet"])
    assert house.does("mehmet", lambda acting: counting.see(acting, count.id, there.id, SeenBy.HAND)).elsewhere
    house.does("mehmet", lambda acting: counting.note_found(acting, count.id, "Etiketsiz HP yazıcı"))
    closed = house.does("ambar", lambda acting: closing.close(acting, count.id))
    assert closed.closed_by == house.ids["ambar"]
    lines = store.read(lambda uow: uow.counts.lines(count.id))
    assert [(one.device, one.how, one.seen) for one in lines] == [
        (here.id, SeenBy.LABEL, 1),
        (there.id, SeenBy.HAND, 1),
        (None, SeenBy.HAND, 1),
        (laptop.id, SeenBy.RECORD, 1),
    ]
    assert store.read(lambda uow: uow.devices.get(laptop.id)) == laptop, "nothing of people's devices changed"


def test_differences_are_written_by_the_director_and_cover_what_is_askida(store: Transactions) -> None:
    """The rest of example 12 of the stores."""
    house = House(store)
    codes = ("TN-2421", "DR-2400", "HDMI")
    kept = [house.does("ambar", lambda acting, c=code: items.record(acting, Said(code=c))) for code in codes]
    for item, quantity in zip(kept, (12, 3, 4), strict=True):
        house.does("ambar", lambda acting, i=item, q=quantity: moving.receive(acting, i.id, q))
    waits = PendingUse(item=kept[1].id, quantity=2, at=house.now, who=house.ids["mehmet"], department="Fen İşleri")
    store.write(lambda uow: uow.stock.add_pending(waits))
    house.now += timedelta(minutes=1)
    count = opened(house, Scope.DEPOT)
    for item, numbers in zip(kept, ((9, 9), (3,), (4,)), strict=True):
        for number in numbers:
            house.does("mehmet", lambda a, i=item, n=number: counting.count_item(a, count.id, i.id, n))
    assert refused(house, "kemal", lambda acting: closing.write_differences(acting, count.id)) == "count_still_open"
    house.does("ambar", lambda acting: closing.close(acting, count.id))
    with pytest.raises(NotAllowed):
        house.does("fatma", lambda acting: closing.write_differences(acting, count.id))
    house.does("kemal", lambda acting: closing.write_differences(acting, count.id))
    assert refused(house, "kemal", lambda acting: closing.write_differences(acting, count.id)) == "count_written"
    left = [store.read(lambda uow, i=item: uow.stock.left_of(i.id)) for item in kept]
    assert left == [9, 3, 4]
    moves = store.read(lambda uow: uow.stock.moves(kept[1].id))
    assert [(one.why, one.delta, one.department) for one in moves[:2]] == [
        (Why.USED, -2, "Fen İşleri"),
        (Why.COUNTED, 2, ""),
    ]
    assert store.read(lambda uow: uow.stock.pending()) == []
