"""Tickets with their history and what people wrote on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, Select, bindparam, insert, literal_column, or_, select, update

from handlers.domain.errors import NotFound, Stale
from handlers.domain.people import PersonId, UnitId
from handlers.domain.states import Priority, State, TicketEvent
from handlers.domain.ticket import Entry, EntryKind, Ticket, TicketId
from knowledge.language.folding import folded
from storage.engine.transaction import Transaction, upsert
from storage.repositories.hash_chain import NO_HASH, event_hash, event_of
from storage.tables import counter, person, ticket, ticket_entry, ticket_event

LONGEST_SPAN = 15
"""Of everything that took more than 2^14 hours, nearly two years."""


def span_of(took: timedelta) -> int:
    """0: under an hour, 1: under two, 2: under four … `LONGEST_SPAN`: all that took longer."""
    return min((took // timedelta(hours=1)).bit_length(), LONGEST_SPAN)


def state_is(state: State) -> ColumnElement[bool]:
    """As a literal: SQLite uses a partial index only where it sees its condition in the query."""
    return ticket.c.state == literal_column(f"'{state.value}'")


ACTIVE = ticket.c.finished_at.is_(None)
_NOT_ENDED = ticket.c.ended_at.is_(None)
_OPEN_UNHELD = (state_is(State.OPEN), ticket.c.holder.is_(None))
_OUTAGE: ColumnElement[bool] = literal_column("outage")
_LIMIT = bindparam("limit", type_=Integer)
_AT = bindparam("at", type_=ticket.c.opened_at.type)

_NEXT_NUMBER = upsert(
    lambda insert: (
        insert(counter)
        .values(year=bindparam("year"), value=1)
        .on_conflict_do_update(index_elements=["year"], set_={"value": counter.c.value + 1})
        .returning(counter.c.value)
    )
)
_ADD = insert(ticket).values(
    department=select(person.c.department).where(person.c.id == bindparam("of_reporter")).scalar_subquery()
)
_GET = select(ticket).where(ticket.c.id == bindparam("key"))
_BY_NUMBER = select(ticket).where(ticket.c.number == bindparam("key"))
_SAVE = (
    update(ticket)
    .where(ticket.c.id == bindparam("key"), ticket.c.version == bindparam("known_version"))
    .values(version=bindparam("next_version"))
)
_CHAIN = select(ticket.c.event_count, ticket.c.last_hash).where(ticket.c.id == bindparam("key"))
_ADD_EVENTS = insert(ticket_event)
_HISTORY = select(ticket_event).where(ticket_event.c.ticket == bindparam("key")).order_by(ticket_event.c.position)

_ADD_ENTRY = insert(ticket_entry)
_ENTRIES = select(ticket_entry).where(ticket_entry.c.ticket == bindparam("key")).order_by(ticket_entry.c.id)
_ENTRY = select(ticket_entry).where(ticket_entry.c.id == bindparam("key"))
_ENTRY_OF_EVENT = (
    select(ticket_entry)
    .where(ticket_entry.c.message_key == bindparam("key"), ticket_entry.c.message_key.is_not(None))
    .order_by(ticket_entry.c.id)
    .limit(1)
)
_REWRITE_ENTRY = update(ticket_entry).where(ticket_entry.c.id == bindparam("key")).values(text=bindparam("new_text"))

_OF_DRAFT = (
    select(ticket)
    .where(ticket.c.draft == bindparam("key"), ticket.c.draft != literal_column("''"))
    .order_by(ticket.c.id)
    .limit(1)
)
_ERASE_ENTRIES = (
    update(ticket_entry)
    .where(
        ticket_entry.c.author == bindparam("person"),
        ticket_entry.c.text != "",
        ticket_entry.c.ticket.in_(select(ticket.c.id).where(~_NOT_ENDED)),
    )
    .values(text="")
)
_REPORTS = select(ticket).where(ticket.c.reporter == bindparam("person"), ~_NOT_ENDED, ticket.c.text != "")
_BY_REPORTER = select(ticket).where(ticket.c.reporter == bindparam("person"))
_OPEN_OF_REPORTER = _BY_REPORTER.where(_NOT_ENDED).order_by(ticket.c.opened_at.desc(), ticket.c.id.desc())
_ENDED_OF_REPORTER = _BY_REPORTER.where(~_NOT_ENDED).order_by(ticket.c.id.desc()).limit(_LIMIT)
_HELD_BY = (
    select(ticket)
    .where(ticket.c.holder == bindparam("person"), ticket.c.holder.is_not(None), ACTIVE)
    .order_by(ticket.c.rank, ticket.c.opened_at, ticket.c.id)
)
_QUEUE = (
    select(ticket)
    .where(ticket.c.unit == bindparam("unit"), *_OPEN_UNHELD)
    .order_by(ticket.c.rank, ticket.c.opened_at, ticket.c.id)
    .limit(_LIMIT)
)
_NEWEST_FIRST = (ticket.c.opened_at.desc(), ticket.c.id.desc())
_ACTIVE_IN = select(ticket).where(ticket.c.unit == bindparam("unit"), ACTIVE).order_by(*_NEWEST_FIRST).limit(_LIMIT)
_ACTIVE_IN_CATEGORY = _ACTIVE_IN.where(ticket.c.category == bindparam("category"))
_OUTAGES = select(ticket).where(_OUTAGE, ACTIVE).order_by(*_NEWEST_FIRST)
_RESOLVED_BEFORE = (
    select(ticket)
    .where(state_is(State.RESOLVED), ticket.c.resolved_at < _AT)
    .order_by(ticket.c.resolved_at, ticket.c.id)
    .limit(_LIMIT)
)
_UNTOUCHED = (ticket.c.changed_at < _AT, or_(ticket.c.reminded_at.is_(None), ticket.c.reminded_at < _AT))
_UNCLAIMED_BEFORE = (
    select(ticket).where(*_OPEN_UNHELD, *_UNTOUCHED).order_by(ticket.c.opened_at, ticket.c.id).limit(_LIMIT)
)
_WAITING_BEFORE = (
    select(ticket)
    .where(state_is(State.WAITING_REPORTER), *_UNTOUCHED)
    .order_by(ticket.c.changed_at, ticket.c.id)
    .limit(_LIMIT)
)


class Tickets:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._loaded: dict[TicketId, Ticket] = {}
        self._chain: dict[TicketId, tuple[int, str]] = {}
        """Length and last hash of each history, as of the version loaded."""

    def forget(self) -> None:
        self._loaded.clear()
        self._chain.clear()

    # --- the ticket itself ---
    def add(self, ticket: Ticket, year: int) -> Ticket:
        next_number = _NEXT_NUMBER[self._transaction.dialect]
        ticket.number = f"{year}-{self._transaction.run(next_number, {'year': year}).scalar_one():06d}"
        events, count, last = _chained(ticket, 0, NO_HASH)
        values = _values(ticket)
        values.update(of_reporter=ticket.reporter, version=1, event_count=count, last_hash=last)
        ticket.id = TicketId(self._transaction.new_id(_ADD, values))
        ticket.version = 1
        self._loaded[ticket.id] = ticket
        self._append(ticket, events, count, last)
        return ticket

    def get(self, ticket: TicketId | int) -> Ticket:
        if (known := self._loaded.get(TicketId(ticket))) is not None:
            return known
        return self._one(_GET, ticket)

    def by_number(self, number: str) -> Ticket:
        return self._one(_BY_NUMBER, number)

    def of_draft(self, draft: str) -> Ticket | None:
        row = self._transaction.run(_OF_DRAFT, {"key": draft}).first() if draft else None
        return None if row is None else self.known(row)

    def save(self, ticket: Ticket) -> None:
        events, count, last = _chained(ticket, *self._end_of_chain(ticket))
        values = _values(ticket)
        values.update(key=ticket.id, known_version=ticket.version, next_version=ticket.version + 1)
        values.update(event_count=count, last_hash=last)
        if self._transaction.run(_SAVE, values).rowcount != 1:
            raise Stale("ticket", ticket.number)
        ticket.version += 1
        self._append(ticket, events, count, last)

    def _end_of_chain(self, ticket: Ticket) -> tuple[int, str]:
        if (end := self._chain.get(ticket.id)) is not None:
            return end
        row = self._transaction.run(_CHAIN, {"key": ticket.id}).first()
        if row is None:
            raise NotFound("ticket", ticket.number)
        return row.event_count, row.last_hash

    def _append(self, ticket: Ticket, events: list[dict[str, Any]], count: int, last: str) -> None:
        if events:
            self._transaction.run(_ADD_EVENTS, [{"ticket": ticket.id, **event} for event in events])
            ticket.fresh_events.clear()
        self._chain[ticket.id] = (count, last)

    def history(self, ticket: TicketId) -> Sequence[TicketEvent]:
        return [event_of(row) for row in self._transaction.run(_HISTORY, {"key": ticket})]

    # --- what people wrote ---
    def add_entry(self, ticket: TicketId, entry: Entry) -> Entry:
        values = {
            "ticket": ticket,
            "kind": entry.kind.value,
            "at": entry.at,
            "author": entry.author,
            "text": entry.text,
            "files": entry.files,
            "message_key": entry.message_key,
        }
        entry.id = self._transaction.new_id(_ADD_ENTRY, values)
        return entry

    def entries(self, ticket: TicketId) -> Sequence[Entry]:
        return [_entry(row) for row in self._transaction.run(_ENTRIES, {"key": ticket})]

    def entry(self, entry: int) -> tuple[TicketId, Entry]:
        row = self._transaction.run(_ENTRY, {"key": entry}).first()
        if row is None:
            raise NotFound("entry", entry)
        return TicketId(row.ticket), _entry(row)

    def entry_of_event(self, key: str) -> tuple[TicketId, Entry] | None:
        row = self._transaction.run(_ENTRY_OF_EVENT, {"key": key}).first()
        return None if row is None else (TicketId(row.ticket), _entry(row))

    def erase_written_by(self, person: PersonId) -> int:
        erased: int = self._transaction.run(_ERASE_ENTRIES, {"person": person}).rowcount
        for report in self._many(_REPORTS, person=person):
            report.text, report.reasons = "", ()
            self.save(report)
        return erased

    def rewrite_entry(self, entry: int, text: str) -> None:
        if self._transaction.run(_REWRITE_ENTRY, {"key": entry, "new_text": text}).rowcount != 1:
            raise NotFound("entry", entry)

    # --- lists ---
    def of_reporter(self, person: PersonId, limit: int = 10) -> Sequence[Ticket]:
        found = list(self.open_of_reporter(person))[:limit]
        if len(found) < limit:
            found += self._many(_ENDED_OF_REPORTER, person=person, limit=limit - len(found))
        return found

    def open_of_reporter(self, person: PersonId) -> Sequence[Ticket]:
        return self._many(_OPEN_OF_REPORTER, person=person)

    def held_by(self, person: PersonId) -> Sequence[Ticket]:
        return self._many(_HELD_BY, person=person)

    def queue(self, unit: UnitId, limit: int = 50) -> Sequence[Ticket]:
        return self._many(_QUEUE, unit=unit, limit=limit)

    def active_in(self, unit: UnitId, category: str | None = None, limit: int = 50) -> Sequence[Ticket]:
        if category is None:
            return self._many(_ACTIVE_IN, unit=unit, limit=limit)
        return self._many(_ACTIVE_IN_CATEGORY, unit=unit, category=category, limit=limit)

    def outages(self) -> Sequence[Ticket]:
        return self._many(_OUTAGES)

    def resolved_before(self, at: datetime, limit: int = 100) -> Sequence[Ticket]:
        return self._many(_RESOLVED_BEFORE, at=at, limit=limit)

    def unclaimed_before(self, at: datetime, limit: int = 100) -> Sequence[Ticket]:
        return self._many(_UNCLAIMED_BEFORE, at=at, limit=limit)

    def waiting_reporter_before(self, at: datetime, limit: int = 100) -> Sequence[Ticket]:
        return self._many(_WAITING_BEFORE, at=at, limit=limit)

    # --- rows to objects ---
    def _one(self, query: Select[Any], key: object) -> Ticket:
        row = self._transaction.run(query, {"key": key}).first()
        if row is None:
            raise NotFound("ticket", key)
        return self.known(row)

    def _many(self, query: Select[Any], **parameters: object) -> list[Ticket]:
        return [self.known(row) for row in self._transaction.run(query, parameters)]

    def known(self, row: Row[Any]) -> Ticket:
        """One object a ticket within a unit of work."""
        known = self._loaded.get(row.id)
        if known is None:
            known = self._loaded[row.id] = _ticket(row)
            self._chain[known.id] = (row.event_count, row.last_hash)
        return known


def _values(ticket: Ticket) -> dict[str, Any]:
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
        "followers": ticket.followers,
        "search": folded(f"{ticket.number} {ticket.category or ''} {ticket.text}"),
    }


def _chained(ticket: Ticket, count: int, last: str) -> tuple[list[dict[str, Any]], int, str]:
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
                "prev_hash": previous,
                "hash": last,
            }
        )
    return rows, count, last


def _optional_person(value: int | None) -> PersonId | None:
    return None if value is None else PersonId(value)


def _ticket(row: Row[Any]) -> Ticket:
    return Ticket(
        id=TicketId(row.id),
        number=row.number,
        unit=row.unit,
        category=row.category,
        text=row.text,
        reporter=PersonId(row.reporter),
        conversation=row.conversation,
        opened_at=row.opened_at,
        opened_by=PersonId(row.opened_by),
        untold=row.untold,
        priority=Priority(row.priority),
        state=State(row.state),
        holder=_optional_person(row.holder),
        restricted=row.restricted,
        facts=row.facts,
        tried=row.tried,
        tried_article=row.tried_article,
        reasons=tuple(row.reasons),
        files=tuple(row.files),
        waiting_for=row.waiting_for,
        resolution=row.resolution,
        resolved_at=row.resolved_at,
        resolved_by=_optional_person(row.resolved_by),
        ended_at=row.ended_at,
        changed_at=row.changed_at,
        reminded_at=row.reminded_at,
        merged_into=row.merged_into,
        rating=row.rating,
        outage=row.outage,
        draft=row.draft,
        followers=tuple(row.followers),
        version=row.version,
    )


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        id=row.id,
        kind=EntryKind(row.kind),
        at=row.at,
        author=PersonId(row.author),
        text=row.text,
        files=tuple(row.files),
        message_key=row.message_key,
    )
