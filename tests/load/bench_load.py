"""Nothing lost under load, and what it costs: `python -m tests.load.bench_load [--seconds 600] [--reports 3000]`.

Sustained: 20 events a second, on SQLite and on PostgreSQL with 1, 2 and 4 workers, all four at once. Burst: 3,000
reports in a minute from 3,000 people, each with an open page, one setup after the other. Throughput: 3,000 events that
waited while nobody was alive, worked off by 1, 2 and 4 workers.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import threading
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field

import uvloop
from rich.console import Console

from tests.load import audience, backlog
from tests.load.client import Browser, Lines, Refused, Report, lag
from tests.load.figures import Cell, Sheet, percentiles, wide_console
from tests.load.installation import ON_POSTGRES, SQLITE, Setup, database, end_tidily, processes
from tests.load.processes import Cost, Watch, cpu_seconds
from tests.load.proof import Proof, prove

TEXTS = (
    "slm yazici cikti vermiyo, 3. kat tahakkuk servisi",
    "olmadı yine aynı",
    "bilgisayarım çok yavaş, açılması yarım saat sürüyor",
    "olmadı yine aynı",
    "internet yok odada kırmızı çarpı var",
    "olmadı yine aynı",
    "EBYS'ye giremiyorum, parola hatalı diyor",
    "olmadı yine aynı",
    "telefonun ahizesinden ses gelmiyor",
    "olmadı yine aynı",
)
"""What one person writes, in order: every second one opens a ticket."""
SETUPS = (SQLITE, *ON_POSTGRES)
OPENING = 32
"""Pages opened at a time."""
PATIENCE = 120.0
"""Seconds after the last report within which all answers are waited for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    setup: Setup
    people: int
    reports: int
    seconds: float
    """Over which they are spread evenly; nothing waits for an answer before it writes."""

    def text(self, number: int) -> str:
        """Of a burst each is somebody's first; else a person goes on with their story."""
        told = number // self.people
        return TEXTS[(2 * (number % self.people) + told) % len(TEXTS)]


@dataclass(kw_only=True)
class Found:
    load: Load
    acknowledged_ms: list[float] = field(default_factory=list)
    answered_ms: list[float] = field(default_factory=list)
    refused: int = 0
    generator_late_ms: list[float] = field(default_factory=list)
    took: float = 0
    """Seconds from the first report to the last answer."""
    costs: dict[str, Cost] = field(default_factory=dict)
    generator_cpu: float = 0
    mb_before: float = 0
    mb_after: float = 0
    proof: Proof | None = None
    complaints: Counter[str] = field(default_factory=Counter)


def measure_together(load: Load, together: threading.Barrier) -> Found:
    """All who measure at once wait for each other before they begin, and before they clear away."""
    try:
        return measure(load, together)
    except BaseException:
        together.abort()  # or the others would wait for ever
        raise


def measure(load: Load, together: threading.Barrier | None = None) -> Found:
    with database(load.setup) as (data, folder):
        cookies = audience.add(data.url, load.people)
        with processes(load.setup, data.url, folder) as running:
            found = Found(load=load, mb_before=data.mb())
            ports = [process.port for process in running if process.kind == "web"]
            pids = {kind: [p.pid for p in running if p.kind == kind] for kind in ("web", "worker")}
            reports = uvloop.run(_drive(found, ports, cookies, pids, data.postmaster, together))
            found.mb_after = data.mb()
            for process in running:
                found.complaints += process.complaints()
        if together:
            together.wait()
        found.proof = prove(data.url, [report.key for report in reports])
        return found


async def _drive(
    found: Found,
    ports: Sequence[int],
    cookies: Sequence[str],
    pids: dict[str, list[int]],
    postmaster: int | None,
    together: threading.Barrier | None,
) -> list[Report]:
    load, loop = found.load, asyncio.get_running_loop()
    lines = [Lines(port) for port in ports]
    browsers = [Browser(lines[n % len(lines)], cookie, f"kisi{n}") for n, cookie in enumerate(cookies)]
    await _open(browsers)
    if together:
        await asyncio.to_thread(together.wait)
    reports: list[Report] = []

    async def write(number: int, due: float) -> None:
        await asyncio.sleep(due - loop.time())
        try:
            reports.append(await browsers[number % len(browsers)].report(load.text(number)))
        except Refused:
            found.refused += 1

    own_cpu = cpu_seconds(multiprocessing.current_process().pid or 0)
    with Watch(pids, postmaster) as watch, lag() as late:
        begin = loop.time() + 0.1
        async with asyncio.TaskGroup() as writing:
            for number in range(load.reports):
                writing.create_task(write(number, begin + number * load.seconds / load.reports))
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await asyncio.gather(*(report.answer for report in reports))
        found.took = loop.time() - begin
        found.costs = watch.costs()
        found.generator_late_ms = [seconds * 1000 for seconds in late]
    found.generator_cpu = cpu_seconds(multiprocessing.current_process().pid or 0) - own_cpu
    found.acknowledged_ms = [report.took * 1000 for report in reports]
    found.answered_ms = [
        (r.answer.result() - r.began) * 1000 for r in reports if r.answer.done() and not r.answer.cancelled()
    ]
    for browser in browsers:
        browser.close()
    for line in lines:
        line.close()
    return reports


async def _open(browsers: Sequence[Browser]) -> None:
    waiting = iter(browsers)

    async def some() -> None:
        for browser in waiting:
            await browser.open_stream()

    await asyncio.gather(*(some() for _ in range(OPENING)))


