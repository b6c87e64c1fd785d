"""`/panel/kayitlar`: the tickets that somebody may see, filtered and sorted. A view is its address."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.panel import words
from bot.web.panel.guard import Visit, log_piece, panel_page
from bot.web.panel.navigation import TICKETS
from bot.web.panel.words import ClockWord, clock_word
from handlers.context import Acting
from handlers.domain.errors import NotFound
from handlers.domain.people import Person, Role, UnitId
from handlers.domain.saved_views import EVERY_UNIT, LONGEST_TITLE
from handlers.domain.states import Priority, State
from handlers.domain.ticket import TicketId
from handlers.domain.ticket_filter import (
    ME,
    NAMES,
    NO_SUBJECT,
    NOBODY,
    WORDS,
    Ignored,
    Order,
    TicketFilter,
    parse,
    printed,
)
from handlers.domain.ticket_filter import Standing as OfState
from handlers.inflections import grouped
from handlers.ports import SearchTooSlow
from handlers.queries import empty_units, ticket_lists
from handlers.queries.ticket_lists import (
    MOST_COUNTED,
    TicketLine,
    TicketPage,
    View,
    most_counted,
    place_from,
    printed_place,
)
from handlers.queries.typed_filter import understood
from handlers.terms import PRIORITIES, WAITED_FOR

AFTER, ADDING, TYPED = "sonra", "ekle", "yaz"
DROPPED, DROPPED_OF, RENAMED, WAS = "silindi", "kimin", "adi", "eski"
"""What became of a view, so that it can be taken back."""
BESIDE = frozenset({AFTER, ADDING, TYPED, DROPPED, DROPPED_OF, RENAMED, WAS})
"""What stands in the address beside the filter."""
_PLAIN = re.compile(r"[a-z]+=[a-z0-9,-]{1,60}")
TOO_SLOW = "Bu sözcükleri aramak uzun sürdü, yok sayıldılar. Daha dar arayın: bir sözcük daha ekleyin."
MOST_LETTERS = 90
"""Of a report, under its subject."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that is asked for, and the address without it."""

    text: str
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    line: TicketLine
    clock: ClockWord
    priority: str
    words: str
    """How the report begins."""
    way: str = ""
    """Behind its address: from which list it is opened, and where it stands there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address asks for."""

    wanted: TicketFilter
    ignored: Sequence[Ignored]
    page: TicketPage
    before: int
    """How many rows stand before this page."""
    too_slow: bool = False
    """The words took too long: they are left out."""


def _about(request: Request) -> str:
    """For the audit: which list, without words that somebody typed."""
    return list_in_audit(request.query_params.multi_items())


def list_in_audit(query: Sequence[tuple[str, str]]) -> str:
    asked = [f"{name}={value}" for name, value in query if name in NAMES]
    told = [WORDS if one.startswith(f"{WORDS}=") else one for one in asked]
    return f"/panel/{TICKETS.path} {' '.join(one for one in told if one == WORDS or _PLAIN.fullmatch(one))}".strip()


@panel_page(TICKETS, about=_about)
async def overview(visit: Visit) -> Response:
    query = visit.request.query_params
    asked = await visit.read(lambda acting: look(acting, query.multi_items()))
    base = f"{visit.browser.base}/panel/{TICKETS.path}"
    if query.get(TYPED, "").strip():
        meant = await visit.read(lambda acting: understood(acting, asked.wanted, visit.typed(TYPED)))
        return RedirectResponse(f"{base}{_query(meant)}", 303)
    if (ADDING in query or TYPED in query) and not asked.ignored:
        return RedirectResponse(f"{base}{_query(asked.wanted)}", 303)
    empty = await visit.read(lambda acting: empty_units.shown_in(acting, asked.wanted, asked.page.lines))
    return visit.html("panel_tickets.html", **shown(asked, visit), empty_units=empty)


@panel_page(TICKETS, logged=False)
async def one_row(visit: Visit) -> Response:
    """A row as it is now, to take the place of the one that is shown."""
    ticket = TicketId(visit.request.path_params["ticket"])
    if ticket >= 2**31:
        raise NotFound("ticket", ticket)
    line = await visit.read(lambda acting: ticket_lists.one_line(acting, ticket))
    await log_piece(visit, f"/panel/{TICKETS.path} {line.ticket.number}")
    return visit.fragment(
        "panel_ticket_row.html", row=row(line, visit, _same_way(visit)), ticks=changes_tickets(visit.person)
    )


