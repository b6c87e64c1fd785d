from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from handlers.ports import HandlerTimedOut
from storage import Store
from storage.errors import Unsupported
from tests.clock import START, FakeClock
from tests.storage.builders import add_person, arrival, card, open_ticket
from tests.storage.stores import broken

pytestmark = pytest.mark.postgres


@pytest.fixture
def store(postgres_url: str) -> Iterator[Store]:
    with Store.open(postgres_url, clock=FakeClock()) as opened:
        yield opened


def test_a_connection_killed_in_a_transaction_is_replaced(store: Store, postgres_url: str) -> None:
    attempts: list[int] = []

    def work(uow: Any) -> None:
        uow.once.first("mark", START)
        own = uow.transaction.execute(text("SELECT pg_backend_pid()")).scalar_one()
        attempts.append(own)
        if len(attempts) == 1:
            engine = create_engine(postgres_url, poolclass=NullPool)
            with engine.connect() as other:
                other.execute(text("SELECT pg_terminate_backend(:own, 10000)"), {"own": own})
        uow.inbox.accept([arrival("k")], now=START, owner=None)

    store.write(work)
    assert len(set(attempts)) == 2
    assert not store.write(lambda uow: uow.once.first("mark", START))
    assert store.read(lambda uow: uow.inbox.backlog(START)).waiting == 1


def test_a_statement_that_hangs_is_cancelled(postgres_url: str) -> None:
    with Store.open(postgres_url, time_limit=1.0, clock=FakeClock()) as store:
        with pytest.raises(HandlerTimedOut):
            store.write(lambda uow: uow.transaction.execute(text("SELECT pg_sleep(60)")))
        assert store.write(lambda uow: uow.once.first("mark", START))


STALLS = """
import signal, sys, threading
from storage import Store
from tests.clock import START, FakeClock

def work(uow):
    uow.once.first("mark", START)
    signal.pthread_kill(threading.get_ident(), signal.SIGSTOP)  # to this thread: it does not run on for a moment

Store.open(sys.argv[1], time_limit=0.5, clock=FakeClock()).write(work)
"""


def test_a_process_that_stands_still_in_a_transaction_does_not_hold_up_the_others_for_long(
    store: Store, postgres_url: str
) -> None:
    stalled = subprocess.Popen([sys.executable, "-c", STALLS, postgres_url], cwd=Path(__file__).parents[3])
    try:
        os.waitpid(stalled.pid, os.WUNTRACED)
        assert store.write(lambda uow: uow.once.first("mark", START))
    finally:
        stalled.kill()
        stalled.wait()


def test_writers_of_one_conversation_at_once_keep_its_order(store: Store) -> None:
    store.write(add_person)

    def say(number: int) -> None:
        store.write(lambda uow: uow.messages.put(card(str(number), slot=None)))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(say, range(40)))
    messages = store.read(lambda uow: uow.timeline.since("web:p:ayse", 0))
    assert [message.seq for message in messages] == list(range(1, 41))
    assert [message.id for message in messages] == sorted(message.id for message in messages)


def test_opposite_orders_of_locks_end_well(store: Store) -> None:
    """Where PostgreSQL finds a deadlock, the work is done again."""

    def fill(uow: Any) -> list[int]:
        own = add_person(uow)
        return [open_ticket(uow, own).id for _ in range(2)]

    ids = store.write(fill)

    def touch(order: list[int]) -> None:
        def work(uow: Any) -> None:
            for own in order:
                uow.transaction.execute(text("UPDATE ticket SET tried = tried + 1 WHERE id = :own"), {"own": own})
                uow.transaction.execute(text("SELECT pg_sleep(0.02)"))

        store.write(work)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(touch, [ids, ids[::-1]] * 2))
    assert store.read(lambda uow: [uow.tickets.get(own).tried for own in ids]) == [4, 4]


def test_two_stores_share_the_work(store: Store, postgres_url: str) -> None:
    own = store.write(add_person)
    with Store.open(postgres_url, clock=FakeClock()) as other, ThreadPoolExecutor(8) as threads:
        stores = [store, other] * 20
        tickets = list(threads.map(lambda one: one.write(lambda uow: open_ticket(uow, own)), stores))
    assert sorted(ticket.number for ticket in tickets) == [f"2026-{number:06d}" for number in range(1, 41)]
    assert broken(store) == []


def test_it_says_who_makes_backups(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Unsupported, match="pg_dump"):
        store.backup(tmp_path / "masa.dump")