# --- tables ---
def tell(console: Console, name: str, title: str, note: str, results: Sequence[Found]) -> None:
    outcome = Sheet(
        bench="bench_load",
        name=name,
        title=title,
        columns=(
            "", "sent", "acknowledged", "stored", "answered", "lost", "doubled", "tickets", "breaches",
            "ack p50 ms", "p95", "p99", "answer p50 ms", "p95", "p99",
        ),
        note=note,
    )  # fmt: skip
    costs = Sheet(
        bench="bench_load",
        name=f"{name}_cost",
        title=f"{title}: what it cost",
        columns=("", "process", "how many", "CPU s", "CPU ms an event", "peak MB", "disk MB", "KB an event"),
        note="Peak: of the largest process of the kind; of PostgreSQL the shares of all its processes.",
    )
    for found in results:
        proof = found.proof
        assert proof is not None
        outcome.add(
            found.load.setup.name, found.load.reports, len(found.acknowledged_ms), proof.stored, len(found.answered_ms),
            proof.lost, proof.doubled, proof.tickets, len(proof.breaches),
            *percentiles(found.acknowledged_ms, 50, 95, 99), *percentiles(found.answered_ms, 50, 95, 99),
        )  # fmt: skip
        _add_costs(costs, found)
    outcome.publish(console)
    costs.publish(console)
    for found in results:
        if found.complaints:
            console.print(f"{found.load.setup.name}: in the logs {dict(found.complaints)}")
        for breach in found.proof.breaches[:20] if found.proof else ():
            console.print(f"{found.load.setup.name}: {breach}")


def _add_costs(sheet: Sheet, found: Found) -> None:
    events = max(1, len(found.acknowledged_ms))
    grown = (found.mb_after - found.mb_before) * 1024 / events
    disk: tuple[Cell, Cell] = (found.mb_after, grown)
    for kind, cost in found.costs.items():
        cpu = cost.cpu_seconds
        sheet.add(found.load.setup.name, kind, cost.processes, cpu, cpu * 1000 / events, cost.peak_mb, *disk)
        disk = ("", "")
    late = percentiles(found.generator_late_ms, 99)[0]
    sheet.add("", "the load itself", 1, found.generator_cpu, f"late by {late or 0:.1f} ms (p99)", "", "", "")


def sustained(console: Console, rate: int, seconds: float) -> None:
    """All at once, each in a process of its own."""
    loads = [Load(setup=setup, people=rate * 30, reports=int(rate * seconds), seconds=seconds) for setup in SETUPS]
    context = multiprocessing.get_context("spawn")
    with context.Manager() as shared, ProcessPoolExecutor(len(loads), context, end_tidily) as pool:
        together = shared.Barrier(len(loads), timeout=300)
        results = list(pool.map(measure_together, loads, [together] * len(loads)))
    note = (
        f"The {len(loads)} setups ran side by side on this machine, each with its own database (fsync on), processes "
        f"and load: {len(loads) * rate} events/s in all. {rate * 30} people with open pages, each writing every 30 s; "
        "every second message opens a ticket. Answer: from the post to the desk's message on the page's event stream."
    )
    tell(console, "sustained", f"{rate} events/s for {seconds:.0f} s", note, results)


def burst(console: Console, reports: int, seconds: float) -> None:
    results = [measure(Load(setup=setup, people=reports, reports=reports, seconds=seconds)) for setup in SETUPS]
    note = (
        "One setup after the other, fsync on; every person's page was open before. "
        "Targets: nothing lost, acknowledged p99 ≤ 100 ms, answered p99 ≤ 500 ms."
    )
    title = f"A burst: {reports:,} reports in {seconds:.0f} s from {reports:,} people"
    tell(console, "burst", title, note, results)


def throughput(console: Console, events: int) -> None:
    sheet = Sheet(
        bench="bench_load",
        name="throughput",
        title=f"{events:,} waiting events, worked off",
        columns=("", "events/s", "× one worker", "workers' CPU", "PostgreSQL's CPU", "machine busy %"),
        note=(
            "Reports stored while nothing was alive; then the workers start. Rate between the first and the last "
            "tenth. CPU in seconds for all events. Target: two workers ≥ 1.6 × one where the CPU allows: where the "
            "machine is near 100 % busy the processors were the limit."
        ),
    )
    one = 0.0
    for setup in (Setup(name="SQLite", webs=1), *(Setup(name=s.name, webs=0, workers=s.workers) for s in ON_POSTGRES)):
        found = backlog.work_off(setup, events)
        one = one or (found.rate if setup.on_postgres else 0.0)
        sheet.add(
            setup.name, found.rate, found.rate / one if one else None, found.desk_cpu, found.postgres_cpu, found.busy
        )
    sheet.publish(console)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("sustained", "burst", "throughput"))
    parser.add_argument("--seconds", type=float, default=600, help="of the sustained load")
    parser.add_argument("--rate", type=int, default=20, help="events a second of the sustained load")
    parser.add_argument("--reports", type=int, default=3_000, help="of the burst, and of what waits for the workers")
    parser.add_argument("--within", type=float, default=60, help="seconds of the burst")
    options = parser.parse_args()
    end_tidily()
    console = wide_console()
    if options.only in (None, "sustained"):
        sustained(console, options.rate, options.seconds)
    if options.only in (None, "burst"):
        burst(console, options.reports, options.within)
    if options.only in (None, "throughput"):
        throughput(console, options.reports)


if __name__ == "__main__":
    main()
