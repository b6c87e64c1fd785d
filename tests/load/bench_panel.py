"""What the pages of the panel cost as the archive grows: `python -m tests.load.bench_panel [--sizes 1000 … 1000000]`.

Over HTTP, on a real `masa run` that believes to live at the end of the archive, on SQLite and on PostgreSQL; every page
whole, as its reader gets it. Then on the largest archive how long another browser's row takes to change, and what 200
open lists cost a chat at work.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import statistics
import tempfile
import urllib.parse
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from rich.console import Console

from tests.load.archive import postgres_archive, sqlite_archive
from tests.load.figures import Cell, Sheet, wide_console
from tests.load.installation import SQLITE, Setup, end_tidily, postgres
from tests.load.open_panels import another_browsers_row, beside_open_panels
from tests.load.panel_house import LISTS, House, Question, house
from tests.load.seed import serial_of

SIZES = (1_000, 10_000, 100_000)
"""`--sizes 1000 10000 100000 1000000` for the whole of it."""
RUNS = 7
POSTGRES = Setup(name="PostgreSQL")
SEARCH, FIGURES = "ara/bulunan", "gosterge"
TARGETS = {"list": 50, "ticket": 50, "search": 100, "figures": 500, "board": None, "people": None}
"""Milliseconds of a whole page."""


def _asked(path: str, **query: str) -> str:
    return f"{path}?{urllib.parse.urlencode(query, safe='{}')}"


QUESTIONS = (
    Question("list", "technician", "what is open", LISTS),
    Question("list", "lead", "what is open", LISTS),
    Question("list", "director", "all that ever were, first page", _asked(LISTS, durum="hepsi")),
    Question("list", "director", "all, a page in their middle", _asked(LISTS, durum="hepsi", sonra="{half}.{half}")),
    Question("list", "lead", "all, oldest first", _asked(LISTS, durum="hepsi", sirala="eski")),
    Question("list", "lead", "by priority", _asked(LISTS, sirala="oncelik")),
    Question("list", "lead", "by what is due", _asked(LISTS, sirala="sure")),
    Question("list", "lead", "by what changed", _asked(LISTS, sirala="degisen")),
    Question("list", "director", "late ones", _asked(LISTS, geciken="1", sirala="sure")),
    Question("list", "director", "a state: waiting for parts", _asked(LISTS, durum="malzeme")),
    Question("list", "director", "a priority, of all", _asked(LISTS, durum="hepsi", oncelik="acil")),
    Question("list", "director", "a subject, of all", _asked(LISTS, durum="hepsi", konu="web-icerik")),
    Question("list", "director", "a holder, of all", _asked(LISTS, durum="hepsi", ustlenen="kisi7")),
    Question("list", "director", "a müdürlük, of all", _asked(LISTS, durum="hepsi", mudurluk="Müdürlük 07")),
    Question(
        "list",
        "director",
        "müdürlük, subject and holder, of all",
        _asked(LISTS, durum="hepsi", mudurluk="Müdürlük 07", konu="e-imza", ustlenen="kisi7"),
    ),
    Question("list", "director", "nothing fits, of all", _asked(LISTS, durum="onay,ulasilamayan,hepsi", konu="hurda")),
    Question("ticket", "director", "a ticket of today", "kayit/{number}"),
    Question("ticket", "director", "a ticket of long ago", "kayit/{old}"),
    Question("search", "technician", "a word that every ticket has", _asked(SEARCH, q="yazıcı")),
    Question("search", "technician", "two letters", _asked(SEARCH, q="ya")),
    Question("search", "lead", "two words and a müdürlük", _asked(SEARCH, q="yazıcı kuyrukta müdürlük")),
    Question("search", "lead", "a person", _asked(SEARCH, q="kisi1500")),
    Question("search", "lead", "a person and a word", _asked(SEARCH, q="kisi1500 yazıcı")),
    Question("search", "lead", "a room", _asked(SEARCH, q="312")),
    Question("search", "lead", "a part of a serial number", _asked(SEARCH, q=serial_of(1500)[3:8])),
    Question("search", "director", "a number", _asked(SEARCH, q="500")),
    Question("search", "auditor", "a word that every ticket has", _asked(SEARCH, q="yazıcı")),
    Question("search", "auditor", "nothing like it", _asked(SEARCH, q="yazıcu hortum")),
    Question("search", "admin", "a part of a serial number", _asked(SEARCH, q=serial_of(777)[4:9])),
    Question("figures", "lead", "12 weeks", _asked(FIGURES, donem="12")),
    Question("figures", "lead", "a year", _asked(FIGURES, donem="52")),
    Question("figures", "director", "12 weeks", _asked(FIGURES, donem="12")),
    Question("figures", "director", "a year", _asked(FIGURES, donem="52")),
    Question("board", "lead", "the board", "pano"),
    Question("people", "admin", "the people", "kisiler"),
)


def cpu_ms(there: House, ask: Callable[[], object], runs: int) -> float:
    """The median. What takes longer than half a second is asked three times."""
    ask()
    taken: list[float] = []
    while len(taken) < runs and not (len(taken) >= 3 and max(taken) > 0.5):
        began = there.cpu()
        ask()
        taken.append(there.cpu() - began)
    return statistics.median(taken) * 1000


def pages(there: House, runs: int) -> dict[Question, float]:
    return {
        one: cpu_ms(there, lambda one=one: there.get(one.who, there.path(one)), runs)  # type: ignore[misc] # mypy does not see through the default
        for one in QUESTIONS
    }


# --- how large a first visit is ------------------------------------------------------------------
def first_visit(there: House) -> Sequence[tuple[str, float, int]]:
    """Of each page with all that it links to: compressed kB, and how many requests."""
    found = []
    for name, path in (
        ("list", f"/panel/{LISTS}"),
        ("ticket", f"/panel/kayit/{there.newest}"),
        ("figures", f"/panel/{FIGURES}"),
    ):
        page, sent = there.get("director", path)
        linked = set(re.findall(r'(?:href|src)="(/[^"]*\.(?:css|js|svg|webmanifest)[^"]*)"', page.decode()))
        bytes_sent = len(sent) + sum(len(there.get("director", one)[1]) for one in linked)
        found.append((name, bytes_sent / 1000, 1 + len(linked)))
    return found


# --- tables ---------------------------------------------------------------------------------------
def measure(setup: Setup, sizes: Sequence[int], runs: int, panels: int, reports: int, console: Console) -> None:
    found: list[dict[Question, float]] = []
    with tempfile.TemporaryDirectory(prefix="masa-panel-") as name, ExitStack() as stack:
        folder = Path(name)
        server = stack.enter_context(postgres()) if setup.on_postgres else None
        for size in sizes:
            url = postgres_archive(size, server) if server else sqlite_archive(size, folder)
            postmaster = server.pid if server else None
            with house(setup, url, folder / str(size), size, postmaster) as there:
                found.append(pages(there, runs))
                if size != sizes[-1]:
                    continue
                rest(setup, there, url, panels, reports).publish(console)
    grown(setup, sizes, found).publish(console)


def grown(setup: Setup, sizes: Sequence[int], found: Sequence[Mapping[Question, float]]) -> Sheet:
    sheet = Sheet(
        bench="bench_panel",
        name=f"pages_{setup.name.lower()}",
        title=f"Pages of the panel, {setup.name}: CPU ms of a whole page",
        columns=("", "who", *(f"{size:,} tickets" for size in sizes), "last ÷ first", "target"),
        note="Of the desk and its database together, medians; with all that is around the page: session, rights, "
        "views with their counts, template, compression.",
    )
    for one in QUESTIONS:
        values: list[Cell] = [at_size[one] for at_size in found]
        first, last = found[0][one], found[-1][one]
        sheet.add(f"{one.kind}: {one.what}", one.who, *values, last / first, TARGETS[one.kind])
    return sheet


def rest(setup: Setup, there: House, url: str, panels: int, reports: int) -> Sheet:
    sheet = Sheet(
        bench="bench_panel",
        name=f"beside_{setup.name.lower()}",
        title=f"First visit, other browsers, open panels, {setup.name}, {there.size:,} tickets",
        columns=("", "found", "target"),
        note="A first visit: the page with all that it links to, compressed. Another browser's row: from the press to "
        "the event that its row has changed. The chat: ten people who write one after the other.",
    )
    for name, kb, requests in first_visit(there):
        sheet.add(f"first visit, {name}: kB compressed, of {requests} requests", kb, 100)
    rows = asyncio.run(another_browsers_row(there, 7))
    sheet.add("another browser's row, s: median", statistics.median(rows), 1)
    sheet.add("another browser's row, s: slowest", max(rows), 1)
    alone, beside = asyncio.run(beside_open_panels(there, url, panels, reports))
    sheet.add("chat alone: reports a second", alone.rate, None)
    sheet.add(f"beside {panels} open panels", beside.rate, 0.9 * alone.rate)
    sheet.add("chat alone: CPU ms a report", alone.cpu * 1000, None)
    sheet.add(f"beside {panels} open panels", beside.cpu * 1000, alone.cpu * 1000 / 0.9)
    return sheet


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--panels", type=int, default=200)
    parser.add_argument("--reports", type=int, default=400)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    options = parser.parse_args()
    end_tidily()
    console = wide_console()
    for setup in (SQLITE, POSTGRES):
        if options.only in (None, setup.name.lower()):
            measure(setup, options.sizes, options.runs, options.panels, options.reports, console)


if __name__ == "__main__":
    main()
