from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from handlers.ports import StoreError, Transactions
from storage.errors import ReadOnly
from tests.clock import START
from tests.storage.builders import add_person, arrival, card, open_ticket


def test_an_exception_undoes_all_of_a_work(store: Transactions) -> None:
    own = store.write(add_person)

    def work(uow):
        open_ticket(uow, own)
        uow.messages.put(card("açıldı"))
        uow.once.first("mark", START)
        raise KeyError("a bug")

    with pytest.raises(KeyError):
        store.write(work)
    assert store.write(lambda uow: uow.once.first("mark", START))
    assert list(store.read(lambda uow: uow.timeline.since("web:p:ayse", 0))) == []
    assert store.write(lambda uow: open_ticket(uow, own)).number == "2026-000001"


def test_one_bad_work_does_not_spoil_the_others(store: Transactions) -> None:
    def work(number: int):
        def do(uow):
            uow.inbox.accept([arrival(f"k{number}", f"web:p:{number}")], now=START, owner=None)
            if number % 7 == 3:
                raise KeyError(number)
            return number

        return do

    with ThreadPoolExecutor(8) as threads:
        futures = list(threads.map(lambda number: store.submit(work(number)), range(40)))
    results = [future.exception() or future.result() for future in futures]
    assert [one for one in results if isinstance(one, int)] == [n for n in range(40) if n % 7 != 3]
    assert store.read(lambda uow: uow.inbox.backlog(START)).waiting == 34


@pytest.mark.parametrize(
    "write",
    [
        lambda uow: uow.once.first("mark", START),
        lambda uow: uow.messages.put(card("gizlice")),
        lambda uow: uow.inbox.handled(["k"], START),
    ],
)
def test_a_reader_changes_nothing(store: Transactions, write) -> None:
    store.write(add_person)
    store.write(lambda uow: uow.inbox.accept([arrival("k")], now=START, owner=None))
    with pytest.raises(ReadOnly):
        store.read(write)
    assert store.read(lambda uow: uow.timeline.last_seq("web:p:ayse")) == 0
    assert not store.read(lambda uow: uow.inbox.is_finished("k"))


def test_a_work_cannot_wait_for_another(store: Transactions) -> None:
    with pytest.raises(StoreError):
        store.write(lambda _: store.write(add_person))


def test_objects_of_one_work_are_not_those_of_the_next(store: Transactions) -> None:
    own = store.write(add_person)

    def spoil(uow):
        person = uow.people.get(own)
        person.name = "Başka"
        return person

    with ThreadPoolExecutor(4) as threads:
        people = [future.result() for future in threads.map(lambda _: store.submit(spoil), range(12))]
    assert len({id(person) for person in people}) == 12
    assert store.read(lambda uow: uow.people.get(own)).name == "Ayse"
