"""Lines of the stores, and anchors over every history: the same from every store."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

from handlers.domain.anchors import Anchor, Head, next_anchor
from handlers.domain.people import PersonId
from handlers.domain.store_events import StoreEvent, Stream
from handlers.ports import Transactions, UnitOfWork
from tests.clock import START
from tests.storage.builders import add_person, open_ticket

DAY = date(2026, 11, 22)


def said(what: str, **about: object) -> StoreEvent:
    return StoreEvent(at=START, who=None, channel="web", what=what, **about)  # type: ignore[arg-type] # by name


def waiting(store: Transactions) -> list[tuple[Stream, int, int]]:
    return [head[:3] for head in store.write(lambda uow: list(uow.anchors.waiting(100)))]


def anchored(store: Transactions, limit: int = 100) -> Anchor:
    def work(uow: UnitOfWork) -> Anchor:
        heads = uow.anchors.waiting(limit)
        made = next_anchor(uow.anchors.latest(), DAY, START, heads)
        uow.anchors.add(made, heads)
        return made

    return store.write(work)


def test_lines_come_back_in_their_order(store: Transactions) -> None:
    ayse = store.write(lambda uow: add_person(uow, "ayse"))
    first = said("recorded", after={"floor": None, "room": "312", "open": True, "kat": 3}, ref="2026-000001")
    second = StoreEvent(
        at=START + timedelta(microseconds=1),
        who=ayse,
        channel="terminal",
        what="renamed",
        before={"room": "312"},
        after={"room": "Şeflik “3”"},
        acting_for=(PersonId(4), ayse),
    )
    for event in (first, second):
        store.write(lambda uow, event=event: uow.store_events.append(Stream.PLACE, 7, event))
    store.write(lambda uow: uow.store_events.append(Stream.OFFICER, 7, said("named")))
    assert store.read(lambda uow: uow.store_events.history(Stream.PLACE, 7)) == [first, second]
    assert store.read(lambda uow: uow.store_events.history(Stream.PLACE, 8)) == []


def test_what_went_on_waits_for_an_anchor_once(store: Transactions) -> None:
    def work(uow: UnitOfWork) -> None:
        open_ticket(uow, add_person(uow, "ayse"))
        for _ in range(2):
            uow.store_events.append(Stream.PLACE, 7, said("recorded"))

    store.write(work)
    ((first, _, of_place), (second, _, of_ticket)) = waiting(store)
    assert (first, of_place, second, of_ticket) == (Stream.PLACE, 2, Stream.TICKET, 1)
    one = anchored(store)
    assert (one.number, one.heads, one.previous) == (1, 2, "")
    assert store.read(lambda uow: uow.anchors.latest()) == one
    assert waiting(store) == []
    store.write(lambda uow: uow.store_events.append(Stream.PLACE, 7, said("closed")))
    two = anchored(store)
    assert (two.number, two.heads, two.previous) == (2, 1, one.hash)


def test_an_anchor_takes_no_more_than_it_may(store: Transactions) -> None:
    for key in range(3):
        store.write(lambda uow, key=key: uow.store_events.append(Stream.PLACE, key, said("recorded")))
    anchored(store, limit=2)
    assert waiting(store) == [(Stream.PLACE, 2, 1)]


def test_what_went_on_since_it_was_looked_at_waits_on(store: Transactions) -> None:
    store.write(lambda uow: uow.store_events.append(Stream.PLACE, 7, said("recorded")))

    def work(uow: UnitOfWork) -> None:
        heads = uow.anchors.waiting(100)
        uow.store_events.append(Stream.PLACE, 7, said("renamed"))
        uow.anchors.add(next_anchor(None, DAY, START, heads), heads)

    store.write(work)
    assert waiting(store) == [(Stream.PLACE, 7, 2)]


def test_hands_that_write_of_one_thing_at_once_write_one_chain(store: Transactions) -> None:
    def write(number: int) -> None:
        store.write(lambda uow: uow.store_events.append(Stream.PLACE, 7, said("renamed", ref=str(number))))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(12)))
    lines = store.read(lambda uow: uow.store_events.history(Stream.PLACE, 7))
    assert sorted(int(line.ref) for line in lines) == list(range(12))
    assert waiting(store) == [(Stream.PLACE, 7, 12)]


def test_the_hash_is_of_every_head() -> None:
    heads = [Head(Stream.TICKET, 1, 3, "a"), Head(Stream.PLACE, 1, 3, "b")]
    whole = next_anchor(None, DAY, START, heads)
    assert whole.hash == next_anchor(None, DAY, START, heads[::-1]).hash
    others = [
        next_anchor(None, DAY, START, heads[:1]),
        next_anchor(None, DAY + timedelta(days=1), START, heads),
        next_anchor(whole, DAY, START, heads),
        next_anchor(None, DAY, START, [heads[0], heads[1]._replace(lines=2)]),
    ]
    assert len({whole.hash, *(one.hash for one in others)}) == 5
    assert whole.mark == f"1 · {whole.hash[:4]} {whole.hash[4:8]}"
