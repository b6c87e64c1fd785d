"""Pages go out compressed: what is whole at once and of a kind that shrinks. Streams, files and small answers do not.

A page holds the token of its forms beside words of others, which a compressed length could tell a foreign page that
may ask for it often (BREACH): it may not, the cookie is `SameSite=Strict`.
"""

from __future__ import annotations

import gzip

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SMALLEST = 1000
"""Bytes; of less there is nothing to win."""
_LEVEL = 5
_KINDS = ("text/", "application/json", "application/manifest+json", "image/svg+xml")


class Compression:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            await self._app(scope, receive, send)
            return
        start: Message | None = None

        async def packed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                if _may_shrink(Headers(raw=message["headers"])):
                    start = message
                else:
                    await send(message)
                return
            if start is not None:
                head, start = start, None
                await send(_shrunk(head, message) if _whole(message) else head)
            await send(message)

        await self._app(scope, receive, packed)


def _may_shrink(headers: Headers) -> bool:
    kind = headers.get("content-type", "")
    stays = kind.startswith("text/event-stream") or "content-encoding" in headers
    return kind.startswith(_KINDS) and not stays


def _whole(message: Message) -> bool:
    return not message.get("more_body") and len(message.get("body", b"")) >= SMALLEST


def _shrunk(head: Message, body: Message) -> Message:
    body["body"] = gzip.compress(body["body"], _LEVEL, mtime=0)
    headers = MutableHeaders(raw=list(head["headers"]))
    headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(body["body"]))
    headers.add_vary_header("Accept-Encoding")
    return {**head, "headers": headers.raw}
