from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from handlers.domain.errors import Stale
from handlers.ports import Receipt, Transactions
from storage.repositories.inbox import LEASE
from tests.clock import START
from tests.storage.builders import arrival

SOON = START + timedelta(seconds=5)


def accept(
    store: Transactions, *keys: str, conversation: str = "web:p:ayse", owner: str | None = None
) -> Sequence[bool]:
    arrivals = [arrival(key, conversation) for key in keys]
    return store.write(lambda uow: uow.inbox.accept(arrivals, now=START, owner=owner))


def lease(store: Transactions, owner: str = "me", now: datetime = START, limit: int = 64) -> list[str]:
    return [one.key for one in store.write(lambda uow: uow.inbox.lease(owner, now, limit))]


def handled(store: Transactions, *keys: str) -> None:
    store.write(lambda uow: uow.inbox.handled(keys, START))


def test_the_same_key_four_times_at_once_is_one_event(store: Transactions) -> None:
    with ThreadPoolExecutor(4) as threads:
        new = [one[0] for one in threads.map(lambda _: accept(store, "web:1"), range(4))]
    assert sorted(new) == [False, False, False, True]
    assert lease(store) == ["web:1"]


def test_the_same_key_twice_in_one_batch(store: Transactions) -> None:
    assert list(accept(store, "web:1", "web:1", "web:2")) == [True, False, True]


def test_one_a_conversation_and_none_behind_an_elder(store: Transactions) -> None:
    accept(store, "a1", "a2", conversation="web:p:ayse")
    accept(store, "h1", conversation="web:p:hasan")
    assert lease(store) == ["a1", "h1"]
    assert lease(store) == []
    handled(store, "a1")
    assert lease(store) == ["a2"]


def test_the_oldest_first_and_no_more_than_asked_for(store: Transactions) -> None:
    for number in range(5):
        accept(store, f"k{number}", conversation=f"web:p:{number}")
    assert lease(store, limit=2) == ["k0", "k1"]
    assert lease(store, limit=9) == ["k2", "k3", "k4"]


def test_what_is_accepted_by_its_worker_is_leased_at_once(store: Transactions) -> None:
    accept(store, "a1", owner="me")
    assert lease(store) == []
    (again,) = store.write(lambda uow: uow.inbox.lease("you", START + LEASE, 9))
    assert (again.key, again.attempts, again.payload) == ("a1", 2, '{"text": "merhaba"}')


def test_a_lease_runs_out(store: Transactions) -> None:
    accept(store, "a1")
    assert lease(store, "dead") == ["a1"]
    assert lease(store, "me", START + LEASE - timedelta(seconds=1)) == []
    assert lease(store, "me", START + LEASE) == ["a1"]


def test_leases_of_the_dead_are_given_back(store: Transactions) -> None:
    accept(store, "a1")
    accept(store, "h1", conversation="web:p:hasan")
    lease(store, "dead", limit=1)
    lease(store, "alive")
    assert store.write(lambda uow: uow.inbox.free("dead")) == 1
    assert lease(store) == ["a1"]
    assert store.write(lambda uow: uow.inbox.free()) == 2
    assert lease(store) == ["a1", "h1"]


def test_an_event_is_handled_once(store: Transactions) -> None:
    accept(store, "a1")
    handled(store, "a1")
    with pytest.raises(Stale):
        handled(store, "a1")
    with pytest.raises(Stale):
        handled(store, "never came")
    assert list(accept(store, "a1")) == [False]


def test_handled_falls_with_its_effects(store: Transactions) -> None:
    accept(store, "a1")

    def work(uow):
        uow.inbox.handled(["a1"], START)
        raise KeyError("a bug")

    with pytest.raises(KeyError):
        store.write(work)
    assert lease(store) == ["a1"]


def test_a_failure_waits_for_its_time_and_so_do_those_behind(store: Transactions) -> None:
    accept(store, "a1", "a2")
    accept(store, "h1", conversation="web:p:hasan")
    lease(store)
    store.write(lambda uow: uow.inbox.failed("a1", "KeyError", SOON, START))
    handled(store, "h1")
    assert lease(store) == []
    (again,) = store.write(lambda uow: uow.inbox.lease("me", SOON, 9))
    assert (again.key, again.attempts, again.error) == ("a1", 2, "KeyError")


