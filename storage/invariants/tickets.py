"""Numbers without gaps, one ticket a report, and histories that are whole and end where the ticket stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, cast, func, select

from handlers.domain.ticket import ACTIVE, Change, Priority, State, TicketEvent
from storage.history import NO_HASH, event_hash
from storage.invariants.ground import Finding, Ground
from storage.tables import counter, ticket, ticket_event

_YEAR: ColumnElement[int] = cast(func.substr(ticket.c.number, 1, 4), Integer)
_PLACE: ColumnElement[int] = cast(func.substr(ticket.c.number, 6), Integer)
_BY_YEAR = (
    select(
        _YEAR.label("year"),
        func.count().label("count"),
        func.count(_PLACE.distinct()).label("different"),
        func.min(_PLACE).label("first"),
        func.max(_PLACE).label("last"),
    )
    .group_by(_YEAR)
    .order_by(_YEAR)
)
_COUNTERS = select(counter.c.year, counter.c.value).order_by(counter.c.year)
_SHAPE = select(ticket.c.number).where(func.length(ticket.c.number) < len("2026-000001"))
_DRAFTS = select(ticket.c.draft).where(ticket.c.draft != "").group_by(ticket.c.draft).having(func.count() > 1)
_TICKETS = select(
    ticket.c.id,
    ticket.c.number,
    ticket.c.unit,
    ticket.c.category,
    ticket.c.priority,
    ticket.c.rank,
    ticket.c.state,
    ticket.c.holder,
    ticket.c.finished_at,
    ticket.c.rating,
    ticket.c.event_count,
    ticket.c.last_hash,
).order_by(ticket.c.id)
_EVENTS = select(*ticket_event.c).order_by(ticket_event.c.ticket, ticket_event.c.position)


def numbers_without_gaps(ground: Ground) -> Iterator[Finding]:
    for row in ground.rows(_SHAPE):
        yield f"ticket {row.number}", "is no number such as 2026-000001"
    counters = {row.year: row.value for row in ground.rows(_COUNTERS)}
    years = {row.year: row for row in ground.rows(_BY_YEAR)}
    for year in sorted(counters.keys() | years.keys()):
        found, counted = years.get(year), counters.get(year, 0)
        if found is None:
            if counted:
                yield f"year {year}", f"the counter stands at {counted} and there is no ticket"
            continue
        if found.different != found.count:
            yield f"year {year}", f"{found.count - found.different} numbers were given twice"
        if found.first != 1:
            yield f"year {year}", f"its first number is {found.first}"
        if missing := found.last - found.first + 1 - found.different:
            yield f"year {year}", f"{missing} numbers are missing, the first after {_before_gap(ground, year)}"
        if found.last != counted:
            yield f"year {year}", f"the counter stands at {counted}, the last number is {found.last}"


def _before_gap(ground: Ground, year: int) -> int:
    previous: int | None = None
    for (place,) in ground.rows(select(_PLACE).where(_YEAR.in_([year])).order_by(_PLACE)):
        if previous is not None and place > previous + 1:
            return previous
        previous = place
    return previous or 0


def one_ticket_a_report(ground: Ground) -> Iterator[Finding]:
    for row in ground.rows(_DRAFTS):
        tickets = select(ticket.c.number).where(ticket.c.draft == row.draft).order_by(ticket.c.id)
        yield " and ".join(number for (number,) in ground.rows(tickets)), "grew out of one report"


def histories(ground: Ground) -> Iterator[Finding]:
    """Without holes, each line chained to the one before by its hash, and played again ending as the ticket is."""
    histories = groupby(ground.rows(_EVENTS), key=itemgetter(0))
    following = next(histories, None)
    for about in ground.rows(_TICKETS):
        ground.advance(1)
        while following is not None and following[0] < about.id:  # of a ticket that is not there
            following = next(histories, None)
        if following is None or following[0] != about.id:
            yield about.number, "has no history"
            continue
        try:
            _require_same_end(about, _play(about, following[1]))
        except _Crooked as error:
            yield about.number, str(error)
        following = next(histories, None)


def _play(about: Row[Any], lines: Iterator[Row[*tuple[Any, ...]]]) -> _Replay:
    """Raises _Crooked."""
    played, place, last = _Replay(), 0, NO_HASH
    for _, position, at, who, channel, what, before, after, reason, previous, own in lines:
        place += 1
        if position != place:
            raise _Crooked(f"line {place} of its history is missing")
        change = _CHANGES.get(what)
        if change is None:
            raise _Crooked(f"line {place} of its history was changed: {what}")
        event = TicketEvent(at, who, channel, change, before, after, reason)
        if previous != last or own != event_hash(about.number, place, event, last):
            raise _Crooked(f"line {place} of its history was changed")
        played.apply(event)
        last = own
    if (place, last) != (about.event_count, about.last_hash):
        raise _Crooked(f"its history has {place} lines and not the {about.event_count} that were written")
    return played


class _Crooked(Exception):
    """What is wrong with a history."""


_CHANGES = {change.value: change for change in Change}
_ACTIVE = frozenset(state.value for state in ACTIVE)
_RANKS = {priority.value: priority.rank for priority in Priority}
_UNKNOWN = "\0"
"""What the history has not said yet: it begins with the state alone."""
_ENTERS = frozenset(
    {Change.CLAIMED, Change.RELEASED, Change.WAITING, Change.RESUMED, Change.RESOLVED, Change.CONFIRMED}
    | {Change.CLOSED, Change.REOPENED, Change.CANCELLED, Change.MERGED}
)


@dataclass(slots=True)
class _Replay:
    state: str | None = None
    holder: str | None = None
    unit: str | None = _UNKNOWN
    category: str | None = _UNKNOWN
    priority: str | None = _UNKNOWN
    rating: str | None = None

    def apply(self, event: TicketEvent) -> None:
        """Raises _Crooked."""
        if (event.what is Change.OPENED) != (self.state is None):
            raise _Crooked("its history does not begin with its opening, once")
        match event.what:
            case Change.OPENED:
                self.state = event.after
            case Change.ASSIGNED:
                self._follows("holder", event.before, self.holder)
                self.holder = event.after
                self.state = State.CLAIMED if self.state == State.OPEN else self.state
            case Change.TRANSFERRED:
                self._follows("unit", event.before, self.unit)
                self.unit, self.holder, self.state = event.after, None, State.OPEN
            case Change.RECATEGORISED:
                self._follows("subject", event.before, self.category)
                self.category = event.after
            case Change.PRIORITISED:
                self._follows("priority", event.before, self.priority)
                self.priority = event.after
            case Change.RATED:
                self.rating = event.after
            case what if what in _ENTERS:
                self._enter(event)

    def _enter(self, event: TicketEvent) -> None:
        self._follows("state", event.before, self.state)
        self.state = event.after
        if event.what is Change.CLAIMED:
            self.holder = _text(event.who)
        elif event.after == State.OPEN:
            self.holder = None

    @staticmethod
    def _follows(what: str, before: str | None, known: str | None) -> None:
        if known not in (before, _UNKNOWN):
            raise _Crooked(f"its history goes on from the {what} {before}, which was {known}")


def _require_same_end(about: Row[Any], played: _Replay) -> None:
    """Raises _Crooked."""
    ends = (
        ("state", played.state, about.state),
        ("holder", played.holder, _text(about.holder)),
        ("unit", played.unit, about.unit),
        ("category", played.category, about.category),
        ("priority", played.priority, about.priority),
        ("rating", played.rating, _text(about.rating)),
    )
    for name, end, said in ends:
        if end not in (said, _UNKNOWN):
            raise _Crooked(f"its history ends with {name} {end}, the ticket says {said}")
    if (about.finished_at is None) != (about.state in _ACTIVE):
        raise _Crooked(f"is {about.state} and yet {'not ' if about.finished_at is None else ''}counted as finished")
    if about.rank != _RANKS.get(about.priority):
        raise _Crooked(f"its priority is {about.priority} and its place in the queue that of rank {about.rank}")


def _text(value: int | None) -> str | None:
    return None if value is None else str(value)
