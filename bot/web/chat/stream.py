"""The live stream: one for a page, over all conversations of its person.

| event   | data                                                            |
|---------|-----------------------------------------------------------------|
| message | the fragment of a message that came or changed                  |
| side    | the list on the left is out of date                             |
| reload  | the page is: another person or another role (joined by a code)  |
| bye     | the session or the person's time has ended; do not come back    |
| ping    | every 15 s, so that a dead line is noticed                      |

Ids are positions: `web:p:ayse@12 web:r:donanim@40`, the seq read in each conversation; a browser that comes back
sends the last one and gets what it missed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, replace

from sse_starlette import ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response

from bot.web.auth.browser_session import Browser, browser_of, due_for_seen, own_conversations, required_person
from bot.web.chat.conversation_view import Reader
from bot.web.errors import HttpRefusal
from bot.web.panel.navigation import opens
from bot.web.state import WebState, web_of
from bot.web.streaming import PING_SECONDS, RETRY_MS, CountedStream, next_change
from handlers.channel_port import Subscription, Unavailable
from handlers.domain.people import PersonId
from handlers.people import sessions
from handlers.ports import UnitOfWork
from handlers.queries.conversations import ReadMessage, with_quotes

BATCH = 100


async def stream(request: Request) -> Response:
    web, browser = web_of(request), browser_of(request, web_of(request).settings)
    now = web.gateway.now()

    def look(uow: UnitOfWork) -> tuple[PersonId, bool]:
        return required_person(uow, browser, now, web.settings).id, due_for_seen(uow, browser, now)

    person, due = await web.gateway.read(look)
    if due:
        await web.gateway.write(lambda uow: sessions.note_seen(uow, browser.hash, now))
    since = request.headers.get("last-event-id") or request.query_params.get("since", "")
    return CountedStream(
        web,
        browser.hash,
        Listener(web, browser, person, parse_positions(since)).events(),
        ping=PING_SECONDS,
        ping_message_factory=lambda: ServerSentEvent("", event="ping", sep="\n"),
        sep="\n",
    )


def parse_positions(text: str) -> dict[str, int]:
    """What is not understood is left out: that conversation is then read from now on."""
    positions: dict[str, int] = {}
    for part in text[:4000].split():
        address, _, seq = part.rpartition("@")
        if seq.isascii() and seq.isdecimal() and len(seq) < 16:
            positions[address] = int(seq)
    return positions


@dataclass(frozen=True, slots=True)
class Rights:
    """What the page was made for: where `page` changes it is made anew, where `side` does the list on the left."""

    page: tuple[str, bool]
    side: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamUpdate:
    """What one look found."""

    addresses: frozenset[str]
    rights: Rights
    messages: tuple[ReadMessage, ...]
    more: bool


class Listener:
    def __init__(self, web: WebState, browser: Browser, person: PersonId, positions: dict[str, int]) -> None:
        self._web, self._browser, self._person = web, browser, person
        self._positions = positions
        self._reader = Reader(person, browser.base, web.settings)
        self._rights: Rights | None = None
        # each at a moment of its own: thousands of pages that open together would all ask together
        share = int(browser.hash[:8], 16) / 16**8
        self._rights_every = web.settings.rights_every * (0.6 + 0.8 * share)

    async def events(self) -> AsyncIterator[ServerSentEvent]:
        yield ServerSentEvent("", event="ping", retry=RETRY_MS, sep="\n")
        try:
            addresses = (await self._look(frozenset())).addresses
            while not self._web.stopping.is_set():
                async with self._web.gateway.watch(addresses) as watch:
                    async for event in self._while_among(addresses, watch):
                        yield event
                if not self._web.stopping.is_set():
                    addresses = (await self._look(frozenset())).addresses
        except HttpRefusal:
            yield ServerSentEvent("", event="bye", sep="\n")
        except BecameAnother:
            yield ServerSentEvent("", event="reload", sep="\n")
        except Unavailable:
            return  # the browser comes back by itself, with the position it has read

    async def _while_among(self, addresses: frozenset[str], watch: Subscription) -> AsyncIterator[ServerSentEvent]:
        """News of these conversations, until the person may enter others."""
        changed: Collection[str] = addresses
        while not self._web.stopping.is_set():
            news = await self._look(changed)
            for item in news.messages:
                yield self._message(item)
            before = self._rights or news.rights
            if before != news.rights:
                event = "side" if before.page == news.rights.page else "reload"
                yield ServerSentEvent("", event=event, sep="\n")
            self._rights = news.rights
            if news.addresses != addresses:
                return
            if not news.more:
                changed = await self._changed(watch)

    async def _look(self, changed: Collection[str]) -> StreamUpdate:
        """The person's rights are asked each time, before anything is shown. Raises HttpRefusal, BecameAnother."""
        return await self._web.gateway.read(lambda uow: self._news(uow, changed))

    def _news(self, uow: UnitOfWork, changed: Collection[str]) -> StreamUpdate:
        person = required_person(uow, self._browser, self._web.gateway.now(), self._web.settings)
        if person.id != self._person:
            raise BecameAnother
        self._reader = replace(self._reader, sees_panel=self._web.settings.desk is not None and opens(person))
        addresses = frozenset(place.address for place in own_conversations(uow, person))
        messages: list[ReadMessage] = []
        more = False
        for address in sorted(addresses):
            if address not in self._positions:  # heard from now on; a page that opens it reads what was before
                self._positions[address] = uow.timeline.last_seq(address)
            elif address in changed:
                batch = uow.timeline.since(address, self._positions[address], limit=BATCH)
                more = more or len(batch) == BATCH
                messages += with_quotes(uow, batch)
        rights = Rights((person.role, person.verified), (person.name, person.unit or ""))
        return StreamUpdate(addresses=addresses, rights=rights, messages=tuple(messages), more=more)

    async def _changed(self, watch: Subscription) -> Collection[str]:
        """The conversations to look at next; none after a while: only the rights are asked again."""
        return await next_change(self._web, watch, self._rights_every)

    def _message(self, item: ReadMessage) -> ServerSentEvent:
        self._positions[item.message.conversation] = item.message.seq
        place = " ".join(f"{address}@{seq}" for address, seq in sorted(self._positions.items()))
        return ServerSentEvent(self._reader.html(item), event="message", id=place, sep="\n")


class BecameAnother(Exception):
    """The session was moved to another person."""
