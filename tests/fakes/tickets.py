from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import deepcopy
from datetime import datetime

from handlers.domain.anchors import Head
from handlers.domain.efforts import efforts
from handlers.domain.errors import NotFound, Stale
from handlers.domain.numbers import Series
from handlers.domain.people import PersonId, UnitId
from handlers.domain.states import Change, Lifecycle, Priority, State, TicketEvent
from handlers.domain.store_events import NO_HASH, Stream
from handlers.domain.ticket import Entry, EntryKind, Ticket, TicketId
from handlers.ports import EffortOnSubject, Erased, RegisterRow, Tally
from handlers.ports.ticket_lists import changes_in
from knowledge.language.storable import storable
from storage.repositories.hash_chain import event_hash
from tests.fakes.counters import FakeCounters
from tests.fakes.tables import FakeTransaction


class FakeTickets:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction
        self._loaded: dict[int, Ticket] = {}

    # --- the ticket itself ---
    def add(self, ticket: Ticket, year: int) -> Ticket:
        tables = self._transaction.changing
        ticket.number = str(FakeCounters(self._transaction).next(Series.TICKET, year))
        ticket.id, ticket.version = TicketId(self._transaction.new_id()), 1
        tables.departments[ticket.id] = tables.people[ticket.reporter].department
        self._loaded[ticket.id] = ticket
        self._store(ticket)
        return ticket

    def get(self, ticket: TicketId | int) -> Ticket:
        if ticket not in self._transaction.seen.tickets:
            raise NotFound("ticket", ticket)
        return self._known(ticket)

    def by_number(self, number: str) -> Ticket:
        for ticket in self._transaction.seen.tickets.values():
            if ticket.number == number:
                return self._known(ticket.id)
        raise NotFound("ticket", number)

    def numbered(self, numbers: Sequence[str]) -> Sequence[Ticket]:
        found = self.where(lambda ticket: ticket.number in numbers)
        return sorted(found, key=lambda ticket: numbers.index(ticket.number))

    def of_draft(self, draft: str) -> Ticket | None:
        return next(iter(self.where(lambda ticket: bool(draft) and ticket.draft == draft)), None)

    def save(self, ticket: Ticket) -> None:
        stored = self._transaction.changing.tickets.get(ticket.id)
        if stored is None:
            raise NotFound("ticket", ticket.number)
        if stored.version != ticket.version:
            raise Stale("ticket", ticket.number)
        ticket.version += 1
        self._store(ticket)

    def _store(self, ticket: Ticket) -> None:
        tables = self._transaction.changing
        left = [event.before for event in ticket.fresh_events if event.what is Change.TRANSFERRED]
        self._transaction.touched |= {changes_in(str(unit)) for unit in (ticket.unit, *left)}
        history = tables.history.setdefault(ticket.id, [])
        if ticket.fresh_events:
            history.extend(ticket.fresh_events)
            ticket.fresh_events.clear()
            last = self._last_hash(ticket.number, history)
            tables.pending_heads[Stream.TICKET, ticket.id] = Head(Stream.TICKET, ticket.id, len(history), last)
        stored = tables.tickets[ticket.id] = deepcopy(ticket)
        stored.text = storable(ticket.text)
        stored.changed_at = ticket.changed_at or ticket.opened_at

    def merged_into(self, number: str) -> Sequence[Ticket]:
        return self.where(lambda ticket: ticket.merged_into == number)

    def followed_by(self, person: PersonId) -> Sequence[Ticket]:
        return self.where(lambda ticket: ticket.owes_word_to(person))[::-1]

    def history(self, ticket: TicketId) -> Sequence[TicketEvent]:
        return list(self._transaction.seen.history.get(ticket, ()))

    def histories(self, tickets: Sequence[TicketId]) -> Mapping[TicketId, Sequence[TicketEvent]]:
        return {one: self.history(one) for one in tickets}

    def mark(self, ticket: TicketId) -> str:
        return self._last_hash(self.get(ticket).number, self.history(ticket))

    @staticmethod
    def _last_hash(number: str, history: Sequence[TicketEvent]) -> str:
        last = NO_HASH
        for position, event in enumerate(history, start=1):
            last = event_hash(number, position, event, last)
        return last

    # --- what people wrote ---
    def add_entry(self, ticket: TicketId, entry: Entry) -> Entry:
        self.get(ticket)
        entry.id = self._transaction.new_id()
        stored = deepcopy(entry)
        stored.text = storable(entry.text)
        self._transaction.changing.entries[entry.id] = (ticket, stored)
        return entry

    def entries(self, ticket: TicketId) -> Sequence[Entry]:
        return [deepcopy(entry) for own, entry in self._transaction.seen.entries.values() if own == ticket]

    def entries_of(self, tickets: Sequence[TicketId]) -> Mapping[TicketId, Sequence[Entry]]:
        return {one: self.entries(one) for one in tickets}

    def some(self, tickets: Sequence[TicketId]) -> Mapping[TicketId, Ticket]:
        return {one: self.get(one) for one in tickets if one in self._transaction.seen.tickets}

    def entry(self, entry: int) -> tuple[TicketId, Entry]:
        if entry not in self._transaction.seen.entries:
            raise NotFound("entry", entry)
        ticket, found = self._transaction.seen.entries[entry]
        return TicketId(ticket), deepcopy(found)

    def entry_of_event(self, key: str) -> tuple[TicketId, Entry] | None:
        for ticket, entry in self._transaction.seen.entries.values():
            if entry.message_key == key:
                return TicketId(ticket), deepcopy(entry)
        return None

    def move_entries(self, guest: PersonId, person: PersonId) -> None:
        for _, entry in self._transaction.changing.entries.values():
            entry.author = person if entry.author == guest else entry.author

    def rewrite_entry(self, entry: int, text: str) -> None:
        self.entry(entry)
        self._transaction.changing.entries[entry][1].text = storable(text)

    def erase_written_by(self, person: PersonId, files: Collection[str] = ()) -> Erased:
        tables = self._transaction.changing
        written, touched = [], {}
        for ticket, entry in tables.entries.values():
            of = tables.tickets[ticket]
            told = of.reporter == person and entry.kind in (EntryKind.REPORT, EntryKind.FACT)
            if of.ended_at is not None and (entry.author == person or told) and (entry.text or entry.files):
                touched[ticket] = self.get(ticket)
                written.append((TicketId(ticket), deepcopy(entry)))
                entry.text, entry.files = "", tuple(file for file in entry.files if file not in files)
        said = self.where(lambda one: bool(one.text or one.facts or one.reasons or one.files))
        reported = {one.id: one for one in (*said, *touched.values()) if one.reporter == person and one.ended_at}
        joined = {one.id: one for one in touched.values() if one.reporter != person}
        for ticket in reported.values():
            ticket.forget_words(files)
        for ticket in joined.values():
            ticket.forget_files(files)
        for ticket in (*reported.values(), *joined.values()):
            ticket.waiting_for = ""
            self.save(ticket)
        return Erased(entries=written, reported=list(reported.values()), joined=list(joined.values()))

    # --- lists ---
    def of_reporter(self, person: PersonId, limit: int = 10, skip: int = 0) -> Sequence[Ticket]:
        ended = self.where(lambda ticket: ticket.reporter == person and ticket.ended_at is not None)
        return [*self.open_of_reporter(person), *reversed(ended)][skip : skip + limit]

    def count_of_reporter(self, person: PersonId) -> int:
        return len(self.where(lambda ticket: ticket.reporter == person))

    def open_of_reporter(self, person: PersonId) -> Sequence[Ticket]:
        found = self.where(lambda ticket: ticket.reporter == person and ticket.ended_at is None)
        return sorted(found, key=_age, reverse=True)

    def held_by(self, person: PersonId) -> Sequence[Ticket]:
        found = self.where(lambda ticket: ticket.holder == person and ticket.state.active)
        return sorted(found, key=_urgency)

    def queue(
        self, unit: UnitId, *, restricted: bool = True, after: Ticket | None = None, limit: int = 50
    ) -> Sequence[Ticket]:
        found = self.where(
            lambda ticket: ticket.unit == unit and _unheld(ticket) and (restricted or not ticket.restricted)
        )
        behind = [ticket for ticket in found if after is None or _urgency(ticket) > _urgency(after)]
        return sorted(behind, key=_urgency)[:limit]

    def count_queue(self, unit: UnitId, *, restricted: bool = True) -> int:
        return len(self.queue(unit, restricted=restricted, limit=len(self._transaction.seen.tickets)))

    def count_ahead(self, ticket: Ticket) -> int:
        queued = self.where(lambda other: other.unit == ticket.unit and _unheld(other))
        return len([other for other in queued if _urgency(other) < _urgency(ticket)])

    def active_in(self, unit: UnitId, category: str | None = None, limit: int = 50) -> Sequence[Ticket]:
        found = self.where(
            lambda ticket: ticket.unit == unit and ticket.state.active and category in (None, ticket.category)
        )
        return sorted(found, key=_age, reverse=True)[:limit]

    def outages(self) -> Sequence[Ticket]:
        return sorted(self.where(lambda ticket: ticket.outage and ticket.state.active), key=_age, reverse=True)

    def resolved_before(self, at: datetime, limit: int = 100) -> Sequence[Ticket]:
        found = [
            (ticket.resolved_at, ticket.id)
            for ticket in self._transaction.seen.tickets.values()
            if ticket.state is State.RESOLVED and ticket.resolved_at is not None and ticket.resolved_at < at
        ]
        return [self._known(own) for _, own in sorted(found)[:limit]]

    def unclaimed_since(self, since: Mapping[Priority, datetime], limit: int = 100) -> Sequence[Ticket]:
        def due(ticket: Ticket) -> bool:
            touched = max(filter(None, (ticket.changed_at, ticket.reminded_at, ticket.opened_at)))
            return ticket.priority in since and touched <= since[ticket.priority]

        return sorted(self.where(lambda ticket: _unheld(ticket) and due(ticket)), key=_urgency)[:limit]

    def waiting_reporter_between(self, after: datetime, until: datetime, limit: int = 100) -> Sequence[Ticket]:
        waiting = self.where(lambda it: it.state is State.WAITING_REPORTER and _untouched(it, until))
        found = [ticket for ticket in waiting if ticket.changed_at is not None and ticket.changed_at > after]
        return sorted(found, key=lambda ticket: (ticket.changed_at or ticket.opened_at, ticket.id))[:limit]

    def where(self, wanted: Callable[[Ticket], bool]) -> list[Ticket]:
        """By what is stored, oldest first."""
        stored = sorted(self._transaction.seen.tickets.values(), key=lambda ticket: ticket.id)
        return [self._known(ticket.id) for ticket in stored if wanted(ticket)]

    def _known(self, ticket: int) -> Ticket:
        if ticket not in self._loaded:
            self._loaded[ticket] = deepcopy(self._transaction.seen.tickets[ticket])
        return self._loaded[ticket]


