"""`/panel/kayit/2026-000123`: one ticket. What is asked from there comes to `bot.web.panel.ticket_changes`."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.chat.conversation_view import RASTER
from bot.web.panel import ticket_words
from bot.web.panel.asking import UUID, event_key
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.navigation import TICKETS
from bot.web.rendering import bare_html, exact_time, shown_name
from handlers.context import Acting
from handlers.domain.errors import NotFound
from handlers.domain.page_changes import WAITS_ON_A_PAGE, AskedChange, Outcome, PageAction
from handlers.domain.people import Person
from handlers.domain.rights import Action, may
from handlers.domain.states import Priority
from handlers.domain.ticket_number import parse
from handlers.queries import ticket_page
from handlers.queries.page_outcomes import settled
from handlers.queries.ticket_page import Stretch, TicketPage
from handlers.terms import APPROVALS, APPROVERS, FACTS, PRIORITIES, STATE_MARKS, STATES, WAITED_FOR
from handlers.tickets import numbers, reading

MARK_LETTERS = 16
"""Of the hash mark that are shown; the whole of it stands behind them."""
_BAR = 1000
"""Width of the bar in its own units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What stands above the ticket: what came of what was asked."""

    done: tuple[PageAction, Outcome] | None = None
    refused: str | Markup = ""
    waits: str = ""
    retry: AskedChange | None = None
    """The same once more, with what was typed."""
    again: str = ""
    """What its button says."""
    status: int = 200


def number_in(request: Request) -> str:
    return str(request.path_params["number"])


def address(visit: Visit, number: str) -> str:
    return f"{visit.browser.base}/panel/kayit/{number}"


@panel_page(TICKETS)
async def ticket(visit: Visit) -> Response:
    """`?oldu=UUID&is=claim`: with what came of what was asked before."""
    said = await _came_of_it(visit)
    try:
        number = await _whole_number(visit)
    except NotFound:
        if said.done is None:
            raise
        return _moved_away(visit, *said.done)
    if number != number_in(visit.request):
        return RedirectResponse(address(visit, number), 303)
    return await show(visit, number, said)


def _moved_away(visit: Visit, action: PageAction, came: Outcome) -> Response:
    """By what they just did: it is theirs to read no longer."""
    return visit.html(
        "panel_ticket_gone.html", number=number_in(visit.request), told=ticket_words.outcome(action, came)
    )


async def _whole_number(visit: Visit) -> str:
    """Of a short one the newest that they may read. Raises NotFound."""
    meant = parse(number_in(visit.request))

    def look(acting: Acting) -> str:
        found = [] if meant is None else numbers.readable(acting, meant)
        if not found:
            raise NotFound("ticket", number_in(visit.request))
        return max(found, key=lambda one: one.id).number

    return await visit.read(look)


async def _came_of_it(visit: Visit) -> Said:
    query = visit.request.query_params
    key, what = query.get("oldu", ""), query.get("is", "")
    if not UUID.fullmatch(key) or what not in set(PageAction):
        return Said()

    came, over = await visit.read(lambda acting: settled(acting.uow, event_key(key)))
    if came in (Outcome.DONE, Outcome.NONE):
        return Said(done=(PageAction(what), came))
    if came is not None:
        return Said(refused=ticket_words.MEANWHILE_REFUSED)
    return Said(refused=ticket_words.UNKNOWN) if over else Said(waits=ticket_words.ON_THE_WAY)


async def show(visit: Visit, number: str, said: Said) -> Response:
    """Raises NotFound."""
    found = await visit.read(lambda acting: ticket_page.look(acting, number))
    if may(visit.person, Action.READ_ALL):
        await visit.web.gateway.write(lambda uow: reading.note_reading(visit.acting(uow), number))
    return visit.html("panel_ticket.html", status=said.status, **_shown(visit, found, said))


def _shown(visit: Visit, it: TicketPage, said: Said) -> dict[str, Any]:
    desk, zone, ticket = visit.desk, visit.web.settings.zone, it.view.ticket
    return {
        "it": it,
        "view": it.view,
        "ticket": ticket,
        "title": desk.subject(ticket),
        "unit": desk.unit_title(ticket.unit),
        "said": said,
        "told": "" if said.done is None else ticket_words.outcome(*said.done, it.reach),
        "here_is": address(visit, ticket.number),
        "retry_words": said.retry is not None and _has_words(said.retry),
        "new_key": lambda: str(uuid.uuid4()),
        "when": partial(exact_time, zone=zone),
        "name": _name,
        "typed": bare_html,
        "subject": desk.subject,
        "line": partial(ticket_words.line, people=it.people, desk=desk, readable=it.readable),
        "who": partial(ticket_words.who, people=it.people),
        "standing": ticket_words.standing(it.view.standing),
        "worked": partial(ticket_words.worked, full_day=it.full_day),
        "bar": _bar(it.stretches),
        "facts": [(FACTS[name], value) for name, value in ticket.facts.items() if value and name in FACTS],
        "actions": ticket_words.ACTIONS,
        "waits": [(state, WAITED_FOR[state]) for state in WAITS_ON_A_PAGE],
        "priorities": [(one, PRIORITIES[one]) for one in reversed(Priority) if one is not ticket.priority],
        "categories": [one for one in desk.catalogue.categories.values() if one.id != ticket.category],
        "units": [(one, desk.unit_title(one)) for one in desk.units if one != ticket.unit],
        "marks": STATE_MARKS,
        "states": STATES,
        "priority": PRIORITIES[ticket.priority],
        "approval_kinds": APPROVALS,
        "approvers": APPROVERS,
        "raster": RASTER,
        "mark_letters": MARK_LETTERS,
        "A": PageAction,
    }


def _has_words(asked: AskedChange) -> bool:
    return asked.action in (PageAction.NOTE, PageAction.WRITE, PageAction.RESOLVE, PageAction.WAIT)


def _name(person: Person | None) -> str:
    return "" if person is None else shown_name(person.name or person.handle)


def _bar(stretches: Sequence[Stretch]) -> list[tuple[int, int, str]]:
    """Where each begins, how wide it is, and what kind it is; nothing where no working time has gone by."""
    total = sum(one.worked.total_seconds() for one in stretches)
    found, begins = [], 0.0
    for one in stretches:
        width = one.worked.total_seconds() / total * _BAR if total else 0.0
        kind = "waiting" if one.state.waiting else one.state.value
        if width:
            found.append((round(begins), max(round(width), 1), kind))
        begins += width
    return found
