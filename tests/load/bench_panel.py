"""What the pages of the panel cost as the archive grows: `python -m tests.load.bench_panel [--sizes 1000 … 1000000]`.

Over HTTP, on a real `masa run` that believes to live at the end of the archive, on SQLite and on PostgreSQL; every page
whole, as its reader gets it. Then on the largest archive how long another browser's row takes to change, and what 200
open lists cost a chat at work.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import hashlib
import http.client
import re
import secrets
import statistics
import tempfile
import time
import urllib.parse
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from sqlalchemy import create_engine, insert
from sqlalchemy.pool import NullPool

from storage.tables import session
from tests.load.archive import postgres_archive, sqlite_archive
from tests.load.client import Browser, Lines
from tests.load.figures import Cell, Sheet, wide_console
from tests.load.installation import SQLITE, Process, Setup, end_tidily, postgres, processes
from tests.load.processes import exact_cpu_seconds, family
from tests.load.seed import ADMIN, AUDITOR, DIRECTOR, LEAD, NOW, TECHNICIANS, serial_of

SIZES = (1_000, 10_000, 100_000)
"""`--sizes 1000 10000 100000 1000000` for the whole of it."""
RUNS = 7
POSTGRES = Setup(name="PostgreSQL")
TECHNICIAN = TECHNICIANS
"""Of donanim, with role and unit as `tests.load.seed` gives them."""
READERS = {"technician": TECHNICIAN, "lead": LEAD, "director": DIRECTOR, "auditor": AUDITOR, "admin": ADMIN}
LISTS, SEARCH, FIGURES = "kayitlar", "ara/bulunan", "gosterge"
TARGETS = {"list": 50, "ticket": 50, "search": 100, "figures": 500, "board": None, "people": None}
"""Milliseconds of a whole page."""


@dataclass(frozen=True, slots=True)
class Question:
    kind: str
    """Of `TARGETS`."""
    who: str
    what: str
    path: str
    """Behind `/panel/`; `{size}`, `{half}` and `{number}` are filled in."""


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


@dataclass(frozen=True, slots=True)
class House:
    """A desk that runs, and who is signed in to it."""

    process: Process
    postmaster: int | None
    size: int
    cookies: Mapping[str, str]

    def path(self, question: Question) -> str:
        last = f"2026-{self.size:06d}"
        filled = question.path.replace("{half}", str(self.size // 2)).replace("{number}", last)
        return f"/panel/{filled.replace('{old}', f'2026-{self.size // 3:06d}')}"

    def cpu(self) -> float:
        """Of the desk and its database together."""
        servers = () if self.postmaster is None else family(self.postmaster)
        return sum(map(exact_cpu_seconds, (self.process.pid, *servers)))

    def get(self, who: str, path: str) -> tuple[bytes, bytes]:
        """The page, and how it went over the line. Raises ValueError for any other answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.process.port, timeout=120)
        line.request("GET", path, headers={"Cookie": f"masa={self.cookies[who]}", "Accept-Encoding": "gzip"})
        answer = line.getresponse()
        body = answer.read()
        line.close()
        if answer.status != 200:
            raise ValueError(f"{path}: {answer.status} {body[:300]!r}")
        return (gzip.decompress(body) if answer.headers["Content-Encoding"] == "gzip" else body), body


@contextmanager
def house(setup: Setup, url: str, folder: Path, size: int, postmaster: int | None) -> Iterator[House]:
    cookies = {who: secrets.token_urlsafe(32) for who in READERS}
    sign_in(url, {READERS[who]: cookie for who, cookie in cookies.items()})
    folder.mkdir(exist_ok=True)
    with processes(setup, url, folder, NOW) as (process,):
        yield House(process, postmaster, size, cookies)


def sign_in(url: str, cookies: Mapping[int, str]) -> None:
    """As of the moment at which the archive ends."""
    engine = create_engine(url, poolclass=NullPool)
    rows = [
        {"token_hash": hashlib.sha256(cookie.encode()).hexdigest(), "person": who, "created_at": NOW, "seen_at": NOW}
        for who, cookie in cookies.items()
    ]
    with engine.begin() as connection:
        connection.execute(insert(session), rows)
    engine.dispose()


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
        ("ticket", f"/panel/kayit/2026-{there.size:06d}"),
        ("figures", f"/panel/{FIGURES}"),
    ):
        page, sent = there.get("director", path)
        linked = set(re.findall(r'(?:href|src)="(/[^"]*\.(?:css|js|svg|webmanifest)[^"]*)"', page.decode()))
        bytes_sent = len(sent) + sum(len(there.get("director", one)[1]) for one in linked)
        found.append((name, bytes_sent / 1000, 1 + len(linked)))
    return found


