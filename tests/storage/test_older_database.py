"""A database made by an older version is brought up with all that is in it.

`made_by_7a69b2e.sql` is the dump of a database that the code of commit 7a69b2e (revision 0004) made in two days of a
small desk: nine tickets in most of the states, a group of Telegram that became a supergroup, topics of a forum,
summaries, backups, a night's training, deliveries that went out, failed and wait, codes, sessions and drafts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from handlers.domain.idempotency import note_forwarded
from handlers.domain.job_run import JobName
from handlers.domain.people import Role
from handlers.domain.states import Change, Priority, State
from handlers.domain.targets import NO_TARGET, OF_FAULTS, Subject, Target
from handlers.ports import UnitOfWork
from storage import Store, migrations
from storage.maintenance import migrate
from storage.maintenance.copy_to_postgres import move
from storage.maintenance.verify import verify
from tests.clock import START, FakeClock
from tests.scenarios.stage import counting, open_stage

MADE = Path(__file__).with_name("made_by_7a69b2e.sql")
ENDED = START + timedelta(days=2)
GROUP, SUPERGROUP, PLAIN_GROUP = -5001, -1001000005001, -5002
MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)


def older_database(folder: Path) -> Path:
    path = folder / "masa.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(MADE.read_text(encoding="utf-8"))
    return path


def contents(path: Path) -> Mapping[str, list[dict[str, Any]]]:
    """Every row of every table, by the names of its columns."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: [dict(row) for row in connection.execute(f'SELECT * FROM "{table}"')] for table in tables}


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Brought up; for PostgreSQL, moved there afterwards."""
    url = f"sqlite:///{older_database(tmp_path_factory.mktemp('older'))}"
    migrate.upgrade(url)
    if request.param == "postgres":
        target = request.getfixturevalue("postgres_server").new_database("older")
        told = move(url, target, clock=FakeClock(ENDED), progress=lambda _what, _done, _total: None)
        assert (told.cleaned, told.known) == ([], [])
        url = target
    with Store.open(url, clock=FakeClock(ENDED)) as opened:
        yield opened


def test_it_was_made_by_the_older_version(tmp_path: Path) -> None:
    url = f"sqlite:///{older_database(tmp_path)}"
    assert migrate.revision(url) == "0004"
    migrate.upgrade(url)
    assert migrate.revision(url) == migrations.HEAD


DERIVED = {"person": ("search", "phone_key")}
"""Columns that the store makes of others, by what it knows today."""


def test_nothing_but_the_marks_of_jobs_and_groups_leaves_its_table(tmp_path: Path) -> None:
    path = older_database(tmp_path)
    before = contents(path)
    migrate.upgrade(f"sqlite:///{path}")
    after = contents(path)
    for table, rows in before.items():
        for row in (*rows, *after[table]):
            for name in DERIVED.get(table, ()):
                row.pop(name, None)
        if table in ("once", "alembic_version", "sqlite_sequence"):
            continue
        after[table] = [row for row in after[table] if row.get("name") != "targets_since"]
        anew = {"followers"} if table == "ticket" else set()  # people now, and no more whose ticket was merged
        kept = [{n: row[n] for n in (rows[0] if rows else ()) if n in row and n not in anew} for row in after[table]]
        assert kept == [{name: row[name] for name in row if name in kept[0]} for row in rows], table
    assert [row["mark"] for row in after["once"]] == [note_forwarded(4)]


def test_every_promise_holds(store: Store) -> None:
    assert list(verify(store, now=ENDED, working=False, counting=counting())) == []


def test_its_tickets_have_no_targets_and_those_to_come_have(store: Store) -> None:
    def look(uow: UnitOfWork) -> tuple[list[Target], int]:
        tickets = [uow.tickets.by_number(f"2026-00000{number}") for number in range(1, 10)]
        subject = Subject(unit="donanim", category=None, kind="ariza", priority=Priority.NORMAL)
        targets = uow.calendars.targets()
        opened = (max(ticket.opened_at for ticket in tickets), ENDED)
        return [targets.of(subject, at) for at in opened], len(uow.timings.alive(START - timedelta(days=99)))

    assert store.read(look) == ([NO_TARGET, OF_FAULTS[Priority.NORMAL]], 0)


def test_the_next_ticket_has_the_next_number(store: Store) -> None:
    assert store.read(lambda uow: uow.summaries.last_number(2026)) == 9


def test_its_tickets_are_read_with_their_histories(store: Store) -> None:
    tickets = store.read(lambda uow: [uow.tickets.by_number(f"2026-00000{number}") for number in range(1, 10)])
    histories = store.read(lambda uow: [[event.what for event in uow.tickets.history(one.id)] for one in tickets])
    entries = store.read(lambda uow: [len(uow.tickets.entries(one.id)) for one in tickets])
    assert [ticket.state for ticket in tickets] == [
        State.OPEN,
        State.CLOSED,
        State.CLAIMED,
        State.CLAIMED,
        State.OPEN,
        State.MERGED,
        State.CANCELLED,
        State.CLAIMED,
        State.OPEN,
    ]
    assert histories[1] == [
        Change.OPENED,
        Change.CLAIMED,
        Change.REPLIED,
        Change.NOTED,
        Change.REPLIED,
        Change.WAITING,
        Change.ASKED,
        Change.REPLIED,
        Change.RESUMED,
        Change.WAITING,
        Change.NOTED,
        Change.RESUMED,
        Change.RESOLVED,
        Change.CONFIRMED,
        Change.RATED,
    ]
    assert all(entries)
    assert tickets[1].resolution == "güç kaynağı değişti"
    assert tickets[5].merged_into == "2026-000001"
    assert tickets[0].followers == (), "whoever reported what was merged is found by the ticket itself"


def test_everything_else_is_read(store: Store) -> None:
    def read(uow: Any) -> None:
        people = uow.people.everybody()
        assert {person.handle for person in people} >= {"ayse", "hasan", "mehmet", "zeynep", "fatma", "kemal"}
        technicians = {person.handle for person in uow.people.in_role(Role.TECHNICIAN)}
        assert technicians == {"mehmet", "zeynep", "ali", "web-selin"}
        ayse = uow.people.by_handle("ayse")
        assert [session.user_agent for session in uow.sessions.of(ayse.id)] == ["Firefox", ""]
        assert uow.timeline.seen("web:p:ayse", ayse.id) == 5
        for place in uow.conversations.rooms():
            assert uow.timeline.page(place.address, limit=500)
        for person in people:
            assert uow.people.accounts(person.id)
            uow.timeline.page(f"web:p:{person.handle}")
        assert uow.summaries.tally("donanim", START, ENDED).opened == 7
        assert uow.inbox.backlog(ENDED).waiting == 1
        assert [arrival.key for arrival in uow.inbox.stuck()] == ["telegram:2"]
        assert uow.outbox.held()
        assert len(uow.outbox.given_up()) == 1
        assert uow.outbox.backlog(ENDED).waiting == 13
        assert len(list(uow.feedback.since(None))) == 11
        assert next(entry[2] for entry in uow.audit.recent()) == "backup"

    store.read(read)


def test_the_groups_of_telegram_are_where_they_were(store: Store) -> None:
    def read(uow: Any) -> tuple[list[int | None], list[int | None], list[tuple[str, int] | None]]:
        chats = uow.group_chats
        moved = [chats.migrated_to(GROUP), chats.migrated_from(SUPERGROUP), chats.migrated_to(PLAIN_GROUP)]
        topics = [chats.topic_of(SUPERGROUP, 1), *(chats.topic_of(GROUP, ticket) for ticket in range(1, 6))]
        cards = [chats.card_of(SUPERGROUP, 9), *(chats.card_of(GROUP, thread) for thread in (41, 48, 55, 62, 69))]
        pages = uow.timeline.page(f"telegram:r:{GROUP}", limit=500)
        known = {message.id: (message.kind, message.ticket) for message in pages}
        return moved, topics, [None if one is None else known[one] for one in cards]

    moved, topics, cards = store.read(read)
    assert moved == [SUPERGROUP, GROUP, None]
    assert topics == [9, 41, 48, 55, 62, None]
    assert cards == [("card", 1), ("card", 1), ("card", 2), ("card", 3), ("card", 4), None]


def test_the_jobs_are_known_to_have_run(store: Store) -> None:
    def ran(job: JobName, scope: str) -> list[datetime | None]:
        days = (MONDAY, TUESDAY, WEDNESDAY)
        return store.read(lambda uow: [uow.job_runs.until(job, scope, day) for day in days])

    posted = [datetime(2026, 11, 23, 14, tzinfo=UTC), datetime(2026, 11, 24, 14, tzinfo=UTC), None]
    for about in ("donanim", "yazilim", "director"):
        assert ran(JobName.DIGEST, about) == posted
    assert ran(JobName.MORNING, "donanim") == [None, datetime(2026, 11, 24, 5, 45, tzinfo=UTC), None]
    assert ran(JobName.TRAINING, "") == [None, None, datetime(2026, 11, 25, 0, 30, tzinfo=UTC)]
    backups = [datetime(2026, 11, day, 22, 30, tzinfo=UTC) for day in (23, 24)]
    assert ran(JobName.BACKUP, "") == [*backups, None]
    assert ran(JobName.CONTACT, "telegram") == [posted[0].replace(hour=15), posted[1].replace(hour=15), None]  # type: ignore[union-attr] # both are times


async def test_the_desk_goes_on_with_it(tmp_path: Path) -> None:
    path = older_database(tmp_path)
    migrate.upgrade(f"sqlite:///{path}")
    async with open_stage(tmp_path, "web", FakeClock(ENDED), fresh=False) as stage:
        room, hasan = stage.in_room("mehmet", "donanim"), stage.person("hasan")
        await room.presses(
            "Üstlen", on=next(seen for seen in await room.sees() if "2026-000001" in seen.text and seen.buttons)
        )
        assert (await stage.ticket("2026-000001")).state is State.CLAIMED
        await hasan.presses("Sorun sürüyor, teknisyene ilet")
        assert (await stage.ticket("2026-000010")).state is State.OPEN
        assert list(verify(stage.app.store, now=stage.clock.now())) == []
