"""A desk with years behind it: tickets by the hundred thousand, with their histories, messages and events.

The same ones every time. The queue does not grow with the archive: a few hundred tickets are active, however many have
ended; and `READER` has the same tickets and messages lately, however many there were before.
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

from handlers.domain.people import PersonId
from handlers.domain.states import Change, TicketEvent
from knowledge.language.folding import folded
from storage.maintenance import migrate
from storage.repositories.hash_chain import NO_HASH, event_hash
from storage.repositories.ticket_rows import span_of
from storage.tables import inbox, message, ticket, ticket_event

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
PEOPLE = 2_000
TECHNICIANS = 20
ACTIVE = 300
A_DAY = 800
A_MOMENT = timedelta(seconds=1)
UNITS = ("donanim", "yazilim")
CATEGORIES = tuple(f"konu-{number:02d}" for number in range(40))
DEPARTMENTS = tuple(f"Müdürlük {number:02d}" for number in range(30))
READER = 500
"""A reporter with every twentieth of the last thousand tickets."""
_BATCH = 20_000
_INDEXED = (ticket, ticket_event, message, inbox)
_CHANGES = {"open": Change.OPENED, "waiting_parts": Change.WAITING}

_TICKET = (
    "id", "number", "unit", "category", "text", "reporter", "department", "conversation", "opened_at", "opened_by",
    "untold", "priority", "rank", "state", "holder", "restricted", "facts", "tried", "reasons", "files", "draft",
    "followers", "resolution", "resolved_at", "resolved_by", "ended_at", "finished_at", "span", "changed_at",
    "outage",
    "version", "event_count", "last_hash",
)  # fmt: skip
_SEARCH = ("ticket", "reporter", "words", "notes")
_EVENT = ("ticket", "position", "at", "who", "channel", "what", "before", "after", "prev_hash", "hash")
_MESSAGE = (
    "conversation", "seq", "first_seq", "author", "at", "text", "files", "kind", "ticket", "rings", "event_key",
    "deleted",
)  # fmt: skip
_INBOX = ("key", "channel", "conversation", "payload", "received_at", "state", "due_at", "attempts")


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
        lasts = [0] * (PEOPLE + 1)
        """Seq of the last message, by person."""
        rows, events, messages, arrivals = [], [], [], []
        for number in range(1, tickets + 1):
            row, history = _ticket(number, tickets, chance)
            rows.append(row)
            events += history
            messages += _messages(row, lasts)
            arrivals.append(_arrival(row))
            if len(rows) == _BATCH or number == tickets:
                _insert(connection, "ticket", _TICKET, rows)
                _insert(connection, "ticket_search", _SEARCH, [_searched(row) for row in rows])
                _insert(connection, "ticket_event", _EVENT, events)
                _insert(connection, "message", _MESSAGE, messages)
                _insert(connection, "inbox", _INBOX, arrivals)
                progress.advance(bar, len(rows))
                rows, events, messages, arrivals = [], [], [], []
        ends = [(last, f"web:p:kisi{person}") for person, last in enumerate(lasts) if last]
        connection.executemany("UPDATE conversation SET last_seq = ? WHERE address = ?", ends)
        connection.execute("INSERT INTO counter VALUES (2026, ?)", (tickets,))
        connection.commit()
        progress.update(bar, description=f"{tickets:,} tickets: indexes")
        _indexes(url, create=True)
    return url


def _indexes(url: str, *, create: bool) -> None:
    """Built at the end they are built in a third of the time."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for index in (index for table in _INDEXED for index in table.indexes):
            if create:
                index.create(connection)
            else:
                index.drop(connection)
    engine.dispose()


def _searched(row: tuple[object, ...]) -> tuple[object, ...]:
    own = dict(zip(_TICKET, row, strict=True))
    name = f"kisi {own['reporter']:04d} kisi{own['reporter']} {folded(str(own['department']))} "
    return own["id"], name, folded(f"{own['number']} {own['category']} {own['text']}"), ""


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
    if tickets - number < 1_000 and number % 20 == 0:
        reporter = READER
    holder = chance.randint(1, TECHNICIANS)
    unit, category = UNITS[holder % 2], chance.choice(CATEGORIES)
    text = f"{number}. kayıt: yazıcı çıktı vermiyor, kuyrukta bekliyor, acil bakılması rica olunur"
    rank = chance.choice((1, 2, 2, 2, 3))
    steps = list(_steps(number, tickets, opened, chance))
    state, changed = steps[-1]
    resolved = next((at for what, at in steps if what == "resolved"), None)
    ended = changed if state == "closed" else None
    place, priority = f"web:p:kisi{reporter}", ("acil", "yuksek", "normal", "dusuk")[rank]
    name = f"2026-{number:06d}"
    history = list(_history(number, name, steps, reporter, holder))
    row = (
        number, name, unit, category, text, reporter, DEPARTMENTS[reporter % 30],
        place, _time(opened), reporter, False, priority, rank, state,
        None if state == "open" else holder, False, '{"oda":"312"}', 3, '["yazıcı"]', "[]", "", "[]",
        "toner değişti" if resolved else "", _time(resolved), holder if resolved else None, _time(ended),
        _time(resolved), resolved and span_of(resolved - opened), _time(changed), False,
        len(steps), len(steps), history[-1][-1],
    )  # fmt: skip
    return row, history


def _history(
    number: int, name: str, steps: list[tuple[str, datetime]], reporter: int, holder: int
) -> Iterator[tuple[Any, ...]]:
    before, previous = None, NO_HASH
    for position, (state, at) in enumerate(steps, 1):
        who = reporter if state == "open" else holder
        what = _CHANGES.get(state) or Change(state)
        change = TicketEvent(at, PersonId(who), "web", what, before, state, None)
        own = event_hash(name, position, change, previous)
        yield number, position, _time(at), who, "web", what.value, before, state, previous, own
        before, previous = state, own


def _messages(row: tuple[Any, ...], lasts: list[int]) -> Iterator[tuple[Any, ...]]:
    """What was reported, and what the desk said to it."""
    own = dict(zip(_TICKET, row, strict=True))
    place, at = own["conversation"], own["opened_at"]
    seq = lasts[own["reporter"]] = lasts[own["reporter"]] + 2
    yield place, seq - 1, seq - 1, own["reporter"], at, own["text"], "[]", "", None, True, _key(own["id"]), False
    told = f"Kaydınız açıldı: {own['number']}. Gelişmeleri buradan yazacağım."
    yield place, seq, seq, None, at, told, "[]", "opened", own["id"], True, "", False


def _arrival(row: tuple[Any, ...]) -> tuple[Any, ...]:
    own = dict(zip(_TICKET, row, strict=True))
    at = own["opened_at"]
    return _key(own["id"]), "web", own["conversation"], "", at, "handled", at, 1


def _key(ticket: int) -> str:
    return f"web:{ticket:08x}-0000-4000-8000-{ticket:012x}"


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
