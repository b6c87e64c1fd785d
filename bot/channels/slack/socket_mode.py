"""Socket Mode: envelopes in, acknowledgements out, over sockets that may go deaf.

The SDK's own client trusts its pongs; here a socket must also be spoken to (Slack pings every few seconds) and must
have said hello. A socket that is told to go is read to its end while its successor already listens.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

import aiohttp
import structlog
from aiohttp import WSMsgType
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.backoff import Backoff
from bot.channels.slack.errors import NETWORK, code_of, seconds_asked
from bot.channels.slack.settings import SlackSettings

MAX_PAUSE_SECONDS = 60.0
"""Between attempts to connect."""
Dispatch = Callable[[dict[str, Any], Mapping[str, str]], Awaitable[Mapping[str, Any] | None]]
"""Payload and headers → what to acknowledge with; None: not stored, so not acknowledged, so it comes again."""

_SPOKEN = (WSMsgType.TEXT, WSMsgType.PING)
_OVER = (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR)
_log = structlog.get_logger("slack")


class SocketMode:
    def __init__(
        self, settings: SlackSettings, client: AsyncWebClient, session: aiohttp.ClientSession, dispatch: Dispatch
    ) -> None:
        self._settings = settings
        self._client = client
        self._session = session
        self._dispatch = dispatch
        self._readers: set[asyncio.Task[None]] = set()
        self._handling: set[asyncio.Task[None]] = set()
        self._current: aiohttp.ClientWebSocketResponse | None = None
        self.connected = asyncio.Event()
        """Set while a socket that said hello is read."""

    async def run(self) -> None:
        """Until cancelled."""

        def note(error: BaseException, seconds: float) -> None:
            self.connected.clear()
            _log.warning("slack_socket_lost", why=_why(error), seconds=round(seconds, 1))

        backoff = Backoff(first=self._settings.retry_seconds, longest=MAX_PAUSE_SECONDS)
        while True:
            await backoff.retry(self._one_socket, NETWORK, asked=seconds_asked, on_failure=note)

    async def close(self, within: float) -> None:
        """What is being stored is finished and acknowledged; the rest is left to Slack, which sends it again."""
        if self._handling:
            await asyncio.wait(self._handling, timeout=within)
        for task in (*self._readers, *self._handling):
            task.cancel()
        await asyncio.gather(*self._readers, *self._handling, return_exceptions=True)
        self.connected.clear()

    async def _one_socket(self) -> None:
        """Connects, and returns when a successor is wanted. Raises what the network raises."""
        opened = await self._client.apps_connections_open(app_token=self._settings.app_token)
        socket = await self._session.ws_connect(
            opened["url"], autoping=False, timeout=aiohttp.ClientWSTimeout(ws_close=1.0), max_msg_size=16 * 1024 * 1024
        )
        leave = asyncio.Event()
        reader = asyncio.create_task(self._read(socket, leave))
        self._readers.add(reader)
        reader.add_done_callback(self._readers.discard)
        leaving = asyncio.create_task(leave.wait())
        try:
            await asyncio.wait({reader, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            leaving.cancel()
        if reader.done():
            self.connected.clear()
            reader.result()

    async def _read(self, socket: aiohttp.ClientWebSocketResponse, leave: asyncio.Event) -> None:
        """To the end of the socket. Raises TimeoutError for a deaf one, ConnectionError for one that broke."""
        pinging = asyncio.create_task(self._ping(socket))
        until = self._now() + self._settings.hello_seconds
        try:
            while True:
                async with asyncio.timeout(max(0.0, until - self._now())):
                    message = await socket.receive()
                if message.type in _SPOKEN and not leave.is_set():
                    until = self._now() + self._settings.silence_seconds
                if message.type is WSMsgType.PING:
                    await socket.pong(message.data)
                elif message.type is WSMsgType.TEXT:
                    if self._heard(socket, message.data):
                        leave.set()
                        until = self._now() + self._settings.handover_seconds
                elif message.type in _OVER:
                    if not leave.is_set():
                        raise ConnectionError(f"closed: {socket.close_code}")
                    return
        except TimeoutError:
            if not leave.is_set():
                _log.warning("slack_socket_deaf")
                raise
        finally:
            pinging.cancel()
            await socket.close()

    async def _ping(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        with suppress(*NETWORK):
            while not socket.closed:
                await asyncio.sleep(self._settings.ping_seconds)
                await socket.ping()

    def _heard(self, socket: aiohttp.ClientWebSocketResponse, text: str) -> bool:
        """True: this socket will be closed, and wants a successor."""
        try:
            envelope = json.loads(text)
            kind = envelope.get("type")
        except (ValueError, AttributeError):
            _log.warning("slack_frame_unread", length=len(text))
            return False
        match kind:
            case "hello":
                self._current = socket
                self.connected.set()
                _log.info("slack_connected")
            case "disconnect":
                _log.info("slack_disconnect", reason=envelope.get("reason"))
                return True
            case _ if "envelope_id" in envelope:
                task = asyncio.create_task(self._handle(socket, envelope))
                self._handling.add(task)
                task.add_done_callback(self._handled)
        return False

    def _handled(self, task: asyncio.Task[None]) -> None:
        self._handling.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("slack_envelope_failed", error=type(error).__name__, exc_info=error)

    async def _handle(self, socket: aiohttp.ClientWebSocketResponse, envelope: Mapping[str, Any]) -> None:
        headers = {}
        if envelope.get("retry_attempt"):
            headers["x-slack-retry-num"] = str(envelope["retry_attempt"])
        answer = await self._dispatch(envelope.get("payload") or {}, headers)
        if answer is None:
            return
        acknowledgement: dict[str, Any] = {"envelope_id": envelope["envelope_id"]}
        if answer:
            acknowledgement["payload"] = answer
        # A socket that died meanwhile cannot carry the acknowledgement; its successor can, and where that fails too the
        # envelope comes again and is known.
        for carrier in (socket, self._current):
            if carrier is None or carrier.closed:
                continue
            with suppress(*NETWORK):
                await carrier.send_str(json.dumps(acknowledgement))
                return
        _log.warning("slack_envelope_not_acknowledged")

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()


def _why(error: BaseException) -> str:
    return code_of(error) if isinstance(error, SlackApiError) else type(error).__name__
