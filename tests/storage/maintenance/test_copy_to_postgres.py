"""`masa db move`: a desk that lived on SQLite goes on, on PostgreSQL, where it was."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.pool import NullPool

from handlers.domain.job_run import JobName
from storage import Store
from storage.maintenance.copy_to_postgres import Moved, MoveRefused, move
from storage.maintenance.verify import verify
from storage.tables import metadata, ticket
from tests.clock import FakeClock
from tests.scenarios.stage import Stage, open_stage
from tests.storage.lived import ENDED, GROUP, LATER, SUPERGROUP, lived_in

pytestmark = pytest.mark.postgres
ROOT = Path(__file__).parents[3]
TABLES = [table for table in metadata.sorted_tables if table.name != "lease"]


def moved(source: str, target: str) -> Moved:
    return move(source, target, clock=FakeClock(ENDED), progress=lambda _what, _done, _total: None)


def rows(url: str, name: str) -> Sequence[Any]:
    """As the desk reads them."""
    table = metadata.tables[name]
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return connection.execute(select(table).order_by(*table.primary_key.columns)).all()


def tamper(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / "masa.db")) as connection:
        for statement in statements:
            assert connection.execute(statement).rowcount > 0
        connection.commit()


def test_every_row_is_there_as_it_was(tmp_path: Path, postgres_url: str) -> None:
    source = lived_in(tmp_path)
    told = moved(source, postgres_url)
    assert told.rows["ticket"] == 3
    assert (told.cleaned, told.known) == ([], [])
    for table in TABLES:
        assert rows(postgres_url, table.name) == rows(source, table.name), table.name
    assert {name for name, count in told.rows.items() if not count} <= {
        "audit",
        "feedback",
        "seen",
        "setting",
        "tip_solved",
    }


def test_the_repositories_answer_the_same(tmp_path: Path, postgres_url: str) -> None:
    source = lived_in(tmp_path)
    moved(source, postgres_url)

    def answers(uow: Any) -> list[Any]:
        tickets = [uow.tickets.get(number) for number in (1, 2, 3)]
        people = uow.people.everybody()
        return [
            tickets,
            people,
            [(uow.tickets.history(one.id), uow.tickets.entries(one.id)) for one in tickets],
            [uow.tickets.queue("donanim"), uow.tickets.active_in("donanim"), uow.tickets.outages()],
            [[uow.tickets.of_reporter(one.id), uow.sessions.of(one.id), uow.people.accounts(one.id)] for one in people],
            [uow.timeline.page(place, limit=500) for place in ("web:p:ayse", "web:r:donanim", GROUP)],
            [uow.timeline.unread(one.id, ["web:p:ayse", "web:r:donanim"]) for one in people],
            [uow.summaries.list(), uow.summaries.tally("donanim", LATER - timedelta(days=1), ENDED)],
            [uow.inbox.backlog(ENDED), uow.inbox.stuck(), uow.outbox.backlog(ENDED), uow.outbox.given_up()],
            [uow.group_chats.migrated_to(-5001), uow.group_chats.topic_of(SUPERGROUP, 1)],
            [uow.job_runs.latest(JobName.DIGEST, "donanim"), uow.audit.recent(), uow.conversations.rooms()],
            [uow.attachments.get(file) for one in tickets for file in one.files],
        ]

    with Store.open(source, clock=FakeClock()) as before, Store.open(postgres_url, clock=FakeClock()) as after:
        assert after.read(answers) == before.read(answers)
        assert list(verify(after, now=ENDED, files=tmp_path / "files")) == []


async def test_the_desk_goes_on_there(tmp_path: Path, postgres_url: str) -> None:
    """A button shown before is pressed after; numbers, places in a conversation and ids continue."""
    source = lived_in(tmp_path)
    with Store.open(source, clock=FakeClock()) as store:
        last = store.read(lambda uow: uow.timeline.last_seq("web:p:hasan"))
    moved(source, postgres_url)
    async with open_stage(tmp_path, "web", FakeClock(ENDED), fresh=False, database_url=postgres_url) as stage:
        await _goes_on(stage)
        assert await stage.app.gateway.read(lambda uow: uow.timeline.last_seq("web:p:hasan")) > last
        assert list(verify(stage.app.store, now=stage.clock.now(), files=tmp_path / "files")) == []
    assert {row.id for row in rows(postgres_url, "ticket")} == {1, 2, 3, 4}


async def _goes_on(stage: Stage) -> None:
    room, hasan = stage.in_room("mehmet", "donanim"), stage.person("hasan")
    (first,) = [seen for seen in await room.sees() if "2026-000001" in seen.text and "Üstlen" in seen.buttons]
    await room.presses("Üstlen", on=first)
    assert (await stage.ticket("2026-000001")).holder is not None
    await hasan.says("yazıcı çıktı vermiyor")
    await hasan.presses("Teknisyene ilet")
    assert (await stage.ticket("2026-000004")).text == "yazıcı çıktı vermiyor"


def test_ids_of_rows_that_are_gone_are_not_given_again(tmp_path: Path, postgres_url: str) -> None:
    source = lived_in(tmp_path)
    with closing(sqlite3.connect(tmp_path / "masa.db")) as connection:
        (last,) = connection.execute("SELECT max(id) FROM outbox").fetchone()
    tamper(tmp_path, f"DELETE FROM outbox WHERE id = {last}")
    moved(source, postgres_url)
    engine = create_engine(postgres_url, poolclass=NullPool)
    with engine.connect() as connection:
        (following,) = connection.execute(text("SELECT nextval(pg_get_serial_sequence('outbox', 'id'))")).one()
    assert following == last + 1


def test_what_was_in_hand_is_free(tmp_path: Path, postgres_url: str) -> None:
    source = lived_in(tmp_path)
    tamper(tmp_path, "UPDATE inbox SET owner = 'dead', leased_until = received_at WHERE state = 'waiting'")
    moved(source, postgres_url)
    (waiting,) = [row for row in rows(postgres_url, "inbox") if row.state == "waiting"]
    assert (waiting.owner, waiting.leased_until) == (None, None)


def test_what_a_killed_desk_left_in_its_log_comes_along(tmp_path: Path, postgres_url: str) -> None:
    source, left = lived_in(tmp_path), tmp_path / "left"
    left.mkdir()
    with Store.open(source, clock=FakeClock()) as store:
        store.write(lambda uow: uow.once.first("at the end", ENDED))
        for suffix in ("", "-wal"):
            (left / f"masa.db{suffix}").write_bytes((tmp_path / f"masa.db{suffix}").read_bytes())
    moved(f"sqlite:///{left / 'masa.db'}", postgres_url)
    assert "at the end" in {row.mark for row in rows(postgres_url, "once")}


@pytest.mark.parametrize("table", ["ticket_event", "outbox"])
def test_a_kill_leaves_nothing_and_it_begins_again(tmp_path: Path, postgres_url: str, table: str) -> None:
    source = lived_in(tmp_path)
    child = (
        "import os, signal, sys\n"
        "from storage.maintenance.copy_to_postgres import move\n"
        "from tests.clock import FakeClock\n"
        "def die(what, done, total):\n"
        "    if what == sys.argv[3] and done: os.kill(os.getpid(), signal.SIGKILL)\n"
        "move(sys.argv[1], sys.argv[2], clock=FakeClock(), progress=die)\n"
    )
    killed = subprocess.run([sys.executable, "-c", child, source, postgres_url, table], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert rows(postgres_url, "person") == []
    assert moved(source, postgres_url).rows["ticket"] == 3


def test_a_database_that_is_not_empty_is_left_alone(tmp_path: Path, postgres_url: str) -> None:
    source = lived_in(tmp_path)
    moved(source, postgres_url)
    with pytest.raises(MoveRefused, match="not empty"):
        moved(source, postgres_url)
    assert len(rows(postgres_url, "ticket")) == 3


def test_tables_of_another_version(tmp_path: Path, postgres_url: str) -> None:
    source = lived_in(tmp_path)
    tamper(tmp_path, "UPDATE alembic_version SET version_num = '0000'")
    with pytest.raises(MoveRefused, match="masa db upgrade"):
        moved(source, postgres_url)


def test_a_character_that_postgresql_does_not_store_is_cleaned_and_named(tmp_path: Path, postgres_url: str) -> None:
    source = lived_in(tmp_path)
    tamper(tmp_path, "UPDATE person SET staff_no = 'a' || char(0) || 'b' WHERE handle = 'ayse'")
    told = moved(source, postgres_url)
    (cleaned,) = told.cleaned
    assert cleaned.startswith("person ")
    assert cleaned.endswith(": staff_no")
    (ayse,) = [row for row in rows(postgres_url, "person") if row.handle == "ayse"]
    assert ayse.staff_no == "a\ufffdb"


def test_bytes_that_are_no_text_stop_it_where_they_are(tmp_path: Path, postgres_url: str) -> None:
    source = lived_in(tmp_path)
    tamper(tmp_path, "UPDATE person SET name = CAST(x'ff41' AS TEXT) WHERE handle = 'ayse'")
    with pytest.raises(MoveRefused, match=r"table person.*nothing was moved"):
        moved(source, postgres_url)
    assert rows(postgres_url, "person") == []


def test_signs_of_the_copy_format_are_letters(tmp_path: Path, postgres_url: str) -> None:
    source = lived_in(tmp_path)
    odd = "bir\\N\tiki\nüç\r\\."
    with closing(sqlite3.connect(tmp_path / "masa.db")) as connection:
        connection.execute("UPDATE person SET name = ? WHERE handle = 'ayse'", (odd,))
        connection.execute("UPDATE person SET name = '' WHERE handle = 'hasan'")
        connection.execute("UPDATE person SET name = ? WHERE handle = 'zeynep'", ("\\N",))
        connection.commit()
    moved(source, postgres_url)
    names = {row.handle: row.name for row in rows(postgres_url, "person")}
    assert (names["ayse"], names["hasan"], names["zeynep"]) == (odd, "", "\\N")


def test_what_was_broken_before_is_told_and_comes_along(tmp_path: Path, postgres_url: str) -> None:
    source = lived_in(tmp_path)
    tamper(tmp_path, "UPDATE counter SET value = 9 WHERE kind = 'ticket'")
    (known,) = moved(source, postgres_url).known
    assert known.invariant == "numbers"


def test_what_breaks_on_the_way_undoes_it_all(tmp_path: Path, postgres_url: str) -> None:
    """Two reports that differ in a character that PostgreSQL does not store would be one there."""
    source = lived_in(tmp_path)
    tamper(
        tmp_path,
        "UPDATE ticket SET draft = 'y' || char(0) WHERE id = 1",
        "UPDATE ticket SET draft = 'y\ufffd' WHERE id = 2",
    )
    with pytest.raises(MoveRefused, match="one report"):
        moved(source, postgres_url)
    engine = create_engine(postgres_url, poolclass=NullPool)
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(ticket)).scalar_one() == 0