def look(acting: Acting, query: Sequence[tuple[str, str]]) -> Asked:
    beside = {name: text for name, text in query if name in BESIDE}
    wanted, ignored = parse(query, ticket_lists.vocabulary(acting), beside=BESIDE)
    place, before = place_from(beside.get(AFTER, ""), wanted.sorted_by) or (None, 0)
    try:
        page, too_slow = ticket_lists.page(acting, wanted, after=place), False
    except SearchTooSlow:
        wanted = replace(wanted, words=())
        page, place, too_slow = ticket_lists.page(acting, wanted), None, True
    return Asked(wanted=wanted, ignored=ignored, page=page, before=before if place else 0, too_slow=too_slow)


def shown(asked: Asked, visit: Visit, *, refused: str = "", title: str = "", renames: int = 0) -> dict[str, Any]:
    """What the template is given. `refused`: why the list was not kept under that title, or the view with the id
    `renames` not called so."""
    page, wanted = asked.page, asked.wanted
    here = printed(wanted)
    rows = [row(line, visit, _way(line, here, asked.before + nth)) for nth, line in enumerate(page.lines)]
    views = [(one, printed(one.view.wanted)) for one in page.views]
    last = asked.before + len(rows)
    return {
        "title": titled(wanted, [one.view for one, _ in views]),
        "total": grouped_up_to(page.total, most_counted(wanted)),
        **_views(page, here, visit),
        "renames": renames,
        "refused": refused,
        "given_title": title,
        "rows": rows,
        "chips": chips(wanted, page, visit),
        "notes": [*[TOO_SLOW] * asked.too_slow, *(words.said_of(one) for one in asked.ignored[:5])],
        "span": f"{grouped(asked.before + 1)}–{grouped(last)}" if rows else "",
        "first": _query(wanted) if asked.before else None,
        "further": _further(wanted, page, last),
        "hidden": list(wanted.chosen()),
        "order": wanted.order,
        "ticks": changes_tickets(visit.person),
        "bulk": bulk_choices(page, visit),
        "formats": list(visit.web.settings.ticket_exports),
        "reasons": words.REASONS,
        "choices": choices(wanted, page),
        "departments": page.departments,
        "orders": [(one, words.ORDERS[one], one is wanted.sorted_by) for one in Order],
        "is_plain": wanted == TicketFilter(order=wanted.order),
        "query": _query(wanted),
        "newest": "" if asked.before else page.newest,
    }


def _views(page: TicketPage, here: str, visit: Visit) -> dict[str, Any]:
    """`here`: the list that is shown, as it stands in the address."""
    views = [(one, printed(one.view.wanted)) for one in page.views]
    rows = [
        (one.unit, (one.view.title, f"?{query}" if query else "", grouped_up_to(one.count), query == here))
        for one, query in views
    ]
    same = [one for one, query in views if query == here]
    kept = [one for one in same if one.kept]
    taken = {one.unit for one in same}
    offered = (
        [] if any(one.key is None for one in same) else [one for one in ("", *page.units_kept) if one not in taken]
    )
    return {
        "views": [row for unit, row in rows if not unit],
        "unit_views": [row for unit, row in rows if unit],
        "kept": [(one.key, one.view.title, _whose(one.unit, visit)) for one in kept],
        "saves_for": [(unit, _whose(unit, visit)) for unit in offered],
        "undo": _undo(visit, {one.key: one.view.title for one in kept}, offered, here),
    }


def _whose(unit: UnitId, visit: Visit) -> str:
    return {"": "benim", EVERY_UNIT: "bütün birimler"}.get(unit) or visit.desk.unit_title(unit)


def _undo(
    visit: Visit, kept: Mapping[int | None, str], offered: Sequence[UnitId], here: str
) -> tuple[str, str, dict[str, str]] | None:
    """What became of a view of this list, where the form that takes it back goes, and its fields."""
    title, unit = visit.typed(DROPPED)[:LONGEST_TITLE], visit.typed(DROPPED_OF)
    if title and unit in offered:
        return f"“{title}” görünümü silindi.", "gorunum", {"query": here, "title": title, "unit": unit}
    key, was = visit.typed(RENAMED), visit.typed(WAS)[:LONGEST_TITLE]
    now = next((one for known, one in kept.items() if str(known) == key), None)
    if now is None or not was or now == was:
        return None
    fields = {"query": here, "view": key, "was": now, "title": was}
    return f"Görünümün adı değişti: “{was}” → “{now}”.", "gorunum/ad", fields


def _way(line: TicketLine, query: str, before: int) -> str:
    at = line.stands_at
    return "" if at is None else f"?{urlencode({'liste': query, 'yer': printed_place(at, before + 1)})}"