# --- another browser's row, and two hundred of them ------------------------------------------------
class Panel:
    """An open list that listens."""

    def __init__(self, there: House, cookie: str) -> None:
        self._there, self._cookie = there, cookie
        self._rows, self._newest = "", ""
        self._listening: asyncio.Task[None] | None = None
        self.heard: asyncio.Queue[tuple[int, float]] = asyncio.Queue()
        self.bye = False

    async def open(self, page: str) -> None:
        shown = re.findall(r'data-ticket="(\d+)"[^>]*data-version="(\d+)"', page)
        rows = urllib.parse.quote(" ".join(f"{ticket}.{version}" for ticket, version in shown))
        newest = re.search(r'data-newest="(\d+)"', page)
        path = f"/panel/akis?satir={rows}" + (f"&son={newest[1]}" if newest else "")
        reader, writer = await asyncio.open_connection("127.0.0.1", self._there.process.port, limit=2**20)
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._there.process.port}\r\nCookie: masa={self._cookie}\r\n"
        writer.write(f"{head}\r\n".encode())
        await reader.readuntil(b"event: ping")
        self._listening = asyncio.create_task(self._listen(reader, writer))

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        event = b""
        try:
            async for line in reader:
                if line.startswith(b"event: "):
                    event = line[7:].strip()
                    self.bye = self.bye or event == b"bye"
                elif event == b"ticket" and line.startswith(b"data: "):
                    self.heard.put_nowait((int(line[6:].split()[0]), time.perf_counter()))
        finally:
            writer.close()

    def close(self) -> None:
        if self._listening:
            self._listening.cancel()


async def another_browsers_row(there: House, runs: int) -> list[float]:
    """Seconds from a press in one browser until another one hears of the row; the row's own request comes on top."""
    page, _ = await asyncio.to_thread(there.get, "lead", f"/panel/{LISTS}")
    panel = Panel(there, there.cookies["lead"])
    await panel.open(page.decode())
    rows = re.findall(r'data-ticket="(\d+)" data-version="(\d+)"', page.decode())[-runs:]
    taken = []
    for ticket, version in rows:
        began = time.perf_counter()
        await asyncio.to_thread(_note, there, f"2026-{int(ticket):06d}", version)
        while True:
            async with asyncio.timeout(20):
                heard, at = await panel.heard.get()
            if heard == int(ticket):
                break
        taken.append(at - began)
    panel.close()
    return taken


def _note(there: House, number: str, version: str) -> None:
    """As the ticket's page does it."""
    cookie = there.cookies["lead"]
    token = hashlib.sha256(f"form:{cookie}".encode()).hexdigest()
    form = {"form_token": token, "key": str(uuid.uuid4()), "action": "note", "seen": version, "text": "baktım"}
    line = http.client.HTTPConnection("127.0.0.1", there.process.port, timeout=30)
    heads = {
        "Cookie": f"masa={cookie}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Sec-Fetch-Site": "same-origin",
    }
    line.request("POST", f"/panel/kayit/{number}", urllib.parse.urlencode(form), heads)
    answer = line.getresponse()
    body = answer.read()
    line.close()
    if answer.status not in (200, 303):
        raise ValueError(f"{number}: {answer.status} {body[:300]!r}")


TEXTS = ("slm yazici cikti vermiyo, 3. kat tahakkuk servisi", "olmadı yine aynı")
"""In turn: the second one opens a ticket."""


@dataclass(frozen=True, slots=True)
class Chat:
    cpu: float
    """Seconds of the whole desk, of one report."""
    rate: float
    """Reports a second, one after the other."""


async def chat(there: House, browsers: Sequence[Browser], reports: int) -> Chat:
    """As many people as there are browsers write and wait for their answers."""
    waiting = iter(range(reports))

    async def some(browser: Browser) -> None:
        for number in waiting:
            await (await browser.report(TEXTS[number // len(browsers) % 2])).answer

    cpu, began = there.cpu(), time.perf_counter()
    await asyncio.gather(*map(some, browsers))
    return Chat((there.cpu() - cpu) / reports, reports / (time.perf_counter() - began))


async def beside_open_panels(there: House, url: str, panels: int, reports: int) -> tuple[Chat, Chat]:
    """The chat alone, and beside so many open lists of technicians, leads and directors."""
    cookies = {1_900 + number: secrets.token_urlsafe(32) for number in range(10)}
    sign_in(url, cookies)
    lines = Lines(there.process.port)
    last = {who: _last_seq(url, who) for who in cookies}
    browsers = [Browser(lines, cookie, f"kisi{who}", since=last[who]) for who, cookie in cookies.items()]
    for browser in browsers:
        await browser.open_stream()
    await chat(there, browsers, reports // 4)
    alone = await chat(there, browsers, reports)
    readers = [LEAD, DIRECTOR, *range(1, TECHNICIANS + 1)]
    own = [(readers[number % len(readers)], secrets.token_urlsafe(32)) for number in range(panels)]
    sign_in_each(url, own)
    page, _ = await asyncio.to_thread(there.get, "director", f"/panel/{LISTS}")
    lists = [Panel(there, cookie) for _, cookie in own]
    for one in lists:
        await one.open(page.decode())
    beside = await chat(there, browsers, reports)
    for one in (*lists, *browsers):
        one.close()
    lines.close()
    return alone, beside


def sign_in_each(url: str, own: Sequence[tuple[int, str]]) -> None:
    """Several sessions a person."""
    for who, cookie in own:
        sign_in(url, {who: cookie})


def _last_seq(url: str, who: int) -> int:
    from sqlalchemy import select

    from storage.tables import conversation

    with create_engine(url, poolclass=NullPool).connect() as connection:
        asked = select(conversation.c.last_seq).where(conversation.c.address == f"web:p:kisi{who}")
        return int(connection.execute(asked).scalar_one())


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
