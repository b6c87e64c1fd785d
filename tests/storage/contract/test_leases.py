"""A lease that runs out does so by the database's clock where it has one: here such a lease has no length at all."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest

from handlers.ports import Transactions
from tests.clock import START

LONG, OVER = 3600.0, 0.0


def hold(store: Transactions, owner: str, *names: str, seconds: float = LONG, take: bool = True) -> Mapping[str, str]:
    return store.write(lambda uow: dict(uow.leases.hold(names, owner, seconds, START, take=take)))


def test_what_nobody_holds_is_taken(store: Transactions) -> None:
    assert hold(store, "one", "clock", "telegram:send") == {"clock": "", "telegram:send": ""}


def test_what_another_holds_is_not(store: Transactions) -> None:
    hold(store, "one", "clock")
    assert hold(store, "two", "clock", "telegram:send") == {"telegram:send": ""}


def test_the_own_is_held_on(store: Transactions) -> None:
    hold(store, "one", "clock")
    assert hold(store, "one", "clock") == {"clock": "one"}
    assert hold(store, "two", "clock") == {}


def test_what_ran_out_is_taken_from_whoever_let_it(store: Transactions) -> None:
    hold(store, "one", "clock", seconds=OVER)
    assert hold(store, "two", "clock") == {"clock": "one"}
    assert hold(store, "one", "clock") == {}


def test_who_waits_for_others_to_come_back_leaves_what_ran_out(store: Transactions) -> None:
    hold(store, "one", "clock", seconds=OVER)
    assert hold(store, "two", "clock", "telegram:send", take=False) == {"telegram:send": ""}
    assert hold(store, "one", "clock", take=False) == {"clock": "one"}


def test_what_was_renewed_in_time_does_not_run_out(store: Transactions) -> None:
    hold(store, "one", "clock", seconds=OVER)
    hold(store, "one", "clock")
    assert hold(store, "two", "clock") == {}


def test_what_is_released_is_free_at_once(store: Transactions) -> None:
    hold(store, "one", "clock", "telegram:send")
    store.write(lambda uow: uow.leases.release("one", ["clock"]))
    assert hold(store, "two", "clock", "telegram:send") == {"clock": ""}


def test_nobody_releases_what_is_anothers(store: Transactions) -> None:
    hold(store, "one", "clock")
    store.write(lambda uow: uow.leases.release("two", ["clock"]))
    assert hold(store, "two", "clock") == {}


@pytest.mark.parametrize("seconds", [None, OVER])
def test_of_many_at_once_one_gets_it(store: Transactions, seconds: float | None) -> None:
    """Nobody's, or one that ran out."""
    if seconds is not None:
        hold(store, "dead", "clock", "telegram:send", seconds=seconds)
    with ThreadPoolExecutor(4) as threads:
        got = list(threads.map(lambda who: hold(store, f"{who}", "clock", "telegram:send"), range(4)))
    for name in ("clock", "telegram:send"):
        assert sum(name in held for held in got) == 1
