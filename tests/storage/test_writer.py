"""What is grouped, what is done again, what hangs, what dies: on SQLite, with the writer's real thread."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from handlers.ports import HandlerTimedOut, StoreUnavailable
from storage import Store, writer
from storage.engine.change_feed import NO_CHANGES, UNKNOWN_CHANGES, ChangeSet
from storage.engine.sqlite import Sqlite
from storage.errors import TransactionBroken
from storage.tables import once
from tests.clock import START, FakeClock
from tests.storage.builders import add_person, arrival, open_ticket
from tests.storage.stores import broken, open_sqlite, sqlite_url

LIMIT = 1.0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_sqlite(tmp_path, time_limit=LIMIT) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _groups_stay_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is."""
    monkeypatch.setattr(writer, "GROUP_SECONDS", 60.0)


@pytest.fixture
def commits(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """One more for each commit."""
    counted: list[None] = []
    commit = Sqlite.commit

    def counting(self: Sqlite, connection: Any) -> None:
        commit(self, connection)
        counted.append(None)

    monkeypatch.setattr(Sqlite, "commit", counting)
    return counted


@contextmanager
def held_up(store: Store) -> Iterator[None]:
    """What is submitted within comes to the writer together."""
    begun, go_on = threading.Event(), threading.Event()

    def wait(_: object) -> None:
        begun.set()
        go_on.wait()

    first = store.submit(wait)
    begun.wait()
    yield
    go_on.set()
    first.result()


def accept(number: int, payload: str = "{}") -> Callable[[Any], int]:
    def work(uow: Any) -> int:
        uow.inbox.accept([arrival(f"k{number}", f"web:p:{number}")], now=START, owner=None)
        uow.feedback.add(START, payload, "yazici", "opened")
        return number

    return work


def stored(store: Store) -> int:
    return store.read(lambda uow: uow.inbox.backlog(START)).waiting


def fail(_: object) -> None:
    raise KeyError("a bug")


def test_what_comes_together_is_committed_together(store: Store, commits: list[None]) -> None:
    with held_up(store):
        futures = [store.submit(accept(number)) for number in range(32)]
    assert [future.result() for future in futures] == list(range(32))
    assert len(commits) == 1
    assert stored(store) == 32


def test_a_group_is_closed_in_time_for_those_in_it(
    store: Store, commits: list[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "GROUP_SECONDS", 0.0)
    with held_up(store):
        futures = [store.submit(accept(number)) for number in range(4)]
    assert [future.result() for future in futures] == list(range(4))
    assert len(commits) == 5


def in_order(store: Store, firsts: int, others: int) -> list[str]:
    done: list[str] = []
    with held_up(store):
        futures = [store.submit(lambda _uow: done.append("other")) for _ in range(others)]
        futures += [store.submit(lambda _uow: done.append("first"), first=True) for _ in range(firsts)]
    for future in futures:
        future.result()
    return done


def test_what_goes_first_is_done_before_what_waits(store: Store) -> None:
    assert in_order(store, 2, 3) == ["first", "first", "other", "other", "other"]


@pytest.mark.parametrize("group_seconds", [60.0, 0.0], ids=["in one group", "each alone"])
def test_what_goes_first_holds_up_nobody_for_ever(
    store: Store, monkeypatch: pytest.MonkeyPatch, group_seconds: float
) -> None:
    monkeypatch.setattr(writer, "GROUP_SECONDS", group_seconds)
    order = in_order(store, 100, 3)
    assert len(order) == 103
    others = [place for place, which in enumerate(order) if which == "other"]
    assert others == [8, 17, 26]


def test_after_a_failure_each_is_done_alone(store: Store, commits: list[None]) -> None:
    runs: list[int] = []

    def counted(number: int) -> Callable[[Any], int]:
        def work(uow: Any) -> int:
            runs.append(number)
            return accept(number)(uow)

        return work

    with held_up(store):
        futures: list[Future[Any]] = [store.submit(counted(0)), store.submit(fail), store.submit(counted(1))]
    assert [future.exception() is None for future in futures] == [True, False, True]
    assert sorted(runs) == [0, 0, 1]
    assert len(commits) == 3
    assert stored(store) == 2


def test_a_swallowed_database_error_still_fails_the_work(store: Store) -> None:
    def work(uow: Any) -> str:
        uow.once.first("a", START)
        try:
            uow.transaction.execute(insert(once), {"mark": "a", "at": START})
        except IntegrityError:
            return "as if nothing were wrong"
        return "unreachable"

    with pytest.raises(TransactionBroken):
        store.write(work)
    assert store.write(lambda uow: uow.once.first("a", START))


def test_a_transaction_that_the_database_undid_is_not_acknowledged(store: Store) -> None:
    """As after SQLITE_FULL: what follows would commit alone, and look well."""

    def work(uow: Any) -> None:
        uow.once.first("a", START)
        uow.transaction.connection.exec_driver_sql("ROLLBACK")

    with pytest.raises(TransactionBroken):
        store.write(work)
    assert store.write(lambda uow: uow.once.first("a", START))


def test_a_full_disk_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    with closing(sqlite3.connect(tmp_path / "masa.db")) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    with Store.open(url, pragmas={"max_page_count": pages + 40}, clock=FakeClock()) as store:
        with held_up(store):
            futures = [store.submit(accept(number, "x" * 6000)) for number in range(40)]
        acknowledged = [number for number, future in enumerate(futures) if future.exception() is None]
        assert 0 < len(acknowledged) < 40
        assert {type(future.exception()) for future in futures} == {type(None), StoreUnavailable}
        assert stored(store) == len(acknowledged)

        def make_room(uow: Any) -> None:
            uow.transaction.connection.exec_driver_sql(f"PRAGMA max_page_count={pages * 9}")

        store.write(make_room)
        assert store.write(accept(99, "x" * 6000)) == 99
        assert broken(store) == []


def test_a_locked_database_is_waited_for(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    with (
        Store.open(url, busy_timeout=0.01, clock=FakeClock()) as store,
        closing(sqlite3.connect(tmp_path / "masa.db")) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        futures = [store.submit(accept(number)) for number in range(5)]
        with pytest.raises(TimeoutError):
            futures[0].result(timeout=0.2)
        other.rollback()
        assert [future.result() for future in futures] == list(range(5))


def test_patience_has_an_end(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    with (
        Store.open(url, busy_timeout=0.01, lock_patience=0.05, clock=FakeClock()) as store,
        closing(sqlite3.connect(tmp_path / "masa.db")) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="locked"):
            store.write(accept(1))
        other.rollback()
        assert store.write(accept(1)) == 1


def spin(_: object) -> None:
    while True:
        pass


def spin_and_swallow(_: object) -> str:
    try:
        spin(_)
    except HandlerTimedOut:
        return "no harm done"
    return "unreachable"


def spin_in_sql(uow: Any) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    uow.transaction.execute(text(endless)).all()


@pytest.mark.parametrize("hangs", [spin, spin_and_swallow, spin_in_sql])
def test_a_work_that_hangs_is_stopped_and_the_others_go_on(store: Store, hangs: Callable[[Any], Any]) -> None:
    with held_up(store):
        before, hanging, after = store.submit(accept(0)), store.submit(hangs), store.submit(accept(1))
    assert isinstance(hanging.exception(), HandlerTimedOut)
    assert (before.result(), after.result()) == (0, 1)
    assert store.write(accept(2)) == 2
    assert stored(store) == 3


def test_close_finishes_what_was_submitted(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    store = Store.open(url, clock=FakeClock())
    with held_up(store):
        futures = [store.submit(accept(number)) for number in range(100)]
    store.close()
    store.close()
    assert [future.result() for future in futures] == list(range(100))
    with pytest.raises(StoreUnavailable):
        store.submit(accept(1))
    with Store.open(url, clock=FakeClock()) as again:
        assert stored(again) == 100


def test_a_cancelled_work_is_not_done(store: Store) -> None:
    with held_up(store):
        future = store.submit(accept(0))
        assert future.cancel()
    assert store.write(accept(1)) == 1
    assert stored(store) == 1


def test_two_stores_on_one_file(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    with (
        Store.open(url, clock=FakeClock()) as one,
        Store.open(url, clock=FakeClock()) as two,
        ThreadPoolExecutor(8) as threads,
    ):
        own = one.write(add_person)
        stores = [one, two] * 20
        tickets = list(threads.map(lambda store: store.write(lambda uow: open_ticket(uow, own)), stores))
        assert sorted(ticket.number for ticket in tickets) == [f"2026-{number:06d}" for number in range(1, 41)]
        assert broken(one) == []


def test_the_commits_of_others_are_noticed(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    with Store.open(url, clock=FakeClock()) as one, Store.open(url, clock=FakeClock()) as two:
        one.write(accept(0))
        assert one.news() == ChangeSet(waiting=frozenset({"web:p:0"}))
        two.write(accept(2))
        assert one.news() == UNKNOWN_CHANGES
        assert one.news() == NO_CHANGES
        two.write(accept(3))
        one.write(accept(4))
        assert one.news() == UNKNOWN_CHANGES


def test_one_who_only_reads_notices_the_commits_of_others(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    with Store.open(url, clock=FakeClock()) as reader, Store.open(url, clock=FakeClock()) as writer:
        assert reader.news() == NO_CHANGES
        writer.write(accept(0))
        assert reader.news() == UNKNOWN_CHANGES
        assert reader.news() == NO_CHANGES


KILLED = """
import os, sys
from storage import Store
from storage.engine.sqlite import Sqlite
from tests.clock import FakeClock
from tests.storage.test_writer import accept

url, when, commits = sys.argv[1], sys.argv[2], int(sys.argv[3])
commit = Sqlite.commit

def dying(self, connection):
    global commits
    commits -= 1
    if commits == 0 and when == "before":
        os.kill(os.getpid(), 9)
    commit(self, connection)
    if commits == 0:
        os.kill(os.getpid(), 9)

Sqlite.commit = dying
store = Store.open(url, clock=FakeClock())
for number in range(20):
    store.write(accept(number))
    print(number, flush=True)
"""


@pytest.mark.parametrize(("when", "more"), [("before", 0), ("after", 1)])
def test_a_kill_around_a_commit_loses_nothing_acknowledged(tmp_path: Path, when: str, more: int) -> None:
    url = sqlite_url(tmp_path)
    root = Path(__file__).parents[2]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, url, when, "7"], cwd=root, stdout=subprocess.PIPE, text=True, check=False
    )
    assert killed.returncode == -9
    assert killed.stdout.split() == [str(number) for number in range(6)]
    with Store.open(url, clock=FakeClock()) as store:
        assert stored(store) == 6 + more
        assert broken(store) == []
