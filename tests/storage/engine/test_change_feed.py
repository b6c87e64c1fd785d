"""What processes tell each other about their commits."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from storage import Store
from storage.engine.change_feed import (
    MAX_CONVERSATIONS,
    MAX_NOTIFICATION_BYTES,
    NO_CHANGES,
    UNKNOWN_CHANGES,
    ChangeSet,
    decoded,
    encoded,
)
from tests.clock import START, FakeClock
from tests.storage.builders import add_person, arrival, card


def places(count: int, width: int = 1) -> frozenset[str]:
    return frozenset(f"web:p:{number:0{width}}" for number in range(count))


# --- what is sent ---
def test_it_arrives_as_it_was_said() -> None:
    news = ChangeSet(frozenset({"web:p:ayşe"}), frozenset({"telegram:r:-100"}))
    assert decoded(encoded(news, "me"), "you") == news
    assert decoded(encoded(news, "me"), "me") == NO_CHANGES


@pytest.mark.parametrize(
    "touched",
    [places(MAX_CONVERSATIONS + 1), places(MAX_CONVERSATIONS, width=MAX_NOTIFICATION_BYTES // MAX_CONVERSATIONS), None],
)
def test_what_is_too_much_for_a_notification_is_anything(touched: frozenset[str] | None) -> None:
    said = encoded(ChangeSet(touched=touched), "me")
    assert len(said.encode()) <= MAX_NOTIFICATION_BYTES
    assert decoded(said, "you") == ChangeSet(touched=None)


@pytest.mark.parametrize("payload", ["", "*", "{}", "[1]", '["me", 1, []]', '["me", [], [], "of tomorrow"]'])
def test_what_another_version_says_may_mean_anything(payload: str) -> None:
    assert decoded(payload, "me") == UNKNOWN_CHANGES


def test_news_add_up() -> None:
    one, other = ChangeSet(touched=frozenset({"a"})), ChangeSet(touched=frozenset({"b"}), waiting=None)
    assert one | other == ChangeSet(frozenset({"a", "b"}), None)
    assert one | UNKNOWN_CHANGES == UNKNOWN_CHANGES


# --- over PostgreSQL ---
class Ears:
    """What a store hears, in order."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._touched: queue.SimpleQueue[frozenset[str]] = queue.SimpleQueue()
        self._rung = threading.Event()
        store.on_commit(self._touched.put)
        assert store.on_change(self._rung.set)
        self.until(lambda news: news == UNKNOWN_CHANGES)  # it listens

    def touched(self) -> frozenset[str]:
        return self._touched.get(timeout=20)

    def until(self, expected: Any) -> None:
        while not expected(self._store.news()):
            assert self._rung.wait(20)
            self._rung.clear()


@pytest.fixture
def stores(postgres_url: str) -> Iterator[tuple[Store, Store]]:
    with Store.open(postgres_url, clock=FakeClock()) as one, Store.open(postgres_url, clock=FakeClock()) as two:
        yield one, two


@pytest.mark.postgres
def test_another_process_hears_which_conversations_a_commit_touched(stores: tuple[Store, Store]) -> None:
    one, two = stores
    one.write(add_person)
    ears = Ears(two)
    one.write(lambda uow: uow.messages.put(card("kart")))
    assert ears.touched() == {"web:p:ayse"}


@pytest.mark.postgres
def test_another_process_hears_of_events_for_whoever_is_free_only(stores: tuple[Store, Store]) -> None:
    one, two = stores
    ears = Ears(two)
    one.write(lambda uow: uow.inbox.accept([arrival("mine", "web:p:ayse")], now=START, owner="one"))
    one.write(lambda uow: uow.inbox.accept([arrival("free", "web:p:hasan")], now=START, owner=None))
    ears.until(lambda news: news == ChangeSet(waiting=frozenset({"web:p:hasan"})))
    one.write(lambda uow: uow.inbox.free("one"))
    ears.until(lambda news: news == ChangeSet(waiting=frozenset({"web:p:ayse"})))


@pytest.mark.postgres
def test_who_only_writes_a_little_and_goes_is_heard_too(stores: tuple[Store, Store], postgres_url: str) -> None:
    one, two = stores
    one.write(add_person)
    ears = Ears(two)
    with Store.open(postgres_url, clock=FakeClock()) as command:
        command.write(lambda uow: uow.messages.put(card("kart")))
    assert ears.touched() == {"web:p:ayse"}


@pytest.mark.postgres
def test_a_listening_connection_that_is_cut_is_replaced(stores: tuple[Store, Store], postgres_url: str) -> None:
    one, two = stores
    one.write(add_person)
    ears = Ears(two)
    engine = create_engine(postgres_url, poolclass=NullPool)
    with engine.connect() as other:
        listening = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
        assert other.execute(text(listening)).scalar()
    ears.until(lambda news: news == UNKNOWN_CHANGES)  # it was cut, or listens again already
    while not two.hears_peers:
        ears.until(lambda news: news == UNKNOWN_CHANGES)
    one.write(lambda uow: uow.messages.put(card("kart")))
    assert ears.touched() == {"web:p:ayse"}


@pytest.mark.postgres
def test_nothing_is_announced_that_was_not_committed(stores: tuple[Store, Store]) -> None:
    one, two = stores
    one.write(add_person)
    ears = Ears(two)

    def fails(uow: Any) -> None:
        uow.messages.put(card("kart"))
        uow.messages.flush()
        raise KeyError("a bug")

    with pytest.raises(KeyError):
        one.write(fails)
    one.write(lambda uow: uow.inbox.accept([arrival("a1")], now=START, owner=None))
    ears.until(lambda news: news == ChangeSet(waiting=frozenset({"web:p:ayse"})))
