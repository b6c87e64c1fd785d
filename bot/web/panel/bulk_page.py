"""`/panel/kayitlar/toplu`: the same change of many tickets. First to how many it would be done, then what came of it,
then **Geri al**. Nothing is kept between these: each address says all of it."""

from __future__ import annotations

import asyncio
import re
import uuid
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote

from starlette.datastructures import QueryParams
from starlette.responses import RedirectResponse, Response

from bot.web.auth.browser_session import require_own_page
from bot.web.errors import HttpRefusal
from bot.web.forms import bounded_form, typed_text
from bot.web.panel import asking, words
from bot.web.panel.asking import UUID, event_key
from bot.web.panel.guard import Visit, panel_page, without_nul
from bot.web.panel.navigation import TICKETS
from bot.web.panel.tickets_page import BESIDE
from bot.web.rendering import shown_name
from handlers.context import Acting
from handlers.domain.page_changes import AskedChange, Outcome, PageAction
from handlers.domain.people import Account, PersonId
from handlers.domain.states import UNDONE_WITHIN
from handlers.domain.ticket import Ticket, TicketId
from handlers.domain.ticket_filter import TicketFilter, parse, printed
from handlers.events import ChangeAsked
from handlers.queries import page_outcomes, ticket_lists
from handlers.queries.next_ticket import MOST_LETTERS
from handlers.tickets import bulk_changes, quick_answers
from handlers.tickets.bulk_changes import BULK, MOST_TICKETS, Obstacle, Preview

CHOSEN, WHAT, ALL = "kayit", "is", "hepsi"
_BACK = "geri"
"""A batch is taken back once: the keys of that follow from its own."""
MOST_LISTED = 50
UNHELD = "kimse"
AT_A_TIME = 50
"""Events that are handed in together: they share a commit."""
_FOR_GOOD = frozenset({PageAction.RESUME, PageAction.CANCEL})
"""What is not taken back from here: a wait has words and a day; whoever reported what was cancelled was told why."""
MAIN, REASON, TEXT, WAY = "ana", "neden", "text", "liste"
_LACKING = {
    PageAction.RESOLVE: "resolution_missing",
    PageAction.MERGE: "merge_reason",
    PageAction.CANCEL: "cancel_reason",
}


@dataclass(frozen=True, slots=True)
class Wish:
    action: PageAction
    to: str

    @property
    def code(self) -> str:
        """As it stands in an address: `claim`, `prioritise:acil`."""
        return f"{self.action}:{self.to}" if self.to else str(self.action)


@dataclass(frozen=True, slots=True)
class Line:
    """A ticket to which it would be done."""

    number: str
    subject: str
    room: str
    holder: str
    becomes: str
    """Who has it then; empty: as before."""


def wish_from(text: str) -> Wish | None:
    action, _, to = text.partition(":")
    return Wish(PageAction(action), to[:100]) if action in set(BULK) else None


@panel_page(TICKETS)
async def preview(visit: Visit) -> Response:
    query = visit.request.query_params
    wish, main = wish_from(query.get(WHAT, "")), query.get(MAIN, "")
    if wish is not None and wish.action is PageAction.MERGE and main:
        wish = Wish(wish.action, main[:100])
    return await _show(visit, lambda acting: _chosen(acting, query), wish)


