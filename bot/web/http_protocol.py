"""HTTP as uvicorn speaks it with httptools, within bounds that uvicorn does not know.

Of its own knobs `timeout_keep_alive` covers the time after an answer only, `limit_concurrency` refuses newcomers and
not the silent, and the limit of a head's size is h11's.
"""

from __future__ import annotations

import asyncio
import fcntl
import sys
import termios
from typing import Any, cast

import httptools
from uvicorn._types import ASGI3Application, ASGIReceiveCallable, ASGISendCallable, ASGISendEvent, Scope
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from bot.web.connections import Connections, TurnedAway, address_key
from bot.web.headers import HEADERS

_PLAIN = {**HEADERS, "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store", "Connection": "close"}
_SAID = {
    400: ("Bad Request", "İstek anlaşılamadı. Sayfayı yenileyip yeniden deneyin."),
    431: (
        "Request Header Fields Too Large",
        "İsteğin başlığı çok büyük. Çerezlerinizi silip yeniden deneyin.",
    ),
    503: ("Service Unavailable", "Şu anda çok fazla bağlantı var. Birkaç saniye sonra yeniden deneyin."),
}


class HeadTooLarge(Exception):
    """More headers, or larger ones, than anybody of good will sends."""


class BoundedHttp(HttpToolsProtocol):
    """One connection. Refuses what is too large, and tells `connections` when something of it is awaited."""

    def __init__(
        self,
        connections: Connections,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.address = ""
        self._all, self._limits = connections, connections.limits
        self._head_since: float | None = None
        self._head_bytes = self._header_count = 0
        self._body_since: float | None = None
        self._body_at = 0.0
        self._body_bytes = 0
        self._framing_bytes = 0
        """Since the last of a body came: sizes of chunks, and what stands after the last chunk."""
        self._stalled_since: float | None = None
        self._untaken_bytes = 0
        """Of an answer: what the other side had not taken yet when we looked last."""
        self._ending_since: float | None = None
        self._lingers = False
        """It is refused and only listened to, so that the refusal is read."""

    # --- as Connections asks ---
    def overdue(self, now: float) -> TurnedAway | None:
        limits = self._limits
        self._note_taken(now)
        if self._ending_since is None and self.transport.is_closing():
            self._ending_since = now
        patience = limits.linger_seconds if self._lingers else limits.stalled_seconds
        if self._ending_since is not None and now - self._ending_since > patience:
            return TurnedAway.STALLED
        if self._stalled_since is not None and now - self._stalled_since > limits.stalled_seconds:
            return TurnedAway.STALLED
        if self._head_since is not None and not self._is_answering() and now - self._head_since > limits.head_seconds:
            return TurnedAway.SLOW_HEAD
        if self._body_since is not None and not self.flow.read_paused:
            allowed = limits.body_idle_seconds + self._body_bytes / limits.body_bytes_a_second
            if now - self._body_at > limits.body_idle_seconds or now - self._body_since > allowed:
                return TurnedAway.SLOW_BODY
        return None

    def _note_taken(self, now: float) -> None:
        """On a slow line minutes pass until there is room for more of an answer; who takes some of it is waited for."""
        if self._stalled_since is None and (self._ending_since is None or self._lingers):
            return
        before, self._untaken_bytes = self._untaken_bytes, _untaken_bytes(self.transport)
        if self._untaken_bytes < before:
            self._stalled_since = now if self._stalled_since is not None else None
            self._ending_since = now if self._ending_since is not None else None

    def silent_since(self) -> float | None:
        return None if self._is_answering() else self._head_since

    def drop(self) -> None:
        self.transport.abort()

    def _is_answering(self) -> bool:
        cycle = cast("RequestResponseCycle | None", self.cycle)
        return cycle is not None and not cycle.response_complete

    # --- the connection ---
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's own
        super().connection_made(transport)
        host = self.client[0] if self.client else ""
        self.address = address_key(host)
        self._head_since = self._all.now()
        if self._all.admit(self, host) is not None:
            self._refuse(503)

    def connection_lost(self, exc: Exception | None) -> None:
        self._all.leave(self)
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stalled_since = self._all.now()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stalled_since = None

    # --- the request ---
    def data_received(self, data: bytes) -> None:
        if self._ending_since is not None:
            self._overhear(data)
            return
        self._unset_keepalive_if_required()
        if self._head_since is None and self._body_since is None:
            self._begin_head()
        if self._head_since is not None:
            self._head_bytes += len(data)
        else:
            self._framing_bytes += len(data)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:  # to nothing that we speak: it is answered as if it had not asked
            self.cycle.keep_alive = False
        except httptools.HttpParserError as error:
            too_large = isinstance(error.__context__, HeadTooLarge)
            self._all.note(TurnedAway.LARGE_HEAD if too_large else TurnedAway.UNREADABLE, self.address)
            self._refuse(431 if too_large else 400)
            return
        if max(self._head_bytes, self._framing_bytes) > self._limits.head_bytes:
            self._all.note(TurnedAway.LARGE_HEAD, self.address)
            self._refuse(431)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._head_since is None:
            self._begin_head()

    def on_header(self, name: bytes, value: bytes) -> None:
        self._header_count += 1
        if self._header_count > self._limits.headers:
            raise HeadTooLarge
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        head = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        if head > self._limits.head_bytes:
            raise HeadTooLarge
        self._head_since, self._head_bytes = None, 0
        self._body_since = self._body_at = self._all.now()
        self._body_bytes = self._framing_bytes = 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._body_at = self._all.now()
        self._body_bytes += len(body)
        self._framing_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._body_since, self._header_count, self._framing_bytes = None, 0, 0
        self._all.answers(self)
        super().on_message_complete()

    def _begin_head(self) -> None:
        self._head_since, self._head_bytes = self._all.now(), 0
        self._all.awaits(self)

    # --- the answer ---
    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        cycle.transport = _Ending(self, cycle)  # type: ignore[assignment] # all of a transport that a cycle uses
        super()._start_asgi_task(cycle, _closes_unread(cycle, app))

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._body_since is None:
            self._all.awaits(self)

    def end(self, *, unread: bool) -> None:
        """After the answer. One who still sends is listened to for a moment, or would not read it (RST)."""
        self._ending_since = self._all.now()
        if not unread or self.transport.is_closing():
            self.transport.close()
            return
        self._lingers = True
        self.transport.write_eof()

    def _overhear(self, data: bytes) -> None:
        self._body_bytes += len(data)
        if not self._lingers or self._body_bytes > self._limits.linger_bytes:
            self.transport.close()

    def _refuse(self, status: int) -> None:
        """Without the application: it has no request, or half of one."""
        if self._is_answering():
            self.transport.abort()
            return
        phrase, text = _SAID[status]
        body = text.encode()
        wait = {"Retry-After": "5"} if status == 503 else {}
        headers = "".join(f"{name}: {value}\r\n" for name, value in {**_PLAIN, **wait}.items())
        head = f"HTTP/1.1 {status} {phrase}\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
        self.transport.write(head.encode("ascii") + body)
        self._body_bytes = 0
        self.end(unread=status != 503)


class _Ending:
    """A connection's transport as one answer sees it: its end is the connection's to decide."""

    def __init__(self, connection: BoundedHttp, cycle: RequestResponseCycle) -> None:
        self._connection, self._cycle = connection, cycle

    def write(self, data: bytes) -> None:
        self._connection.transport.write(data)

    def is_closing(self) -> bool:
        return self._connection.transport.is_closing()

    def close(self) -> None:
        self._connection.end(unread=self._cycle.more_body)


def _untaken_bytes(transport: asyncio.Transport) -> int:
    """What waits here and, where the system says so (Linux), in its own buffer of this connection."""
    waiting = transport.get_write_buffer_size()
    try:
        handle = transport.get_extra_info("socket").fileno()
        sent = int.from_bytes(fcntl.ioctl(handle, termios.TIOCOUTQ, bytes(4)), sys.byteorder)
    except (OSError, ValueError):
        return waiting
    return waiting + sent


def _closes_unread(cycle: RequestResponseCycle, app: ASGI3Application) -> ASGI3Application:
    """Answered before all of its body was here: the rest is not read, so that nothing may follow it."""

    async def answered(scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        async def watched(message: ASGISendEvent) -> None:
            if message["type"] == "http.response.start" and cycle.more_body:
                cycle.keep_alive = False
            await send(message)

        await app(scope, receive, watched)

    return answered
