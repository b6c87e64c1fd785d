"""A desk with years behind it: tickets by the hundred thousand, with their histories, times, messages and events.

The same ones every time. The queue does not grow with the archive: a few hundred tickets are active, however many have
ended; and `READER` has the same tickets and messages lately, however many there were before.
"""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.progress import Progress
from sqlalchemy import create_engine

from handlers.domain.notice import DEFAULT as NOTICE
from handlers.domain.people import PersonId
from handlers.domain.states import Change, TicketEvent
from handlers.domain.store_events import NO_HASH
from knowledge.language.folding import folded
from storage.maintenance import migrate
from storage.repositories.hash_chain import event_hash
from storage.repositories.ticket_rows import span_of
from storage.repositories.ticket_search import with_parts
from storage.tables import inbox, message, ticket, ticket_event, ticket_timing

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
PEOPLE = 2_000
TECHNICIANS = 20
ACTIVE = 300
A_DAY = 800
A_MOMENT = timedelta(seconds=1)
UNITS = ("donanim", "yazilim")
CATEGORIES = {
    "donanim": (
        "yazici-yazdirmiyor", "internet-yok", "toner-kartus", "bilgisayar-yavas", "bilgisayar-acilmiyor",
        "yazici-kagit-sikismasi", "telefon-santral", "klavye-fare", "monitor-goruntu", "kablosuz-ag", "tarayici",
        "sarf-malzeme", "tasima-nakil", "guvenlik-kamerasi", "projeksiyon-toplanti", "yeni-bilgisayar",
    ),
    "yazilim": (
        "ebys-giris", "parola-sifirlama", "otomasyon-hata", "ebys-evrak", "e-imza", "otomasyon-yetki", "eposta-sorun",
        "ofis-yazilimlari", "kep", "yazilim-kurulum", "kullanici-hesabi", "ortak-klasor", "vpn-uzak-erisim",
        "rapor-talebi", "web-icerik", "kent-bilgi-sistemi",
    ),
}  # fmt: skip
"""Of each unit, the frequent ones first."""
DEPARTMENTS = tuple(f"Müdürlük {number:02d}" for number in range(30))
READER = 500
"""A reporter with every twentieth of the last thousand tickets."""
LEAD, DIRECTOR, AUDITOR, ADMIN = range(PEOPLE + 1, PEOPLE + 5)
"""Who looks; the lead leads donanim."""
_ROLES = {LEAD: ("lead", "donanim"), DIRECTOR: ("director", None), AUDITOR: ("auditor", None), ADMIN: ("admin", None)}
_BATCH = 20_000
_INDEXED = (ticket, ticket_event, ticket_timing, message, inbox)
_WAITS = ("waiting_parts", "waiting_vendor", "waiting_reporter")
_HOUR = 3_600
_TARGET = 8 * _HOUR
_LETTERS = "ABCDEFGHJKLMNPRSTUVYZ"