async def _show(
    visit: Visit,
    choose: Callable[[Acting], Sequence[TicketId]],
    wish: Wish | None,
    lacking: str = "",
    way: str | None = None,
) -> Response:
    """`lacking`: the words that were not typed, by the reason for which it is refused. `way`: the list from which they
    came; None: it stands in the address."""
    query = visit.request.query_params

    def look(acting: Acting) -> dict[str, Any]:
        chosen = choose(acting)
        filtered = printed(_wanted(acting, query)) if way is None else _list_of(acting, way)
        shown: dict[str, Any] = {"filtered": filtered, "back": f"{'?' if filtered else ''}{filtered}"}
        if wish is None:
            return {**shown, "wish": None, "title": "", "found": Preview(fits=[], kept=[]), "lines": ()}
        mains = bulk_changes.mergeable(acting, chosen[:MOST_TICKETS]) if wish.action is PageAction.MERGE else ()
        meant = _with_main(wish, mains)
        found = bulk_changes.preview(acting, chosen[:MOST_TICKETS], meant.action, meant.to)
        return {
            **shown,
            "wish": meant,
            "title": words.of_wish(acting, meant.action, meant.to),
            "found": found,
            "too_many": len(chosen) > MOST_TICKETS,
            "lines": _lines(acting, found, meant),
            "mains": [(one.number, acting.desk.subject(one), one.number == meant.to) for one in mains],
            "chosen": chosen[:MOST_TICKETS],
            "refused": asking.words(acting, f"errors/{lacking}") if lacking else "",
        }

    shown = await visit.read(look)
    found = shown["found"]
    return visit.html(
        "panel_bulk.html",
        status=422 if lacking else 200,
        **{**shown, "back": f"{visit.browser.base}/panel/{TICKETS.path}{shown['back']}"},
        filters=parse_qsl(shown["filtered"]),
        most=MOST_TICKETS,
        why=[(words.OBSTACLES[one], number) for one, number in found.why.items()],
        unlisted=len(found.fits) - len(shown["lines"]),
        kept=[(number, words.OBSTACLES[one]) for number, one in found.kept],
        batch=str(uuid.uuid4()),
        tickets=" ".join(f"{one.number}.{one.seen}" for one in found.fits),
        cancel_reasons=quick_answers.CANCELLED,
        merge_reasons=quick_answers.MERGED,
        A=PageAction,
    )


def _with_main(wish: Wish, mains: Sequence[Ticket]) -> Wish:
    """The oldest of those that are open, until one of them is chosen."""
    if wish.action is not PageAction.MERGE or wish.to in {one.number for one in mains}:
        return wish
    return Wish(wish.action, mains[0].number if mains else "")


def _lines(acting: Acting, found: Preview, wish: Wish) -> Sequence[Line]:
    numbers = [one.number for one in found.fits[:MOST_LISTED]]
    by_number = {one.number: one for one in acting.uow.tickets.numbered(numbers)}
    return [_line(acting, by_number[one], wish) for one in numbers if one in by_number]


def _line(acting: Acting, ticket: Ticket, wish: Wish) -> Line:
    people = acting.uow.people
    room = ticket.facts.get("oda") or people.get(ticket.reporter).room
    holder = shown_name(people.get(ticket.holder).name) if ticket.holder is not None else ""
    match wish.action:
        case PageAction.CLAIM:
            becomes = shown_name(acting.person.name)
        case PageAction.ASSIGN:
            becomes = shown_name(people.get(PersonId(int(wish.to))).name)
        case PageAction.RELEASE | PageAction.TRANSFER:
            becomes = UNHELD
        case _:
            becomes = ""
    return Line(ticket.number, acting.desk.subject(ticket), room, holder or UNHELD, becomes)


def _chosen(acting: Acting, query: QueryParams) -> Sequence[TicketId]:
    """Those that were ticked, or all that fit the filter; one more than the most, where there are more."""
    if ALL in query:
        return ticket_lists.ids(acting, _wanted(acting, query), MOST_TICKETS + 1)
    numbers = [one for one in query.getlist(CHOSEN) if one.isascii() and one.isdecimal() and len(one) < 10]
    return [TicketId(int(one)) for one in dict.fromkeys(numbers)][: MOST_TICKETS + 1]


def _wanted(acting: Acting, query: QueryParams) -> TicketFilter:
    """The list from which they came."""
    return parse(query.multi_items(), ticket_lists.vocabulary(acting), beside={*BESIDE, CHOSEN, WHAT, ALL, MAIN})[0]


def _list_of(acting: Acting, way: str) -> str:
    """The query of the list, as far as it is understood; empty: all that is open."""
    return printed(parse(parse_qsl(way[:MOST_LETTERS]), ticket_lists.vocabulary(acting))[0])