def _unheld(ticket: Ticket) -> bool:
    return ticket.state is State.OPEN and ticket.holder is None


def _untouched(ticket: Ticket, at: datetime) -> bool:
    changed = ticket.changed_at is not None and ticket.changed_at <= at
    return changed and (ticket.reminded_at is None or ticket.reminded_at <= at)


def _age(ticket: Ticket) -> tuple[datetime, int]:
    return ticket.opened_at, ticket.id


def _urgency(ticket: Ticket) -> tuple[int, datetime, int]:
    return ticket.priority.rank, ticket.opened_at, ticket.id


class FakeSummaries:
    """Counts from the histories alone, so that it checks what the store reads from its columns."""

    def __init__(self, transaction: FakeTransaction, tickets: FakeTickets) -> None:
        self._transaction = transaction
        self._tickets = tickets

    def tally(self, unit: UnitId, since: datetime, until: datetime) -> Tally:
        opened = [ticket for ticket in self._of(unit) if since <= ticket.opened_at < until]
        resolved = [
            ticket
            for ticket in self._of(unit)
            if ticket.resolved_at is not None and since <= ticket.resolved_at < until
        ]
        departments = self._transaction.seen.departments
        opened_in = Counter(departments[ticket.id] for ticket in opened)
        resolved_in = Counter(departments[ticket.id] for ticket in resolved)
        categories = Counter(ticket.category for ticket in opened)
        holders = Counter(ticket.resolved_by for ticket in resolved if ticket.resolved_by is not None)
        then = [(ticket, *self._state_at(ticket, until)) for ticket in self._of(unit) if ticket.opened_at < until]
        active = [(ticket, state, entered) for ticket, state, entered in then if state.active]
        since_when = {
            state.value: min(entered for _, one, entered in active if one is state)
            for state in {state for _, state, _ in active if state.waiting or state is State.OPEN}
        }
        return Tally(
            opened=len(opened),
            resolved=len(resolved),
            solved_by_tip=sum(since <= at < until and own == unit for at, own, _ in self._transaction.seen.tips),
            active=len(active),
            unclaimed=sum(state is State.OPEN for _, state, _ in active),
            waits=dict(sorted(Counter(state.value for _, state, _ in active if state.waiting).items())),
            waits_since=dict(sorted(since_when.items())),
            oldest=[self._tickets.get(ticket.id) for ticket, _, _ in sorted(active, key=lambda one: _age(one[0]))[:5]],
            by_category=sorted(categories.items(), key=lambda item: (-item[1], item[0] is None, item[0] or "")),
            by_department=[
                (name, opened_in[name], resolved_in[name])
                for name in sorted(opened_in.keys() | resolved_in.keys(), key=lambda name: (-opened_in[name], name))
            ],
            resolved_by=sorted(holders.items(), key=lambda item: (-item[1], item[0])),
        )

    def active_at(self, unit: UnitId, at: datetime) -> int:
        return sum(
            ticket.opened_at < at and (ticket.state.active or (ticket.resolved_at or ticket.ended_at or at) >= at)
            for ticket in self._of(unit)
        )

    def states_at(self, unit: UnitId, at: datetime, *, restricted: bool = True) -> Mapping[State, int]:
        counted = [one for one in self._of(unit) if one.opened_at < at and (restricted or not one.restricted)]
        then = [self._state_at(ticket, at)[0] for ticket in counted]
        return Counter(state for state in then if state.active)

    def opened_and_resolved(self, unit: UnitId, since: datetime, until: datetime) -> tuple[int, int]:
        tally = self.tally(unit, since, until)
        return tally.opened, tally.resolved

    def efforts(self, units: Sequence[UnitId], since: datetime) -> Sequence[EffortOnSubject]:
        minutes: Counter[str | None] = Counter()
        tickets: Counter[str | None] = Counter()
        for ticket in self._tickets.where(lambda one: one.unit in units and not one.restricted):
            spent = efforts(self._tickets.history(ticket.id)) if since <= ticket.opened_at else ()
            minutes[ticket.category] += sum(one.minutes for one in spent)
            tickets[ticket.category] += bool(spent)
        found = [
            EffortOnSubject(subject, minutes[subject], tickets[subject]) for subject in minutes if minutes[subject]
        ]
        return sorted(found, key=lambda one: (-one.minutes, one.category or ""))

    def register(self, first: datetime, last: datetime) -> Iterable[RegisterRow]:
        tickets = [one for one in self._transaction.seen.tickets.values() if first <= one.opened_at < last]
        return [self._register_row(ticket) for ticket in sorted(tickets, key=lambda ticket: ticket.number)]

    def last_number(self, year: int) -> int:
        return FakeCounters(self._transaction).last(Series.TICKET, year)

    def list(
        self,
        *,
        unit: UnitId | None = None,
        state: str | None = None,
        limit: int = 200,
        before: TicketId | None = None,
    ) -> Sequence[Ticket]:
        found = self._tickets.where(
            lambda ticket: (
                unit in (None, ticket.unit)
                and state in (None, ticket.state.value)
                and (before is None or ticket.id < before)
            )
        )
        return found[::-1][:limit]

    def _of(self, unit: UnitId) -> list[Ticket]:
        return [ticket for _, ticket in sorted(self._transaction.seen.tickets.items()) if ticket.unit == unit]

    def _state_at(self, ticket: Ticket, at: datetime) -> tuple[State, datetime]:
        replayed = Lifecycle(unit=ticket.unit, category=ticket.category, changed_at=ticket.opened_at)
        for event in self._transaction.seen.history.get(ticket.id, ()):
            if event.at < at:
                replayed.apply(event)
        return replayed.state, replayed.changed_at or ticket.opened_at

    def _register_row(self, ticket: Ticket) -> RegisterRow:
        people = self._transaction.seen.people
        reporter = people[ticket.reporter]
        holder = None if ticket.holder is None else people[ticket.holder]
        return RegisterRow(
            number=ticket.number,
            opened_at=ticket.opened_at,
            department=self._transaction.seen.departments[ticket.id],
            room=ticket.facts.get("oda") or reporter.room,
            reporter=reporter.name or reporter.handle,
            unit=ticket.unit,
            category=ticket.category,
            text="" if ticket.restricted else ticket.text,
            priority=ticket.priority.value,
            state=ticket.state.value,
            holder="" if holder is None else holder.name or holder.handle,
            resolution="" if ticket.restricted else ticket.resolution,
            ended_at=ticket.ended_at,
            restricted=ticket.restricted,
        )