def test_quarantine_blocks_nobody(store: Transactions) -> None:
    accept(store, "a1", "a2")
    lease(store)
    store.write(lambda uow: uow.inbox.failed("a1", "KeyError", None, START))
    assert lease(store) == ["a2"]
    (stuck,) = store.read(lambda uow: uow.inbox.stuck())
    assert (stuck.key, stuck.error, stuck.payload) == ("a1", "KeyError", '{"text": "merhaba"}')


def test_what_may_not_lie_in_quarantine_is_taken_out_when_it_comes_there(store: Transactions) -> None:
    accept(store, "a1", "a2")
    store.write(lambda uow: uow.inbox.failed("a1", "KeyError", SOON, START, kept="{}"))
    store.write(lambda uow: uow.inbox.failed("a2", "KeyError", None, START, kept="{}"))
    (again,) = store.write(lambda uow: uow.inbox.lease("me", SOON, 9))
    assert again.payload == '{"text": "merhaba"}', "it is tried again with all that came"
    assert [one.payload for one in store.read(lambda uow: uow.inbox.stuck())] == ["{}"]
    assert store.write(lambda uow: uow.inbox.retry("a2", START))
    handled(store, "a1")
    assert [one.payload for one in store.write(lambda uow: uow.inbox.lease("me", SOON, 9))] == ["{}"]


def test_what_is_stuck_can_be_tried_again_or_dropped(store: Transactions) -> None:
    accept(store, "a1")
    accept(store, "h1", conversation="web:p:hasan")
    for key in ("a1", "h1"):
        store.write(lambda uow, key=key: uow.inbox.failed(key, "KeyError", None, START))
    assert store.write(lambda uow: uow.inbox.retry("a1", START))
    assert store.write(lambda uow: uow.inbox.drop("h1", START))
    assert not store.write(lambda uow: uow.inbox.retry("h1", START))
    assert not store.write(lambda uow: uow.inbox.drop("a1", START))
    assert list(store.read(lambda uow: uow.inbox.stuck())) == []
    (again,) = store.write(lambda uow: uow.inbox.lease("me", START, 9))
    assert (again.key, again.attempts) == ("a1", 1)
    assert list(accept(store, "h1")) == [False]


def test_a_failure_after_handling_changes_nothing(store: Transactions) -> None:
    accept(store, "a1")
    handled(store, "a1")
    store.write(lambda uow: uow.inbox.failed("a1", "late", None, START))
    assert list(store.read(lambda uow: uow.inbox.stuck())) == []


def test_settled_and_waiting(store: Transactions) -> None:
    accept(store, "a1", "a2", "a3")
    handled(store, "a1")
    store.write(lambda uow: uow.inbox.failed("a2", "KeyError", None, START))
    settled = store.read(lambda uow: [uow.inbox.is_finished(key) for key in ("a1", "a2", "a3", "never")])
    assert settled == [True, True, False, True]
    assert list(store.read(lambda uow: uow.inbox.waiting_in("web:p:ayse"))) == ["a3"]


def test_the_backlog(store: Transactions) -> None:
    assert store.read(lambda uow: uow.inbox.backlog(START)).oldest is None
    accept(store, "a1", "a2", "a3")
    handled(store, "a1")
    store.write(lambda uow: uow.inbox.failed("a2", "KeyError", None, START))
    backlog = store.read(lambda uow: uow.inbox.backlog(START))
    assert (backlog.waiting, backlog.oldest, backlog.given_up) == (1, START, 1)


def test_the_last_arrival_of_each_channel(store: Transactions) -> None:
    def last(among: int) -> Mapping[str, datetime]:
        return store.read(lambda uow: uow.inbox.last_arrivals(among))

    assert last(9) == {}
    for minutes, key, place in ((3, "t1", "telegram:p:1"), (9, "w1", "web:p:ayse"), (5, "w2", "web:p:ayse")):
        came = arrival(key, place, START + timedelta(minutes=minutes))
        store.write(lambda uow, came=came: uow.inbox.accept([came], now=START, owner=None))
    handled(store, "w1")
    assert last(3) == {"telegram": START + timedelta(minutes=3), "web": START + timedelta(minutes=9)}
    assert last(2) == {"web": START + timedelta(minutes=9)}
    assert last(1) == {"web": START + timedelta(minutes=5)}