@panel_page(TICKETS, logged=False)
async def apply(visit: Visit) -> Response:
    """The form of the preview: an event for each ticket, whose key follows from the form and the ticket."""
    async with bounded_form(visit.request) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        batch, wish = str(form.get("batch", "")), wish_from(str(form.get(WHAT, "")))
        reason, tickets = str(form.get(REASON, ""))[:100], _seen_in(str(form.get("tickets", "")))
        text = typed_text(form, visit.web.settings.max_text, TEXT)
        way = without_nul(str(form.get(WAY, "")))
    if not UUID.fullmatch(batch) or wish is None or not 0 < len(tickets) <= MOST_TICKETS:
        raise HttpRefusal(400, "bad_form")
    if wish.action is PageAction.CANCEL:
        wish = Wish(wish.action, reason)
    text = text if wish.action in bulk_changes.WITH_WORDS else ""
    if wish.action in _LACKING and not _says_enough(wish, text):
        return await _show(visit, lambda acting: _numbered(acting, tickets, wish), wish, _LACKING[wish.action], way)
    asked = [bulk_changes.wished(number, wish.action, wish.to, seen, text) for number, seen in tickets]
    fits = await visit.read(lambda acting: bulk_changes.worth_trying(acting, asked))
    return await _hand_in(visit, batch, wish, fits, [one.number for one in asked], way)


def _seen_in(text: str) -> Sequence[tuple[str, int]]:
    """`2026-000001.7 2026-000002.4`: numbers, and how many lines of each were seen."""
    parts = [part.partition(".") for part in text.split()]
    return [(number, int(seen)) for number, _, seen in parts if seen.isascii() and seen.isdecimal() and len(seen) < 7]


def _says_enough(wish: Wish, text: str) -> bool:
    if wish.action is PageAction.CANCEL and wish.to:
        return bool(quick_answers.cancel_text(wish.to))
    return any(letter.isalnum() for letter in text)


def _numbered(acting: Acting, tickets: Sequence[tuple[str, int]], wish: Wish) -> Sequence[TicketId]:
    """With the one that they are merged into: it is shown, too."""
    numbers = [number for number, _ in tickets] + [wish.to] * (wish.action is PageAction.MERGE)
    return [one.id for one in acting.uow.tickets.numbered(numbers)]


@panel_page(TICKETS, logged=False)
async def take_back(visit: Visit) -> Response:
    async with bounded_form(visit.request) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        batch, wish = str(form.get("batch", "")), wish_from(str(form.get(WHAT, "")))
        numbers, way = str(form.get("tickets", "")).split(), without_nul(str(form.get(WAY, "")))
    if not UUID.fullmatch(batch) or wish is None or len(numbers) > MOST_TICKETS:
        raise HttpRefusal(400, "bad_form")
    back = str(uuid.uuid5(uuid.UUID(batch), _BACK))

    def look(acting: Acting) -> tuple[Sequence[AskedChange], list[str]]:
        done = [one for one, came in _outcomes(acting, batch, numbers) if came is Outcome.DONE]
        came = page_outcomes.outcomes_of(acting.uow, [_key(back, one) for one in done])
        before = [one for one in done if _key(back, one) in came]
        found = acting.uow.tickets.numbered([one for one in done if one not in set(before)])
        return bulk_changes.taken_back(acting, [one.id for one in found], wish.action, wish.to), before

    undone, before = await visit.read(look)
    return await _hand_in(visit, back, wish, undone, [*before, *(one.number for one in undone)], way, back=True)


