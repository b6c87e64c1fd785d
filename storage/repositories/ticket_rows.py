"""A ticket, its history and what people wrote on it: to rows and back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from handlers.domain.people import PersonId
from handlers.domain.states import Change, Priority, State, TicketEvent
from handlers.domain.ticket import Entry, EntryKind, Follower, Ticket, TicketId
from storage.repositories.hash_chain import event_hash


class TicketRow(NamedTuple):
    id: TicketId
    number: str
    unit: str
    category: str | None
    text: str
    reporter: PersonId
    conversation: str
    opened_at: datetime
    opened_by: PersonId
    untold: bool
    priority: str
    state: str
    holder: PersonId | None
    restricted: bool
    facts: dict[str, str]
    tried: int
    tried_article: str | None
    reasons: list[str]
    files: list[str]
    waiting_for: str
    resolution: str
    resolved_at: datetime | None
    resolved_by: PersonId | None
    ended_at: datetime | None
    changed_at: datetime | None
    reminded_at: datetime | None
    merged_into: str | None
    rating: int | None
    outage: bool
    draft: str
    followers: list[dict[str, Any]]
    version: int
    event_count: int
    last_hash: str


class ChainRow(NamedTuple):
    event_count: int
    last_hash: str


class EventRow(NamedTuple):
    at: datetime
    who: PersonId | None
    channel: str
    what: str
    before: str | None
    after: str | None
    reason: str | None
    acting_for: str | None


class TicketEventRow(NamedTuple):
    ticket: TicketId
    at: datetime
    who: PersonId | None
    channel: str
    what: str
    before: str | None
    after: str | None
    reason: str | None
    acting_for: str | None


class EntryRow(NamedTuple):
    id: int
    ticket: TicketId
    kind: str
    at: datetime
    author: PersonId
    text: str
    files: list[str]
    message_key: str | None


LONGEST_SPAN = 15
"""Of everything that took more than 2^14 hours, nearly two years."""


def span_of(took: timedelta) -> int:
    """0: under an hour, 1: under two, 2: under four … `LONGEST_SPAN`: all that took longer."""
    return min((took // timedelta(hours=1)).bit_length(), LONGEST_SPAN)


def ticket_values(ticket: Ticket) -> dict[str, object]:
    finished = None if ticket.state.active else ticket.resolved_at or ticket.ended_at
    return {
        "number": ticket.number,
        "unit": ticket.unit,
        "category": ticket.category,
        "text": ticket.text,
        "reporter": ticket.reporter,
        "conversation": ticket.conversation,
        "opened_at": ticket.opened_at,
        "opened_by": ticket.opened_by,
        "untold": ticket.untold,
        "priority": ticket.priority.value,
        "rank": ticket.priority.rank,
        "state": ticket.state.value,
        "holder": ticket.holder,
        "restricted": ticket.restricted,
        "facts": ticket.facts,
        "tried": ticket.tried,
        "tried_article": ticket.tried_article,
        "reasons": ticket.reasons,
        "files": ticket.files,
        "waiting_for": ticket.waiting_for,
        "resolution": ticket.resolution,
        "resolved_at": ticket.resolved_at,
        "resolved_by": ticket.resolved_by,
        "ended_at": ticket.ended_at,
        "finished_at": finished,
        "span": None if finished is None else span_of(finished - ticket.opened_at),
        "changed_at": ticket.changed_at or ticket.opened_at,
        "reminded_at": ticket.reminded_at,
        "merged_into": ticket.merged_into,
        "rating": ticket.rating,
        "outage": ticket.outage,
        "draft": ticket.draft,
        "followers": [asdict(follower) for follower in ticket.followers],
    }


def chained(ticket: Ticket, count: int, last: str) -> tuple[list[dict[str, object]], int, str]:
    """Rows of the fresh events behind a history of `count` lines that ends with `last`; its new length and end."""
    rows = []
    for event in ticket.fresh_events:
        count, previous = count + 1, last
        last = event_hash(ticket.number, count, event, previous)
        rows.append(
            {
                "position": count,
                "at": event.at,
                "who": event.who,
                "channel": event.channel,
                "what": event.what.value,
                "before": event.before,
                "after": event.after,
                "reason": event.reason,
                "acting_for": people_written(event.acting_for),
                "prev_hash": previous,
                "hash": last,
            }
        )
    return rows, count, last


def ticket_of(row: TicketRow) -> Ticket:
    return Ticket(
        id=row.id,
        number=row.number,
        unit=row.unit,
        category=row.category,
        text=row.text,
        reporter=row.reporter,
        conversation=row.conversation,
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        untold=row.untold,
        priority=Priority(row.priority),
        state=State(row.state),
        holder=row.holder,
        restricted=row.restricted,
        facts=row.facts,
        tried=row.tried,
        tried_article=row.tried_article,
        reasons=tuple(row.reasons),
        files=tuple(row.files),
        waiting_for=row.waiting_for,
        resolution=row.resolution,
        resolved_at=row.resolved_at,
        resolved_by=row.resolved_by,
        ended_at=row.ended_at,
        changed_at=row.changed_at,
        reminded_at=row.reminded_at,
        merged_into=row.merged_into,
        rating=row.rating,
        outage=row.outage,
        draft=row.draft,
        followers=tuple(Follower(**follower) for follower in row.followers),
        version=row.version,
    )


def entry_of(row: EntryRow) -> Entry:
    return Entry(
        id=row.id,
        kind=EntryKind(row.kind),
        at=row.at,
        author=row.author,
        text=row.text,
        files=tuple(row.files),
        message_key=row.message_key,
    )


def event_of(row: EventRow | TicketEventRow) -> TicketEvent:
    change = Change(row.what)
    acting_for = people_of(row.acting_for)
    return TicketEvent(row.at, row.who, row.channel, change, row.before, row.after, row.reason, acting_for)


def people_of(written: str | None) -> tuple[PersonId, ...]:
    """In whose place something was done: `7`, `7,9`. Raises ValueError."""
    return tuple(PersonId(int(one)) for one in written.split(",")) if written else ()


def people_written(people: tuple[PersonId, ...]) -> str | None:
    return ",".join(map(str, people)) or None
