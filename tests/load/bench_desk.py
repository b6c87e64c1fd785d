"""The whole desk over HTTP: `python -m tests.load.bench_desk`.

Start to the first page; from a web post to the answer on the page's event stream, alone and with 50 clients; reports a
second sustained; memory after 10,000 tickets. Bounded: some minutes, loopback only.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from sqlalchemy import create_engine, func, select
from sqlalchemy.pool import NullPool

from storage.tables import inbox, message
from tests.load import audience
from tests.load.client import Browser, Lines
from tests.load.figures import Sheet, percentiles
from tests.load.installation import SQLITE, database, end_tidily, processes
from tests.load.processes import resident_mb

TEXTS = (
    "slm yazici cikti vermiyo, 3. kat tahakkuk servisi",
    "bilgisayarım çok yavaş, açılması yarım saat sürüyor",
    "internet yok odada kırmızı çarpı var",
    "EBYS'ye giremiyorum, parola hatalı diyor",
    "telefonun ahizesinden ses gelmiyor",
)
EMERGENCY = "kasadan yanık kokusu geliyor"
"""Opens a ticket by itself, with its cards and questions."""


def start_to_first_page() -> float:
    """Seconds from `masa run` on an empty folder to the first page."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        masa = Path(sys.executable).with_name("masa")
        environment = {"MASA_DEMO": "1", "MASA_WEB__PORT": "8099", "PATH": "/usr/bin:/bin"}
        with (Path(folder) / "log").open("w") as log:
            process = subprocess.Popen([masa, "run"], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=log)
        assert process.stdout is not None
        process.stdout.readline()
        with urllib.request.urlopen("http://127.0.0.1:8099/") as page:
            page.read()
        took = time.perf_counter() - began
        process.terminate()
        process.wait(30)
        return took


async def latency(port: int, cookies: Sequence[str], each: int) -> tuple[list[float], list[float]]:
    """Every client reports, waits for its answer, and reports again; acknowledgements and answers in ms."""
    lines = Lines(port)
    browsers = [Browser(lines, cookie, f"kisi{place}") for place, cookie in enumerate(cookies)]
    await asyncio.gather(*(browser.open_stream() for browser in browsers))
    acknowledged, answered = [], []

    async def talk(browser: Browser) -> None:
        for n in range(each):
            for text in (TEXTS[n % len(TEXTS)], "/iptal"):  # the next one is a report of its own
                report = await browser.report(text)
                at = await report.answer
                if text != "/iptal":
                    acknowledged.append(report.took * 1000)
                    answered.append((at - report.began) * 1000)

    await asyncio.gather(*map(talk, browsers))
    for browser in browsers:
        browser.close()
    lines.close()
    return acknowledged, answered


async def sustained(port: int, url: str, cookies: Sequence[str], text: str) -> tuple[float, list[float]]:
    """One report of each person, 50 at once; seconds until all were handled, and the acknowledgements in ms."""
    lines = Lines(port)
    waiting = iter(cookies)
    acknowledged: list[float] = []
    began = time.perf_counter()

    async def talk() -> None:
        for cookie in waiting:
            report = await Browser(lines, cookie, "").report(text)
            acknowledged.append(report.took * 1000)

    await asyncio.gather(*(talk() for _ in range(50)))
    while await asyncio.to_thread(_waiting, url):
        await asyncio.sleep(0.05)
    lines.close()
    return time.perf_counter() - began, acknowledged


def _waiting(url: str) -> int:
    """Events acknowledged and not handled yet. `/healthz` answers from what it knew a moment ago."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        waiting: int = connection.execute(select(func.count()).where(inbox.c.state == "waiting")).scalar_one()
    engine.dispose()
    return waiting


def require_answers(url: str, kind: str, count: int) -> None:
    """Raises RuntimeError where the desk said something else: another talk than the one to be measured."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        said = connection.execute(select(func.count()).where(message.c.kind == kind)).scalar_one()
    engine.dispose()
    if said < count:
        raise RuntimeError(f"{count} people wrote, and {said} were answered with {kind!r}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=5_000)
    parser.add_argument("--tickets", type=int, default=10_000)
    options = parser.parse_args()
    end_tidily()
    latencies = Sheet(
        bench="bench_desk",
        name="latency",
        title="A web post, on SQLite",
        columns=("", "n", "p50 ms", "p95 ms", "p99 ms"),
    )
    figures = Sheet(bench="bench_desk", name="desk", title="The desk as a whole, on SQLite", columns=("", "", "target"))
    figures.add("start to the first page, s", start_to_first_page(), 3)
    with database(SQLITE) as (data, folder):
        cookies = audience.add(data.url, 50 + options.reports + options.tickets)
        with processes(SQLITE, data.url, folder) as (desk,):
            for name, several, each in (("alone", 1, 200), ("50 clients", 50, 20)):
                acknowledged, answered = asyncio.run(latency(desk.port, cookies[:several], each))
                latencies.add(f"acknowledged, {name}", len(acknowledged), *percentiles(acknowledged, 50, 95, 99))
                latencies.add(f"answer on the stream, {name}", len(answered), *percentiles(answered, 50, 95, 99))
            latencies.publish()
            figures.add("memory at rest, MB", resident_mb(desk.pid), None)
            people = iter(cookies[50:])
            took, acknowledged = asyncio.run(
                sustained(desk.port, data.url, list(islice(people, options.reports)), TEXTS[0])
            )
            require_answers(data.url, "suggestion", options.reports)
            figures.add(f"reports a second, {options.reports:,} of them", options.reports / took, 300)
            figures.add("… acknowledged, p99 ms", percentiles(acknowledged, 99)[0], None)
            took, _ = asyncio.run(sustained(desk.port, data.url, list(islice(people, options.tickets)), EMERGENCY))
            require_answers(data.url, "opened", options.tickets)
            figures.add(f"tickets opened a second, {options.tickets:,} of them", options.tickets / took, None)
            figures.add("memory after them, MB", resident_mb(desk.pid), 200)
            began = time.perf_counter()
        figures.add("SIGTERM to the end, s", time.perf_counter() - began, None)
    figures.publish()


if __name__ == "__main__":
    main()
