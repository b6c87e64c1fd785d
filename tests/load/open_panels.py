"""Open lists of the panel: how soon they hear of another browser's row, and what they cost a chat at work."""

from __future__ import annotations

import asyncio
import hashlib
import http.client
import re
import secrets
import statistics
import time
import urllib.parse
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from tests.load.client import Browser, Lines
from tests.load.panel_house import LISTS, House, sign_in
from tests.load.seed import DIRECTOR, LEAD, TECHNICIANS


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


ROUNDS = (False, True, True, False, False, True)
"""With open lists or without, in turn: what grows meanwhile, or runs beside, falls on both."""
WRITERS = 60
"""Other people in each round: who has many open tickets costs more."""
FIRST_WRITER = 100
AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Chat:
    cpu: float
    """Seconds of the whole desk, of one report."""
    rate: float
    """Reports a second, ten people at a time."""


async def chat(there: House, browsers: Sequence[Browser], reports: int) -> Chat:
    """In turn each of them writes and waits for the answer."""
    waiting = iter(range(reports))

    async def some() -> None:
        for number in waiting:
            text = TEXTS[number // len(browsers) % 2]
            await (await browsers[number % len(browsers)].report(text)).answer

    cpu, began = there.cpu(), time.perf_counter()
    await asyncio.gather(*(some() for _ in range(AT_ONCE)))
    return Chat((there.cpu() - cpu) / reports, reports / (time.perf_counter() - began))


async def beside_open_panels(there: House, url: str, panels: int, reports: int) -> tuple[Chat, Chat]:
    """The chat alone, and beside so many open lists of technicians, leads and directors: medians of rounds in turn."""
    readers = [LEAD, DIRECTOR, *range(1, TECHNICIANS + 1)]
    own = [(readers[number % len(readers)], secrets.token_urlsafe(32)) for number in range(panels)]
    sign_in_each(url, own)
    found: dict[bool, list[Chat]] = {False: [], True: []}
    for number, beside in enumerate((None, *ROUNDS)):  # the first one warms it up
        lists = await _opened(there, [cookie for _, cookie in own] if beside else ())
        browsers = await _writers(there, url, number)
        one = await chat(there, browsers, reports)
        if beside is not None:
            found[beside].append(one)
        for each in (*lists, *browsers):
            each.close()
        browsers[0].lines.close()
    alone, together = (
        Chat(*(statistics.median(getattr(one, name) for one in rounds) for name in ("cpu", "rate")))
        for rounds in (found[False], found[True])
    )
    return alone, together


async def _opened(there: House, cookies: Sequence[str]) -> Sequence[Panel]:
    page, _ = await asyncio.to_thread(there.get, "director", f"/panel/{LISTS}")
    lists = [Panel(there, cookie) for cookie in cookies]
    for one in lists:
        await one.open(page.decode())
    return lists


async def _writers(there: House, url: str, number: int) -> Sequence[Browser]:
    first = FIRST_WRITER + number * WRITERS
    cookies = {who: secrets.token_urlsafe(32) for who in range(first, first + WRITERS)}
    sign_in(url, cookies)
    lines = Lines(there.process.port)
    browsers = [Browser(lines, cookie, f"kisi{who}", since=_last_seq(url, who)) for who, cookie in cookies.items()]
    for browser in browsers:
        await browser.open_stream()
    return browsers


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