def test_two_workers_share_without_a_double(store: Transactions) -> None:
    for number in range(20):
        accept(store, f"k{number}", conversation=f"web:p:{number}")
    with ThreadPoolExecutor(4) as threads:
        taken = list(threads.map(lambda number: lease(store, f"w{number}", limit=5), range(8)))
    assert sorted(key for keys in taken for key in keys) == sorted(f"k{number}" for number in range(20))


def test_what_comes_behind_an_event_that_is_not_in_ones_own_hand_is_left_to_whoever_is_free(
    store: Transactions,
) -> None:
    assert list(accept(store, "a1", owner="me")) == [Receipt.LEASED]
    assert list(accept(store, "a2", owner="you")) == [Receipt.STORED], "I have its elder in hand"
    assert list(accept(store, "a3", owner="me")) == [Receipt.STORED], "nobody has its elder in hand"
    assert list(accept(store, "h1", "h2", conversation="web:p:hasan", owner="me")) == [Receipt.LEASED] * 2
    handled(store, "a1")
    assert lease(store, "you") == ["a2"]


def test_a_lease_that_is_renewed_does_not_run_out(store: Transactions) -> None:
    accept(store, "a1", owner="me")
    accept(store, "h1", conversation="web:p:hasan", owner="me")
    later = START + LEASE / 2
    store.write(lambda uow: uow.inbox.renew("me", ["a1"], later))
    assert lease(store, "you", START + LEASE) == ["h1"]
    assert lease(store, "you", later + LEASE) == ["a1"]


def test_who_lost_a_lease_cannot_renew_it_and_neither_handle_nor_fail_its_event(store: Transactions) -> None:
    """A process that stood still for two minutes goes on where it was."""
    accept(store, "a1", owner="stalled")
    now = START + timedelta(minutes=2)
    assert lease(store, "you", now) == ["a1"]
    store.write(lambda uow: uow.inbox.renew("stalled", ["a1"], now + LEASE))
    with pytest.raises(Stale):
        store.write(lambda uow: uow.inbox.handled(["a1"], now, "stalled"))
    assert not store.write(lambda uow: uow.inbox.failed("a1", "KeyError", None, now, "stalled"))
    store.write(lambda uow: uow.inbox.handled(["a1"], now, "you"))
    assert store.read(lambda uow: uow.inbox.is_finished("a1"))
    assert lease(store, "you", now + LEASE) == []


def test_a_failure_gives_back_what_stands_behind_it_uncounted(store: Transactions) -> None:
    accept(store, "a1", "a2", owner="me")
    accept(store, "h1", conversation="web:p:hasan", owner="me")
    assert store.write(lambda uow: uow.inbox.failed("a1", "KeyError", SOON, START, "me"))
    assert lease(store, "you", SOON) == ["a1"], "h1 is still in its owner's hand"
    store.write(lambda uow: uow.inbox.handled(["a1"], SOON, "you"))
    (behind,) = store.write(lambda uow: uow.inbox.lease("you", SOON, 9))
    assert (behind.key, behind.attempts) == ("a2", 1)


def test_what_the_database_could_not_take_is_as_it_was_before_the_attempt(store: Transactions) -> None:
    accept(store, "a1", owner="me")
    for _ in range(3):
        assert store.write(lambda uow: uow.inbox.failed("a1", "StoreUnavailable", SOON, START, "me", counted=False))
        (again,) = store.write(lambda uow: uow.inbox.lease("me", SOON, 9))
        assert (again.key, again.attempts, again.error) == ("a1", 1, "StoreUnavailable")


def test_who_lost_track_gives_back_what_is_not_in_hand(store: Transactions) -> None:
    accept(store, "a1", owner="me")
    accept(store, "h1", conversation="web:p:hasan", owner="me")
    assert store.write(lambda uow: uow.inbox.free("me", keep=["a1"])) == 1
    assert lease(store, "you") == ["h1"]


def test_what_is_called_back_from_quarantine_waits_for_what_is_in_hand(store: Transactions) -> None:
    accept(store, "a1", "a2")
    store.write(lambda uow: uow.inbox.failed("a1", "KeyError", None, START))
    assert lease(store, "me") == ["a2"]
    assert store.write(lambda uow: uow.inbox.retry("a1", START))
    assert lease(store, "you") == []
    handled(store, "a2")
    assert lease(store, "you") == ["a1"]
