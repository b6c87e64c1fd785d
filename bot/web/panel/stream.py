"""What changes while somebody looks at a list of tickets.

| event  | data                                                                        |
|--------|-----------------------------------------------------------------------------|
| ticket | `123 7`: that row has changed, and this is its version now                  |
| gone   | `123`: that row is theirs to read no longer                                 |
| looks  | `Fatma Şahin de bu kayda bakıyor.`: who else has that page open; empty: nobody |
| new    | how many tickets that fit the list were opened since it was made; said at most every two seconds |
| bye    | the session or the right to the page has ended; do not come back            |
| ping   | every 15 s, so that a dead line is noticed                                  |

The address holds the filter of the list, `satir` with its rows and the versions that the page shows of them
(`123.6 124.1`), and `son`, the last ticket there was; the page of one ticket has it as `kayit`, as it is theirs to read
also where it stands in no list of theirs. A page that comes back asks with the same and gets what changed
meanwhile.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace

from sse_starlette import ServerSentEvent
from starlette.responses import Response

from bot.web.errors import HttpRefusal
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.navigation import TICKETS
from bot.web.panel.open_lists import OpenList, Together
from bot.web.panel.tickets_page import BESIDE
from bot.web.rendering import shown_name
from bot.web.streaming import PING_SECONDS, RETRY_MS, CountedStream
from bot.web.waiting import rung
from handlers.channel_port import Unavailable
from handlers.context import Acting
from handlers.domain.rights import sees_inside
from handlers.domain.ticket import TicketId
from handlers.domain.ticket_filter import TicketFilter, parse
from handlers.inflections import they_too
from handlers.queries import ticket_lists
from handlers.queries.ticket_lists import Changed

ROWS, OPENED, LAST = "satir", "kayit", "son"
MOST_ROWS = 500
"""As many cards as a board may have."""


@panel_page(TICKETS, logged=False)
async def stream(visit: Visit) -> Response:
    query = visit.request.query_params
    shown, opened = _versions(query.get(ROWS, "")), _versions(query.get(OPENED, ""))
    last = query.get(LAST, "")
    watched = Watched(visit, shown | opened, frozenset(opened), TicketId(int(last)) if _is_number(last) else None)
    return CountedStream(
        visit.web,
        visit.browser.hash,
        watched.events(),
        ping=PING_SECONDS,
        ping_message_factory=lambda: ServerSentEvent("", event="ping", sep="\n"),
        sep="\n",
    )


def _versions(text: str) -> dict[TicketId, int]:
    """What is not understood is left out."""
    found: dict[TicketId, int] = {}
    for part in text.split()[:MOST_ROWS]:
        ticket, _, version = part.partition(".")
        if _is_number(ticket) and _is_number(version):
            found[TicketId(int(ticket))] = int(version)
    return found


def looked_at_by(names: Sequence[str]) -> str:
    """`Fatma Şahin de bu kayda bakıyor.`"""
    told = they_too(" ve ".join(filter(None, (", ".join(names[:-1]), *names[-1:]))))
    return f"{told} bu kayda bakıyor." if told else ""


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


@dataclass(slots=True)
class Watched:
    visit: Visit
    shown: dict[TicketId, int]
    opened: frozenset[TicketId]
    last: TicketId | None
    """None: nobody waits to hear of new ones, as on a later page of the list."""
    new: int = field(default=0, init=False)
    looked_at: frozenset[TicketId] = field(default=frozenset(), init=False)
    """Of those whose page is open, what they may read."""
    beside: str = field(default="", init=False)
    """Who else was said to look at it."""

    async def events(self) -> AsyncIterator[ServerSentEvent]:
        yield ServerSentEvent("", event="ping", retry=RETRY_MS, sep="\n")
        web = self.visit.web
        try:
            first = await self._look()
            self.looked_at = self.opened & self.shown.keys() - set(first.gone)
            with web.lookers.looking(self.looked_at, self.visit.person.id) as bell:
                one = OpenList(self.shown, self.last, bell, first.places, first.reach)
                async with web.open_lists.listening(web.gateway, one):
                    async for event in self._following(first, one):
                        yield event
        except HttpRefusal:
            yield ServerSentEvent("", event="bye", sep="\n")
        except Unavailable:
            return  # the browser comes back by itself

    async def _following(self, changed: Changed, one: OpenList) -> AsyncIterator[ServerSentEvent]:
        web = self.visit.web
        while not web.stopping.is_set():
            for event in [*self._told(changed), *await self._beside()]:
                yield event
            await rung(web.settings.rights_every, one.bell, web.stopping)
            one.bell.clear()
            changed = await self._look()
            if (changed.places, changed.reach) != (one.places, one.reach):
                one.places, one.reach = changed.places, changed.reach
                web.open_lists.look_again()

    async def _beside(self) -> list[ServerSentEvent]:
        """For those alone who work on it or oversee the work."""
        others = self.visit.web.lookers.others(self.looked_at, self.visit.person.id)

        def look(acting: Acting) -> str:
            inside = all(sees_inside(acting.person, acting.uow.tickets.get(one)) for one in self.looked_at)
            return looked_at_by([shown_name(acting.uow.people.get(one).name) for one in others]) if inside else ""

        said = await self.visit.now_read(look) if others else ""
        if said == self.beside:
            return []
        self.beside = said
        return [ServerSentEvent(said, event="looks", sep="\n")]

    async def _look(self) -> Changed:
        """Rights are asked each time, before anything is said. Raises HttpRefusal."""
        return await self.visit.web.open_lists.read(self.visit.web.gateway, self._changed)

    def _changed(self, together: Together) -> Changed:
        acting = replace(self.visit, now=together.now).acting(together.uow)
        return ticket_lists.changed(acting, self._wanted(acting), self.shown, self.last, self.opened, together.counted)

    def _wanted(self, acting: Acting) -> TicketFilter:
        pairs = self.visit.request.query_params.multi_items()
        return parse(pairs, ticket_lists.vocabulary(acting), beside={*BESIDE, ROWS, OPENED, LAST})[0]

    def _told(self, changed: Changed) -> list[ServerSentEvent]:
        said = [("ticket", f"{ticket} {version}") for ticket, version in changed.versions.items()]
        said += [("gone", str(ticket)) for ticket in changed.gone]
        self.shown.update(changed.versions)
        for ticket in changed.gone:
            del self.shown[ticket]
        if changed.new != self.new:
            self.new = changed.new
            said.append(("new", str(changed.new)))
        return [ServerSentEvent(data, event=event, sep="\n") for event, data in said]
