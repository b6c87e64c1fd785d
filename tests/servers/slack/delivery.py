"""How Slack brings what happened to an app: envelopes over sockets, or signed requests, again until acknowledged."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import WSMsgType, web

from tests.servers.slack.workspace import BOT_USER, TEAM, Workspace


class Delivery(Workspace):
    def event(self, event: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": "A0MASA",
            "event_id": f"Ev{next(self._count):010d}",
            "event_time": int(self._now()),
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

    def _echo(self, payload: dict[str, Any]) -> None:
        """Slack tells a bot of its own messages too."""
        if self.echo:
            self._spawn(self.deliver(payload))

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
        stamp = str(at if at is not None else int(self._now()))
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
