"""Where a desk can die: at every commit, send, acknowledgement and answer, counted where they are made.

Nobody names the places: each kind has one function through which all of its moments go, so that a new one is killed at
without anybody remembering to add it.
"""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

Kind = Literal["commit", "send", "acknowledge", "answer"]
When = Literal["before", "after"]


@dataclass(frozen=True, slots=True)
class CrashPoint:
    """Where a desk kills itself: the `number`th moment of that kind (from 1). 0: it dies nowhere and only counts."""

    kind: Kind
    number: int
    when: When


COUNTED = "points"
"""The file in a desk's folder with a line for each moment it came through: `commit`, `send` …"""


def die_at(point: CrashPoint, folder: Path) -> None:
    """This process kills itself there. Patches what every moment of its kind goes through."""
    counted = (folder / COUNTED).open("a", buffering=1)
    count: Counter[Kind] = Counter()

    def pass_by(kind: Kind, when: When) -> None:
        if when == "before":
            count[kind] += 1
            counted.write(f"{kind}\n")
        if (kind, count[kind], when) == (point.kind, point.number, point.when):
            os.kill(os.getpid(), signal.SIGKILL)

    _at_commits(pass_by)
    _at_requests(pass_by)
    _at_answers(pass_by)


PassBy = Callable[[Kind, When], None]


def _at_commits(pass_by: PassBy) -> None:
    from storage.engine.postgres import Postgres
    from storage.engine.sqlite import Sqlite

    for backend in (Sqlite, Postgres):
        real = backend.commit

        def commit(self: Any, connection: Any, real: Any = real) -> None:
            pass_by("commit", "before")
            real(self, connection)
            pass_by("commit", "after")

        backend.commit = commit  # type: ignore[method-assign] # a process of its own dies of it


def _at_requests(pass_by: PassBy) -> None:
    """A request that changes something at the platform is a send; one that moves the offset is an acknowledgement."""
    from bot.channels.telegram.http_transport import AiohttpRequest

    real = AiohttpRequest.do_request
    confirmed: list[int] = []

    def kind_of(url: str) -> Kind | None:
        address = urlsplit(url)
        method = address.path.rpartition("/")[2]
        if method == "getUpdates":
            offset = int(parse_qs(address.query).get("offset", ["0"])[0])
            if offset and offset not in confirmed:
                confirmed.append(offset)
                return "acknowledge"
            return None
        return None if method.startswith(("get", "setMy")) else "send"

    async def do_request(self: Any, url: str, *arguments: Any, **options: Any) -> tuple[int, bytes]:
        kind = kind_of(url)
        if kind is not None:
            pass_by(kind, "before")
        answer = await real(self, url, *arguments, **options)
        if kind is not None:
            pass_by(kind, "after")
        return answer

    AiohttpRequest.do_request = do_request  # type: ignore[method-assign] # the same


def _at_answers(pass_by: PassBy) -> None:
    """What a browser is told of what it sent."""
    from starlette.applications import Starlette

    real = Starlette.__call__

    async def call(self: Any, scope: Any, receive: Any, send: Any) -> None:
        async def answer(message: Any) -> None:
            begins = message["type"] == "http.response.start"
            if begins:
                pass_by("answer", "before")
            await send(message)
            if not begins and not message.get("more_body"):
                pass_by("answer", "after")

        await real(self, scope, receive, answer if scope.get("method") == "POST" else send)

    Starlette.__call__ = call  # type: ignore[method-assign] # the same
