"""The whole desk over HTTP: `python -m tests.load.bench_desk`.

Start to the first page; from a web post to the answer on the page's event stream, alone and with 50 clients; reports a
second sustained; memory after 10,000 tickets. The client is written by hand on bare sockets, so that it takes as little
of the second core as it can. Bounded: some minutes, loopback only.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
import uuid
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[2]
TEXTS = (
    "slm yazici cikti vermiyo, 3. kat tahakkuk servisi",
    "bilgisayarım çok yavaş, açılması yarım saat sürüyor",
    "internet yok odada kırmızı çarpı var",
    "EBYS'ye giremiyorum, parola hatalı diyor",
    "telefonun ahizesinden ses gelmiyor",
)
EMERGENCY = "kasadan yanık kokusu geliyor"
"""Opens a ticket by itself, with its cards and questions."""


_NEW = re.compile(rb'data-seq="(\d+)" data-first="(\d+)".*data-kind="(\w+)"')


@dataclass
class Client:
    """One browser: an event stream, and a connection for posts."""

    port: int
    cookie: str
    handle: str
    since: int = 0
    """Seq from which the stream is read: a new page asks for what comes after the last it was given."""
    answers: asyncio.Queue[tuple[str, float]] = field(default_factory=asyncio.Queue)
    """Kind and time of every message of the desk that is new, not edited."""
    _post: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    _listening: asyncio.Task[None] | None = None

    async def open(self, *, stream: bool) -> None:
        self._post = await asyncio.open_connection("127.0.0.1", self.port)
        if stream:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            writer.write(self._head("GET", f"/stream?since=web:p:{self.handle}@{self.since}") + b"\r\n")
            await reader.readuntil(b"event: ping")
            self._listening = asyncio.create_task(self._listen(reader, writer))

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One answer is one message of the desk; an event ends with an empty line."""
        try:
            async for line in reader:
                if b'class="msg desk' in line and (found := _NEW.search(line)) and found[1] == found[2]:
                    self.answers.put_nowait((found[3].decode(), time.perf_counter()))
        finally:
            writer.close()

    def _head(self, method: str, path: str) -> bytes:
        token = hashlib.sha256(f"form:{self.cookie}".encode()).hexdigest()
        return (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: masa={self.cookie}\r\n"
            f"X-Masa-Token: {token}\r\n"
        ).encode()

    async def report(self, text: str) -> float:
        """Seconds until the post was acknowledged."""
        assert self._post is not None
        reader, writer = self._post
        body = urllib.parse.urlencode({"text": text, "key": str(uuid.uuid4())}).encode()
        form = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n" % len(body)
        began = time.perf_counter()
        writer.write(self._head("POST", "/messages") + form + body)
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 202 " not in head.split(b"\r\n", 1)[0]:
            raise RuntimeError(head.decode())
        length = re.search(rb"content-length: (\d+)", head)
        await reader.readexactly(int(length[1]) if length else 0)
        return time.perf_counter() - began

    async def answered(self, text: str) -> tuple[float, float]:
        """Milliseconds to the acknowledgement and to the answer on the stream."""
        began = time.perf_counter()
        acknowledged = await self.report(text)
        return acknowledged * 1000, (await self._next_answer() - began) * 1000

    async def _next_answer(self) -> float:
        return (await self.answers.get())[1]

    def close(self) -> None:
        if self._listening:
            self._listening.cancel()
        if self._post:
            self._post[1].close()


class Server:
    """A desk in a process of its own."""

    def __init__(self, folder: Path, people: int) -> None:
        self.began = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.load.desk_server", str(folder), str(people)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=(folder / "log").open("w"),
            text=True,
        )
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline().rsplit(":", 1)[1])
        self.cookies = (folder / "cookies").read_text().split()

    def memory_mb(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index] # every process has it

    def stop(self) -> float:
        began = time.perf_counter()
        self.process.terminate()
        self.process.wait(60)
        return time.perf_counter() - began


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


async def latency(port: int, cookies: list[str], each: int) -> tuple[list[float], list[float]]:
    """Every client reports, waits for its answer, and reports again."""
    clients = [Client(port, cookie, f"kisi{place}") for place, cookie in enumerate(cookies)]
    await asyncio.gather(*(client.open(stream=True) for client in clients))

    async def talk(client: Client) -> list[tuple[float, float]]:
        found = []
        for n in range(each):
            found.append(await client.answered(TEXTS[n % len(TEXTS)]))
            await client.answered("/iptal")  # the next one is a report of its own
        return found

    pairs = [pair for found in await asyncio.gather(*map(talk, clients)) for pair in found]
    for client in clients:
        client.close()
    return [a for a, _ in pairs], [b for _, b in pairs]


async def sustained(port: int, cookies: list[str], text: str) -> tuple[float, list[float]]:
    """One report of each person, 50 at once; seconds until all were handled, and the acknowledgements in ms."""
    waiting = iter(cookies)
    acknowledged: list[float] = []
    began = time.perf_counter()

    async def talk() -> None:
        client = Client(port, "", "")
        await client.open(stream=False)
        for cookie in waiting:
            client.cookie = cookie
            acknowledged.append(await client.report(text) * 1000)
        client.close()

    await asyncio.gather(*(talk() for _ in range(50)))
    while await asyncio.to_thread(_waiting, port):
        await asyncio.sleep(0.05)
    return time.perf_counter() - began, acknowledged


def _waiting(port: int) -> int:
    """Events acknowledged and not handled yet. `/healthz` answers from what it knew a moment ago, so at least twice."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as page:
        return int(json.load(page)["inbox"]["waiting"])


def _row(table: Table, name: str, values: list[float]) -> None:
    cuts = statistics.quantiles(values, n=100)
    table.add_row(name, str(len(values)), f"{cuts[49]:.1f}", f"{cuts[94]:.1f}", f"{cuts[98]:.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=5_000)
    parser.add_argument("--tickets", type=int, default=10_000)
    options = parser.parse_args()
    console = Console()
    console.print(f"start to first page: {start_to_first_page():.2f} s (target 3)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = Server(folder, 50 + options.reports + options.tickets)
        try:
            table = Table("web post →", "n", "p50 ms", "p95 ms", "p99 ms")
            alone = asyncio.run(latency(server.port, server.cookies[:1], 200))
            _row(table, "acknowledged, alone", alone[0])
            _row(table, "answer on the stream, alone", alone[1])
            many = asyncio.run(latency(server.port, server.cookies[:50], 20))
            _row(table, "acknowledged, 50 clients", many[0])
            _row(table, "answer on the stream, 50 clients", many[1])
            console.print(table)
            console.print(f"memory at rest: {server.memory_mb():.0f} MB")
            people = iter(server.cookies[50:])
            reporters = list(islice(people, options.reports))
            took, acknowledged = asyncio.run(sustained(server.port, reporters, TEXTS[0]))
            console.print(
                f"sustained: {len(reporters) / took:.0f} reports/s, {len(reporters)} in {took:.0f} s (target 300), "
                f"acknowledged p99 {statistics.quantiles(acknowledged, n=100)[98]:.0f} ms"
            )
            openers = list(islice(people, options.tickets))
            took, _ = asyncio.run(sustained(server.port, openers, EMERGENCY))
            console.print(
                f"tickets opened: {len(openers) / took:.0f}/s; memory of the desk after {len(openers)}: "
                f"{server.memory_mb():.0f} MB (target 200)"
            )
        finally:
            console.print(f"SIGTERM to the end: {server.stop():.2f} s")


if __name__ == "__main__":
    main()
