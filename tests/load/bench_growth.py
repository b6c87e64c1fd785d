"""Whether an archive is felt: `python -m tests.load.bench_growth [--sizes 1000 100000 1000000]`.

The same questions at each size, on SQLite and on PostgreSQL: lists, search, the digest, reading a message; then over
HTTP on a real `masa run`: its start, a conversation's page and a whole report. What is asked is the same at every size:
the same active tickets, the same person's last fifty messages. Only what lies behind them grows.
"""

from __future__ import annotations

import argparse
import asyncio
import secrets
import statistics
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine, select
from sqlalchemy.pool import NullPool

from bot.app import build_desk
from bot.clock import SystemClock
from bot.config import Settings
from handlers.context import Desk
from handlers.domain.people import PersonId
from handlers.reports import digest_figures
from storage.store import Store
from storage.tables import conversation
from tests.load import audience
from tests.load.archive import postgres_archive, sqlite_archive
from tests.load.client import Browser, Lines
from tests.load.figures import Sheet, wide_console
from tests.load.installation import SQLITE, Setup, end_tidily, postgres, processes
from tests.load.processes import peak_mb
from tests.load.seed import A_DAY, NOW, READER, TECHNICIANS

TEXT = "slm yazici cikti vermiyo, 3. kat tahakkuk servisi"
POSTGRES = Setup(name="PostgreSQL")
TARGETS = {
    "queue of a unit, ms": 5,
    "figures of a day, ms": 10,
    "digest of a day, compared with six more, ms": 10,
    "start of `masa run` to the first page, ms": 3_000,
    "memory of `masa run` after it all, MB": 400,
}
LONG_AGO = 1_000
_SLOW = 0.2
"""Seconds; what takes longer is asked a few times only."""


def questions(store: Store, desk: Desk, settings: Settings, size: int) -> dict[str, Callable[[], object]]:
    reader, technician, times = PersonId(READER), PersonId(TECHNICIANS), settings.schedule
    until = datetime.combine(NOW.astimezone(desk.zone).date(), times.digest_at, desk.zone)
    old = until - timedelta(days=LONG_AGO)
    long_ago = {
        f"figures of a day {LONG_AGO} days ago, ms": lambda: store.read(
            lambda uow: uow.summaries.tally("donanim", old, old + timedelta(days=1))
        )
    }

    def search(words: str) -> object:
        return store.read(lambda uow: uow.search.tickets(words, units=["donanim"], reporter=None))

    return {
        "queue of a unit, ms": lambda: store.read(lambda uow: uow.tickets.queue("donanim")),
        "what I hold, ms": lambda: store.read(lambda uow: uow.tickets.held_by(technician)),
        "what I reported, ms": lambda: store.read(lambda uow: uow.tickets.of_reporter(reader)),
        "a ticket by its number, ms": lambda: store.read(lambda uow: uow.tickets.by_number("2026-000500")),
        "figures of a day, ms": lambda: store.read(
            lambda uow: uow.summaries.tally("donanim", until - timedelta(days=1), until)
        ),
        **(long_ago if size > LONG_AGO * A_DAY else {}),
        "digest of a day, compared with six more, ms": lambda: store.read(
            lambda uow: digest_figures.compose(
                desk, uow, "donanim", day=until.date(), since=until - timedelta(days=1), until=until, times=times
            )
        ),
        "search: a frequent word, ms": lambda: search("yazıcı"),
        "search: nothing like it, ms": lambda: search("hortum"),
        "reading a message, ms": lambda: desk.knowledge.read(TEXT),
    }


def median_ms(ask: Callable[[], object], runs: int) -> float:
    ask()
    taken: list[float] = []
    while len(taken) < runs and not (len(taken) >= 5 and sum(taken) > runs * _SLOW):
        began = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1000


def measure(
    setup: Setup, url: str, folder: Path, desk: Desk, settings: Settings, *, size: int, runs: int
) -> dict[str, float]:
    folder.mkdir()
    with Store.open(url, clock=SystemClock()) as store:
        found = {name: median_ms(ask, runs) for name, ask in questions(store, desk, settings, size).items()}
    cookie = secrets.token_urlsafe(32)
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        audience.sign_in(connection, {READER: cookie})
        last = connection.execute(
            select(conversation.c.last_seq).where(conversation.c.address == f"web:p:kisi{READER}")
        ).scalar_one()
    began = time.perf_counter()
    with processes(setup, url, folder) as (desk_process,):
        page(desk_process.port, cookie)
        found["start of `masa run` to the first page, ms"] = (time.perf_counter() - began) * 1000
        found["page of a conversation, ms"] = median_ms(lambda: page(desk_process.port, cookie), runs)
        acknowledged, answered = asyncio.run(reports(desk_process.port, cookie, last, runs // 3))
        found["a report: acknowledged, ms"] = statistics.median(acknowledged) * 1000
        found["a report: answered, ms"] = statistics.median(answered) * 1000
        found["memory of `masa run` after it all, MB"] = peak_mb(desk_process.pid)
    return found


def page(port: int, cookie: str) -> None:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/", headers={"Cookie": f"masa={cookie}"})
    with urllib.request.urlopen(request) as answer:
        html = answer.read()
    if b'data-kind="opened"' not in html:
        raise ValueError("the page shows no conversation")


async def reports(port: int, cookie: str, last: int, count: int) -> tuple[list[float], list[float]]:
    lines = Lines(port)
    browser = Browser(lines, cookie, f"kisi{READER}", since=last)
    await browser.open_stream()
    acknowledged, answered = [], []
    for _ in range(count):
        report = await browser.report(TEXT)
        answered.append(await report.answer - report.began)
        acknowledged.append(report.took)
        await (await browser.report("/iptal")).answer
    browser.close()
    lines.close()
    return acknowledged, answered


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000, 1_000_000])
    parser.add_argument("--runs", type=int, default=60)
    parser.add_argument("--sqlite-only", action="store_true")
    options = parser.parse_args()
    end_tidily()
    console = wide_console()
    settings = Settings()
    desk = build_desk(settings)
    for setup in (SQLITE,) if options.sqlite_only else (SQLITE, POSTGRES):
        found: list[dict[str, float]] = []
        with tempfile.TemporaryDirectory(prefix="masa-growth-") as name, ExitStack() as stack:
            folder = Path(name)
            server = stack.enter_context(postgres()) if setup.on_postgres else None
            for size in options.sizes:
                url = postgres_archive(size, server) if server else sqlite_archive(size, folder)
                found.append(measure(setup, url, folder / str(size), desk, settings, size=size, runs=options.runs))
        tell(setup, options.sizes, found).publish(console)


def tell(setup: Setup, sizes: Sequence[int], found: Sequence[dict[str, float]]) -> Sheet:
    sheet = Sheet(
        bench="bench_growth",
        name=setup.name.lower(),
        title=f"Growth, {setup.name}",
        columns=("", *(f"{size:,} tickets" for size in sizes), "last ÷ first", "target"),
        note="Medians. The same active tickets and the same person's last messages at each size: the archive grows.",
    )
    for name in found[-1]:
        values = [at_size.get(name) for at_size in found]
        first, last = values[0], values[-1]
        sheet.add(name, *values, last / first if first and last else None, TARGETS.get(name))
    return sheet


if __name__ == "__main__":
    main()
