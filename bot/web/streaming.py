"""What the live streams have in common (Server-Sent Events)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from typing import Any

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from bot.web.errors import HttpRefusal, answer
from bot.web.state import WebState
from bot.web.waiting import news
from handlers.channel_port import Subscription

PING_SECONDS = 15
RETRY_MS = 1000


class CountedStream(EventSourceResponse):
    """One of the few that a reader may have open: a session by its hash, or an address. Refused, the page asks again
    later."""

    def __init__(self, web: WebState, reader: str, events: AsyncIterator[ServerSentEvent], **options: Any) -> None:
        super().__init__(events, **options)
        self._web, self._session = web, reader

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        streams = self._web.streams
        if streams[self._session] >= self._web.settings.streams_a_session:
            refused = HttpRefusal(429, "too_many_pages", retry_after=PING_SECONDS)
            await answer(Request(scope), refused)(scope, receive, send)
            return
        streams[self._session] += 1
        try:
            await super().__call__(scope, receive, send)
        finally:
            streams[self._session] -= 1
            if not streams[self._session]:
                del streams[self._session]


async def next_change(web: WebState, watch: Subscription, timeout: float) -> Collection[str]:
    """What changed of what is watched; nothing after so many seconds, or where the server is about to stop."""
    return await news(watch, timeout, [web.stopping])
