"""One ticket a report, and histories that are whole and end where the ticket stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Row, func, select

from handlers.domain.states import ACTIVE, Aspect, Change, Lifecycle, Priority, TicketEvent, as_opened
from handlers.domain.store_events import NO_HASH
from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.repositories.hash_chain import event_hash
from storage.repositories.ticket_rows import people_of
from storage.tables import ticket, ticket_event

_DRAFTS = select(ticket.c.draft).where(ticket.c.draft != "").group_by(ticket.c.draft).having(func.count() > 1)
HISTORIES_OF = select(
    ticket.c.id,
    ticket.c.number,
    ticket.c.unit,
    ticket.c.category,
    ticket.c.priority,
    ticket.c.rank,
    ticket.c.state,
    ticket.c.holder,
    ticket.c.changed_at,
    ticket.c.finished_at,
    ticket.c.rating,
    ticket.c.event_count,
    ticket.c.last_hash,
).order_by(ticket.c.id)
EVENTS = select(*ticket_event.c).order_by(ticket_event.c.ticket, ticket_event.c.position)


def one_ticket_a_report(ground: InvariantContext) -> Iterator[Finding]:
    for row in ground.rows(_DRAFTS):
        tickets = select(ticket.c.number).where(ticket.c.draft == row.draft).order_by(ticket.c.id)
        yield " and ".join(number for (number,) in ground.rows(tickets)), "grew out of one report"


def histories(ground: InvariantContext) -> Iterator[Finding]:
    """Without holes, each line chained to the one before by its hash, and played again ending as the ticket is."""
    histories = groupby(ground.rows(EVENTS), key=itemgetter(0))
    following = next(histories, None)
    for about in ground.rows(HISTORIES_OF):
        ground.advance(1)
        while following is not None and following[0] < about.id:  # of a ticket that is not there
            following = next(histories, None)
        if following is None or following[0] != about.id:
            yield about.number, "has no history"
            continue
        try:
            replayed(about, following[1])
        except Crooked as error:
            yield about.number, str(error)
        following = next(histories, None)


def replayed(about: Row[Any], lines: Iterator[Row[*tuple[Any, ...]]]) -> tuple[Lifecycle, Sequence[TicketEvent]]:
    """Where it ends, and its events. Raises Crooked where it is not whole, or does not end as the ticket is."""
    events, last = list[TicketEvent](), NO_HASH
    for _, position, at, who, channel, what, before, after, reason, previous, own, acting_for in lines:
        place = len(events) + 1
        if position != place:
            raise Crooked(f"line {place} of its history is missing")
        change = _CHANGES.get(what)
        if change is None:
            raise Crooked(f"line {place} of its history was changed: {what}")
        try:
            event = TicketEvent(at, who, channel, change, before, after, reason, people_of(acting_for))
        except ValueError as error:
            raise Crooked(f"line {place} of its history was changed: {error}") from error
        if previous != last or own != event_hash(about.number, place, event, last):
            raise Crooked(f"line {place} of its history was changed")
        events.append(event)
        last = own
    if (len(events), last) != (about.event_count, about.last_hash):
        raise Crooked(f"its history has {len(events)} lines and not the {about.event_count} that were written")
    played = _begun(about, events)
    for place, event in enumerate(events, start=1):
        if (event.what is Change.OPENED) != (place == 1):
            raise Crooked("its history does not begin with its opening, once")
        _require_continuation(played, event)
        try:
            played.apply(event)
        except ValueError as error:
            raise Crooked(f"line {place} of its history makes no sense: {error}") from error
    _require_same_end(about, played)
    return played, events


def _begun(about: Row[Any], events: Sequence[TicketEvent]) -> Lifecycle:
    """As it was opened. Raises Crooked."""
    try:
        return as_opened(about.unit, about.category, Priority(about.priority), events)
    except ValueError as error:
        raise Crooked(f"has a priority that the desk does not know: {error}") from error


class Crooked(Exception):
    """What is wrong with a history."""


_CHANGES = {change.value: change for change in Change}
_ACTIVE = frozenset(state.value for state in ACTIVE)
_RANKS = {priority.value: priority.rank for priority in Priority}


def _require_continuation(found: Lifecycle, event: TicketEvent) -> None:
    """That the change begins where the one before ended. Raises Crooked."""
    match event.what.alters:
        case Aspect.STATE if event.what is not Change.OPENED:
            name, known = "state", _text(found.state)
        case Aspect.HOLDER:
            name, known = "holder", _text(found.holder)
        case Aspect.UNIT:
            name, known = "unit", found.unit
        case Aspect.CATEGORY:
            name, known = "subject", found.category
        case Aspect.PRIORITY:
            name, known = "priority", _text(found.priority)
        case _:
            return
    if known != event.before:
        raise Crooked(f"its history goes on from the {name} {event.before}, which was {known}")


def _require_same_end(about: Row[Any], played: Lifecycle) -> None:
    """Raises Crooked."""
    ends = (
        ("state", played.state, about.state),
        ("holder", played.holder, about.holder),
        ("unit", played.unit, about.unit),
        ("category", played.category, about.category),
        ("priority", played.priority, about.priority),
        ("rating", played.rating, about.rating),
        ("last move", played.changed_at, about.changed_at),
    )
    for name, end, said in ends:
        if end != said:
            raise Crooked(f"its history ends with {name} {end}, the ticket says {said}")
    if (about.finished_at is None) != (about.state in _ACTIVE):
        raise Crooked(f"is {about.state} and yet {'not ' if about.finished_at is None else ''}counted as finished")
    if about.rank != _RANKS.get(about.priority):
        raise Crooked(f"its priority is {about.priority} and its place in the queue that of rank {about.rank}")


def _text(value: object) -> str | None:
    return None if value is None else str(value)
