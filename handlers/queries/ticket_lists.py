"""The list of tickets in the panel: what a filter means in this house, a page of it, and how many the views hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from urllib.parse import parse_qsl

from handlers.context import Acting, Desk
from handlers.department_names import DepartmentNames
from handlers.domain.errors import NotFound
from handlers.domain.people import Person, PersonId, Role, UnitId
from handlers.domain.rights import Action, Scope, finds_notes, may, scopes
from handlers.domain.saved_views import EVERY_UNIT, SavedView
from handlers.domain.states import ACTIVE, WAITS, Priority, TicketEvent
from handlers.domain.ticket import Ticket, TicketId
from handlers.domain.ticket_filter import ME, NO_SUBJECT, NOBODY, Order, Standing, TicketFilter, Vocabulary, parse
from handlers.ports import ListedTicket, Place, SearchTooSlow, UnitOfWork, Wanted
from handlers.ports.ticket_lists import changes_in
from handlers.tickets import saved_views, timing
from knowledge.language import comparison

PAGE = 50
MOST_COUNTED = 10_000
"""Of what is to be done."""
MOST_COUNTED_OF_ENDED = 1_000
"""Where there is no end to them, nobody waits for their number."""
MOST_NEW = 100
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class View:
    """A filter that has a name."""

    title: str
    wanted: TicketFilter


@dataclass(frozen=True, slots=True)
class CountedView:
    view: View
    key: int | None
    """Of one that was saved; None: everybody has it."""
    count: int | None
    """At most `MOST_COUNTED`; None: it is not counted."""
    unit: UnitId = ""
    """Whose it is; empty: one's own."""
    kept: bool = False
    """They may rename and remove it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketLine:
    """One ticket of a list, as its reader may see it."""

    ticket: Ticket
    subject: str
    reporter: Person
    place: str
    holder: Person | None
    standing: timing.Standing | None
    stands_at: Place | None = None
    """Where it stands in the list that was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketPage:
    lines: Sequence[TicketLine]
    total: int
    """Of the whole list, at most `most_counted` of them."""
    newest: TicketId
    """The last that was opened by then, whoever may read it."""
    further: Place | None
    """Behind which the next page begins; None: that is all."""
    views: Sequence[CountedView]
    units_kept: Sequence[UnitId]
    """For which they may save one, `EVERY_UNIT` among them."""
    units: Mapping[UnitId, str]
    """Those of which they see tickets, with their titles."""
    subjects: Mapping[str, str]
    holders: Sequence[Person]
    """Who could hold what they see."""
    departments: Sequence[str]


ALL = View("Tümü", TicketFilter(standings=(Standing.ALL,)))
_HELD = View("Üstlendiklerim", TicketFilter(holders=(ME,), order=Order.DUE))
_BUILT_IN = (
    View("Açık", TicketFilter()),
    View("Sıra", TicketFilter(standings=(Standing.QUEUED,))),
    _HELD,
    View("Bekleyenler", TicketFilter(standings=(Standing.WAITING,), order=Order.OLDEST)),
    View("Geciken", TicketFilter(late=True, order=Order.DUE)),
    View("Bugün bitecek", TicketFilter(today=True, order=Order.DUE)),
    ALL,
)


def views_of(person: Person) -> Sequence[View]:
    """Those that everybody has; what one holds oneself only where one could."""
    holds = any(role.needs_unit for role in person.roles)
    return [one for one in _BUILT_IN if one is not _HELD or holds]


def vocabulary(acting: Acting) -> Vocabulary:
    catalogue = acting.desk.catalogue
    return Vocabulary(
        units=catalogue.units,
        subjects=catalogue.categories,
        is_person=lambda handle: acting.uow.people.by_handle(handle) is not None,
    )


