"""Lines of standard input for a loop: read on a thread of their own, one when one is wanted."""

from __future__ import annotations

import asyncio
import threading
from typing import BinaryIO

from bot.terminal.inbound import LONGEST_LINE


class Lines:
    """A daemon thread, since a read that waits for a person can neither be cancelled nor waited for at the end."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._wanted = threading.Semaphore(0)
        self._loop = asyncio.get_running_loop()
        self._read: asyncio.Queue[bytes | None] = asyncio.Queue()
        threading.Thread(target=self._run, name="stdin", daemon=True).start()

    async def next(self) -> bytes | None:
        """The next line, None at the end. What is longer than a line may be comes as its beginning."""
        self._wanted.release()
        return await self._read.get()

    def _run(self) -> None:
        while True:
            self._wanted.acquire()
            line = self._source.readline(LONGEST_LINE + 2)
            rest = line
            while rest and not rest.endswith(b"\n"):
                rest = self._source.readline(LONGEST_LINE)  # the rest of a line that is too long belongs to it
            try:
                self._loop.call_soon_threadsafe(self._read.put_nowait, line or None)
            except RuntimeError:  # the loop ended meanwhile: nobody listens
                return
            if not line:
                return
