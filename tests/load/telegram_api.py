"""A Bot API that answers at once and the same, in a process of its own: `python -m tests.load.telegram_api`.

Prints its port. `GET /say` lets people write within some seconds; `GET /report` tells how long each waited to be
confirmed and answered. For measuring; the strict Telegram of the tests is `tests.servers.telegram`.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import re
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import uvloop

TOKEN = "7001:bench"
FIRST_PERSON = 100_000
TEXTS = (
    "slm yazici cikti vermiyo, 3. kat tahakkuk servisi",
    "bilgisayarım çok yavaş, açılması yarım saat sürüyor",
    "internet yok odada kırmızı çarpı var",
    "EBYS'ye giremiyorum, parola hatalı diyor",
    "telefonun ahizesinden ses gelmiyor",
)
BOT = {"id": 7001, "is_bot": True, "first_name": "Masa", "username": "masa_bench_bot"}
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_CHAT = re.compile(rb"\bchat_id=(-?\d+)")
_NUMBERS = itertools.count(1)


def update(number: int, user: int, text: str) -> dict[str, Any]:
    """As the platform words it, nothing left out that it always sends."""
    name = {"first_name": f"Kişi {user}", "last_name": "Ölçüm", "language_code": "tr"}
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": 1_800_000_000,
            "chat": {"id": user, "type": "private", **name},
            "from": {"id": user, "is_bot": False, **name},
            "text": text,
        },
    }


@dataclass
class Platform:
    waiting: list[dict[str, Any]] = field(default_factory=list)
    """Not confirmed yet."""
    said_at: dict[int, float] = field(default_factory=dict)
    """By update; the person is FIRST_PERSON more."""
    confirmed_at: dict[int, float] = field(default_factory=dict)
    answered_at: dict[int, float] = field(default_factory=dict)
    """By person: the first message to them."""
    most_in_a_poll: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def now(self) -> float:
        return asyncio.get_running_loop().time()

    async def say(self, people: int, seconds: float) -> None:
        """One message of each, at random moments (the same every time), as people do."""
        began, moments = self.now(), random.Random(people)
        for number, moment in enumerate(sorted(moments.uniform(0, seconds) for _ in range(people))):
            if (wait := began + moment - self.now()) > 0:
                await asyncio.sleep(wait)
            self.waiting.append(update(number, FIRST_PERSON + number, TEXTS[number % len(TEXTS)]))
            self.said_at[number] = self.now()
            self.news.set()

    async def updates(self, query: dict[str, list[str]]) -> list[dict[str, Any]]:
        offset, now = int(query.get("offset", ["0"])[0]), self.now()
        if offset:
            for one in self.waiting:
                if one["update_id"] < offset:
                    self.confirmed_at[one["update_id"]] = now
            self.waiting = [one for one in self.waiting if one["update_id"] >= offset]
        if not self.waiting:
            self.news.clear()
            try:
                async with asyncio.timeout(float(query.get("timeout", ["0"])[0])):
                    await self.news.wait()
            except TimeoutError:
                pass
        found = self.waiting[:100]
        self.most_in_a_poll = max(self.most_in_a_poll, len(found))
        return found

    def post(self, chat: int) -> dict[str, Any]:
        self.answered_at.setdefault(chat, self.now())
        return self.posted(chat)

    @staticmethod
    def posted(chat: int) -> dict[str, Any]:
        kind = {"type": "private", "first_name": "Kişi"} if chat > 0 else {"type": "supergroup", "title": "Birim"}
        return {
            "message_id": next(_NUMBERS),
            "date": 1_800_000_000,
            "chat": {"id": chat, **kind},
            "from": BOT,
            "text": "tamam",
        }

    def report(self) -> dict[str, Any]:
        asked = self.said_at.items()
        answers = {number: self.answered_at.get(FIRST_PERSON + number) for number in self.said_at}
        return {
            "said": len(self.said_at),
            "confirmed": [self.confirmed_at[n] - at for n, at in asked if n in self.confirmed_at],
            "answered": [got - self.said_at[n] for n, got in answers.items() if got is not None],
            "answering_seconds": max(self.answered_at.values(), default=0.0)
            - min(self.answered_at.values(), default=0),
            "most_in_a_poll": self.most_in_a_poll,
        }


class Connection(asyncio.Protocol):
    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._received = b""
        self._tasks: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's own

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            head = self._received[:end]
            length = _LENGTH.search(head)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self._received) < whole:
                return
            body, self._received = self._received[end + 4 : whole], self._received[whole:]
            self._asked(urlsplit(head.split(b" ", 2)[1].decode()), body)

    def _asked(self, address: Any, body: bytes) -> None:
        method, query = address.path.rpartition("/")[2], parse_qs(address.query)
        match method:
            case "getUpdates":
                self._later(self._updates(query))
            case "sendMessage":
                found = _CHAT.search(body)
                self._answer(self._platform.post(int(found[1]) if found else 0))
            case "getMe":
                self._answer(BOT)
            case "say":
                self._later(self._platform.say(int(query["people"][0]), float(query["seconds"][0])))
                self._answer(True)
            case "report":
                self._answer(self._platform.report())
            case _:
                self._answer(True)

    async def _updates(self, query: dict[str, list[str]]) -> None:
        self._answer(await self._platform.updates(query))

    def _later(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _answer(self, result: Any) -> None:
        body = json.dumps({"ok": True, "result": result}).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self._transport.write(head.encode() + body)


async def main() -> None:
    platform = Platform()
    server = await asyncio.get_running_loop().create_server(lambda: Connection(platform), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main())
