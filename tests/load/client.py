"""A browser of the benchmarks, by hand on bare sockets: it takes little of the machine that it measures on."""

from __future__ import annotations

import asyncio
import hashlib
import re
import time
import urllib.parse
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_SHOWN = re.compile(rb'class="msg (\w+).*? data-seq="(\d+)".*? data-kind="[^"]*"(?:[^>]* data-key="([^"]+)")?')
Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Refused(Exception):
    """The desk did not acknowledge a message. Holds the status line."""


@dataclass
class Report:
    """One message on its way. Times are seconds of `time.perf_counter`."""

    key: str
    began: float
    acknowledged: float
    answer: asyncio.Future[float]
    """When the desk's first message after it stood on the page; stays open for a browser without a stream."""

    @property
    def took(self) -> float:
        """Seconds until it was acknowledged."""
        return self.acknowledged - self.began


@dataclass
class Lines:
    """Connections to one server, kept and shared by all browsers: as many as are in use at once."""

    port: int
    _free: list[Line] = field(default_factory=list)

    async def post(self, head: bytes, body: bytes) -> None:
        """Returns once it was acknowledged. Raises Refused.

        What was sent on a connection that the server had closed meanwhile is sent again, as browsers do.
        """
        while self._free:
            line = self._free.pop()
            try:
                return await self._post(line, head + body)
            except (asyncio.IncompleteReadError, ConnectionError):
                line[1].close()
        return await self._post(await asyncio.open_connection("127.0.0.1", self.port), head + body)

    async def _post(self, line: Line, request: bytes) -> None:
        reader, writer = line
        writer.write(request)
        answer = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", answer)
        await reader.readexactly(int(length[1]) if length else 0)
        self._free.append(line)
        status = answer.split(b"\r\n", 1)[0]
        if b" 202 " not in status:
            raise Refused(status.decode())

    def close(self) -> None:
        for _, writer in self._free:
            writer.close()


@dataclass
class Browser:
    """One person's page: what it posts, and its event stream."""

    lines: Lines
    cookie: str
    handle: str
    since: int = 0
    """Seq from which the stream is read."""
    _listening: asyncio.Task[None] | None = None
    _waiting: dict[str, asyncio.Future[float]] = field(default_factory=dict)
    _heard: dict[str, int] = field(default_factory=dict)
    """Seq of what this person wrote and what is not answered yet."""

    async def open_stream(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.lines.port, limit=2**20)
        writer.write(self._head("GET", f"/stream?since=web:p:{self.handle}@{self.since}") + b"\r\n")
        await reader.readuntil(b"event: ping")
        self._listening = asyncio.create_task(self._listen(reader, writer))

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async for line in reader:
                if b'class="msg ' in line and (shown := _SHOWN.search(line)):
                    self._note(shown)
        finally:
            writer.close()

    def _note(self, shown: re.Match[bytes]) -> None:
        side, seq, key = shown[1], int(shown[2]), (shown[3] or b"").decode()
        if side == b"mine":
            if key in self._waiting:
                self._heard[key] = seq
        elif side == b"desk":
            for known in [known for known, written in self._heard.items() if written < seq]:
                del self._heard[known]
                if not (answer := self._waiting.pop(known)).done():
                    answer.set_result(time.perf_counter())

    async def report(self, text: str) -> Report:
        """Raises Refused."""
        key = str(uuid.uuid4())
        answer = asyncio.get_running_loop().create_future()
        self._waiting[f"web:{key}"] = answer
        body = urllib.parse.urlencode({"text": text, "key": key}).encode()
        form = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n" % len(body)
        began = time.perf_counter()
        await self.lines.post(self._head("POST", "/messages") + form, body)
        return Report(f"web:{key}", began, time.perf_counter(), answer)

    def _head(self, method: str, path: str) -> bytes:
        token = hashlib.sha256(f"form:{self.cookie}".encode()).hexdigest()
        return (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.lines.port}\r\nCookie: masa={self.cookie}\r\n"
            f"X-Masa-Token: {token}\r\n"
        ).encode()

    def close(self) -> None:
        if self._listening:
            self._listening.cancel()


@contextmanager
def lag(every: float = 0.01) -> Iterator[list[float]]:
    """How late this process's own event loop was, in seconds: a generator that lags measures itself."""
    late: list[float] = []

    async def watch() -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            due += every
            await asyncio.sleep(due - loop.time())
            late.append(max(0.0, loop.time() - due))
            due = max(due, loop.time())

    watching = asyncio.get_running_loop().create_task(watch())
    try:
        yield late
    finally:
        watching.cancel()
