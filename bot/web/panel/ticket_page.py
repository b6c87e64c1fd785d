"""`/panel/kayit/2026-000123`: one ticket. What is asked from there comes to `bot.web.panel.ticket_changes`."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.chat.conversation_view import RASTER
from bot.web.panel import asking, ticket_action_words, ticket_forms, ticket_words
from bot.web.panel.asking import UUID, event_key
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.navigation import TICKETS
from bot.web.rendering import bare_html, exact_time, shown_name
from handlers.context import Acting
from handlers.device_terms import LIVES
from handlers.domain.approvals import Approval
from handlers.domain.errors import NotFound
from handlers.domain.page_changes import AskedChange, Outcome, PageAction
from handlers.domain.people import Person
from handlers.domain.rights import Action, may
from handlers.domain.ticket_number import parse
from handlers.queries import ticket_page
from handlers.queries.next_ticket import MOST_LETTERS, next_ticket
from handlers.queries.page_outcomes import settled
from handlers.queries.ticket_page import Stretch, TicketPage
from handlers.queries.ticket_undo import Undo, undo_of, undo_of_moving
from handlers.spoken_time import spent_time
from handlers.terms import FACTS, PRIORITIES, STATE_MARKS, STATES
from handlers.tickets import approvals, numbers, reading

KEYS = {
    PageAction.CLAIM: "ü",
    PageAction.RESOLVE: "t",
    PageAction.WAIT: "b",
    PageAction.ASSIGN: "a",
    PageAction.PRIORITISE: "ö",
    PageAction.RECATEGORISE: "s",
    PageAction.TRANSFER: "d",
}
"""Of the buttons, beside those of the writing box."""
UNDO_KEY = "z"
MARK_LETTERS = 16
"""Of the hash mark that are shown; the whole of it stands behind them."""
MOST_PLACE_LETTERS = 80
_BAR = 1000
"""Width of the bar in its own units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What stands above the ticket: what came of what was asked."""

    done: tuple[PageAction, Outcome] | None = None
    back: bool = False
    """It took something back."""
    refused: str | Markup = ""
    waits: str = ""
    retry: AskedChange | None = None
    """The same once more, with what was typed."""
    again: str = ""
    """What its button says."""
    draft: str = ""
    """What stood in the writing box when something else was pressed."""
    left_out: bool = False
    """A file was chosen for it, too: a page cannot choose it again."""
    opens: str = ""
    """The form that is opened, where no script does it: an action, with what it is about."""
    status: int = 200


def number_in(request: Request) -> str:
    return str(request.path_params["number"])


@dataclass(frozen=True, slots=True)
class Way:
    """In which list it was opened, and where it stood there; empty where it was opened by its address."""

    query: str = ""
    place: str = ""

    def behind(self, address: str, **more: str) -> str:
        way = {"liste": self.query, "yer": self.place} if self.place else {}
        query = urlencode({**more, **way})
        return f"{address}?{query}" if query else address


def way_of(visit: Visit) -> Way:
    return Way(visit.typed("liste")[:MOST_LETTERS], visit.typed("yer")[:MOST_PLACE_LETTERS])


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
        return await moved_away(visit, *said.done, way_of(visit))
    if number != number_in(visit.request):
        return RedirectResponse(way_of(visit).behind(address(visit, number)), 303)
    return await show(visit, number, said, way_of(visit))


async def moved_away(visit: Visit, action: PageAction, came: Outcome, way: Way, draft: str = "") -> Response:
    """By what they just did: it is theirs to read no longer. `draft`: what they had written there, and not sent."""
    number = number_in(visit.request)

    def look(acting: Acting) -> tuple[tuple[str, str] | None, tuple[Undo, int] | None]:
        undo = undo_of_moving(acting, number, action) if came is Outcome.DONE else None
        return next_ticket(acting, number, way.query, way.place), undo

    following, undo = await visit.read(look)
    refused = came in (Outcome.REFUSED, Outcome.STALE)
    return visit.html(
        "panel_ticket_gone.html",
        status=409 if refused else 200,
        number=number,
        refused=ticket_words.STAYS_AWAY if refused else "",
        told="" if refused else ticket_words.outcome(action, came),
        draft=draft,
        undo=undo,
        undo_key=UNDO_KEY,
        here_is=address(visit, number),
        new_key=lambda: str(uuid.uuid4()),
        **_back(visit, following, way),
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
        return Said(done=(PageAction(what), came), back="geri" in query)
    if came is not None:
        return Said(refused=ticket_words.MEANWHILE_REFUSED)
    return Said(refused=ticket_words.UNKNOWN) if over else Said(waits=ticket_words.ON_THE_WAY)


async def show(visit: Visit, number: str, said: Said, way: Way) -> Response:
    """Raises NotFound."""

    def look(acting: Acting) -> Shown:
        found = ticket_page.look(acting, number)
        undo = None
        if said.done is not None and said.done[1] is Outcome.DONE and not said.back:
            undo = undo_of(acting, found.view.ticket, said.done[0])
        asked = [asking.words(acting, "approval_request", **about(acting, one)) for one in found.choices.decides]
        return Shown(found, undo, next_ticket(acting, number, way.query, way.place), asked)

    def about(acting: Acting, one: Approval) -> dict[str, Any]:
        return approvals.about(acting, acting.uow.tickets.get(one.ticket), one)

    shown = await visit.read(look)
    if may(visit.person, Action.READ_ALL):
        await visit.web.gateway.write(lambda uow: reading.note_reading(visit.acting(uow), number))
    told = {**_shown(visit, shown.page, said), **_way(visit, shown, way)}
    return visit.html("panel_ticket.html", status=said.status, **told)


@dataclass(frozen=True, slots=True)
class Shown:
    page: TicketPage
    undo: tuple[PageAction, str] | None
    following: tuple[str, str] | None
    """The next one of the list that they came from, and its place."""
    requests: Sequence[Markup]
    """What is put before them for a yes, in the words of the chat."""


def _way(visit: Visit, shown: Shown, way: Way) -> dict[str, Any]:
    ticket = shown.page.view.ticket
    return {
        **_back(visit, shown.following, way, f"#ticket-{ticket.id}"),
        "undo": shown.undo,
        "requests": shown.requests,
        "again_here": way.behind(address(visit, ticket.number)),
    }


def _back(visit: Visit, following: tuple[str, str] | None, way: Way, row: str = "") -> dict[str, Any]:
    """To the list that they came from, there to that `row`, and on to the `following` ticket of it."""
    further = None
    if following is not None:
        number, place = following
        further = (number, Way(way.query, place).behind(address(visit, number)))
    query = f"?{way.query}" if way.query else ""
    to_list = f"{visit.browser.base}/panel/{TICKETS.path}{query}{row}" if way.place else ""
    return {"way": way, "following": further, "to_list": to_list, "gone": not row}


def _shown(visit: Visit, it: TicketPage, said: Said) -> dict[str, Any]:
    desk, zone, ticket = visit.desk, visit.web.settings.zone, it.view.ticket
    return {
        "it": it,
        "view": it.view,
        "ticket": ticket,
        "title": desk.subject(ticket),
        "unit": desk.unit_title(ticket.unit),
        "said": said,
        "told": "" if said.done is None else ticket_words.outcome(*said.done, it.reach, back=said.back),
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
        "facts": [(FACTS[name], value) for name, value in ticket.facts.items() if value and _is_shown(name, it)],
        "lives": LIVES,
        "actions": ticket_action_words.ACTIONS,
        **ticket_forms.shown(it, visit),
        "keys": KEYS,
        "undo_key": UNDO_KEY,
        "me": visit.person.id,
        "holds": ticket.holder == visit.person.id,
        "done_word": ticket_action_words.done_word(ticket.holder in (None, visit.person.id)),
        "spent": spent_time(int(it.view.spent.total_seconds()) // 60),
        "marks": STATE_MARKS,
        "states": STATES,
        "priority": PRIORITIES[ticket.priority],
        "raster": RASTER,
        "mark_letters": MARK_LETTERS,
        "A": PageAction,
    }


def _is_shown(fact: str, it: TicketPage) -> bool:
    """What the line of the device says better is not."""
    return fact in FACTS and not (fact == "cihaz" and it.device is not None)


def _has_words(asked: AskedChange) -> bool:
    return bool(asked.text) or asked.action in (PageAction.NOTE, PageAction.WRITE, PageAction.RESOLVE, PageAction.WAIT)


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
