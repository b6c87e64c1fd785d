"""`masa db move` and `masa db reindex`: what they refuse, and what they say to do next."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.coordination.file_lock import FileLock
from storage import Store
from tests.bot.commands.workspace import Workspace
from tests.clock import FakeClock
from tests.storage.lived import lived_in

NOWHERE = "postgresql+psycopg://masa:geheim@127.0.0.1:1/masa"


@pytest.fixture
def lived(workspace: Workspace) -> Workspace:
    lived_in(Path())
    return workspace


@pytest.mark.postgres
def test_moved_and_what_to_do_next(lived: Workspace, postgres_url: str) -> None:
    ran = lived.masa("db", "move", postgres_url.replace("+psycopg", "").replace("masa@", "masa:geheim@"))
    assert (ran.code, ran.err) == (0, "")
    assert "Taşındı ve denetlendi" in ran.out
    assert f'database_url = "{postgres_url.replace("masa@", "masa:***@")}"' in ran.out
    with Store.open(postgres_url, clock=FakeClock()) as store:
        assert store.read(lambda uow: uow.summaries.last_number(2026)) == 3
    assert Path("masa.db").exists()
    again = lived.masa("db", "move", postgres_url)
    assert again.code == 2
    assert "not empty" in again.err


def test_not_under_a_running_desk(lived: Workspace) -> None:
    leadership = FileLock.over(Path("masa.db").resolve())
    assert leadership.acquire()
    ran = lived.masa("db", "move", NOWHERE)
    leadership.end()
    assert ran.code == 2
    assert "stop `masa run` first" in ran.err


@pytest.mark.parametrize("address", ["sqlite:///masa2.db", "masa", "postgresql://", "mysql://x@y/z"])
def test_an_address_that_is_none(lived: Workspace, address: str) -> None:
    ran = lived.masa("db", "move", address)
    assert ran.code == 2
    assert "expected postgresql+psycopg://" in ran.err


def test_a_server_that_does_not_answer_is_said_without_the_password(lived: Workspace) -> None:
    ran = lived.masa("db", "move", NOWHERE)
    assert ran.code == 2
    assert "geheim" not in ran.err
    assert FileLock.over(Path("masa.db").resolve()).holder() is None


def test_from_postgresql_there_is_nothing_to_move(lived: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASA_DATABASE_URL", NOWHERE)
    assert "on PostgreSQL already" in lived.masa("db", "move", NOWHERE).err


def test_without_a_database(workspace: Workspace) -> None:
    assert "nothing to move" in workspace.masa("db", "move", NOWHERE).err


def test_the_search_is_made_anew(lived: Workspace) -> None:
    ran = lived.masa("db", "reindex")
    assert (ran.code, ran.out, ran.err) == (0, "Arama dizini yeniden kuruldu: 3 kayıt.\n", "")
    leadership = FileLock.over(Path("masa.db").resolve())
    assert leadership.acquire()
    ran = lived.masa("db", "reindex")
    leadership.end()
    assert ran.code == 2
    assert "stop `masa run` first" in ran.err
