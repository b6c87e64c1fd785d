"""What databases and drivers raise leaves the store as its own errors: who may come again, and who need not."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, exc, insert, select, text
from sqlalchemy.pool import NullPool

from handlers.domain.errors import NotFound
from handlers.ports import StoreError, StoreUnavailable
from storage import Store
from storage.errors import ReadOnly, StatementRefused, TransactionBroken, as_store_error, store_errors
from storage.maintenance import migrate
from storage.tables import once, ticket
from tests.clock import START, FakeClock
from tests.storage.stores import damage


def of_sqlite(statement: str) -> sqlite3.Error:
    """What SQLite itself raises, with its code."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        try:
            connection.execute(statement)
        except sqlite3.Error as error:
            return error
    raise AssertionError(f"{statement} is understood")


def of_sqlalchemy(kind: type[exc.DBAPIError], driver: Exception) -> exc.DBAPIError:
    return kind("INSERT INTO message VALUES (?)", ("yazıcı bozuk",), driver)


UNAVAILABLE = [
    (of_sqlalchemy(exc.OperationalError, sqlite3.OperationalError("database is locked")), "database is locked"),
    (
        of_sqlalchemy(exc.DatabaseError, sqlite3.DatabaseError("database disk image is malformed")),
        "database disk image",
    ),
    (of_sqlalchemy(exc.InternalError, psycopg.errors.DataCorrupted("invalid page in block 7")), "invalid page"),
    (of_sqlalchemy(exc.InterfaceError, psycopg.InterfaceError("the connection is closed")), "connection is closed"),
    (exc.TimeoutError("QueuePool limit of size 5 overflow 10 reached"), "QueuePool limit"),
    (sqlite3.DatabaseError("file is not a database"), "file is not a database"),
    (sqlite3.OperationalError("disk I/O error"), "disk I/O error"),
    (of_sqlite("COMMIT"), "cannot commit"),
    (psycopg.OperationalError("connection refused\n\tIs the server running?"), "connection refused"),
]
OURS = [
    (of_sqlalchemy(exc.IntegrityError, sqlite3.IntegrityError("UNIQUE constraint failed: once.mark")), "UNIQUE"),
    (of_sqlalchemy(exc.ProgrammingError, psycopg.errors.UndefinedTable('relation "x" does not exist')), "relation"),
    (of_sqlalchemy(exc.OperationalError, of_sqlite("SELECT * FROM nowhere")), "no such table"),
    (of_sqlite("SELECT FROM"), "syntax error"),
    (of_sqlalchemy(exc.DataError, psycopg.DataError("integer out of range")), "integer out of range"),
    (exc.StatementError("x", "INSERT …", ("yazıcı bozuk",), ValueError("yazıcı bozuk")), "ValueError"),
    (exc.NoResultFound("No row was found when one was required"), "No row was found"),
]


@pytest.mark.parametrize(("raised", "says"), UNAVAILABLE)
def test_a_database_that_cannot_be_used_now_is_unavailable(raised: Exception, says: str) -> None:
    found = as_store_error(raised)
    assert type(found) is StoreUnavailable
    assert says in str(found)
    assert found.__cause__ is raised


@pytest.mark.parametrize(("raised", "says"), OURS)
def test_a_statement_that_is_wrong_is_a_fault_of_ours(raised: Exception, says: str) -> None:
    found = as_store_error(raised)
    assert type(found) is StatementRefused
    assert says in str(found)


@pytest.mark.parametrize("raised", [raised for raised, _ in [*UNAVAILABLE, *OURS]])
def test_nothing_that_somebody_wrote_is_in_it(raised: Exception) -> None:
    assert "bozuk" not in str(as_store_error(raised))
    assert "INSERT" not in str(as_store_error(raised))


def test_the_values_that_postgresql_repeats_are_left_out() -> None:
    raised = psycopg.errors.UniqueViolation("duplicate key value\nDETAIL:  Key (text)=(yazıcı bozuk) already exists.")
    assert str(as_store_error(raised)) == "duplicate key value"


@pytest.mark.parametrize("raised", [NotFound("ticket", 7), OSError(28, "full"), TransactionBroken("x"), KeyError("x")])
def test_what_is_none_of_a_database_stays_what_it_is(raised: Exception) -> None:
    with pytest.raises(type(raised)) as caught, store_errors():
        raise raised
    assert caught.value is raised


# --- at the doors of a real store -----------------------------------------------------------------------
@pytest.fixture
def path(tmp_path: Path) -> Path:
    migrate.upgrade(f"sqlite:///{tmp_path / 'masa.db'}")
    return tmp_path / "masa.db"


def test_a_damaged_table_is_unavailable_to_who_reads_and_who_writes_it_and_the_rest_goes_on(path: Path) -> None:
    damage(path, "ticket")
    with Store.open(f"sqlite:///{path}", clock=FakeClock()) as store:
        with pytest.raises(StoreUnavailable, match="malformed"):
            store.read(lambda uow: uow.transaction.execute(select(ticket)).all())
        with pytest.raises(StoreUnavailable, match="malformed"):
            store.write(lambda uow: uow.transaction.execute(select(ticket)).all())
        assert store.write(lambda uow: uow.once.first("a", START))


def test_a_file_that_is_cut_off_is_unavailable(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    with pytest.raises(StoreUnavailable, match="malformed"):
        Store.open(f"sqlite:///{path}", clock=FakeClock())


def opened(url: str) -> Store:
    return Store.open(url, clock=FakeClock())


def test_what_is_no_database_is_unavailable_to_who_opens_or_migrates_it(path: Path) -> None:
    path.write_bytes(b"not a database at all" * 100)
    for opens in (opened, migrate.upgrade, migrate.revision):
        with pytest.raises(StoreUnavailable, match="not a database"):
            opens(f"sqlite:///{path}")


def test_a_wrong_statement_is_refused(path: Path) -> None:
    with Store.open(f"sqlite:///{path}", clock=FakeClock()) as store:
        twice = [{"mark": "a", "at": START}] * 2
        with pytest.raises(StatementRefused):
            store.write(lambda uow: uow.transaction.execute(insert(once), twice))
        with pytest.raises(ReadOnly):
            store.read(lambda uow: uow.transaction.execute(insert(once), twice[:1]))


def test_looking_for_others_commits_in_a_database_that_is_gone_is_unavailable(path: Path) -> None:
    with Store.open(f"sqlite:///{path}", clock=FakeClock()) as store:
        store.write(lambda uow: uow.once.first("a", START))
        store._writer._only.close()  # type: ignore[union-attr] # the writer's one connection
        with pytest.raises(StoreError):
            store.news()


@pytest.mark.postgres
def test_a_server_that_cannot_be_reached_is_unavailable() -> None:
    for opens in (opened, migrate.upgrade, migrate.revision):
        with pytest.raises(StoreUnavailable, match="refused"):
            opens("postgresql+psycopg://masa@127.0.0.1:1/masa")


@pytest.mark.postgres
def test_a_constraint_of_postgresql_is_refused_without_its_values(postgres_url: str) -> None:
    twice = text("INSERT INTO once (mark, at) VALUES ('yazıcı bozuk', now()), ('yazıcı bozuk', now())")
    engine = create_engine(postgres_url, poolclass=NullPool)
    with pytest.raises(StatementRefused) as caught, store_errors(), engine.connect() as connection:
        connection.execute(twice)
    assert "once" in str(caught.value)
    assert "bozuk" not in str(caught.value)