async def _hand_in(
    visit: Visit,
    batch: str,
    wish: Wish,
    asked: Sequence[AskedChange],
    told: Sequence[str],
    way: str,
    *,
    back: bool = False,
) -> Response:
    """Of the numbers in `told` it is then said what came of them. `way`: the list to which it leads back."""
    asking.keep_pace(visit, max(1, len(asked) // AT_A_TIME))
    sender = await visit.read(asking.account)
    wishes = [_event(visit, sender, batch, one) for one in asked]
    for first in range(0, len(wishes), AT_A_TIME):
        await asyncio.gather(*(visit.web.gateway.accept(one) for one in wishes[first : first + AT_A_TIME]))
    if wishes:
        with suppress(TimeoutError):
            async with asyncio.timeout(asking.HANDLED_WITHIN):
                await visit.web.gateway.handled(wishes[-1].key)
    numbers = ".".join(told)
    where = f"{visit.browser.base}/panel/{TICKETS.path}/toplu/sonuc?toplu={batch}&{WHAT}={wish.code}&{CHOSEN}={numbers}"
    where += f"&{WAY}={quote(way[:MOST_LETTERS], safe='')}" if way else ""
    return RedirectResponse(f"{where}{'&geri=1' if back else ''}", 303)


def _event(visit: Visit, sender: Account, batch: str, asked: AskedChange) -> ChangeAsked:
    return ChangeAsked(
        **asking.signed(visit, sender, _key(batch, asked.number)),
        ticket=asked.number,
        action=asked.action,
        text=asked.text,
        to=asked.to,
        seen=asked.seen,
        anyway=asked.anyway,
        undoes=asked.undoes,
    )


def _key(batch: str, number: str) -> str:
    return event_key(str(uuid.uuid5(uuid.UUID(batch), number)))


def _outcomes(acting: Acting, batch: str, numbers: Sequence[str]) -> list[tuple[str, Outcome | None]]:
    """None while it is in work. What was never taken in, or lies in quarantine, could not be done."""
    came = page_outcomes.outcomes_of(acting.uow, [_key(batch, number) for number in numbers])
    return [(number, came.get(key := _key(batch, number)) or _unfinished(acting, key)) for number in numbers]


def _unfinished(acting: Acting, key: str) -> Outcome | None:
    came, over = page_outcomes.settled(acting.uow, key)
    return came or (Outcome.REFUSED if over else None)


@panel_page(TICKETS, logged=False)
async def result(visit: Visit) -> Response:
    query = visit.request.query_params
    batch, wish, back = query.get("toplu", ""), wish_from(query.get(WHAT, "")), "geri" in query
    numbers = [one for one in query.get(CHOSEN, "").split(".") if re.fullmatch(r"\d{4}-\d{6,9}", one)][:MOST_TICKETS]
    if not UUID.fullmatch(batch) or wish is None:
        raise HttpRefusal(400, "bad_form")

    def look(acting: Acting) -> tuple[list[tuple[str, Outcome | None]], str, Mapping[str, Obstacle], str]:
        found = _outcomes(acting, batch, numbers)
        refused = [] if back else [number for number, came in found if came is Outcome.REFUSED]
        why = bulk_changes.why_not(acting, refused, wish.action, wish.to) if refused else {}
        return found, words.of_wish(acting, wish.action, wish.to), why, _list_of(acting, visit.typed(WAY))

    found, title, why, filtered = await visit.read(look)
    counted = Counter(came for _, came in found)
    return visit.html(
        "panel_bulk_result.html",
        title=title,
        back_again=back,
        wish=wish,
        batch=batch,
        total=len(found),
        waits=counted[None],
        counts=[(words.OUTCOMES[one], counted[one]) for one in Outcome if counted[one]],
        others=[(number, _told(came, why.get(number))) for number, came in found if came not in (None, Outcome.DONE)],
        can_take_back=bool(counted[Outcome.DONE]) and not back and wish.action not in _FOR_GOOD,
        minutes=UNDONE_WITHIN.seconds // 60,
        tickets=" ".join(numbers),
        filtered=filtered,
        to_list=f"{visit.browser.base}/panel/{TICKETS.path}{'?' if filtered else ''}{filtered}",
        here_again=f"{visit.request.url.path}?{visit.request.url.query}",
    )


def _told(came: Outcome | None, why: Obstacle | None) -> str:
    """`yapılamadı: başkası üstlenmiş`."""
    said = "" if came is None else words.OUTCOMES[came]
    return said if why is None else f"{said}: {words.OBSTACLES[why]}"
