from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from handlers.messages import Recorded
from storage import Store
from storage.engine.sqlite import prepare_connection
from storage.errors import UnsafeConnection, Unsupported
from storage.tables import message
from storage.unit_of_work import SqlUnitOfWork
from tests.clock import START, FakeClock
from tests.storage.builders import add_person, add_technician, arrival, open_ticket
from tests.storage.stores import broken, open_sqlite

SAFE = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_sqlite(tmp_path) as opened:
        yield opened


def pragmas(uow: Any) -> dict[str, object]:
    names = [*SAFE, "query_only"]
    connection = uow.transaction.connection
    return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names}


def test_every_connection_promises_durability(store: Store) -> None:
    assert store.write(pragmas) == {**SAFE, "query_only": 0}
    assert store.read(pragmas) == {**SAFE, "query_only": 1}


def test_a_database_that_cannot_promise_it_is_refused() -> None:
    with closing(sqlite3.connect(":memory:")) as connection, pytest.raises(UnsafeConnection, match="journal_mode"):
        prepare_connection(connection)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://localhost/masa"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises((Unsupported, ImportError)):
        Store.open(url, clock=FakeClock())


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    from storage.maintenance import migrate

    migrate.upgrade(f"sqlite:///{tmp_path / 'masa.db'}")
    assert (tmp_path / "masa.db").stat().st_mode & 0o077 == 0


def test_a_backup_of_a_store_at_work(store: Store, tmp_path: Path) -> None:
    own = store.write(add_technician)
    store.write(lambda uow: open_ticket(uow, own))
    copy = tmp_path / "backup" / "masa.db"
    copy.parent.mkdir()
    store.backup(copy)
    store.write(lambda uow: open_ticket(uow, own))
    assert [path.name for path in copy.parent.iterdir()] == ["masa.db"]
    assert copy.stat().st_mode & 0o077 == 0
    with Store.open(f"sqlite:///{copy}", clock=FakeClock()) as restored:
        assert restored.read(lambda uow: uow.summaries.last_number(2026)) == 1
        assert broken(restored) == []


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE ticket_event SET after = 'closed' WHERE position = 2",
        "UPDATE ticket_event SET who = NULL WHERE position = 1",
        "DELETE FROM ticket_event WHERE position = 2",
        "DELETE FROM ticket_event WHERE position = 1",
        "DELETE FROM ticket_event",
    ],
)
def test_a_history_that_was_changed_is_found(store: Store, tmp_path: Path, tampering: str) -> None:
    def work(uow: Any) -> None:
        own = add_technician(uow)
        for _ in range(2):
            ticket = open_ticket(uow, own)
            ticket.claim(by=own, at=START, channel="web")
            uow.tickets.save(ticket)

    store.write(work)
    assert broken(store) == []
    with closing(sqlite3.connect(tmp_path / "masa.db")) as connection:
        first_only = f"{tampering} {'AND' if 'WHERE' in tampering else 'WHERE'} ticket = 1"
        connection.execute(first_only)
        connection.commit()
    (said,) = broken(store)
    assert said.startswith("2026-000001: ")
    assert "history" in said


def test_a_dangling_row_is_found(store: Store, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "masa.db")) as connection:
        connection.execute("INSERT INTO account VALUES ('web', 'x', 99, 'web:p:x')")
        connection.commit()
    assert [problem for problem in broken(store) if "person" in problem]


def test_what_is_handled_keeps_no_text(store: Store, tmp_path: Path) -> None:
    store.write(lambda uow: uow.inbox.accept([arrival("k")], now=START, owner=None))
    store.write(lambda uow: uow.inbox.handled(["k"], START))
    with closing(sqlite3.connect(tmp_path / "masa.db")) as connection:
        assert connection.execute("SELECT state, payload FROM inbox").fetchall() == [("handled", "")]


def test_what_somebody_erased_is_gone_from_the_file(store: Store, tmp_path: Path) -> None:
    def written(text: str) -> bool:
        return any(text.encode() in path.read_bytes() for path in tmp_path.glob("masa.db*"))

    own = store.write(add_person)
    said = Recorded(conversation="web:p:ayse", person=own, text="gizlikalsin " * 40, event_key="k", native_ref="1")
    store.write(lambda uow: uow.messages.record(said))
    assert written("gizlikalsin")
    store.write(lambda uow: uow.messages.erase_written_by(own))
    store.close()
    assert not written("gizlikalsin")


def test_what_somebody_erased_while_others_read_is_gone_once_they_have_done(store: Store, tmp_path: Path) -> None:
    """Nobody writes after it."""

    def written() -> bool:
        return any(b"gizlikalsin" in path.read_bytes() for path in tmp_path.glob("masa.db*"))

    own = store.write(add_person)
    said = Recorded(conversation="web:p:ayse", person=own, text="gizlikalsin " * 40, event_key="k", native_ref="1")
    store.write(lambda uow: uow.messages.record(said))
    with closing(sqlite3.connect(tmp_path / "masa.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM message").fetchone() == (1,)
        store.write(lambda uow: (uow.messages.erase_written_by(own), uow.tickets.erase_written_by(own)))
        assert written(), "it is read"
    while written():  # a test that hangs is stopped
        os.sched_yield()


def test_what_the_tree_left_behind_where_it_moved_rows_is_gone_too(store: Store, tmp_path: Path) -> None:
    """`secure_delete` knows nothing of it: only writing the file anew takes it."""
    own = store.write(add_person)

    def grows(uow: SqlUnitOfWork, number: int, length: int) -> None:
        text = "gizlikalsin " * length
        if length == 1:
            uow.messages.record(
                Recorded(
                    conversation="web:p:ayse", person=own, text=text, event_key=f"k{number}", native_ref=f"{number}"
                )
            )
        uow.transaction.execute(update(message).where(message.c.event_key == f"k{number}").values(text=text))

    for length in (1, 5, 23, 60, 111):
        for number in range(60):
            store.write(lambda uow, number=number, length=length: grows(uow, number * 7 % 60, length))
    store.write(lambda uow: (uow.messages.erase_written_by(own), uow.tickets.erase_written_by(own)))
    while any(b"gizlikalsin" in path.read_bytes() for path in tmp_path.glob("masa.db*")):
        os.sched_yield()  # a test that hangs is stopped
