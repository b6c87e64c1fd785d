"""`/panel/kisiler`: who is known to the desk, and a page for each of them. Read only."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from bot.web.panel.guard import Visit, panel_page, without_nul
from bot.web.panel.navigation import PEOPLE
from bot.web.rendering import exact_time, shown_name
from handlers.domain.ticket import Ticket
from handlers.queries import people
from handlers.queries.people import PeoplePage, PersonRow
from handlers.spoken_time import SHORT_MONTHS
from handlers.terms import ROLES, STATES

_LONGEST = 100
_LONGEST_PAGE = 4


@panel_page(PEOPLE)
async def overview(visit: Visit) -> Response:
    words, department = visit.typed("q")[:_LONGEST], visit.typed("mudurluk")[:_LONGEST]
    page = _number(visit.typed("sayfa"))
    found = await visit.read(lambda acting: people.look(acting, words, department, page))
    return visit.html(
        "panel_people.html",
        words=words,
        department=department,
        departments=found.departments,
        rows=[_shown(visit, row) for row in found.rows],
        total=found.total,
        page_number=found.page,
        page_count=found.pages,
        earlier=_link(visit, words, department, found, -1),
        later=_link(visit, words, department, found, 1),
    )


@panel_page(PEOPLE)
async def person(visit: Visit) -> Response:
    whom = without_nul(str(visit.request.path_params["whom"]))
    found = await visit.read(lambda acting: people.look_at(acting, whom))
    one = found.row.person
    return visit.html(
        "panel_person.html",
        shown=_shown(visit, found.row),
        phone=one.phone,
        email=one.email,
        staff_no=one.staff_no,
        verified=one.verified,
        left=_day(visit, one.left_at) if one.left_at else "",
        tickets=[_ticket(visit, ticket) for ticket in found.tickets],
        kept=found.kept,
    )


def _shown(visit: Visit, row: PersonRow) -> dict[str, Any]:
    one, channels = row.person, visit.desk.channels
    return {
        "name": shown_name(one.name or one.handle),
        "handle": one.handle,
        "link": f"{visit.browser.base}/panel/{PEOPLE.path}/{one.handle}",
        "department": one.department,
        "room": one.room,
        "role": ROLES[one.role],
        "unit": visit.desk.unit_title(one.unit) if one.unit else "",
        "channels": sorted({channels.title(account.channel) for account in row.accounts}),
        "away": _day(visit, row.away_until) if row.away_until else "",
    }


def _ticket(visit: Visit, ticket: Ticket) -> dict[str, str]:
    return {
        "number": ticket.number,
        "link": f"{visit.browser.base}/panel/kayit/{ticket.number}",
        "subject": visit.desk.subject(ticket),
        "state": STATES[ticket.state],
        "opened": _day(visit, ticket.opened_at),
        "exact": exact_time(ticket.opened_at, visit.desk.zone),
    }


def _day(visit: Visit, at: datetime) -> str:
    local = at.astimezone(visit.desk.zone)
    return f"{local.day} {SHORT_MONTHS[local.month - 1]} {local.year}"


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= _LONGEST_PAGE else 1


def _link(visit: Visit, words: str, department: str, found: PeoplePage, step: int) -> str:
    page = found.page + step
    if not 1 <= page <= found.pages:
        return ""
    asked = {"q": words, "mudurluk": department, "sayfa": str(page)}
    chosen = urlencode({name: value for name, value in asked.items() if value})
    return f"{visit.browser.base}/panel/{PEOPLE.path}?{chosen}"