_TICKET = (
    "id", "number", "unit", "category", "text", "reporter", "department", "conversation", "opened_at", "opened_by",
    "untold", "priority", "rank", "state", "holder", "restricted", "facts", "tried", "reasons", "files", "draft",
    "followers", "resolution", "resolved_at", "resolved_by", "ended_at", "finished_at", "span", "changed_at",
    "outage",
    "version", "event_count", "last_hash",
)  # fmt: skip
_RESTRICTED = _TICKET.index("restricted")
_SEARCH = ("ticket", "reporter", "words", "notes")
_EVENT = ("ticket", "position", "at", "who", "channel", "what", "before", "after", "prev_hash", "hash")
_MESSAGE = (
    "conversation", "seq", "first_seq", "author", "at", "text", "files", "kind", "ticket", "rings", "event_key",
    "deleted",
)  # fmt: skip
_TIMING = ("ticket", "lines", "outdated", "solve_due_at", "spent_s", "solve_target_s", "missed")
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
        rows, events, timings, messages, arrivals = [], [], [], [], []
        for number in range(1, tickets + 1):
            row, history = _ticket(number, tickets, chance)
            rows.append(row)
            events += history
            timings.append(_timing(row, chance))
            messages += _messages(row, lasts)
            arrivals.append(_arrival(row))
            if len(rows) == _BATCH or number == tickets:
                _insert(connection, "ticket", _TICKET, rows)
                _insert(connection, "ticket_search", _SEARCH, [_searched(row) for row in rows if not row[_RESTRICTED]])
                _insert(connection, "ticket_event", _EVENT, events)
                _insert(connection, "ticket_timing", _TIMING, timings)
                _insert(connection, "message", _MESSAGE, messages)
                _insert(connection, "inbox", _INBOX, arrivals)
                progress.advance(bar, len(rows))
                rows, events, timings, messages, arrivals = [], [], [], [], []
        ends = [(last, f"web:p:kisi{person}") for person, last in enumerate(lasts) if last]
        connection.executemany("UPDATE conversation SET last_seq = ? WHERE address = ?", ends)
        connection.execute("INSERT INTO counter VALUES ('ticket', 2026, ?)", (tickets,))
        connection.execute("INSERT INTO pending_head SELECT 'ticket', id, event_count, last_hash FROM ticket")
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


def _searched(row: tuple[Any, ...]) -> tuple[object, ...]:
    own = dict(zip(_TICKET, row, strict=True))
    words = f"{own['number']} {own['category']} {own['text']} {' '.join(json.loads(own['facts']).values())}"
    return own["id"], _called(own["reporter"]), with_parts(folded(words), but=1), ""


def _called(person: int) -> str:
    return folded(f"Kişi {person:04d} kisi{person} {DEPARTMENTS[person % 30]} {_room(person)}")


def _room(person: int) -> str:
    return str(100 + person % 300)


def _people(connection: sqlite3.Connection) -> None:
    people = []
    everybody = range(1, PEOPLE + len(_ROLES) + 1)
    for number in everybody:
        role, unit = ("technician", UNITS[number % 2]) if number <= TECHNICIANS else ("requester", None)
        role, unit = _ROLES.get(number, (role, unit))
        name, department = f"Kişi {number:04d}", DEPARTMENTS[number % 30]
        own = (number, f"kisi{number}", name, role, unit, department, _room(number), "", "", "", _called(number))
        people.append((*own, True, NOTICE.version))
    columns = ("id", "handle", "name", "role", "unit", "department", "room", "phone_key", "email_key", "staff_no")
    _insert(connection, "person", (*columns, "search", "verified", "notice_version"), people)
    places = [(f"web:p:kisi{number}", "web", number, False, False, 0) for number in everybody]
    _insert(connection, "conversation", ("address", "channel", "person", "is_room", "blocked", "last_seq"), places)
    accounts = [("web", f"kisi{number}", number, f"web:p:kisi{number}") for number in everybody]
    _insert(connection, "account", ("channel", "name", "person", "conversation"), accounts)


