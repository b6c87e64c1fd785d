"""Places, and where tickets' matters are: the same from every store."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace

import pytest

from handlers.context import Acting
from handlers.domain.errors import Invalid, NotFound, Stale
from handlers.domain.people import Role
from handlers.domain.places import Place, PlaceId, PlaceMerge, Spot
from handlers.people import places
from handlers.ports import Transactions, UnitOfWork
from tests.clock import START
from tests.scenarios.stage import shared_desk
from tests.storage.builders import add_person, open_ticket

ROOM = Place(spot=Spot("Ek bina", "3", "312"))


def test_what_is_kept_comes_back(store: Transactions) -> None:
    room, floor = store.write(lambda uow: [uow.places.add(one) for one in (ROOM, Place(spot=Spot(floor="zemin")))])
    assert room == replace(ROOM, id=room.id)
    merged = replace(floor, merge=PlaceMerge(room.id, START))
    store.write(lambda uow: uow.places.save(merged))
    assert store.read(lambda uow: uow.places.all()) == [room, merged]
    assert store.read(lambda uow: uow.places.get(floor.id)) == merged
    assert store.read(lambda uow: uow.places.merged_into(room.id)) == [floor.id]
    store.write(lambda uow: uow.places.save(floor))
    assert store.read(lambda uow: uow.places.merged_into(room.id)) == []
    assert store.read(lambda uow: uow.places.get(floor.id)) == floor


def test_those_of_a_room(store: Transactions) -> None:
    kept = store.write(lambda uow: [uow.places.add(Place(spot=Spot("", floor, "12"))) for floor in "12"])
    store.write(lambda uow: uow.places.add(ROOM))
    assert store.read(lambda uow: uow.places.in_room(Spot(room="oda 12"))) == kept
    assert store.read(lambda uow: uow.places.in_room(Spot("ek bina", "", "12"))) == []


def test_no_two_have_one_spot(store: Transactions) -> None:
    first, other = store.write(lambda uow: [uow.places.add(one) for one in (ROOM, Place(spot=Spot(room="9")))])
    for again in (
        lambda uow: uow.places.add(Place(spot=Spot("EK BİNASI", "03", "312"))),
        lambda uow: uow.places.save(replace(other, spot=first.spot)),
    ):
        with pytest.raises(Stale):
            store.write(again)
    store.write(lambda uow: uow.places.save(replace(first, spot=Spot("Ek Bina", "3", "312"))))


def test_where_a_ticket_is(store: Transactions) -> None:
    def work(uow: UnitOfWork) -> tuple[PlaceId, PlaceId]:
        ayse = add_person(uow, "ayse")
        tickets = [open_ticket(uow, ayse).id for _ in range(3)]
        one, two = uow.places.add(ROOM).id, uow.places.add(Place(spot=Spot(room="9"))).id
        uow.places.locate(tickets[0], one)
        uow.places.locate(tickets[0], two)
        uow.places.locate(tickets[1], two)
        uow.places.locate(tickets[2], two)
        uow.places.locate(tickets[2], None)
        assert [uow.places.of_ticket(ticket) for ticket in tickets] == [two, two, None]
        return one, two

    one, two = store.write(work)
    found = store.read(lambda uow: dict(uow.places.tickets()))
    assert (found.get(one, 0), found[two]) == (0, 2)


def test_what_is_not_there(store: Transactions) -> None:
    with pytest.raises(NotFound):
        store.read(lambda uow: uow.places.get(PlaceId(77)))
    with pytest.raises(NotFound):
        store.write(lambda uow: uow.places.save(replace(ROOM, id=PlaceId(77))))


def test_two_that_merge_each_other_at_once_leave_one_open(store: Transactions) -> None:
    lead = store.write(lambda uow: add_person(uow, "lead", role=Role.LEAD))

    def merge(one: Place, into: Place) -> None:
        def work(uow: UnitOfWork) -> None:
            acting = Acting(
                desk=shared_desk(), uow=uow, now=START, person=uow.people.get(lead), channel="web", event_key="k"
            )
            places.merge(acting, one.id, str(into.spot))

        with suppress(Invalid):  # it is one with the other by now
            store.write(work)

    for room in range(1, 9):
        pair = store.write(
            lambda uow, room=room: [uow.places.add(Place(spot=Spot("", floor, str(room)))) for floor in "12"]  # type: ignore[misc] # mypy does not see through the default
        )
        with ThreadPoolExecutor(2) as threads:
            list(threads.map(merge, pair, reversed(pair)))
        kept = store.read(lambda uow, pair=pair: [uow.places.get(one.id).open for one in pair])  # type: ignore[misc] # as above
        assert sorted(kept) == [False, True]


def test_hands_that_add_one_place_at_once_add_one(store: Transactions) -> None:
    def add(uow: UnitOfWork) -> None:
        if not uow.places.in_room(ROOM.spot):
            uow.places.add(ROOM)

    def one_hand(_: int) -> None:
        with suppress(Stale):  # whoever looked before the other's commit: an event is done again
            store.write(add)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(one_hand, range(8)))
    assert len(store.read(lambda uow: uow.places.all())) == 1
