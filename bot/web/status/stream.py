"""The status page, kept up to date: all of it, whenever something of it changed, and each minute.

| event  | data                                                     |
|--------|----------------------------------------------------------|
| status | the page as it is now, without what stands around it     |
| bye    | whoever is not in the house is signed in no more         |
| ping   | every 15 s, so that a dead line is noticed               |
"""

from __future__ import annotations

from collections.abc import AsyncIterator

from sse_starlette import ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response

from bot.web.errors import HttpRefusal
from bot.web.state import web_of
from bot.web.status.page import REFRESHED_EVERY, look, now_html
from bot.web.streaming import PING_SECONDS, RETRY_MS, CountedStream, next_change
from handlers.channel_port import Unavailable
from handlers.ports.outages import SYSTEMS


async def stream(request: Request) -> Response:
    """Raises HttpRefusal as the page does."""
    await look(request)
    reader = f"status:{request.client.host if request.client is not None else ''}"
    return CountedStream(
        web_of(request),
        reader,
        _events(request),
        ping=PING_SECONDS,
        ping_message_factory=lambda: ServerSentEvent("", event="ping", sep="\n"),
        sep="\n",
    )


async def _events(request: Request) -> AsyncIterator[ServerSentEvent]:
    web = web_of(request)
    try:
        async with web.gateway.watch([SYSTEMS]) as watch:
            while not web.stopping.is_set():
                now = now_html(await look(request), web.settings.zone)
                yield ServerSentEvent(now, event="status", retry=RETRY_MS, sep="\n")
                await next_change(web, watch, REFRESHED_EVERY)
    except HttpRefusal:
        yield ServerSentEvent("", event="bye", sep="\n")
    except Unavailable:
        return  # the page comes back by itself, and says meanwhile of when it is
