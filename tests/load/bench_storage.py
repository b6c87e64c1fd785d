"""What the store costs beside bare sqlite3."""

from __future__ import annotations

import argparse
import json
import sqlite3
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

from rich.console import Console

from bot.clock import SystemClock
from handlers.domain.dialog import Draft, Phase
from handlers.domain.people import Account, PersonId
from handlers.messages import Button, Outgoing, Recorded
from handlers.ports import Arrival, UnitOfWork
from storage import Store
from storage.engine.sqlite import prepare_connection
from tests.load.archive import sqlite_archive
from tests.load.figures import Sheet, wide_console
from tests.load.seed import NOW, PEOPLE, TECHNICIANS, seed

TEXT = "slm yazici cikti vermiyo, 3. kat tahakkuk servisi"
ANSWER = "Anladığım: Yazıcı yazdırmıyor\n1. Yazıcının ekranında Hazır yazdığına bakın …\n2. Kabloyu çıkarıp takın …"
BUTTONS = (Button("İşe yaradı", "worked"), Button("Teknisyene ilet", "open"), Button("Sorunum bu değil", "other"))
TIME = NOW.replace(tzinfo=None).isoformat(" ", "microseconds")
_keys = count(1)


# --- one accepted report ---
def accept(key: str, who: int) -> Callable[[UnitOfWork], object]:
    place = f"web:p:kisi{who}"
    payload = json.dumps({"text": TEXT, "sender": place})
    arrival = Arrival(key=key, channel="web", conversation=place, payload=payload, received_at=NOW)
    return lambda uow: uow.inbox.accept([arrival], now=NOW, owner="bench")


def handle(key: str, who: int) -> Callable[[UnitOfWork], object]:
    place = f"web:p:kisi{who}"

    def work(uow: UnitOfWork) -> None:
        uow.inbox.handled([key], NOW)
        person = uow.people.by_account(Account("web", f"kisi{who}"))
        conversation = uow.conversations.get(place)
        assert person is not None
        assert conversation is not None
        conversation.active_at = NOW
        uow.conversations.save(conversation)
        dialog = uow.dialogs.get(place, person.id)
        dialog.draft = Draft(id=key, started_at=NOW, changed_at=NOW, texts=[TEXT], keys=[key], phase=Phase.SUGGESTED)
        uow.dialogs.save(dialog)
        uow.messages.record(Recorded(conversation=place, person=person.id, text=TEXT, event_key=key))
        uow.messages.put(
            Outgoing(conversation=place, text=ANSWER, buttons=BUTTONS, slot=f"draft:{key}", kind="suggestion")
        )

    return work


def through_the_store(store: Store) -> None:
    key, who = f"bench:{next(_keys)}", next(_keys) % PEOPLE + 1
    store.write(accept(key, who))
    store.write(handle(key, who))


def bare(connection: sqlite3.Connection, *, commits: int) -> None:
    """The same rows by hand, in one transaction or in two; a million people's habits cost nothing here."""
    key, who = f"bench:{next(_keys)}", next(_keys) % PEOPLE + 1
    place = f"web:p:kisi{who}"
    run = connection.execute
    run("BEGIN IMMEDIATE")
    run(
        "INSERT INTO inbox"
        " (key, channel, conversation, payload, received_at, state, due_at, attempts, owner, leased_until)"
        " VALUES (?, 'web', ?, ?, ?, 'waiting', ?, 1, 'bench', ?)",
        (key, place, json.dumps({"text": TEXT, "sender": place}), TIME, TIME, TIME),
    )
    if commits == 2:
        run("COMMIT")
        run("BEGIN IMMEDIATE")
    run("UPDATE inbox SET state = 'handled', payload = '', owner = NULL, leased_until = NULL WHERE key = ?", (key,))
    run(
        "INSERT INTO dialog (conversation, person, data, draft_idle_since, version) VALUES (?, ?, ?, ?, 1)"
        " ON CONFLICT DO UPDATE SET data = excluded.data, version = version + 1",
        (place, who, json.dumps({"draft": {"texts": [TEXT], "keys": [key], "phase": "suggested"}}), TIME),
    )
    (seq,) = run(
        "UPDATE conversation SET last_seq = last_seq + 2, active_at = ? WHERE address = ? RETURNING last_seq",
        (TIME, place),
    ).fetchone()
    said = [
        (place, seq - 1, seq - 1, who, TIME, TEXT, "", None, key),
        (place, seq, seq, None, TIME, ANSWER, "suggestion", f"draft:{key}", ""),
    ]
    connection.executemany(
        "INSERT INTO message"
        " (conversation, seq, first_seq, author, at, text, files, kind, rings, slot, event_key, deleted)"
        " VALUES (?, ?, ?, ?, ?, ?, '[]', ?, 1, ?, ?, 0)",
        said,
    )
    (message,) = run("SELECT seq FROM sqlite_sequence WHERE name = 'message'").fetchone()
    connection.executemany(
        "INSERT INTO button VALUES (?, ?, ?, ?, ?, 1)",
        [(f"{key}-{number}", message, one.action, one.label, number) for number, one in enumerate(BUTTONS)],
    )
    run("COMMIT")


