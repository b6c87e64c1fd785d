"""Slack on loopback: the Web API and Socket Mode over real HTTP and WebSocket, strict, and able to fail on command.

People act through it (`say`, `press`, `command` …); what they see is in `channels`. Nothing here imports the house.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import html
import itertools
import json
import re
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlencode

import aiohttp
from aiohttp import WSMsgType, web
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

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
RICH_TEXT_ELEMENTS = {"text", "link", "emoji", "date", "user", "usergroup", "broadcast", "channel"}
MESSAGE_LENGTH = 13_200
_MANUAL = re.compile(r"<[^<>\s][^<>]*>")


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
    then: Callable[[], None] | None = None


class Refused(Exception):
    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error, self.more = error, more


class SlackServer:
    def __init__(self, now: Callable[[], float] = time.time) -> None:
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

    # --- life -----------------------------------------------------------------------------------
    async def start(self) -> None:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/link", self._link)
        app.router.add_post("/upload/{file}", self._upload)
        app.router.add_get("/files-pri/{file}/{name}", self._download)
        self._runner = web.AppRunner(app, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self._client = aiohttp.ClientSession()

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for socket in list(self.sockets):
            await socket.close()
        await self._client.close()
        await self._runner.cleanup()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api"

    # --- the workspace ----------------------------------------------------------------------------
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

    # --- what people do ---------------------------------------------------------------------------
    async def say(
        self,
        user: str,
        channel: str,
        text: str,
        *,
        thread: str | None = None,
        files: Sequence[tuple[str, bytes, str]] = (),
        escape: bool = True,
        event_id: str | None = None,
        **more: Any,
    ) -> str:
        """Types it; returns its `ts`. `files`: name, bytes, media type."""
        ts = self._ts()
        message: dict[str, Any] = {
            "type": "message",
            "user": user,
            "text": html.escape(text, quote=False) if escape else text,
            "ts": ts,
            "team": TEAM,
        }
        if thread:
            message["thread_ts"] = thread
        if files:
            message["subtype"] = "file_share"
            message["files"] = [self._add_file(*file) for file in files]
        message.update(more)
        self.channels[channel].messages.append(message)
        payload = self.event({**message, "channel": channel, "channel_type": self._type(channel)})
        await self.deliver(payload | ({"event_id": event_id} if event_id else {}))
        return ts

    async def share(self, user: str, source: str, ts: str, target: str, text: str = "") -> str:
        """Passes a message on with words of one's own, as "Share message" does."""
        message = self._message(source, ts)
        shared = {
            "is_share": True,
            "is_msg_unfurl": True,
            "channel_id": source,
            "ts": ts,
            "author_id": message["user"],
            "author_name": self.users[message["user"]].name,
            "text": message["text"],
            "fallback": message["text"],
            "files": message.get("files", []),
        }
        return await self.say(user, target, text, attachments=[shared])

    async def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        message = self._message(channel, ts)
        before = dict(message)
        message.update(text=html.escape(text, quote=False), edited={"user": user, "ts": self._ts()})
        await self.deliver(self._hidden(channel, "message_changed", message=dict(message), previous_message=before))

    async def delete(self, channel: str, ts: str) -> None:
        message = self._message(channel, ts)
        self.channels[channel].messages.remove(message)
        await self.deliver(self._hidden(channel, "message_deleted", deleted_ts=ts, previous_message=message))

    async def mention(self, user: str, channel: str, text: str) -> str:
        """`@masa …`: Slack tells of it twice, with two event ids."""
        ts = await self.say(user, channel, f"<@{BOT_USER}> {html.escape(text, quote=False)}", escape=False)
        message = {**self._message(channel, ts), "type": "app_mention", "channel": channel}
        await self.deliver(self.event(message))
        return ts

    async def press(self, user: str, channel: str, ts: str, label: str) -> None:
        message = self._message(channel, ts)
        for block in message.get("blocks", ()):
            for element in block.get("elements", ()):
                if element.get("type") == "button" and element["text"]["text"] == label:
                    await self.deliver(self.pressed(user, channel, message, block, element))
                    return
        raise AssertionError(f"no button {label!r} on {shown(message)!r}")

    def pressed(
        self, user: str, channel: str, message: Mapping[str, Any], block: Mapping[str, Any], element: Mapping[str, Any]
    ) -> dict[str, Any]:
        return {
            "type": "block_actions",
            "team": {"id": TEAM},
            "user": {"id": user, "name": self.users[user].name},
            "channel": {"id": channel},
            "container": {"type": "message", "message_ts": message["ts"], "channel_id": channel},
            "trigger_id": self._trigger(),
            "message": dict(message),
            "actions": [
                {
                    "type": "button",
                    "action_id": element["action_id"],
                    "block_id": block["block_id"],
                    "value": element.get("value"),
                    "action_ts": self._ts(),
                }
            ],
        }

    async def command(self, user: str, channel: str, command: str, text: str = "") -> dict[str, Any]:
        """Returns what the desk acknowledged with."""
        body = {
            "command": command,
            "text": html.escape(text, quote=False),
            "team_id": TEAM,
            "user_id": user,
            "user_name": self.users[user].name,
            "channel_id": channel,
            "channel_name": "directmessage" if channel.startswith("D") else "kanal",
            "trigger_id": self._trigger(),
            "response_url": f"http://127.0.0.1:{self.port}/response",
        }
        return await self.deliver(body, kind="slash_commands")

    async def shortcut(self, user: str, channel: str, ts: str, callback: str) -> None:
        await self.deliver(
            {
                "type": "message_action",
                "callback_id": callback,
                "team": {"id": TEAM},
                "user": {"id": user, "name": self.users[user].name},
                "channel": {"id": channel},
                "message": dict(self._message(channel, ts)),
                "message_ts": ts,
                "trigger_id": self._trigger(),
            }
        )

    async def close_account(self, user: str) -> None:
        """The workspace's admin deactivates it; bots that listen to `user_change` are told."""
        self.users[user].deleted = True
        await self._tell_of(user)

    async def set_status(self, user: str, status: str) -> None:
        await self._tell_of(user, status_text=status)

    async def _tell_of(self, user: str, **profile: str) -> None:
        told = self.users[user]
        member = {"id": told.id, "team_id": TEAM, "name": told.name.lower(), "deleted": told.deleted, "is_bot": False}
        named = {"real_name": told.name, "email": told.email, **profile}
        await self.deliver(self.event({"type": "user_change", "user": {**member, "profile": named}}))

    async def open_home(self, user: str) -> None:
        await self.deliver(
            self.event({"type": "app_home_opened", "user": user, "channel": self.direct(user), "tab": "home"})
        )

    async def press_home(self, user: str, label: str) -> None:
        for block in self.homes[user]["blocks"]:
            for element in (*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else [])):
                if element.get("type") == "button" and element["text"]["text"] == label:
                    await self.deliver(
                        {
                            "type": "block_actions",
                            "team": {"id": TEAM},
                            "user": {"id": user, "name": self.users[user].name},
                            "container": {"type": "view", "view_id": f"V{user}"},
                            "trigger_id": self._trigger(),
                            "view": self.homes[user],
                            "actions": [
                                {
                                    "type": "button",
                                    "action_id": element["action_id"],
                                    "block_id": block.get("block_id", "b"),
                                    "value": element.get("value"),
                                    "action_ts": self._ts(),
                                }
                            ],
                        }
                    )
                    return
        raise AssertionError(f"no button {label!r} on the Home tab")

    async def submit(self, user: str, view_id: str, **values: str) -> None:
        """Fills in the form and sends it; what is not named keeps its first value."""
        view = self.views[view_id]
        state: dict[str, dict[str, Any]] = {}
        for block in view["blocks"]:
            if block["type"] != "input":
                continue
            element = block["element"]
            value = values.get(element["action_id"], element.get("initial_value"))
            if not value and not block.get("optional"):
                raise AssertionError(f"{element['action_id']} is asked for")
            state[block["block_id"]] = {element["action_id"]: {"type": element["type"], "value": value or None}}
        await self.deliver(
            {
                "type": "view_submission",
                "team": {"id": TEAM},
                "user": {"id": user, "name": self.users[user].name},
                "trigger_id": self._trigger(),
                "view": {**view, "id": view_id, "state": {"values": state}},
            }
        )

    # --- bringing it to the desk --------------------------------------------------------------------
    def event(self, event: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": "A0MASA",
            "event_id": f"Ev{next(self._count):010d}",
            "event_time": int(time.time()),
            "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
            "event": {"event_ts": self._ts(), **event},
        }

    def _hidden(self, channel: str, subtype: str, **more: Any) -> dict[str, Any]:
        return self.event(
            {
                "type": "message",
                "subtype": subtype,
                "hidden": True,
                "channel": channel,
                "channel_type": self._type(channel),
                "ts": self._ts(),
                **more,
            }
        )

    async def deliver(self, payload: dict[str, Any], *, kind: str | None = None) -> dict[str, Any]:
        """Until it is acknowledged, or Slack gives it up; interactions are sent once. Returns the acknowledgement."""
        kind = kind or ("events_api" if payload.get("type") == "event_callback" else "interactive")
        pauses = (0.0, *self.retry_pauses) if kind == "events_api" else (0.0,)
        for attempt, pause in enumerate(pauses):
            if attempt and self.before_retry is not None:
                await self.before_retry()
            if pause:
                await asyncio.sleep(pause)
            answer = await self.deliver_once(payload, kind, attempt)
            if answer is not None:
                self.deliveries.append(attempt + 1)
                self.acknowledged.append(payload)
                return answer
        self.deliveries.append(-1)
        return {}

    async def deliver_once(self, payload: Mapping[str, Any], kind: str, attempt: int = 0) -> dict[str, Any] | None:
        """None: not acknowledged in time."""
        self.tries += 1
        try:
            if self.events_url:
                return await self._post_signed(payload, kind, attempt)
            return await self._send_envelope(payload, kind, attempt)
        except (TimeoutError, aiohttp.ClientError, ConnectionError):
            return None

    async def _send_envelope(self, payload: Mapping[str, Any], kind: str, attempt: int) -> dict[str, Any] | None:
        await self.until(lambda: [s for s in self.sockets if not s.closed], within=10.0)
        socket = next(s for s in reversed(self.sockets) if not s.closed)
        envelope_id = f"env-{next(self._count)}"
        envelope: dict[str, Any] = {
            "envelope_id": envelope_id,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if attempt:
            envelope.update(retry_attempt=attempt, retry_reason="timeout")
        waiting = self._waiting[envelope_id] = asyncio.get_running_loop().create_future()
        if socket not in self._muted:
            await socket.send_json(envelope)
        try:
            async with asyncio.timeout(self.ack_seconds):
                return await waiting
        finally:
            del self._waiting[envelope_id]

    async def _post_signed(self, payload: Mapping[str, Any], kind: str, attempt: int) -> dict[str, Any] | None:
        if kind == "events_api":
            body, form = json.dumps(payload), "application/json"
        else:
            fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
            body, form = urlencode(fields), "application/x-www-form-urlencoded"
        headers = {**self.signed(body), "Content-Type": form}
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": "http_timeout"}
        timeout = aiohttp.ClientTimeout(total=self.ack_seconds)
        async with self._client.post(self.events_url, data=body, headers=headers, timeout=timeout) as response:
            text = await response.text()
            if response.status != 200:
                return None
            return json.loads(text) if text.startswith("{") else {}

    def signed(self, body: str, *, at: int | None = None, secret: str | None = None) -> dict[str, str]:
        stamp = str(at if at is not None else int(time.time()))
        base = f"v0:{stamp}:{body}".encode()
        digest = hmac.new((secret or self.signing_secret).encode(), base, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}

    # --- sockets ------------------------------------------------------------------------------------
    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        self.opened_sockets += 1
        mood = self.socket_mood
        if mood != "no hello":
            await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0MASA"}})
        if mood != "well":
            self._muted.add(socket)
        else:
            self._spawn(self._ping(socket))
        self.sockets.append(socket)
        async for message in socket:
            if message.type is WSMsgType.PING and socket not in self._muted:
                await socket.pong(message.data)
            elif message.type is WSMsgType.TEXT:
                answer = message.json()
                waiting = self._waiting.get(answer["envelope_id"])
                if waiting is not None and not waiting.done():
                    waiting.set_result(answer.get("payload") or {})
        self.sockets.remove(socket)
        return socket

    async def _ping(self, socket: web.WebSocketResponse) -> None:
        while not socket.closed and socket not in self._muted:
            await socket.ping(b"Ping from loopback")
            await asyncio.sleep(self.ping_seconds)

    def go_mute(self) -> None:
        """Every open socket stays open and says nothing any more."""
        self._muted.update(self.sockets)

    async def disconnect(self, *, close: bool = False, reason: str = "refresh_requested") -> None:
        """As Slack does from time to time; with `close` at once."""
        for socket in list(self.sockets):
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})
            if close:
                await socket.close()

    # --- the Web API ----------------------------------------------------------------------------------
    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        arguments = await _arguments(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or arguments.pop("token", "")
        self.calls.append((method, arguments))
        failure = self._failure(method, arguments)
        if failure is not None and failure.kind != "after":
            return await self._fail(request, failure)
        try:
            answer = {"ok": True, **self._do(method, arguments, token)}
        except Refused as refused:
            answer = {"ok": False, "error": refused.error, **refused.more}
        if failure is not None:
            if failure.then is not None:
                failure.then()
            return await self._fail(request, Failure(kind="drop"))
        return web.json_response(answer, headers={"x-oauth-scopes": ",".join(sorted(self.scopes))})

    def _failure(self, method: str, arguments: Mapping[str, Any]) -> Failure | None:
        planned = self._failures[method]
        failure = next((f for f in planned if f.channel in (None, arguments.get("channel"))), None)
        if failure is None:
            return None
        failure.times -= 1
        if failure.times <= 0:
            planned.remove(failure)
        return failure

    async def _fail(self, request: web.Request, failure: Failure) -> web.StreamResponse:
        if failure.kind == "mute":
            await asyncio.sleep(3600)
        if failure.kind == "drop":
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        headers = {} if failure.retry_after is None else {"Retry-After": str(failure.retry_after)}
        if failure.kind == "status" and failure.status >= 500:
            return web.Response(text="<html>upstream</html>", content_type="text/html", status=failure.status)
        body = {"ok": False, "error": failure.error or "ratelimited"}
        return web.json_response(body, status=failure.status, headers=headers)

    def _do(self, method: str, arguments: dict[str, Any], token: str) -> dict[str, Any]:
        if method == "apps.connections.open":
            if token != self.app_token:
                raise Refused("invalid_auth")
            return {"url": f"ws://127.0.0.1:{self.port}/link?ticket={next(self._count)}"}
        if token != self.bot_token:
            raise Refused("invalid_auth" if token else "not_authed")
        done = getattr(self, f"_{_snake(method)}", None)
        if done is None:
            raise Refused("unknown_method")
        result: dict[str, Any] = done(arguments)
        return result

    def _need(self, scope: str) -> None:
        if scope not in self.scopes:
            raise Refused("missing_scope", needed=scope, provided=",".join(sorted(self.scopes)))

    def _auth_test(self, _arguments: Mapping[str, Any]) -> dict[str, Any]:
        return {"team": "Belediye", "team_id": TEAM, "user": "masa", "user_id": BOT_USER, "bot_id": BOT_ID}

    def _users_info(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        self._need("users:read")
        user = self.users.get(arguments["user"])
        if user is None:
            raise Refused("user_not_found")
        profile = {"real_name": user.name}
        if "users:read.email" in self.scopes:
            profile["email"] = user.email
        member = {"id": user.id, "team_id": TEAM, "name": user.name.lower(), "real_name": user.name}
        return {
            "user": {
                **member,
                "deleted": user.deleted,
                "is_bot": False,
                "is_restricted": user.guest,
                "is_email_confirmed": True,
                "profile": profile,
            }
        }

    def _conversations_open(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        self._need("im:write")
        user = self.users.get(arguments["users"])
        if user is None:
            raise Refused("user_not_found")
        if user.deleted:
            raise Refused("user_disabled")
        return {"channel": {"id": self.direct(user.id)}}

    def _conversations_history(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        channel = self._readable(arguments)
        said = [m for m in channel.messages if m.get("thread_ts") in (None, m["ts"]) or m.get("broadcast")]
        return self._page(list(reversed(said)), arguments)

    def _conversations_replies(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        channel, root = self._readable(arguments), arguments["ts"]
        if not any(m["ts"] == root for m in channel.messages):
            raise Refused("thread_not_found")
        return self._page([m for m in channel.messages if root in (m["ts"], m.get("thread_ts"))], arguments)

    def _readable(self, arguments: Mapping[str, Any]) -> Channel:
        channel = self.channels.get(arguments["channel"])
        if channel is None:
            raise Refused("channel_not_found")
        self._need(channel.history_scope)
        if BOT_USER not in channel.members:
            raise Refused("channel_not_found" if channel.private else "not_in_channel")
        return channel

    def _page(self, said: list[dict[str, Any]], arguments: Mapping[str, Any]) -> dict[str, Any]:
        oldest = float(arguments.get("oldest") or 0)
        said = [m for m in said if float(m["ts"]) > oldest]
        first, limit = int(arguments.get("cursor") or 0), int(arguments.get("limit") or 100)
        more = first + limit < len(said)
        page = {"messages": [_public(m) for m in said[first : first + limit]], "has_more": more}
        return {**page, "response_metadata": {"next_cursor": str(first + limit) if more else ""}}

    def _chat_post_message(self, arguments: dict[str, Any]) -> dict[str, Any]:
        self._need("chat:write")
        channel = self._writable(arguments)
        thread = arguments.get("thread_ts")
        if thread and not any(m["ts"] == thread for m in channel.messages):
            raise Refused("thread_not_found")
        self._check_message(arguments)
        message: dict[str, Any] = {
            "type": "message",
            "user": BOT_USER,
            "bot_id": BOT_ID,
            "ts": self._ts(),
            "text": arguments.get("text", ""),
            "blocks": arguments.get("blocks") or [],
        }
        if thread:
            message |= {"thread_ts": thread, "broadcast": bool(arguments.get("reply_broadcast"))}
        channel.messages.append(message)
        self._echo(self.event({**message, "channel": channel.id, "channel_type": self._type(channel.id)}))
        return {"channel": channel.id, "ts": message["ts"], "message": message}

    def _chat_update(self, arguments: dict[str, Any]) -> dict[str, Any]:
        self._need("chat:write")
        channel = self._writable(arguments)
        if channel.id.startswith("U"):
            raise Refused("channel_not_found")
        message = next((m for m in channel.messages if m["ts"] == arguments.get("ts")), None)
        if message is None:
            raise Refused("message_not_found")
        if message.get("bot_id") != BOT_ID:
            raise Refused("cant_update_message")
        self._check_message(arguments)
        before = dict(message)
        message.update(text=arguments.get("text", ""), blocks=arguments.get("blocks") or [])
        message["edits"] = before.get("edits", 0) + 1
        self._echo(self._hidden(channel.id, "message_changed", message=dict(message), previous_message=before))
        return {"channel": channel.id, "ts": message["ts"], "text": message["text"]}

    def _views_open(self, arguments: dict[str, Any]) -> dict[str, Any]:
        opened_at = self._triggers.pop(arguments["trigger_id"], None)
        if opened_at is None or time.monotonic() - opened_at > 3.0:
            raise Refused("expired_trigger_id")
        self._check_view(arguments["view"])
        view_id = f"V{next(self._count):06d}"
        self.views[view_id] = arguments["view"]
        return {"view": {"id": view_id, **arguments["view"]}}

    def _views_publish(self, arguments: dict[str, Any]) -> dict[str, Any]:
        self._check_view(arguments["view"])
        self.homes[arguments["user_id"]] = arguments["view"]
        return {"view": arguments["view"]}

    def _files_get_upload_url_external(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        self._need("files:write")
        file = self._new_file(arguments["filename"], b"", "application/octet-stream")
        file["wanted"] = int(arguments["length"])
        return {"upload_url": f"http://127.0.0.1:{self.port}/upload/{file['id']}", "file_id": file["id"]}

    def _files_complete_upload_external(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        self._need("files:write")
        given = arguments["files"]
        named = json.loads(given) if isinstance(given, str) else given
        files = [self.files[part["id"]] for part in named]
        if any(len(file["bytes"]) != file["wanted"] for file in files):
            raise Refused("file_upload_size_mismatch")
        channel = self._writable({"channel": arguments.get("channel_id")})
        message: dict[str, Any] = {
            "type": "message",
            "user": BOT_USER,
            "bot_id": BOT_ID,
            "ts": self._ts(),
            "text": "",
            "files": [_file_public(file) for file in files],
        }
        if arguments.get("thread_ts"):
            message["thread_ts"] = arguments["thread_ts"]
        channel.messages.append(message)
        return {"files": [{"id": file["id"]} for file in files]}

    # --- strictness -----------------------------------------------------------------------------------
    def _writable(self, arguments: Mapping[str, Any]) -> Channel:
        channel = self.channels.get(str(arguments.get("channel")))
        if channel is None:
            raise Refused("channel_not_found")
        if BOT_USER not in channel.members:
            raise Refused("not_in_channel")
        if channel.archived:
            raise Refused("is_archived")
        return channel

    def _check_message(self, arguments: Mapping[str, Any]) -> None:
        text, blocks = arguments.get("text") or "", arguments.get("blocks") or []
        if not text and not blocks:
            self._complain("no_text")
        if len(text) > 40_000:
            self._complain("msg_too_long")
        if not text:
            self._complain("no fallback text")
        if len(blocks) > 50:
            self._complain("invalid_blocks: more than 50")
        self._check_blocks(blocks)
        if sum(len(t) for t in _strings(blocks)) > MESSAGE_LENGTH:
            self._complain("msg_blocks_too_long")
        for reference in _MANUAL.findall(text):
            self.pings.append(reference)
        for element in _rich(blocks):
            if element["type"] in ("user", "usergroup", "broadcast", "channel"):
                self.pings.append(json.dumps(element))

    def _check_view(self, view: Mapping[str, Any]) -> None:
        if view["type"] == "modal" and not (view.get("title") and view.get("callback_id")):
            self._complain("invalid_arguments: a modal needs title and callback_id")
        try:
            View(**view).validate_json()
        except SlackObjectFormationError as error:
            self._complain(f"invalid_arguments: {error}")
        self._check_blocks(view["blocks"])

    def _check_blocks(self, blocks: Sequence[Mapping[str, Any]]) -> None:
        block_ids = [block["block_id"] for block in blocks if "block_id" in block]
        actions: list[str] = []
        if len(set(block_ids)) != len(block_ids):
            self._complain("invalid_blocks: block_id twice")
        for block in blocks:
            parsed = Block.parse(dict(block))
            if parsed is None:
                self._complain(f"invalid_blocks: {block['type']}")
                continue
            try:
                parsed.validate_json()
                for element in getattr(parsed, "elements", None) or ():
                    if hasattr(element, "validate_json"):
                        element.validate_json()
            except SlackObjectFormationError as error:
                self._complain(f"invalid_blocks: {error}")
            actions += [element["action_id"] for element in block.get("elements", ()) if "action_id" in element]
            for text in _strings([block]):
                if not text or len(text) > 3000:
                    self._complain(f"invalid_blocks: a text of {len(text)} characters")
        if len(set(actions)) != len(actions):
            self._complain("invalid_blocks: action_id twice")
        for element in _rich(blocks):
            if element["type"] not in RICH_TEXT_ELEMENTS:
                self._complain(f"invalid_blocks: element {element['type']}")
            if element["type"] == "link" and not re.match(r"https?://", element["url"]):
                self._complain("invalid_blocks: link")

    def _complain(self, what: str) -> None:
        self.complaints.append(what)
        raise Refused(what.partition(":")[0].replace(" ", "_"))

    # --- files ----------------------------------------------------------------------------------------
    def _new_file(self, name: str, content: bytes, media_type: str) -> dict[str, Any]:
        file = {"id": f"F{next(self._count):07d}", "name": name, "bytes": content, "mimetype": media_type, "wanted": 0}
        self.files[str(file["id"])] = file
        return file

    def _add_file(self, name: str, content: bytes, media_type: str) -> dict[str, Any]:
        file = self._new_file(name, content, media_type)
        url = f"http://127.0.0.1:{self.port}/files-pri/{file['id']}/{name}"
        return {**_file_public(file), "url_private_download": url, "url_private": url, "mode": "hosted"}

    async def _upload(self, request: web.Request) -> web.Response:
        self.files[request.match_info["file"]]["bytes"] = await request.read()
        return web.Response(text="OK - 1")

    async def _download(self, request: web.Request) -> web.Response:
        await self.file_gate.wait()
        allowed = request.headers.get("Authorization") == f"Bearer {self.bot_token}" and "files:read" in self.scopes
        if not allowed:
            return web.Response(text="<html>Sign in</html>", content_type="text/html")
        file = self.files.get(request.match_info["file"])
        if file is None:
            return web.Response(status=404)
        return web.Response(body=file["bytes"], content_type=file["mimetype"])

    # --- small ----------------------------------------------------------------------------------------
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

    def _echo(self, payload: dict[str, Any]) -> None:
        """Slack tells a bot of its own messages too."""
        if self.echo:
            self._spawn(self.deliver(payload))

    def _spawn(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


# --- reading ------------------------------------------------------------------------------------------
def shown(message: Mapping[str, Any]) -> str:
    """A message as its reader sees it: rich text literally, buttons in brackets, files by name."""
    lines: list[str] = []
    for block in message.get("blocks", ()):
        if block["type"] == "rich_text":
            lines.append("".join(str(e.get("text") or e.get("fallback", "")) for e in _rich([block])))
        elif block["type"] == "actions":
            lines.append(" ".join(f"[{e['text']['text']}]" for e in block["elements"]))
    if not message.get("blocks"):
        lines.append(message.get("text", ""))
    lines += [f"<{file['name']}>" for file in message.get("files", ())]
    return "\n".join(line for line in lines if line)


def buttons(message: Mapping[str, Any]) -> list[str]:
    found = [b for b in message.get("blocks", ()) if b["type"] == "actions"]
    return [element["text"]["text"] for block in found for element in block["elements"]]


def _rich(blocks: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for block in blocks:
        if block["type"] == "rich_text":
            for part in block["elements"]:
                yield from part["elements"]


def _strings(blocks: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Every text of the blocks, a rich text block as one."""
    for block in blocks:
        if block["type"] == "rich_text":
            yield "".join(str(e.get("text", "")) for e in _rich([block]))
        elif isinstance(block.get("text"), dict):
            yield block["text"]["text"]


def _public(message: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in message.items() if name not in ("broadcast", "edits")}


def _file_public(file: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": file["id"],
        "name": file["name"],
        "title": file["name"],
        "mimetype": file["mimetype"],
        "size": len(file["bytes"]),
    }


def _snake(method: str) -> str:
    """`files.getUploadURLExternal` → `files_get_upload_url_external`."""
    parted = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", re.sub(r"([a-z])([A-Z])", r"\1_\2", method))
    return parted.replace(".", "_").lower()


async def _arguments(request: web.Request) -> dict[str, Any]:
    arguments: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        arguments |= await request.json()
    elif request.can_read_body:
        arguments |= dict(await request.post())
    for name in ("blocks", "view"):
        if isinstance(arguments.get(name), str):
            arguments[name] = json.loads(arguments[name])
    return arguments
