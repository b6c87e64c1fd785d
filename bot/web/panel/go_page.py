"""`/panel/git`: wherever one types: a ticket's number, a page, a view, words. With JavaScript it opens by Ctrl+K above
any page, without it is a page of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.navigation import GO, OPERATION, SEARCH, SETTINGS, TICKETS, PanelPage, pages_of
from handlers.context import Acting
from handlers.domain.ticket_filter import TicketFilter, printed
from handlers.domain.ticket_number import parse
from handlers.queries import ticket_lists
from handlers.queries.typed_filter import says, understood
from handlers.tickets import numbers

MOST_LETTERS = 200
MOST_TICKETS = 3
BELOW: Sequence[tuple[PanelPage, str, str]] = (
    (SETTINGS, "ayarlar/takvim", "Mesai ve tatiller"),
    (SETTINGS, "ayarlar/hedefler", "Hedefler"),
    (SETTINGS, "ayarlar/cozumler", "Çözüm adımları"),
    (SETTINGS, "ayarlar/mudurlukler", "Müdürlükler"),
    (OPERATION, "ayarlar/kurulum", "Kurulum"),
)
"""Pages below others: open to whom that page is."""


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
    for title, link in _places(acting):
        if says(title, typed):
            yield Way("Sayfa", title, f"{base}/{link}")
    if typed:
        wanted = understood(acting, TicketFilter(), typed)
        yield Way("Kayıtlar", f"Kayıtları süz: “{typed}”", f"{base}/{TICKETS.path}?{printed(wanted)}")
        yield Way("Ara", f"Her yerde ara: “{typed}”", f"{base}/{SEARCH.path}?{urlencode({'q': typed})}")


def _places(acting: Acting) -> Iterator[tuple[str, str]]:
    """(title, address below the panel) of the pages that are open to them, and of their views."""
    for page in pages_of(acting.person):
        yield page.title, page.path
    for page, link, title in BELOW:
        if page.is_open_to(acting.person):
            yield title, link
    for view in ticket_lists.view_titles(acting):
        query = printed(view.wanted)
        yield f"Kayıtlar: {view.title}", f"{TICKETS.path}?{query}" if query else TICKETS.path
