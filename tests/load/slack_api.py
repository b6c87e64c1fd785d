"""A Web API that answers at once and always the same, in a process of its own: `python -m tests.load.slack_api`.

Prints its port. It is there to measure what its clients cost; the strict Slack of the tests is `tests.servers.slack`.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import uvloop

_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


class Answers(asyncio.Protocol):
    """One body holds whatever any method's caller looks for, and how many messages were posted so far."""

    posted = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._received = b""

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            head = self._received[:end]
            length = _LENGTH.search(head)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self._received) < whole:
                return
            self._received = self._received[whole:]
            if b"/chat.postMessage " in head[:60]:
                Answers.posted += 1
            self._answer()

    def _answer(self) -> None:
        body = (
            '{"ok":true,"team":"Belediye","team_id":"T0HOUSE","user":"masa","user_id":"U0MASA","bot_id":"B0MASA",'
            f'"channel":{{"id":"D1"}},"ts":"{Answers.posted}.000001","messages":[],"posted":{Answers.posted}}}'
        ).encode()
        head = (
            f"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self._transport.write(head.encode() + body)


@contextmanager
def answering() -> Iterator[str]:
    """Its address, as `MASA_SLACK__BASE_URL` wants it."""
    command = [sys.executable, "-m", "tests.load.slack_api"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}/api"
        finally:
            process.terminate()


async def _serve() -> None:
    server = await asyncio.get_running_loop().create_server(Answers, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(_serve())