def page(acting: Acting, asked: TicketFilter, *, after: Place | None = None, limit: int = PAGE) -> TicketPage:
    lists, reach = acting.uow.ticket_lists, scopes(acting.person)
    wanted = meant(acting, asked)
    found = lists.page(wanted, asked.sorted_by, after=after, limit=limit + 1)
    units = _units(acting.desk, reach)
    return TicketPage(
        lines=lines(acting, found[:limit]),
        total=lists.count(wanted, most_counted(asked)),
        newest=lists.newest(),
        further=found[limit - 1].place if len(found) > limit else None,
        views=[*(_counted(acting, one) for one in views_of(acting.person)), *_saved_views(acting)],
        units_kept=saved_views.units_kept(acting),
        units=units,
        subjects={
            one.id: one.title
            for one in sorted(acting.desk.catalogue.categories.values(), key=lambda one: one.title)
            if one.unit in units
        },
        holders=_workers(acting.uow, units),
        departments=DepartmentNames.of(acting.uow).open,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What became of a list since somebody looked at it."""

    places: frozenset[str]
    """What to watch, to hear of more."""
    reach: Sequence[Scope]
    """What they may read for their work."""
    versions: Mapping[TicketId, int]
    """Of rows that have changed."""
    gone: Sequence[TicketId]
    """Rows that are theirs to read no longer."""
    new: int


def changed(
    acting: Acting,
    asked: TicketFilter,
    shown: Mapping[TicketId, int],
    last: TicketId | None,
    opened: Collection[TicketId] = (),
    counted: dict[Wanted, int] | None = None,
) -> Changed:
    """`shown`: tickets, with the versions that are known; `last`: the last ticket that there was, where they want to
    hear of new ones; `opened`: those of `shown` whose own page is open, which may stand in no list of theirs;
    `counted`: what was counted in this transaction for others who ask for the same."""
    lists, reach = acting.uow.ticket_lists, scopes(acting.person)
    versions = dict(lists.versions(reach, list(shown))) if shown else {}
    apart = _readable(acting, [one for one in opened if one in shown and one not in versions])
    versions |= {one.id: one.version for one in apart}
    units = {*_units(acting.desk, reach), *(one.unit for one in apart)}
    new = 0 if last is None else _count_new(acting, replace(meant(acting, asked), newer_than=last), counted)
    return Changed(
        places=frozenset(changes_in(unit) for unit in units),
        reach=reach,
        versions={one: version for one, version in versions.items() if version != shown[one]},
        gone=[one for one in shown if one not in versions],
        new=new,
    )


def _count_new(acting: Acting, wanted: Wanted, counted: dict[Wanted, int] | None) -> int:
    """None of what takes too long to count: whoever waits for changes waits on."""
    known = {} if counted is None else counted
    if wanted not in known:
        try:
            known[wanted] = acting.uow.ticket_lists.count(wanted, MOST_NEW)
        except SearchTooSlow:
            known[wanted] = 0
    return known[wanted]


def _readable(acting: Acting, tickets: Iterable[TicketId]) -> Sequence[Ticket]:
    """Reported or opened by them, say."""
    found = []
    for one in tickets:
        with suppress(NotFound):
            found.append(acting.uow.tickets.get(one))
    return [one for one in found if may(acting.person, Action.READ, one)]


def one_line(acting: Acting, ticket: TicketId) -> TicketLine:
    """Raises NotFound for one that stands in no list of theirs."""
    found = acting.uow.tickets.get(ticket)
    if not any(scope.covers(found) for scope in scopes(acting.person)):
        raise NotFound("ticket", ticket)
    return _line(acting, found, None, acting.uow.tickets.history(ticket))


def most_counted(asked: TicketFilter) -> int:
    return MOST_COUNTED if asked.is_of_work else MOST_COUNTED_OF_ENDED


def ids(acting: Acting, asked: TicketFilter, most: int) -> Sequence[TicketId]:
    """Of all that fit, in their order, no more than `most`."""
    return [one.ticket.id for one in acting.uow.ticket_lists.page(meant(acting, asked), asked.sorted_by, limit=most)]


def meant(acting: Acting, asked: TicketFilter) -> Wanted:
    """What is asked for, among what they may read."""
    states, after, until = asked.states, None, None
    if asked.late or asked.today:
        states &= ACTIVE
        after = None if asked.late else acting.now
        until = _end_of_day(acting) if asked.today else acting.now
    if asked.since_yesterday:
        states &= WAITS
    return Wanted(
        scopes=scopes(acting.person),
        states=states,
        units=frozenset(asked.units) or None,
        priorities=frozenset(Priority(one) for one in asked.priorities) or None,
        categories=frozenset(None if one == NO_SUBJECT else one for one in asked.subjects) or None,
        holders=frozenset(_holder(acting, one) for one in asked.holders) or None,
        departments=frozenset(_spellings(acting.uow, asked.departments)) or None,
        words=" ".join(asked.words),
        notes=finds_notes(acting.person),
        opened_since=_end_of_day(acting) - timedelta(days=1) if asked.opened_today else None,
        moved_before=_end_of_day(acting) - timedelta(days=1) if asked.since_yesterday else None,
        due_after=after,
        due_until=until,
    )


def lines(acting: Acting, found: Sequence[ListedTicket]) -> Sequence[TicketLine]:
    """Whom they name and what happened to them is asked for all at once."""
    tickets = [one.ticket for one in found]
    acting.uow.people.of_ids({one for each in tickets for one in (each.reporter, each.holder) if one is not None})
    histories = acting.uow.tickets.histories([one.id for one in tickets if one.state.active])
    return [_line(acting, one.ticket, one.place, histories.get(one.ticket.id, ())) for one in found]


def _line(acting: Acting, ticket: Ticket, stands_at: Place | None, history: Sequence[TicketEvent]) -> TicketLine:
    """`history`: of an active one."""
    people = acting.uow.people
    reporter = people.get(ticket.reporter)
    return TicketLine(
        ticket=ticket,
        subject=acting.desk.subject(ticket),
        reporter=reporter,
        place=" ".join(filter(None, (reporter.department, ticket.facts.get("oda") or reporter.room))),
        holder=None if ticket.holder is None else people.get(ticket.holder),
        standing=timing.standing(acting, ticket, history),
        stands_at=stands_at,
    )


def view_titles(acting: Acting) -> Sequence[View]:
    """All that they have, uncounted."""
    known = vocabulary(acting)
    saved = [View(one.title, parse(parse_qsl(one.query), known)[0]) for one in _saved(acting)]
    return [*views_of(acting.person), *saved]


def _saved(acting: Acting) -> Iterable[SavedView]:
    """Their own, then those of the units whose tickets they see."""
    yield from acting.uow.saved_views.of(acting.person.id)
    units = _units(acting.desk, scopes(acting.person))
    for unit in (*units, EVERY_UNIT) if units else ():
        yield from acting.uow.saved_views.of_unit(unit)


def _saved_views(acting: Acting) -> Iterable[CountedView]:
    """What is not understood any more is left out of them, as of any address."""
    known, units_kept = vocabulary(acting), saved_views.units_kept(acting)
    for one in _saved(acting):
        counted = _counted(acting, View(one.title, parse(parse_qsl(one.query), known)[0]), one.id)
        yield replace(counted, unit=one.unit, kept=not one.unit or one.unit in units_kept)


def _counted(acting: Acting, view: View, key: int | None = None) -> CountedView:
    """What has ended is not counted: it is much, and nobody acts on its number; nor what is looked for by words."""
    if not view.wanted.is_of_work or view.wanted.words:
        return CountedView(view, key, None)
    return CountedView(view, key, acting.uow.ticket_lists.count(meant(acting, view.wanted), MOST_COUNTED))


def _end_of_day(acting: Acting) -> datetime:
    today = acting.working_time().local_date(acting.now)
    return datetime.combine(today + timedelta(days=1), time(), acting.desk.zone).astimezone(UTC)


def _holder(acting: Acting, named: str) -> PersonId | None:
    """Nobody has the id 0: of whoever is not known there is nothing."""
    if named == NOBODY:
        return None
    person = acting.person if named == ME else acting.uow.people.by_handle(named)
    return PersonId(0) if person is None else person.id


def _spellings(uow: UnitOfWork, named: Sequence[str]) -> Iterable[str]:
    """As it was typed, and in whatever spelling that one stands on a ticket: by an older or a short name, too."""
    if not named:
        return
    names = DepartmentNames.of(uow)
    asked = {comparison.office(names.name(one)) for one in named}
    yield from named
    yield from (one for one in uow.departments.spelled() if comparison.office(names.name(one)) in asked)


def _units(desk: Desk, reach: Sequence[Scope]) -> Mapping[UnitId, str]:
    return {unit: desk.unit_title(unit) for unit in desk.units if any(one.unit in (None, unit) for one in reach)}


def _workers(uow: UnitOfWork, units: Iterable[UnitId]) -> Sequence[Person]:
    found = [one for unit in units for role in (Role.LEAD, Role.TECHNICIAN) for one in uow.people.in_role(role, unit)]
    return sorted(found, key=lambda one: one.name)


# --- a place in a list, as it stands in an address --------------------------------------------------
def printed_place(place: Place, before: int) -> str:
    """`before`: how many rows stand before it."""
    return ".".join(str(_number(one)) for one in (before, *place.key, place.ticket))


def place_from(text: str, order: Order) -> tuple[Place, int] | None:
    """None for what is none of that order."""
    parts = text.split(".")
    kinds = {Order.URGENCY: (int, datetime), Order.DUE: (datetime, int), Order.CHANGED: (datetime,)}.get(order, ())
    if len(parts) != len(kinds) + 2 or not all(part.isascii() and part.isdecimal() for part in parts):
        return None
    if any(len(part) > 18 for part in parts):
        return None
    before, *key, ticket = (int(part) for part in parts)
    try:
        given = tuple(
            _EPOCH + one * _MICROSECOND if kind is datetime else one for kind, one in zip(kinds, key, strict=True)
        )
    except OverflowError:
        return None
    ranks = [one for kind, one in zip(kinds, key, strict=True) if kind is int]
    if max(before, ticket) >= 2**31 or any(one >= 2**15 for one in ranks):
        return None
    return Place(given, TicketId(ticket)), before


def _number(one: int | datetime) -> int:
    return (one - _EPOCH) // _MICROSECOND if isinstance(one, datetime) else one
