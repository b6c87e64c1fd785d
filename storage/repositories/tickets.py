"""Tickets with their history and what people wrote on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import (
    ColumnElement,
    Integer,
    and_,
    bindparam,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from handlers.domain.errors import NotFound, Stale
from handlers.domain.numbers import Series
from handlers.domain.people import PersonId, UnitId
from handlers.domain.states import Change, Priority, State, TicketEvent
from handlers.domain.store_events import NO_HASH, Stream
from handlers.domain.ticket import Entry, Ticket, TicketId
from handlers.ports import Erased
from handlers.ports.ticket_lists import changes_in
from storage.engine.in_list import in_list
from storage.engine.prepared import Prepared, prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories.counters import SqlCounters
from storage.repositories.histories import ChainHeads
from storage.repositories.rows import columns
from storage.repositories.ticket_entries import TicketEntries
from storage.repositories.ticket_queue import (
    COUNT_AHEAD,
    COUNT_QUEUE,
    LIMIT,
    OPEN_UNHELD,
    QUEUE,
    URGENCY,
    place_in_queue,
    state_is,
)
from storage.repositories.ticket_rows import (
    ChainRow,
    EventRow,
    TicketEventRow,
    TicketRow,
    chained,
    event_of,
    ticket_of,
    ticket_values,
)
from storage.repositories.ticket_search import Content, TicketSearch, content_of
from storage.tables import person, ticket, ticket_event, ticket_timing

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
ACTIVE = ticket.c.finished_at.is_(None)
_NOT_ENDED = ticket.c.ended_at.is_(None)
_OUTAGE: ColumnElement[bool] = literal_column("outage")
_AFTER = bindparam("after", type_=ticket.c.changed_at.type)
_AT = bindparam("at", type_=ticket.c.opened_at.type)

TICKET_COLUMNS = columns(ticket, TicketRow)
_ADD = prepared(
    insert(ticket).values(
        department=select(person.c.department).where(person.c.id == bindparam("of_reporter")).scalar_subquery()
    )
)
_GET = prepared(select(*TICKET_COLUMNS).where(ticket.c.id == bindparam("key")), TicketRow)
_SOME = prepared(select(*TICKET_COLUMNS).where(in_list(ticket.c.id, "tickets")), TicketRow)
_BY_NUMBER = prepared(select(*TICKET_COLUMNS).where(ticket.c.number == bindparam("key")), TicketRow)
_NUMBERED = prepared(select(*TICKET_COLUMNS).where(in_list(ticket.c.number, "numbers")), TicketRow)
_SAVE = prepared(
    update(ticket)
    .where(ticket.c.id == bindparam("key"), ticket.c.version == bindparam("known_version"))
    .values(version=bindparam("next_version"))
)
_CHAIN = prepared(select(ticket.c.event_count, ticket.c.last_hash).where(ticket.c.id == bindparam("key")), ChainRow)
_ADD_EVENTS = prepared(insert(ticket_event))
_TO_BE_COUNTED = prepared(insert(ticket_timing).values(lines=0, outdated=True, spent_s=0, missed=False))
_OUTDATE = prepared(update(ticket_timing).where(ticket_timing.c.ticket == bindparam("key")).values(outdated=True))
"""Of one from before there were targets there is no row."""
_HISTORY = prepared(
    select(*columns(ticket_event, EventRow))
    .where(ticket_event.c.ticket == bindparam("key"))
    .order_by(ticket_event.c.position),
    EventRow,
    remembered=True,
)
_HISTORIES = prepared(
    select(*columns(ticket_event, TicketEventRow))
    .where(in_list(ticket_event.c.ticket, "tickets"))
    .order_by(ticket_event.c.ticket, ticket_event.c.position),
    TicketEventRow,
)

_OF_DRAFT = prepared(
    select(*TICKET_COLUMNS)
    .where(ticket.c.draft == bindparam("key"), ticket.c.draft != literal_column("''"))
    .order_by(ticket.c.id)
    .limit(1),
    TicketRow,
)
_MERGED_INTO = prepared(
    select(*TICKET_COLUMNS)
    .where(ticket.c.merged_into == bindparam("number"), ticket.c.merged_into.is_not(None))
    .order_by(ticket.c.id),
    TicketRow,
    remembered=True,
)
_FOLLOWED = prepared(
    select(*TICKET_COLUMNS)
    .where(literal_column("followers != '[]'"), or_(_NOT_ENDED, ticket.c.merged_into.is_not(None)))
    .order_by(ticket.c.id.desc()),
    TicketRow,
)
_REPORTS = prepared(
    select(*TICKET_COLUMNS)
    .where(
        ticket.c.reporter == bindparam("person"),
        ~_NOT_ENDED,
        or_(ticket.c.text != "", literal_column("(facts != '{}' OR reasons != '[]' OR files != '[]')")),
    )
    .order_by(ticket.c.id),
    TicketRow,
)
_BY_REPORTER = select(*TICKET_COLUMNS).where(ticket.c.reporter == bindparam("person"))
_OPEN_OF_REPORTER = prepared(
    _BY_REPORTER.where(_NOT_ENDED).order_by(ticket.c.opened_at.desc(), ticket.c.id.desc()), TicketRow, remembered=True
)
_ENDED_OF_REPORTER = prepared(
    _BY_REPORTER.where(~_NOT_ENDED).order_by(ticket.c.id.desc()).limit(LIMIT).offset(bindparam("skip", type_=Integer)),
    TicketRow,
)
_COUNT_OF_REPORTER = prepared_value(
    select(func.count()).select_from(ticket).where(ticket.c.reporter == bindparam("person")), int
)
_HELD_BY = prepared(
    select(*TICKET_COLUMNS)
    .where(ticket.c.holder == bindparam("person"), ticket.c.holder.is_not(None), ACTIVE)
    .order_by(*URGENCY),
    TicketRow,
)
_NEWEST_FIRST = (ticket.c.opened_at.desc(), ticket.c.id.desc())
_ACTIVE_OF_UNIT = (
    select(*TICKET_COLUMNS).where(ticket.c.unit == bindparam("unit"), ACTIVE).order_by(*_NEWEST_FIRST).limit(LIMIT)
)
_ACTIVE_IN = prepared(_ACTIVE_OF_UNIT, TicketRow)
_ACTIVE_IN_CATEGORY = prepared(_ACTIVE_OF_UNIT.where(ticket.c.category == bindparam("category")), TicketRow)
_OUTAGES = prepared(select(*TICKET_COLUMNS).where(_OUTAGE, ACTIVE).order_by(*_NEWEST_FIRST), TicketRow, remembered=True)
_RESOLVED_BEFORE = prepared(
    select(*TICKET_COLUMNS)
    .where(state_is(State.RESOLVED), ticket.c.resolved_at < _AT)
    .order_by(ticket.c.resolved_at, ticket.c.id)
    .limit(LIMIT),
    TicketRow,
)
_UNTOUCHED_SINCE = or_(
    *(
        and_(
            ticket.c.rank == priority.rank,
            ticket.c.changed_at <= bindparam(f"since_{priority.rank}", type_=ticket.c.opened_at.type),
            or_(
                ticket.c.reminded_at.is_(None),
                ticket.c.reminded_at <= bindparam(f"since_{priority.rank}", type_=ticket.c.opened_at.type),
            ),
        )
        for priority in Priority
    )
)
_UNTOUCHED = (ticket.c.changed_at <= _AT, or_(ticket.c.reminded_at.is_(None), ticket.c.reminded_at <= _AT))
_UNCLAIMED_SINCE = prepared(
    select(*TICKET_COLUMNS).where(*OPEN_UNHELD, _UNTOUCHED_SINCE).order_by(*URGENCY).limit(LIMIT),
    TicketRow,
)
_WAITING_BETWEEN = prepared(
    select(*TICKET_COLUMNS)
    .where(
        state_is(State.WAITING_REPORTER),
        ticket.c.changed_at > bindparam("after", type_=ticket.c.changed_at.type),
        *_UNTOUCHED,
    )
    .order_by(ticket.c.changed_at, ticket.c.id)
    .limit(LIMIT),
    TicketRow,
)


class SqlTickets:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._counters = SqlCounters(transaction)
        self._heads = ChainHeads(transaction)
        self._loaded: dict[TicketId, Ticket] = {}
        self._entries = TicketEntries(transaction)
        self._search = TicketSearch(transaction)
        self._content: dict[TicketId, Content] = {}
        """What of each is searched, as of the version loaded."""
        self._chain: dict[TicketId, tuple[int, str]] = {}
        """Length and last hash of each history, as of the version loaded."""
        self._moved: dict[TicketId, Ticket] = {}

    def forget(self) -> None:
        self._loaded.clear()
        self._chain.clear()
        self._content.clear()
        self._moved.clear()

    # --- the ticket itself ---
    def add(self, ticket: Ticket, year: int) -> Ticket:
        ticket.number = str(self._counters.next(Series.TICKET, year))
        events, count, last = chained(ticket, 0, NO_HASH)
        values = ticket_values(ticket)
        values.update(of_reporter=ticket.reporter, version=1, event_count=count, last_hash=last)
        ticket.id = TicketId(self._transaction.new_id(_ADD, values))
        ticket.version = 1
        self._loaded[ticket.id] = ticket
        self._transaction.run(_TO_BE_COUNTED, {"ticket": ticket.id})
        self._tell(ticket, events)
        self._append(ticket, events, count, last)
        self._search.add(ticket)
        self._content[ticket.id] = content_of(ticket)
        return ticket

    def get(self, ticket: TicketId | int) -> Ticket:
        if (known := self._loaded.get(TicketId(ticket))) is not None:
            return known
        return self._one(_GET, ticket)

    def some(self, tickets: Sequence[TicketId]) -> Mapping[TicketId, Ticket]:
        self._many(_SOME, tickets=[one for one in tickets if one not in self._loaded])
        return {one: self._loaded[one] for one in tickets if one in self._loaded}

    def by_number(self, number: str) -> Ticket:
        return self._one(_BY_NUMBER, number)

    def numbered(self, numbers: Sequence[str]) -> Sequence[Ticket]:
        return sorted(self._many(_NUMBERED, numbers=list(numbers)), key=lambda ticket: numbers.index(ticket.number))

    def of_draft(self, draft: str) -> Ticket | None:
        row = self._transaction.run(_OF_DRAFT, {"key": draft}).first() if draft else None
        return None if row is None else self.known(row)

    def merged_into(self, number: str) -> Sequence[Ticket]:
        return self._many(_MERGED_INTO, number=number)

    def followed_by(self, person: PersonId) -> Sequence[Ticket]:
        return [ticket for ticket in self._many(_FOLLOWED) if ticket.owes_word_to(person)]

    def save(self, ticket: Ticket) -> None:
        events, count, last = chained(ticket, *self._end_of_chain(ticket))
        values = ticket_values(ticket)
        values.update(key=ticket.id, known_version=ticket.version, next_version=ticket.version + 1)
        values.update(event_count=count, last_hash=last)
        if self._transaction.run(_SAVE, values).rowcount != 1:
            raise Stale("ticket", ticket.number)
        ticket.version += 1
        self._tell(ticket, events)
        self._append(ticket, events, count, last)
        if self._content.get(ticket.id) != (content := content_of(ticket)):
            self._content[ticket.id] = content
            self._search.make_anew(ticket, self.entries(ticket.id))

    def mark(self, ticket: TicketId) -> str:
        row = self._transaction.run(_CHAIN, {"key": ticket}).first()
        if row is None:
            raise NotFound("ticket", ticket)
        return row.last_hash

    def _end_of_chain(self, ticket: Ticket) -> tuple[int, str]:
        if (end := self._chain.get(ticket.id)) is not None:
            return end
        row = self._transaction.run(_CHAIN, {"key": ticket.id}).first()
        if row is None:
            raise NotFound("ticket", ticket.number)
        return row.event_count, row.last_hash

    def _append(self, ticket: Ticket, events: list[dict[str, object]], count: int, last: str) -> None:
        if events:
            self._transaction.run(_OUTDATE, {"key": ticket.id})
            self._transaction.run(_ADD_EVENTS, [{"ticket": ticket.id, **event} for event in events])
            self._heads.moved(Stream.TICKET, ticket.id, count, last)
            ticket.fresh_events.clear()
            self._moved[ticket.id] = ticket
        self._chain[ticket.id] = (count, last)

    def _tell(self, ticket: Ticket, events: Sequence[Mapping[str, object]]) -> None:
        """Whoever looks at tickets of its unit, and of the one that it was in before."""
        left = [event["before"] for event in events if event["what"] == Change.TRANSFERRED.value]
        self._transaction.touched |= {changes_in(str(unit)) for unit in (ticket.unit, *left)}

    def moved(self) -> Sequence[Ticket]:
        return [*self._moved.values()]

    def history(self, ticket: TicketId) -> Sequence[TicketEvent]:
        return [event_of(row) for row in self._transaction.run(_HISTORY, {"key": ticket})]

    def histories(self, tickets: Sequence[TicketId]) -> Mapping[TicketId, Sequence[TicketEvent]]:
        found: dict[TicketId, list[TicketEvent]] = {one: [] for one in tickets}
        for row in self._transaction.run(_HISTORIES, {"tickets": list(tickets)}):
            found[row.ticket].append(event_of(row))
        return found

    # --- what people wrote ---
    def add_entry(self, ticket: TicketId, entry: Entry) -> Entry:
        entry.id = self._entries.add(ticket, entry)
        self._search.add_entry(ticket, entry)
        return entry

    def entries(self, ticket: TicketId) -> Sequence[Entry]:
        return self._entries.of(ticket)

    def entries_of(self, tickets: Sequence[TicketId]) -> Mapping[TicketId, Sequence[Entry]]:
        return self._entries.of_each(tickets)

    def entry(self, entry: int) -> tuple[TicketId, Entry]:
        return self._entries.get(entry)

    def entry_of_event(self, key: str) -> tuple[TicketId, Entry] | None:
        return self._entries.of_event(key)

    def erase_written_by(self, person: PersonId, files: Collection[str] = ()) -> Erased:
        written = self._entries.erase_of(person, files)
        reported = {report.id: report for report in self._many(_REPORTS, person=person)}
        touched = {one: self.get(one) for one, _ in written}
        joined = {one: ticket for one, ticket in touched.items() if ticket.reporter != person}
        reported |= {one: ticket for one, ticket in touched.items() if ticket.reporter == person}
        for report in reported.values():
            report.forget_words(files)
        for other in joined.values():
            other.forget_files(files)
        for one in (*reported.values(), *joined.values()):
            one.waiting_for = ""
            self.save(one)
            self._search.make_anew(one, self.entries(one.id))
        self._search.overwrite_erased()
        return Erased(entries=written, reported=list(reported.values()), joined=list(joined.values()))

    def move_entries(self, guest: PersonId, person: PersonId) -> None:
        self._entries.move(guest, person)

    def rewrite_entry(self, entry: int, text: str) -> None:
        own = self._entries.rewrite(entry, text)
        self._search.make_anew(self.get(own), self.entries(own))

    # --- lists ---
    def of_reporter(self, person: PersonId, limit: int = 10, skip: int = 0) -> Sequence[Ticket]:
        not_ended = self.open_of_reporter(person)
        found = list(not_ended[skip : skip + limit])
        if len(found) < limit:
            skipped = max(0, skip - len(not_ended))
            found += self._many(_ENDED_OF_REPORTER, person=person, limit=limit - len(found), skip=skipped)
        return found

    def count_of_reporter(self, person: PersonId) -> int:
        return self._transaction.run(_COUNT_OF_REPORTER, {"person": person}).one()

    def open_of_reporter(self, person: PersonId) -> Sequence[Ticket]:
        return self._many(_OPEN_OF_REPORTER, person=person)

    def held_by(self, person: PersonId) -> Sequence[Ticket]:
        return self._many(_HELD_BY, person=person)

    def queue(
        self, unit: UnitId, *, restricted: bool = True, after: Ticket | None = None, limit: int = 50
    ) -> Sequence[Ticket]:
        last = (-1, LONG_AGO, 0) if after is None else (after.priority.rank, after.opened_at, after.id)
        return self._many(QUEUE, unit=unit, restricted=restricted, limit=limit, **place_in_queue(*last))

    def count_queue(self, unit: UnitId, *, restricted: bool = True) -> int:
        return self._transaction.run(COUNT_QUEUE, {"unit": unit, "restricted": restricted}).one()

    def count_ahead(self, ticket: Ticket) -> int:
        place = place_in_queue(ticket.priority.rank, ticket.opened_at, ticket.id)
        return self._transaction.run(COUNT_AHEAD, {"unit": ticket.unit, **place}).one()

    def active_in(self, unit: UnitId, category: str | None = None, limit: int = 50) -> Sequence[Ticket]:
        if category is None:
            return self._many(_ACTIVE_IN, unit=unit, limit=limit)
        return self._many(_ACTIVE_IN_CATEGORY, unit=unit, category=category, limit=limit)

    def outages(self) -> Sequence[Ticket]:
        return self._many(_OUTAGES)

    def resolved_before(self, at: datetime, limit: int = 100) -> Sequence[Ticket]:
        return self._many(_RESOLVED_BEFORE, at=at, limit=limit)

    def unclaimed_since(self, since: Mapping[Priority, datetime], limit: int = 100) -> Sequence[Ticket]:
        times = {f"since_{priority.rank}": since.get(priority, LONG_AGO) for priority in Priority}
        return self._many(_UNCLAIMED_SINCE, limit=limit, **times)

    def waiting_reporter_between(self, after: datetime, until: datetime, limit: int = 100) -> Sequence[Ticket]:
        return self._many(_WAITING_BETWEEN, after=after, at=until, limit=limit)

    # --- rows to objects ---
    def _one(self, query: Prepared[TicketRow], key: object) -> Ticket:
        row = self._transaction.run(query, {"key": key}).first()
        if row is None:
            raise NotFound("ticket", key)
        return self.known(row)

    def _many(self, query: Prepared[TicketRow], **parameters: object) -> list[Ticket]:
        return [self.known(row) for row in self._transaction.run(query, parameters)]

    def known(self, row: TicketRow) -> Ticket:
        """One object a ticket within a unit of work."""
        known = self._loaded.get(row.id)
        if known is None:
            known = self._loaded[row.id] = ticket_of(row)
            self._content[known.id] = content_of(known)
            self._chain[known.id] = (row.event_count, row.last_hash)
        return known