def at_once(store: Store, clients: int, reports: int) -> float:
    """Reports a second with so many under way: each client sends its next when the last one was handled."""
    left = threading.Semaphore(0)
    todo: Iterator[int] = iter(range(reports))
    lock = threading.Lock()

    def start() -> None:
        with lock:
            number = next(todo, None)
        if number is None:
            left.release()
            return
        key, who = f"bench:{next(_keys)}", number % PEOPLE + 1
        accepted = store.submit(accept(key, who))
        accepted.add_done_callback(lambda _: store.submit(handle(key, who)).add_done_callback(done))

    def done(future: Any) -> None:
        future.result()
        start()

    began = time.perf_counter()
    for _ in range(clients):
        start()
    for _ in range(clients):
        left.acquire()
    return reports / (time.perf_counter() - began)


# --- measuring ---
def median_ms(work: Callable[[], object], runs: int) -> float:
    work()
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def reports(console: Console, folder: Path, runs: int) -> None:
    url, path = seed(folder / "ours.db", 1_000, quiet=True), folder / "bare.db"
    seed(path, 1_000, quiet=True)
    with (
        Store.open(url, clock=SystemClock()) as store,
        closing(sqlite3.connect(path, isolation_level=None)) as connection,
    ):
        prepare_connection(connection)
        one = median_ms(lambda: bare(connection, commits=1), runs)
        two = median_ms(lambda: bare(connection, commits=2), runs)
        ours = median_ms(lambda: through_the_store(store), runs)
        rate = max(at_once(store, 32, runs * 4) for _ in range(2))
    sheet = Sheet(
        bench="bench_storage", name="report", title="One accepted report, SQLite FULL", columns=("", "ms", "× bare")
    )
    sheet.add("bare sqlite3, one transaction", one, 1.0)
    sheet.add("bare sqlite3, two (stored, then handled)", two, two / one)
    sheet.add("the store (stored, then handled)", ours, ours / one)
    sheet.add("the store, 32 at once", 1000 / rate, 1000 / rate / one)
    sheet.publish(console)


def claim(store: Store, who: PersonId) -> Callable[[], object]:
    """Takes the next of the queue, then puts it back."""

    def once() -> None:
        def work(uow: UnitOfWork) -> None:
            ticket = uow.tickets.queue("donanim", limit=1)[0]
            ticket.claim(by=who, at=NOW, channel="web")
            uow.tickets.save(ticket)
            ticket.release(by=who, at=NOW, channel="web")
            uow.tickets.save(ticket)

        store.write(work)

    return once


def claims(console: Console, folder: Path, tickets: int, runs: int) -> None:
    sheet = Sheet(
        bench="bench_storage",
        name="claim",
        title="Claim the next ticket and put it back, SQLite FULL",
        columns=("", "1,000 tickets", f"{tickets:,}", "×"),
        note="What is asked of an archive is in the growth tables.",
    )
    found = []
    for size in (1_000, tickets):
        with Store.open(sqlite_archive(size, folder), clock=SystemClock()) as store:
            found.append(median_ms(claim(store, PersonId(TECHNICIANS)), runs))
    sheet.add("ms", *found, found[1] / found[0])
    sheet.publish(console)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=300)
    options = parser.parse_args()
    console = wide_console()
    with tempfile.TemporaryDirectory() as name:
        reports(console, Path(name), options.runs)
        claims(console, Path(name), options.tickets, options.runs)


if __name__ == "__main__":
    main()