def _ticket(number: int, tickets: int, chance: random.Random) -> tuple[tuple[Any, ...], list[tuple[Any, ...]]]:
    opened = NOW - timedelta(days=(tickets - number + 1) / A_DAY)
    reporter = chance.randint(TECHNICIANS + 1, PEOPLE)
    if tickets - number < 1_000 and number % 20 == 0:
        reporter = READER
    holder = chance.randint(1, TECHNICIANS)
    unit = UNITS[holder % 2]
    category = CATEGORIES[unit][int(chance.random() ** 2 * 16)]
    text = f"{number}. kayıt: yazıcı çıktı vermiyor, kuyrukta bekliyor, acil bakılması rica olunur"
    rank = 0 if number % 50 == 3 else chance.choice((1, 2, 2, 2, 3))
    steps = list(_steps(number, tickets, opened, chance))
    _, state, changed = steps[-1]
    resolved = next((at for _, after, at in reversed(steps) if after == "resolved"), None)
    ended = changed if state == "closed" else None
    place, priority = f"web:p:kisi{reporter}", ("acil", "yuksek", "normal", "dusuk")[rank]
    name = f"2026-{number:06d}"
    history = list(_history(number, name, steps, reporter, holder))
    row = (
        number, name, unit, category, text, reporter, DEPARTMENTS[reporter % 30],
        place, _time(opened), reporter, False, priority, rank, state,
        None if state == "open" else holder, number % 200 == 7, _facts(number, reporter), 3, '["yazıcı"]', "[]", "",
        "[]",
        "toner değişti" if resolved else "", _time(resolved), holder if resolved else None, _time(ended),
        _time(resolved), resolved and span_of(resolved - opened), _time(changed), False,
        len(steps), len(steps), history[-1][-1],
    )  # fmt: skip
    return row, history


def _facts(number: int, reporter: int) -> str:
    """A room, and of every third a device of a kind of which each house has two thousand."""
    device = f',"demirbas":"255-{reporter:05d}","seri":"{serial_of(reporter)}"' if number % 3 == 0 else ""
    return f'{{"oda":"{_room(reporter)}"{device}}}'


def serial_of(person: int) -> str:
    """Of the device at which somebody sits: `CNB7K04B2Q`."""
    first, second = _LETTERS[person % 21], _LETTERS[person // 21 % 21]
    return f"CN{first}7{second}{person:04d}Q"


def _timing(row: tuple[Any, ...], chance: random.Random) -> tuple[Any, ...]:
    """Not what the calendar says of it: as long as such things take."""
    own = dict(zip(_TICKET, row, strict=True))
    active = own["resolved_at"] is None
    spent = 0 if active else 300 + int(chance.random() ** 4 * 20 * _HOUR)
    due = _time(NOW + timedelta(minutes=10 * (own["id"] % 99) - 300)) if active else None
    return own["id"], own["event_count"], False, due, spent, _TARGET, spent > _TARGET


def _history(
    number: int, name: str, steps: list[tuple[Change, str, datetime]], reporter: int, holder: int
) -> Iterator[tuple[Any, ...]]:
    before, previous = None, NO_HASH
    for position, (what, after, at) in enumerate(steps, 1):
        who = reporter if what in (Change.OPENED, Change.REOPENED) else holder
        change = TicketEvent(at, PersonId(who), "web", what, before, after, None)
        own = event_hash(name, position, change, previous)
        yield number, position, _time(at), who, "web", what.value, before, after, previous, own
        before, previous = after, own


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


def _steps(
    number: int, tickets: int, opened: datetime, chance: random.Random
) -> Iterator[tuple[Change, str, datetime]]:
    def after(minutes: int) -> datetime:
        return min(opened + timedelta(minutes=minutes), NOW - A_MOMENT)

    yield Change.OPENED, "open", opened
    age = tickets - number
    if age < ACTIVE // 3:
        return
    yield Change.CLAIMED, "claimed", after(chance.randint(5, 300))
    if age < ACTIVE * 5 // 6:
        return
    waits, solved = _WAITS[number % 3], chance.randint(500, 2_000)
    if age < ACTIVE or number % 8 == 0:
        yield Change.WAITING, waits, after(chance.randint(300, 400))
    if age < ACTIVE:
        return
    if number % 8 == 0:
        solved *= 3
        yield Change.RESUMED, "claimed", after(solved - 60)
    yield Change.RESOLVED, "resolved", after(solved)
    if number % 60 == 0:
        solved += 300
        yield Change.REOPENED, "claimed", after(solved - 200)
        yield Change.RESOLVED, "resolved", after(solved)
    yield Change.CLOSED, "closed", after(solved + 1_440)


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(" ", "microseconds")[:26]


def _insert(connection: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * len(columns))
    connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
    connection.commit()
