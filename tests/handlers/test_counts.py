"""Counting: who may, what is seen, what is missing, and what is done about it (example 12 of the stores)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from handlers.context import Acting
from handlers.counts import closing, counting, opening
from handlers.counts.opening import Wanted
from handlers.devices import recording
from handlers.domain.counts import Count, Scope, SeenBy
from handlers.domain.devices import Custody, CustodyKind, Device, Ending
from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.store_events import Stream
from handlers.queries import counts as queries
from handlers.stock import items, moving
from handlers.stock.items import Said
from tests.handlers.devices.house import House

BOARD = ("mehmet", "kayit", "sevgi")


@pytest.fixture
def house() -> House:
    return House()


def wanted(house: House, scope: Scope = Scope.ALL, board: tuple[str, ...] = BOARD, **about: Any) -> Wanted:
    return Wanted(scope=scope, board=[house.ids[one] for one in board], **about)


def begun(house: House, scope: Scope = Scope.ALL, **about: Any) -> Count:
    return house.does("fatma", lambda acting: opening.open_count(acting, wanted(house, scope, **about)))


def refused(house: House, who: str, work: Callable[[Acting], object]) -> str:
    with pytest.raises(Invalid) as refusal:
        house.does(who, work)
    return refusal.value.reason


def test_a_board_has_three_and_the_registrar(house: House) -> None:
    for board in (("mehmet", "kayit"), ("mehmet", "fatma", "sevgi"), ("kayit", "kayit", "mehmet")):
        assert refused(house, "fatma", lambda acting, b=board: opening.open_count(acting, wanted(house, board=b))) == (
            "count_board"
        )
    for who in ("mehmet", "kayit", "kemal", "ayse"):
        with pytest.raises(NotAllowed):
            house.does(who, lambda acting: opening.open_count(acting, wanted(house)))
    count = begun(house)
    assert (str(count.number), count.is_open) == ("SY-2026-01", True)
    assert refused(house, "ambar", lambda acting: opening.open_count(acting, wanted(house))) == "count_open"


def test_seen_twice_is_once_and_a_wrong_place_is_told(house: House) -> None:
    here = house.records(place="3. kat 312", model="M404dn")
    there = house.records(place="2. kat 214", model="M15w")
    count = begun(house, Scope.ROOM, place="3. kat 312")
    with pytest.raises(NotAllowed):
        house.does("zeynep", lambda acting: counting.see(acting, count.id, here.id, SeenBy.LABEL))
    seen = house.does("mehmet", lambda acting: counting.see(acting, count.id, here.id, SeenBy.LABEL))
    assert (seen.twice, seen.elsewhere, seen.line.expected) == (False, False, 1)
    again = house.does("sevgi", lambda acting: counting.see(acting, count.id, here.id, SeenBy.HAND))
    assert (again.twice, again.line.by, again.line.how) == (True, house.ids["mehmet"], SeenBy.LABEL)
    wrong = house.does("mehmet", lambda acting: counting.see(acting, count.id, there.id, SeenBy.LABEL))
    assert (wrong.elsewhere, wrong.line.expected) == (True, 0)
    moved = house.does("mehmet", lambda acting: counting.put_right(acting, count.id, wrong.line.id))
    assert moved.place == here.place
    lines = house.store.read(lambda uow: uow.store_events.history(Stream.DEVICE, there.id))
    assert [(one.what, one.ref) for one in lines[-2:]] == [("counted", "SY-2026-01"), ("moved", "SY-2026-01")]
    page = house.does("deniz", lambda acting: queries.one(acting, "SY-2026-01"))
    assert [one.device.number.place for one in page.elsewhere] == [2]
    house.does("mehmet", lambda acting: counting.take_back(acting, count.id, seen.line.id))
    assert [one.device.id for one in house.does("kemal", lambda a: queries.one(a, "SY-2026-01")).missing] == [here.id]


def test_what_is_in_no_record_is_found_and_what_was_lost_is_back(house: House) -> None:
    count = begun(house)
    assert refused(house, "mehmet", lambda acting: counting.note_found(acting, count.id, " ")) == "count_found_what"
    line = house.does("mehmet", lambda acting: counting.note_found(acting, count.id, "HP yazıcı", "f1"))
    assert (line.device, line.note, line.file) == (None, "HP yazıcı", "f1")
    lost = house.records(model="M404dn")
    house.store.write(lambda uow: uow.devices.save(with_ending(uow.devices.get(lost.id))))
    seen = house.does("mehmet", lambda acting: counting.see(acting, count.id, lost.id, SeenBy.LABEL))
    assert seen.device.ending is None
    assert house.store.read(lambda uow: uow.devices.get(lost.id)).ending is None


def with_ending(device: Device) -> Device:
    return type(device)(**{**{n: getattr(device, n) for n in device.__dataclass_fields__}, "ending": Ending.LOST})


def test_malzeme_that_differs_is_counted_once_more(house: House) -> None:
    item = house.does("ambar", lambda acting: items.record(acting, Said(code="TN-2421")))
    house.does("ambar", lambda acting: moving.receive(acting, item.id, 12))
    count = begun(house, Scope.DEPOT)
    line, _ = house.does("mehmet", lambda acting: counting.count_item(acting, count.id, item.id, 9))
    assert (line.waits_for_second, line.expected, line.number) == (True, 12, 9)
    assert refused(house, "fatma", lambda acting: closing.close(acting, count.id)) == "count_again"
    line, _ = house.does("mehmet", lambda acting: counting.count_item(acting, count.id, item.id, 10))
    assert (line.waits_for_second, line.number, line.difference) == (False, 10, -2)
    room = house.does("fatma", lambda a: opening.open_count(a, wanted(house, Scope.ROOM, place="312")))
    assert refused(house, "mehmet", lambda a: counting.count_item(a, room.id, item.id, 1)) == "count_no_items"


def test_what_is_missing_is_explained_and_never_lost_by_itself(house: House) -> None:
    seen, missing = house.records(model="M404dn"), house.records(model="M15w")
    with_ayse = house.records(
        kind="dizustu", custody=Custody(kind=CustodyKind.PERSON, holder=house.ids["ayse"]), model="ProBook"
    )
    count = begun(house)
    house.does("mehmet", lambda acting: counting.see(acting, count.id, seen.id, SeenBy.HAND))
    assert refused(house, "fatma", lambda acting: closing.close(acting, count.id)) == "count_unexplained"
    assert refused(house, "fatma", lambda a: closing.explain(a, count.id, seen.id, "yok")) == "count_seen"
    house.does("fatma", lambda acting: closing.explain(acting, count.id, missing.id, "Sergide"))
    later = house.records(model="M15w")
    listed = house.does("fatma", lambda acting: queries.one(acting, "SY-2026-01")).missing
    assert [one.device.id for one in listed] == [later.id, missing.id], "those first that nobody explained"
    house.does("mehmet", lambda acting: counting.see(acting, count.id, later.id, SeenBy.HAND))
    assert refused(house, "fatma", lambda a: closing.say_lost(a, count.id, missing.id)) == "count_still_open"
    house.does("fatma", lambda acting: closing.close(acting, count.id))
    assert refused(house, "mehmet", lambda a: counting.see(a, count.id, missing.id, SeenBy.HAND)) == "count_closed"
    page = house.does("kemal", lambda acting: queries.one(acting, "SY-2026-01"))
    assert [(one.device.id, one.line.note) for one in page.missing if one.line] == [(missing.id, "Sergide")]
    people = house.store.read(lambda uow: uow.counts.of_device(count.id, with_ayse.id))
    assert people is not None
    assert (people.how, people.seen) == (SeenBy.RECORD, 1), "taken from the record"
    assert house.store.read(lambda uow: uow.devices.get(missing.id)).ending is None
    assert refused(house, "fatma", lambda a: closing.say_lost(a, count.id, seen.id)) == "count_not_missing"
    with pytest.raises(NotAllowed):
        house.does("mehmet", lambda acting: closing.say_lost(acting, count.id, missing.id))
    house.does("fatma", lambda acting: closing.say_lost(acting, count.id, missing.id))
    assert house.store.read(lambda uow: uow.devices.get(missing.id)).ending is Ending.LOST
    _, rows = house.does("kemal", lambda acting: queries.report(acting, "SY-2026-01"))
    by_name = {one.name: (one.recorded, one.shared, one.with_people, one.found, one.less) for one in rows}
    assert (1, 0, 1, 1, 0) in by_name.values(), "the one that Ayşe has"
    house.does("fatma", lambda acting: recording.give(acting, seen.id, Custody(kind=CustodyKind.AWAY)))
    house.records(model="Yeni")
    page, after = house.does("kemal", lambda acting: queries.report(acting, "SY-2026-01"))
    assert [(one.name, one.recorded, one.found) for one in after] == [
        (one.name, one.recorded, one.found) for one in rows
    ]
    assert (page.expected, page.done) == (3, 2), "what is closed stands, whatever the record says by now"


def test_the_depot_rests_by_the_directors_order(house: House) -> None:
    item = house.does("ambar", lambda acting: items.record(acting, Said(code="TN-2421")))
    local = house.now.astimezone(house.does("kemal", lambda acting: acting.desk.zone))
    until = (local + timedelta(hours=2)).time().replace(second=0, microsecond=0)
    assert (
        refused(
            house, "fatma", lambda a: opening.open_count(a, wanted(house, Scope.ROOM, place="312", freeze_until=until))
        )
        == "count_freeze_scope"
    )
    count = begun(house, Scope.DEPOT, freeze_until=until)
    house.does("ambar", lambda acting: moving.receive(acting, item.id, 12))
    with pytest.raises(NotAllowed):
        house.does("fatma", lambda acting: opening.freeze(acting, count.id, frozen=True))
    house.does("kemal", lambda acting: opening.freeze(acting, count.id, frozen=True))
    with pytest.raises(Invalid) as told:
        house.does("ambar", lambda acting: moving.receive(acting, item.id, 12))
    assert (told.value.reason, dict(told.value.data)) == (
        "stock_frozen",
        {"number": "SY-2026-01", "until": f"{until:%H:%M}"},
    )
    house.does("kemal", lambda acting: opening.freeze(acting, count.id, frozen=False))
    assert house.does("ambar", lambda acting: moving.receive(acting, item.id, 1)).left == 13
