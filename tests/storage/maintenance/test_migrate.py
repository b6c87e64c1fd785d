"""The tables come from the migrations alone, and a kill in the middle of one leaves none of it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine, insert, make_url, select, text
from sqlalchemy.pool import NullPool

from handlers.domain.people import PersonId
from handlers.ports.week_figures import HoursOfBoth
from storage import Store, migrations
from storage.errors import SchemaMismatch
from storage.maintenance import migrate
from storage.tables import figure_week, job_run, metadata, once, outbox
from tests.clock import START, FakeClock
from tests.postgres import PostgresServer

MADE_BY_THE_MIGRATION_ALONE = ("ticket_fts", "ix_ticket_search_whole", "shared", "whole")
"""The index of the search, which each database has in its own way."""


def differences(url: str) -> list[object]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        own = {"include_name": lambda name, *_: not (name or "").startswith(MADE_BY_THE_MIGRATION_ALONE)}
        return list(compare_metadata(MigrationContext.configure(connection, opts=own), metadata))


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
        Store.open(f"sqlite:///{tmp_path / 'masa.db'}", clock=FakeClock())


def test_a_database_of_a_newer_version_is_left_as_it_is(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'masa.db'}"
    migrate.upgrade(url)
    with closing(sqlite3.connect(tmp_path / "masa.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    for opens in (migrate.upgrade, partial(Store.open, clock=FakeClock())):
        with pytest.raises(SchemaMismatch, match="a newer masa made it"):
            opens(url)
    assert migrate.revision(url) == "9999"


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


def upgrade_to(revision: str, url: str) -> None:
    with migrate._exclusive(make_url(url)) as connection:
        command.upgrade(migrate.config(connection), revision)


def marks(url: str) -> list[str]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        return list(connection.execute(select(once.c.mark)).scalars())


def runs(url: str) -> list[tuple[str, str, date]]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        return [(row.job, row.scope, row.day) for row in connection.execute(select(job_run))]


def test_a_kill_in_the_middle_leaves_nothing_and_the_next_try_succeeds(tmp_path: Path) -> None:
    path = tmp_path / "masa.db"
    url = f"sqlite:///{path}"
    killed_at("CREATE TABLE TICKET_EVENT", url)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    migrate.upgrade(url)
    assert differences(url) == []


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'masa.db'}"
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return server.new_database("lived_in")


@pytest.fixture
def lived_in(empty: str) -> str:
    """A database with the first tables, and something in it."""
    url = empty
    upgrade_to("0001", url)
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(insert(once).values(mark="digest:donanim:2026-01-05", at=START))
    return url


def test_an_older_database_is_brought_up_with_what_is_in_it(lived_in: str) -> None:
    migrate.upgrade(lived_in)
    assert differences(lived_in) == []
    assert marks(lived_in) == []
    assert runs(lived_in) == [("digest", "donanim", date(2026, 1, 5))]


@pytest.mark.parametrize("statement", ["INSERT INTO JOB_RUN", "UPDATE ALEMBIC_VERSION"])
def test_a_kill_while_it_is_brought_up_leaves_the_older_one(lived_in: str, statement: str) -> None:
    killed_at(statement, lived_in)
    assert migrate.revision(lived_in) == "0001"
    assert marks(lived_in) == ["digest:donanim:2026-01-05"]
    migrate.upgrade(lived_in)
    assert differences(lived_in) == []
    assert runs(lived_in) == [("digest", "donanim", date(2026, 1, 5))]


DELIVERIES = {
    "never tried": ("due", 0, "", False),
    "tried, nothing recorded": ("due", 1, "", True),
    "refused": ("due", 3, "429", False),
    "answer lost": ("due", 2, "no answer: TimeoutError", True),
    "too slow": ("due", 2, "no answer in time", True),
    "cut off by a stop": ("due", 2, "stopped", True),
    "a fault of ours": ("due", 2, "fault: KeyError", True),
    "given up at once": ("given_up", 1, "not_in_channel", False),
    "given up in the end": ("given_up", 100, "100 attempts: no answer: 503", True),
    "given up as a killer": ("given_up", 100, "100 attempts that nobody survived to record", True),
}
"""What → state, attempts and error of a row as 0004 has it, and whether it may have arrived."""


def test_what_the_errors_told_of_a_delivery_stands_in_its_column(empty: str) -> None:
    upgrade_to("0004", empty)
    engine = create_engine(empty, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO conversation (address, channel, is_room, blocked, last_seq) "
                "VALUES ('slack:r:C1', 'slack', true, false, 0)"
            )
        )
        connection.execute(
            text(
                "INSERT INTO message (id, conversation, seq, first_seq, kind, rings, at, files, event_key, deleted) "
                "VALUES (1, 'slack:r:C1', 1, 1, 'card', true, :at, '[]', '', false)"
            ),
            {"at": "2026-11-23 06:00:00"},
        )
        for number, (state, attempts, error, _) in enumerate(DELIVERIES.values(), 1):
            connection.execute(
                text(
                    "INSERT INTO outbox "
                    "(id, channel, conversation, message, created_at, state, due_at, attempts, error) "
                    "VALUES (:id, 'slack', 'slack:r:C1', 1, :at, :state, :at, :attempts, :error)"
                ),
                {"id": number, "at": "2026-11-23 06:00:00", "state": state, "attempts": attempts, "error": error},
            )
    migrate.upgrade(empty)
    with engine.begin() as connection:
        found = connection.execute(select(outbox.c.may_have_arrived).order_by(outbox.c.id)).scalars()
        assert dict(zip(DELIVERIES, found, strict=True)) == {
            what: may_have_arrived for what, (*_, may_have_arrived) in DELIVERIES.items()
        }


def test_what_was_written_before_is_found(lived_in: str) -> None:
    """Of a ticket, on it and beside it in notes, by who reported it; of a security matter nothing."""
    upgrade_to("0011", lived_in)
    _older_ticket(lived_in, 1, restricted=False)
    _older_ticket(lived_in, 2, restricted=True)
    migrate.upgrade(lived_in)
    store = Store.open(lived_in, clock=FakeClock())
    try:

        def found(words: str, units: list[str] | None = None, reporter: PersonId | None = None) -> list[int]:
            asked = store.read(lambda uow: uow.search.tickets(words, units=units, reporter=reporter))
            return [one.id for one in asked.tickets]

        for words in ("kasnagi", "siparis", "su can gıcırdıyor", "214", "yazıcı", "2026-000001"):
            assert found(words) == [1], words
        assert (found("kasnağı", [], PersonId(1)), found("sipariş", [], PersonId(1))) == ([1], [])
    finally:
        store.close()


def _older_ticket(url: str, number: int, *, restricted: bool) -> None:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        tables = MetaData()
        tables.reflect(connection, only=["person", "ticket", "ticket_entry"])
        words = {"phone_key": "", "email_key": "", "staff_no": "", "search": "su can su fen isleri"}
        if number == 1:
            somebody = {"id": 1, "handle": "su", "name": "Su Can", "role": "requester", "verified": True}
            connection.execute(insert(tables.tables["person"]).values(somebody | words))
        numbers = {"rank": 2, "tried": 0, "version": 1, "event_count": 0, "opened_by": 1, "reporter": 1}
        flags = {"untold": False, "outage": False, "restricted": restricted}
        lists = dict.fromkeys(("reasons", "files"), "[]") | {"facts": '{"oda": "2. kat 214"}'}
        said = {"unit": "donanim", "department": "Fen", "conversation": "web:p:su", "priority": "normal", "draft": ""}
        then = START.isoformat(" ")  # as both databases take a time in words
        times = {"opened_at": then, "changed_at": then}
        own = {
            "id": number,
            "number": f"2026-{number:06d}",
            "text": "yazıcı",
            "state": "open",
            "last_hash": "",
            "search": "",
        }
        values = {**numbers, **flags, **lists, **said, **times, **own}
        known = tables.tables["ticket"]
        if "followers" in known.c:
            values["followers"] = "[]"
        connection.execute(insert(known).values(values))
        for kind, text_written in (("reply", "Kasnağı gıcırdıyor"), ("note", "bobin SİPARİŞ edildi")):
            entry = {"ticket": number, "kind": kind, "at": then, "author": 1, "text": text_written, "files": "[]"}
            connection.execute(insert(tables.tables["ticket_entry"]).values(entry))


def test_what_was_folded_in_an_older_way_is_found(lived_in: str) -> None:
    older = {"handle": "lukasz", "name": "Łukasz Ayşe’nin", "search": "łukasz ayse’nin", "email_key": "søren@bel.tr"}
    columns = "handle, name, role, department, room, phone, phone_key, email, email_key, staff_no, search, verified"
    engine = create_engine(lived_in, poolclass=NullPool)
    with engine.begin() as connection:
        values = ":handle, :name, 'requester', '', '', '', '', '', :email_key, '', :search, false"
        connection.execute(text(f"INSERT INTO person ({columns}) VALUES ({values})"), older)
    migrate.upgrade(lived_in)
    store = Store.open(lived_in, clock=FakeClock())
    try:
        found = store.read(lambda uow: [*uow.people.named("Łukasz Ayşe'nin"), uow.people.by_email("Søren@bel.tr")])
    finally:
        store.close()
    assert [person.handle for person in found if person] == ["lukasz", "lukasz"]


def test_what_people_wrote_becomes_the_list_of_mudurlukler(lived_in: str) -> None:
    """Each under the spelling of most; what one alone typed, of whom nobody knows who they are, stays with them."""
    written = [
        ("a", "Uzay İşleri", "1"),
        ("b", "uzay isleri müd.", ""),
        ("c", "Uzay İşleri", ""),
        ("d", "fen işleri", ""),
        ("e", "bilmem ki", ""),
        ("f", "müdürlüğü bilinmiyor", "6"),
        ("g", "", "7"),
    ]
    columns = "handle, name, role, department, room, phone, phone_key, email, email_key, staff_no, search, verified"
    engine = create_engine(lived_in, poolclass=NullPool)
    with engine.begin() as connection:
        values = ":handle, '', 'requester', :department, '', '', '', '', '', :staff_no, '', false"
        for handle, department, staff_no in written:
            one = {"handle": handle, "department": department, "staff_no": staff_no}
            connection.execute(text(f"INSERT INTO person ({columns}) VALUES ({values})"), one)
    migrate.upgrade(lived_in)
    store = Store.open(lived_in, clock=FakeClock())
    try:
        listed = store.read(lambda uow: [one.name for one in uow.departments.all()])
        people = store.read(lambda uow: {one.handle: one.department for one in uow.people.everybody()})
        found = store.read(lambda uow: [one.handle for one in uow.people.in_departments(["Uzay İşleri"])])
    finally:
        store.close()
    assert [one for one in listed if one in ("Uzay İşleri", "fen işleri", "bilmem ki")] == ["fen işleri", "Uzay İşleri"]
    assert not any("bilinmiyor" in one for one in listed)
    assert found == ["a", "b", "c"]
    assert (people["e"], people["f"]) == ("bilmem ki", "müdürlüğü bilinmiyor")


def test_weeks_that_are_kept_are_read_as_they_were_counted(lived_in: str) -> None:
    upgrade_to("0059", lived_in)
    ends = datetime(2026, 11, 22, 21, tzinfo=UTC)
    hour = datetime(2026, 11, 20, 7, tzinfo=UTC)
    number = int(hour.timestamp()) // 3600
    as_numbers = {
        "opened": [[number, 5, 4], [number + 1, 1, 1]],
        "resolved": [],
        "subjects": {"toner-kartus": {"Zabıta": 6}},
        "solved": [],
        "waited": [],
        "standing": [["open", 6, 5]],
        "waiting": [7],
        "repeated": 2,
    }
    engine = create_engine(lived_in, poolclass=NullPool)
    with engine.begin() as connection:
        week = {"unit": "donanim", "ends_at": ends, "starts_at": ends - timedelta(weeks=1)}
        connection.execute(insert(figure_week), {**week, "counted": True, "content": as_numbers})
        connection.execute(insert(figure_week), {**week, "unit": "yazilim", "counted": False, "content": {}})
        lately = {"ends_at": ends + timedelta(weeks=20), "starts_at": ends + timedelta(weeks=19)}
        connection.execute(insert(figure_week), {**week, **lately, "counted": True, "content": as_numbers})
    migrate.upgrade(lived_in)
    store = Store.open(lived_in, clock=FakeClock())
    try:
        found = store.read(lambda uow: uow.week_figures.kept("donanim", ends - timedelta(days=1), ends))[ends]
        assert found.opened == HoursOfBoth([hour, hour + timedelta(hours=1)], [5, 1], [4, 1])
        assert (found.resolved, found.waiting, found.repeated) == (HoursOfBoth([], [], []), [7], 2)
        assert found.subjects == {"toner-kartus": {"Zabıta": 6}}
        assert store.read(lambda uow: uow.week_figures.kept("yazilim", ends - timedelta(days=1), ends)) == {}
        counted = store.read(lambda uow: uow.week_figures.ends("donanim", ends - timedelta(days=1)))
        assert counted == {ends}, "the last ones are counted anew: nothing is known of what is alike in them"
    finally:
        store.close()
