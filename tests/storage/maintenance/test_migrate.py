"""The tables come from the migrations alone, and a kill in the middle of one leaves none of it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, insert, make_url, select
from sqlalchemy.pool import NullPool

from storage import Store, migrations
from storage.errors import SchemaMismatch
from storage.maintenance import migrate
from storage.tables import metadata, once
from tests.clock import START
from tests.postgres import PostgresServer


def differences(url: str) -> list[object]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))


def test_sqlite_has_the_tables_of_the_code(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'masa.db'}"
    migrate.upgrade(url)
    assert differences(url) == []


@pytest.mark.postgres
def test_postgres_has_the_tables_of_the_code(postgres_url: str) -> None:
    assert differences(postgres_url) == []


def test_upgrading_twice_changes_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'masa.db'}"
    assert migrate.revision(url) is None
    migrate.upgrade(url)
    migrate.upgrade(url)
    assert migrate.revision(url) == migrations.HEAD


def test_the_head_is_the_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_current_head() == migrations.HEAD


def test_a_store_without_its_tables_does_not_open(tmp_path: Path) -> None:
    with pytest.raises(SchemaMismatch):
        Store.open(f"sqlite:///{tmp_path / 'masa.db'}")


DIES = """
import os, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from storage.maintenance import migrate

@event.listens_for(Engine, "before_cursor_execute")
def die(connection, cursor, statement, parameters, context, many):
    if statement.lstrip().upper().startswith(sys.argv[2]):
        os.kill(os.getpid(), 9)

migrate.upgrade(sys.argv[1])
"""


def killed_at(statement: str, url: str) -> None:
    """The upgrade, by a process that is killed before that statement."""
    killed = subprocess.run([sys.executable, "-c", DIES, url, statement], cwd=Path(__file__).parents[3], check=False)
    assert killed.returncode == -9


def upgrade_to_the_first(url: str) -> None:
    with migrate._exclusive(make_url(url)) as connection:
        command.upgrade(migrate.config(connection), "0001")


def marks(url: str) -> list[str]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        return list(connection.execute(select(once.c.mark)).scalars())


def test_a_kill_in_the_middle_leaves_nothing_and_the_next_try_succeeds(tmp_path: Path) -> None:
    path = tmp_path / "masa.db"
    url = f"sqlite:///{path}"
    killed_at("CREATE TABLE TICKET_EVENT", url)
    assert sqlite3.connect(path).execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    migrate.upgrade(url)
    assert differences(url) == []


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def lived_in(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with the first tables, and something in it."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'masa.db'}"
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.new_database("lived_in")
    upgrade_to_the_first(url)
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(insert(once).values(mark="digest:donanim:2026-01-05", at=START))
    return url


def test_an_older_database_is_brought_up_with_what_is_in_it(lived_in: str) -> None:
    migrate.upgrade(lived_in)
    assert differences(lived_in) == []
    assert marks(lived_in) == ["digest:donanim:2026-01-05"]


@pytest.mark.parametrize("statement", ["CREATE TABLE LEASE", "UPDATE ALEMBIC_VERSION"])
def test_a_kill_while_it_is_brought_up_leaves_the_older_one(lived_in: str, statement: str) -> None:
    killed_at(statement, lived_in)
    assert migrate.revision(lived_in) == "0001"
    assert marks(lived_in) == ["digest:donanim:2026-01-05"]
    migrate.upgrade(lived_in)
    assert differences(lived_in) == []
    assert marks(lived_in) == ["digest:donanim:2026-01-05"]
