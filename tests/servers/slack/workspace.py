"""The state of the loopback Slack: people, channels, files, what was called and what is to go wrong."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import aiohttp
from aiohttp import web

from tests.servers.slack.reading import file_public, shown

TEAM, BOT_USER, BOT_ID = "T0HOUSE", "U0MASA", "B0MASA"
SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "im:history",
        "im:write",
        "users:read",
        "users:read.email",
    }
)


@dataclass(slots=True, kw_only=True)
class User:
    id: str
    name: str
    email: str = ""
    guest: bool = False
    deleted: bool = False


@dataclass(slots=True, kw_only=True)
class Channel:
    id: str
    user: str = ""
    """Whose direct messages."""
    private: bool = False
    members: set[str] = field(default_factory=set)
    archived: bool = False
    messages: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_im(self) -> bool:
        return bool(self.user)

    @property
    def history_scope(self) -> str:
        return "im:history" if self.is_im else "groups:history" if self.private else "channels:history"


@dataclass(slots=True, kw_only=True)
class Failure:
    """What a method does the next `times` calls. `after`: the effect happens, its answer gets lost (and `then` …)."""

    kind: Literal["error", "status", "drop", "mute", "after"]
    error: str = ""
    status: int = 200
    retry_after: int | None = None
    channel: str | None = None
    times: int = 1
    spared: int = 0
    """Calls that go through before the first that fails."""
    then: Callable[[], None] | None = None


class Refused(Exception):
    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error, self.more = error, more


class Workspace:
    port: int
    """Where it listens, and whom it calls with, once it was started."""
    _client: aiohttp.ClientSession

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self.bot_token, self.app_token, self.signing_secret = "xoxb-house", "xapp-house", "s1gn1ng"
        self.scopes = set(SCOPES)
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, dict[str, Any]] = {}
        self.views: dict[str, dict[str, Any]] = {}
        self.homes: dict[str, dict[str, Any]] = {}
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.pings: list[str] = []
        """Whatever would have notified or linked somebody without the desk's meaning to."""
        self.complaints: list[str] = []
        """Requests that Slack would have refused for their shape."""
        self.acknowledged: list[dict[str, Any]] = []
        self.deliveries: list[int] = []
        """How many tries each delivered payload took."""
        self.tries = 0
        self.events_url = ""
        """Where signed requests go; empty: over the sockets."""
        self.ack_seconds = 3.0
        self.retry_pauses: Sequence[float] = (0.0, 0.0, 0.0)
        self.before_retry: Callable[[], Awaitable[None]] | None = None
        """Slack's own pauses are minutes; a play that waits for the desk to be up again needs none."""
        self.ping_seconds = 0.2
        self.echo = True
        self.file_gate = asyncio.Event()
        self.file_gate.set()
        self.socket_mood: Literal["well", "mute", "no hello"] = "well"
        """`mute`: opens, says hello, then nothing: no pings, no pongs, no events."""
        self.sockets: list[web.WebSocketResponse] = []
        self.opened_sockets = 0
        self._failures: dict[str, deque[Failure]] = defaultdict(deque)
        self._waiting: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._triggers: dict[str, float] = {}
        self._count = itertools.count(1)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._last_ts = 0.0
        self._muted: set[web.WebSocketResponse] = set()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api"

    def add_user(self, name: str, email: str = "", **more: Any) -> str:
        user = f"U{next(self._count):07d}"
        self.users[user] = User(id=user, name=name, email=email, **more)
        return user

    def add_channel(self, *members: str, private: bool = False, with_bot: bool = True) -> str:
        channel = f"C{next(self._count):07d}"
        self.channels[channel] = Channel(
            id=channel, private=private, members={*members, *([BOT_USER] if with_bot else [])}
        )
        return channel

    def direct(self, user: str) -> str:
        for channel in self.channels.values():
            if channel.user == user:
                return channel.id
        channel_id = f"D{next(self._count):07d}"
        self.channels[channel_id] = Channel(id=channel_id, user=user, members={user, BOT_USER})
        return channel_id

    def fail(self, method: str, kind: str, **more: Any) -> None:
        self._failures[method].append(Failure(kind=kind, **more))  # type: ignore[arg-type]

    # --- what people see --------------------------------------------------------------------------
    def desk_messages(self, channel: str, *, thread: str | None = None) -> list[dict[str, Any]]:
        """What the desk wrote there, as it stands; of one thread, or everything."""
        said = [m for m in self.channels[channel].messages if m.get("bot_id") == BOT_ID]
        return [m for m in said if thread is None or m.get("thread_ts") == thread]

    def texts(self, channel: str) -> list[str]:
        return [shown(message) for message in self.desk_messages(channel)]

    async def until(self, check: Callable[[], Any], *, within: float = 10.0) -> Any:
        """Waits until `check()` is true of what is here or in the desk; returns it."""
        async with asyncio.timeout(within):
            while not (found := check()):
                await asyncio.sleep(0.005)
        return found

    async def sees(self, channel: str, words: str, *, within: float = 10.0) -> dict[str, Any]:
        """The newest message of the desk there that holds those words, as soon as it does."""

        def look() -> dict[str, Any] | None:
            return next((m for m in reversed(self.desk_messages(channel)) if words in shown(m)), None)

        try:
            found: dict[str, Any] = await self.until(look, within=within)
        except TimeoutError:
            seen = "\n---\n".join(self.texts(channel))
            raise AssertionError(f"{words!r} was not said in {channel}; what was:\n{seen}") from None
        return found

    # --- small ------------------------------------------------------------------------------------
    def _new_file(self, name: str, content: bytes, media_type: str) -> dict[str, Any]:
        file = {"id": f"F{next(self._count):07d}", "name": name, "bytes": content, "mimetype": media_type, "wanted": 0}
        self.files[str(file["id"])] = file
        return file

    def _add_file(self, name: str, content: bytes, media_type: str) -> dict[str, Any]:
        file = self._new_file(name, content, media_type)
        url = f"http://127.0.0.1:{self.port}/files-pri/{file['id']}/{name}"
        return {**file_public(file), "url_private_download": url, "url_private": url, "mode": "hosted"}

    def _ts(self) -> str:
        self._last_ts = max(self._now(), self._last_ts + 0.00001)
        return f"{self._last_ts:.6f}"

    def _trigger(self) -> str:
        trigger = f"{next(self._count)}.{TEAM}"
        self._triggers[trigger] = time.monotonic()
        return trigger

    def _type(self, channel: str) -> str:
        found = self.channels[channel]
        return "im" if found.is_im else "group" if found.private else "channel"

    def _message(self, channel: str, ts: str) -> dict[str, Any]:
        return next(m for m in self.channels[channel].messages if m["ts"] == ts)

    def _spawn(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