def _same_way(visit: Visit) -> str:
    """Of a row that is fetched anew: it stands in the same list still."""
    query, place = visit.typed("liste"), visit.typed("yer")
    return f"?{urlencode({'liste': query, 'yer': place})}" if place else ""


def row(line: TicketLine, visit: Visit, way: str = "") -> Row:
    text = " ".join(line.ticket.text.split())
    return Row(
        line=line,
        clock=clock_word(line.ticket, line.standing, visit.desk.zone),
        priority=PRIORITIES[line.ticket.priority],
        words=text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS].rstrip()}…",
        way=way,
    )


def titled(wanted: TicketFilter, views: Sequence[View]) -> str:
    return next((one.title for one in views if one.wanted == wanted), "Süzülen kayıtlar")


def chips(wanted: TicketFilter, page: TicketPage, visit: Visit) -> Sequence[Chip]:
    people = {one.handle: one.name for one in page.holders}
    named: Mapping[str, Callable[[str], str]] = {
        "birim": visit.desk.unit_title,
        "durum": words.STANDINGS.__getitem__,
        "oncelik": words.PRIORITIES.__getitem__,
        "konu": lambda value: "konusu belirlenmemiş" if value == NO_SUBJECT else visit.desk.title(value),
        "ustlenen": lambda value: {ME: "ben", NOBODY: "kimse"}.get(value) or people.get(value, value),
        "mudurluk": str,
        WORDS: lambda value: f"“{value}”",
    }
    found = []
    for name, value in wanted.chosen():
        told = f"{words.FILTERS[name]}: {named[name](value)}" if name in named else words.FILTERS[name]
        found.append(Chip(told, _query(wanted.without(name, value))))
    return found


def choices(wanted: TicketFilter, page: TicketPage) -> Sequence[tuple[str, str, Sequence[tuple[str, str]]]]:
    """(name, word, what may be added): a list that has nothing to choose from is left out."""
    taken = set(wanted.chosen())
    offered = [
        ("durum", [(one.value, words.STANDINGS[one]) for one in OfState]),
        ("oncelik", [(one.value, words.PRIORITIES[one]) for one in reversed(Priority)]),
        ("birim", list(page.units.items()) if len(page.units) > 1 else []),
        ("konu", [(NO_SUBJECT, "konusu belirlenmemiş"), *page.subjects.items()]),
        ("ustlenen", [(ME, "ben"), (NOBODY, "kimse"), *((one.handle, one.name) for one in page.holders)]),
    ]
    left = [(name, [one for one in those if (name, one[0]) not in taken]) for name, those in offered]
    return [(name, words.FILTERS[name], those) for name, those in left if those]


def changes_tickets(person: Person) -> bool:
    """Whether there is anything that they could do to one; to which, its rights say."""
    return bool(person.roles & {Role.TECHNICIAN, Role.LEAD, Role.DIRECTOR})


def bulk_choices(page: TicketPage, visit: Visit) -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    """(group, what may be done to many at once)."""
    worked = [("claim", "Üstlen"), ("release", "Sıraya geri koy"), ("resume", "Sürdür")]
    waits = [(f"wait:{one}", f"Beklet: {WAITED_FOR[one]}") for one in (State.WAITING_VENDOR, State.WAITING_PARTS)]
    found = [
        ("İş", [*worked, *waits]),
        ("Bitir", [("resolve", "Tamamla"), ("merge", "Birleştir"), ("cancel", "İptal et")]),
        ("Öncelik", [(f"prioritise:{one}", words.PRIORITIES[one]) for one in reversed(Priority)]),
        ("Görevlendir", [(f"assign:{one.id}", one.name) for one in page.holders]),
        ("Diğer birime", [(f"transfer:{one.id}", one.title) for one in visit.desk.catalogue.units.values()]),
        ("Konu", [(f"recategorise:{one}", title) for one, title in page.subjects.items()]),
    ]
    return [(name, those) for name, those in found if those]


def _further(wanted: TicketFilter, page: TicketPage, before: int) -> str | None:
    if page.further is None:
        return None
    query = printed(wanted)
    return f"?{query}{'&' if query else ''}{AFTER}={printed_place(page.further, before)}"


def _query(wanted: TicketFilter) -> str:
    query = printed(wanted)
    return f"?{query}" if query else ""


def grouped_up_to(number: int | None, most: int = MOST_COUNTED) -> str:
    """`1.240`, of more than are counted `10.000+`; empty where nobody counts."""
    if number is None:
        return ""
    return f"{grouped(number)}+" if number >= most else grouped(number)
