"""What counting tickets' time costs: `python -m tests.load.bench_times [--active 1000] [--closed 10000]`."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from handlers.calendar import holidays
from handlers.calendar.changes import of_calendar
from handlers.context import UseCaseContext
from handlers.domain.calendar import Calendar, SpecialDay, SpecialKind
from handlers.domain.people import PersonId
from handlers.ports import UnitOfWork
from handlers.tickets import expectations, recounting
from storage import Store
from tests.clock import FakeClock
from tests.load.figures import Sheet
from tests.scenarios.stage import empty_database, shared_desk
from tests.storage.builders import open_ticket

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
WATCHER = "web:p:kemal"


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--active", type=int, default=1_000)
    wanted.add_argument("--closed", type=int, default=10_000)
    given = wanted.parse_args()
    sheet = Sheet(
        bench="bench_times",
        name="counting",
        title="Counting tickets' time (SQLite)",
        columns=("what", "tickets", "s", "ms each"),
        note="Targets: 1,000 active ones within 1 s; a decree backwards over 10,000 finished ones within 10 s.",
    )
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "masa.db").write_bytes(empty_database())
        store = Store.open(f"sqlite:///{folder}/masa.db", clock=FakeClock(NOW))
        for what, finished, number in (("active", False, given.active), ("finished, by a decree", True, given.closed)):
            store.write(lambda uow, finished=finished, number=number: _fill(uow, number, finished=finished))  # type: ignore[misc] # mypy does not see through the default
            _count(store)
            store.write(_decree)
            store.write(lambda uow: recounting.watch(_work(uow), WATCHER))
            begun = time.perf_counter()
            counted = _count(store)
            took = time.perf_counter() - begun
            sheet.add(
                f"counted anew: {what} (and those before)", counted, round(took, 2), round(1000 * took / counted, 2)
            )
        store.write(_decree)
        for what, took in _watched(store):
            sheet.add(what, None, round(took, 2), None)
        begun = time.perf_counter()
        store.read(_preview)
        sheet.add("shown before a decree", 2_000, round(time.perf_counter() - begun, 2), None)
        took = store.write(_outlook)
        sheet.add("told to a reporter: how many before them, the record", 1, None, round(1000 * took, 1))
        store.close()
    sheet.publish()


def _work(uow: UnitOfWork) -> UseCaseContext:
    return UseCaseContext(desk=shared_desk(), uow=uow, now=NOW)


def _fill(uow: UnitOfWork, number: int, *, finished: bool) -> None:
    """Claimed, put on hold and taken up again; the finished ones solved."""
    holidays.keep_holidays(_work(uow))
    reporter, worker = (uow.people.by_handle(handle) for handle in ("ayse", "mehmet"))
    assert reporter is not None
    assert worker is not None
    for n in range(number):
        _live(uow, reporter.id, worker.id, NOW - timedelta(days=10, minutes=n % 600), finished=finished)


def _live(uow: UnitOfWork, reporter: PersonId, worker: PersonId, at: datetime, *, finished: bool) -> None:
    ticket = uow.tickets.get(open_ticket(uow, reporter, at).id)
    ticket.claim(by=worker, at=at + HOUR, channel="web")
    ticket.release(by=worker, at=at + 20 * HOUR, channel="web")
    ticket.claim(by=worker, at=at + 24 * HOUR, channel="web")
    if finished:
        ticket.resolve("bitti", by=worker, at=at + 150 * HOUR, channel="web")
        ticket.confirm(by=reporter, at=at + 160 * HOUR, channel="web")
    uow.tickets.save(ticket)


def _decree(uow: UnitOfWork) -> None:
    uow.calendars.add_days([SpecialDay(day=date(2026, 11, 23), kind=SpecialKind.ADMIN_LEAVE, title="İdari izin")])
    uow.timings.count_anew(NOW - timedelta(days=9), NOW - timedelta(days=7))


def _preview(uow: UnitOfWork) -> None:
    of_calendar(_work(uow), Calendar(), NOW - timedelta(days=9), NOW - timedelta(days=7))


def _outlook(uow: UnitOfWork) -> float:
    """Seconds, of a ticket that was opened just now behind a queue of 199; nothing of its subject was read before."""
    ayse = uow.people.by_handle("ayse")
    assert ayse is not None
    newest = [open_ticket(uow, ayse.id, NOW) for _ in range(200)][-1]
    begun = time.perf_counter()
    expectations.outlook(_work(uow), newest)
    return time.perf_counter() - begun


def _watched(store: Store) -> Iterator[tuple[str, float]]:
    """The longest that whoever entered a decree waits for the next line, and how many lines they read."""
    begun = time.perf_counter()
    store.write(lambda uow: recounting.watch(_work(uow), WATCHER))
    said = [time.perf_counter()]
    told = 0
    while store.write(lambda uow: recounting.count_outdated(_work(uow))):
        running = store.read(lambda uow: uow.recounts.running())
        if not running or running[0].told != told:
            told = running[0].told if running else -1
            said.append(time.perf_counter())
    yield "a decree watched: until the first line", said[0] - begun
    yield f"a decree watched: longest between two of {len(said)} lines", max(b - a for a, b in pairwise(said))


def _count(store: Store) -> int:
    counted = 0
    while some := store.write(lambda uow: recounting.count_outdated(_work(uow))):
        counted += some
    return counted


if __name__ == "__main__":
    main()
