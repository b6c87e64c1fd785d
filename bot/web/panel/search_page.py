"""`/panel/ara`: one box for tickets, people, articles and pages. Without JavaScript it is sent, with it answered as
typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.navigation import PEOPLE, SEARCH
from bot.web.panel.places import PagePlace, found_places
from bot.web.rendering import exact_time
from handlers.domain.rights import Action, may
from handlers.domain.ticket import TicketId
from handlers.queries.search import MAX_LETTERS, Limits, Results, TicketHit, note_search, search
from handlers.spoken_time import SHORT_MONTHS
from handlers.terms import ENTRY_KINDS, ROLES, STATES

LIMITS = Limits(tickets=30, people=12, articles=8)
MOST_PAGES = 6
SHORTEST = 2
"""Letters from which on something is looked for; a single figure may be a ticket's number."""
_LONGEST_KEY = 10


@dataclass(frozen=True, slots=True)
class Day:
    exact: str
    short: str
    """`23 Kas 2026`."""


@panel_page(SEARCH)
async def overview(visit: Visit) -> Response:
    return visit.html("panel_search.html", **await _found(visit, typing=False))


@panel_page(SEARCH, logged=False)
async def as_typed(visit: Visit) -> Response:
    """What is found alone, for the page that is open."""
    return visit.fragment("panel_found.html", **await _found(visit, typing=True))


async def _found(visit: Visit, *, typing: bool) -> dict[str, Any]:
    typed = visit.typed("q")
    before = _before(visit.typed("once"))
    enough = len(typed) >= SHORTEST or typed.isdecimal()
    if enough and may(visit.person, Action.READ_ALL):
        await visit.web.gateway.write(lambda uow: note_search(visit.acting(uow), typing=typing))
    results = await visit.read(lambda acting: search(acting, typed, LIMITS, before=before)) if enough else None
    first = enough and before is None
    places = await visit.read(lambda acting: found_places(acting, typed[:MAX_LETTERS], MOST_PAGES)) if first else []
    return {
        "typed": typed[:MAX_LETTERS],
        "places": places,
        "results": results,
        "further": before is not None,
        "tickets": [_shown(visit, hit) for hit in results.tickets] if results else [],
        "roles": ROLES,
        "people_open": PEOPLE.is_open_to(visit.person),
        "older": _link(visit, results.typed, results.older) if results and results.older is not None else "",
        "meant": [(words, _link(visit, words)) for words in results.meant] if results else [],
        "told": _told(results, places),
        "max_letters": MAX_LETTERS,
    }


def _told(results: Results | None, places: Sequence[PagePlace]) -> str:
    """How much there is, for who hears the page."""
    if results is None or results.too_slow:
        return ""
    counts = (
        (places, "sayfa"),
        (results.tickets, "kayıt"),
        (results.people, "kişi"),
        (results.articles, "çözüm adımı"),
    )
    return ", ".join(f"{len(found)} {word}" for found, word in counts if found)


def _shown(visit: Visit, hit: TicketHit) -> dict[str, Any]:
    one = hit.ticket
    return {
        "number": one.number,
        "link": f"{visit.browser.base}/panel/kayit/{one.number}",
        "subject": visit.desk.subject(one),
        "state": STATES[one.state],
        "urgent": one.priority == "acil" and one.state.active,
        "unit": visit.desk.unit_title(one.unit),
        "opened": _day(visit, one.opened_at),
        "reporter": hit.reporter,
        "stands_in": ENTRY_KINDS[hit.stands_in],
        "at": _day(visit, hit.at),
        "words": hit.words,
    }


def _day(visit: Visit, at: datetime) -> Day:
    local = at.astimezone(visit.desk.zone)
    return Day(exact_time(at, visit.desk.zone), f"{local.day} {SHORT_MONTHS[local.month - 1]} {local.year}")


def _link(visit: Visit, words: str, before: TicketId | None = None) -> str:
    asked = {"q": words, **({} if before is None else {"once": str(before)})}
    return f"{visit.browser.base}/panel/{SEARCH.path}?{urlencode(asked)}"


def _before(typed: str) -> TicketId | None:
    valid = typed.isascii() and typed.isdecimal() and len(typed) <= _LONGEST_KEY
    return TicketId(int(typed)) if valid and int(typed) < 2**31 else None
