"""Lines of standard input for a loop: read on a thread of their own, one when one is wanted."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable

from bot.channels.terminal.inbound import MAX_LINE_BYTES

_CHUNK = 65536


def from_stdin(size: int) -> bytes:
    """Straight from the system: a thread that waits inside `sys.stdin` would abort the interpreter at its end."""
    return os.read(sys.stdin.fileno(), size)


class Lines:
    """A daemon thread, since a read that waits for a person can neither be cancelled nor waited for at the end."""

    def __init__(self, read: Callable[[int], bytes] = from_stdin) -> None:
        """`read(size)` waits for at least one byte; none at the end."""
        self._from = read
        self._rest = b""
        self._wanted = threading.Semaphore(0)
        self._loop = asyncio.get_running_loop()
        self._lines: asyncio.Queue[bytes | None] = asyncio.Queue()
        threading.Thread(target=self._run, name="stdin", daemon=True).start()

    async def next(self) -> bytes | None:
        """The next line, None at the end. What is longer than a line may be comes as its beginning."""
        self._wanted.release()
        return await self._lines.get()

    def _run(self) -> None:
        line: bytes | None = b""
        while line is not None:
            self._wanted.acquire()
            line = self._line()
            try:
                self._loop.call_soon_threadsafe(self._lines.put_nowait, line)
            except RuntimeError:  # the loop ended meanwhile: nobody listens
                return

    def _line(self) -> bytes | None:
        line, is_whole, self._rest = self._split(self._rest)
        while not is_whole:
            chunk = self._from(_CHUNK)
            if not chunk:
                return line or None
            part, is_whole, self._rest = self._split(chunk)
            line = (line + part)[: MAX_LINE_BYTES + 1]
        return line

    @staticmethod
    def _split(read: bytes) -> tuple[bytes, bool, bytes]:
        line, newline, rest = read.partition(b"\n")
        return line, bool(newline), rest
