"""A desk with years behind it: tickets by the hundred thousand, in seconds, the same ones every time.

The queue does not grow with the archive: a few hundred tickets are active, however many have ended.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.progress import Progress
from sqlalchemy import create_engine

from handlers.domain.folding import folded
from storage import migrate
from storage.tables import ticket, ticket_event
from storage.tickets import span_of

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
PEOPLE = 2_000
TECHNICIANS = 20
ACTIVE = 300
A_DAY = 800
A_MOMENT = timedelta(seconds=1)
UNITS = ("donanim", "yazilim")
CATEGORIES = tuple(f"konu-{number:02d}" for number in range(40))
DEPARTMENTS = tuple(f"Müdürlük {number:02d}" for number in range(30))
_HASH = "0" * 64
_BATCH = 20_000

_TICKET = (
    "id", "number", "unit", "category", "text", "reporter", "department", "conversation", "opened_at", "opened_by",
    "untold", "priority", "rank", "state", "holder", "restricted", "facts", "tried", "reasons", "files", "draft",
    "followers", "resolution", "resolved_at", "resolved_by", "ended_at", "finished_at", "span", "changed_at",
    "outage",
    "search", "version", "event_count", "last_hash",
)  # fmt: skip
_EVENT = ("ticket", "position", "at", "who", "channel", "what", "before", "after", "prev_hash", "hash")


def seed(path: Path, tickets: int, *, quiet: bool = False) -> str:
    """The URL of a new SQLite file with that many tickets, the last of them opened just before `NOW`."""
    path.unlink(missing_ok=True)
    url = f"sqlite:///{path}"
    migrate.upgrade(url)
    _indexes(url, create=False)
    chance = random.Random(4711)
    with closing(sqlite3.connect(path)) as connection, Progress(disable=quiet) as progress:
        connection.executescript("PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF")
        _people(connection)
        bar = progress.add_task(f"{tickets:,} tickets", total=tickets)
        rows, events = [], []
        for number in range(1, tickets + 1):
            row, history = _ticket(number, tickets, chance)
            rows.append(row)
            events += history
            if len(rows) == _BATCH or number == tickets:
                _insert(connection, "ticket", _TICKET, rows)
                _insert(connection, "ticket_event", _EVENT, events)
                progress.advance(bar, len(rows))
                rows, events = [], []
        connection.execute("INSERT INTO counter VALUES (2026, ?)", (tickets,))
        connection.commit()
        progress.update(bar, description=f"{tickets:,} tickets: indexes")
        _indexes(url, create=True)
    return url


def _indexes(url: str, *, create: bool) -> None:
    """Built at the end they are built in a third of the time."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for index in (*ticket.indexes, *ticket_event.indexes):
            if create:
                index.create(connection)
            else:
                index.drop(connection)
    engine.dispose()


def _people(connection: sqlite3.Connection) -> None:
    people = []
    for number in range(1, PEOPLE + 1):
        works = number <= TECHNICIANS
        role, unit = ("technician", UNITS[number % 2]) if works else ("requester", None)
        name = f"Kişi {number:04d}"
        people.append((number, f"kisi{number}", name, role, unit, DEPARTMENTS[number % 30], "", "", "", "kisi", True))
    columns = ("id", "handle", "name", "role", "unit", "department", "phone_key", "email_key", "staff_no", "search")
    _insert(connection, "person", (*columns, "verified"), people)
    places = [(f"web:p:kisi{number}", "web", number, False, False, 0) for number in range(1, PEOPLE + 1)]
    _insert(connection, "conversation", ("address", "channel", "person", "is_room", "blocked", "last_seq"), places)
    accounts = [("web", f"kisi{number}", number, f"web:p:kisi{number}") for number in range(1, PEOPLE + 1)]
    _insert(connection, "account", ("channel", "name", "person", "conversation"), accounts)


def _ticket(number: int, tickets: int, chance: random.Random) -> tuple[tuple[Any, ...], list[tuple[Any, ...]]]:
    opened = NOW - timedelta(days=(tickets - number + 1) / A_DAY)
    reporter = chance.randint(TECHNICIANS + 1, PEOPLE)
    holder = chance.randint(1, TECHNICIANS)
    unit, category = UNITS[holder % 2], chance.choice(CATEGORIES)
    text = f"{number}. kayıt: yazıcı çıktı vermiyor, kuyrukta bekliyor, acil bakılması rica olunur"
    rank = chance.choice((1, 2, 2, 2, 3))
    steps = list(_steps(number, tickets, opened, chance))
    state, changed = steps[-1]
    resolved = next((at for what, at in steps if what == "resolved"), None)
    ended = changed if state == "closed" else None
    place, priority = f"web:p:kisi{reporter}", ("acil", "yuksek", "normal", "dusuk")[rank]
    row = (
        number, f"2026-{number:06d}", unit, category, text, reporter, DEPARTMENTS[reporter % 30],
        place, _time(opened), reporter, False, priority, rank, state,
        None if state == "open" else holder, False, '{"oda":"312"}', 3, '["yazıcı"]', "[]", "", "[]",
        "toner değişti" if resolved else "", _time(resolved), holder if resolved else None, _time(ended),
        _time(resolved), resolved and span_of(resolved - opened), _time(changed), False, folded(text), len(steps),
        len(steps), _HASH,
    )  # fmt: skip
    before = None
    events = []
    for position, (what, at) in enumerate(steps, 1):
        who = reporter if what == "open" else holder
        name = {"open": "opened", "waiting_parts": "waiting"}.get(what, what)
        events.append((number, position, _time(at), who, "web", name, before, what, _HASH, _HASH))
        before = what
    return row, events


def _steps(number: int, tickets: int, opened: datetime, chance: random.Random) -> Iterator[tuple[str, datetime]]:
    yield "open", opened
    age = tickets - number
    if age < ACTIVE // 3:
        return
    yield "claimed", min(opened + timedelta(minutes=chance.randint(5, 300)), NOW - A_MOMENT)
    if age < ACTIVE * 5 // 6:
        return
    if age < ACTIVE:
        yield "waiting_parts", min(opened + timedelta(minutes=chance.randint(300, 400)), NOW - A_MOMENT)
        return
    solved = min(opened + timedelta(minutes=chance.randint(300, 2_000)), NOW - A_MOMENT)
    yield "resolved", solved
    yield "closed", min(solved + timedelta(days=1), NOW - A_MOMENT)


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.replace(tzinfo=None).isoformat(" ", "microseconds")


def _insert(connection: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * len(columns))
    connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
    connection.commit()
