"""`/panel/git`: wherever one types: a ticket's number, a page, a view, words. With JavaScript it opens by Ctrl+K above
any page, without it is a page of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from starlette.responses import Response

from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.navigation import GO, PEOPLE, SEARCH, TICKETS
from bot.web.panel.places import found_places, places_of
from bot.web.rendering import shown_name
from handlers.context import Acting
from handlers.domain.people import Role
from handlers.domain.ticket_filter import TicketFilter, printed
from handlers.domain.ticket_number import parse
from handlers.ports.people import PeopleWanted
from handlers.queries import ticket_lists
from handlers.queries.typed_filter import says, understood
from handlers.tickets import numbers

MOST_LETTERS = 200
MOST_TICKETS = 3
MOST_PAGES = 12
MOST_PEOPLE = 3


@dataclass(frozen=True, slots=True)
class Way:
    kind: str
    title: str
    link: str


@panel_page(GO)
async def overview(visit: Visit) -> Response:
    return visit.html("panel_go.html", **await _found(visit))


@panel_page(GO, logged=False)
async def as_typed(visit: Visit) -> Response:
    return visit.fragment("panel_ways.html", **await _found(visit))


async def _found(visit: Visit) -> dict[str, Any]:
    typed = visit.typed("q")[:MOST_LETTERS]
    ways = await visit.read(lambda acting: list(_ways(visit, acting, typed)))
    return {"typed": typed, "ways": ways}


def _ways(visit: Visit, acting: Acting, typed: str) -> Iterator[Way]:
    base = f"{visit.browser.base}/panel"
    number = parse(typed) if typed else None
    for one in numbers.readable(acting, number)[:MOST_TICKETS] if number is not None else ():
        title = f"{one.number} · {acting.desk.subject(one)}"
        yield Way("Kayıt", title, f"{base}/kayit/{one.number}")
    for page in found_places(acting, typed, MOST_PAGES) if typed else places_of(acting):
        yield Way("Sayfa", page.title, f"{base}/{page.address}")
    for view in ticket_lists.view_titles(acting):
        title, query = f"Kayıtlar: {view.title}", printed(view.wanted)
        if says(title, typed):
            yield Way("Görünüm", title, f"{base}/{TICKETS.path}?{query}" if query else f"{base}/{TICKETS.path}")
    if typed:
        wanted = understood(acting, TicketFilter(), typed)
        yield Way("Kayıtlar", f"Kayıtları süz: “{typed}”", f"{base}/{TICKETS.path}?{printed(wanted)}")
        yield Way("Ara", f"Her yerde ara: “{typed}”", f"{base}/{SEARCH.path}?{urlencode({'q': typed})}")
    if typed and PEOPLE.is_open_to(acting.person) and Role.AUDITOR not in acting.person.roles:
        # Whose reading is noted looks people up on their own page, which notes it.
        for person in acting.uow.people.listed(PeopleWanted(words=typed), None, MOST_PEOPLE):
            title = " · ".join(filter(None, (shown_name(person.name or person.handle), person.department)))
            yield Way("Kişi", title, f"{base}/{PEOPLE.path}/{quote(person.handle, safe='')}")
