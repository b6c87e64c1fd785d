from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from handlers.domain.calendar import Calendar, SpecialDay, WorkPattern
from handlers.domain.errors import NotFound
from handlers.domain.people import UnitId
from handlers.domain.states import Change, State
from handlers.domain.targets import TargetRule, Targets
from handlers.domain.ticket import Ticket, TicketId
from handlers.domain.time_rules import Timing
from tests.fakes.tables import FakeTransaction, Tables
from tests.fakes.tickets import FakeTickets

_FOREVER = datetime(9000, 1, 1, tzinfo=UTC)


class FakeCalendars:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def version(self) -> str:
        return self._transaction.seen.calendar_version

    def calendar(self) -> Calendar:
        tables = self._transaction.seen
        days = sorted(tables.special_days.values(), key=lambda one: (one.day, one.id))
        return Calendar(patterns=tuple(tables.patterns.values()), special_days=tuple(days))

    def targets(self) -> Targets:
        return Targets(rules=tuple(self._transaction.seen.targets.values()))

    def add_pattern(self, pattern: WorkPattern) -> WorkPattern:
        added = replace(pattern, id=self._transaction.new_id())
        self._changing().patterns[added.id] = added
        return added

    def remove_pattern(self, key: int) -> None:
        if key not in self._changing().patterns:
            raise NotFound("work pattern", key)
        del self._transaction.changing.patterns[key]

    def add_days(self, days: Sequence[SpecialDay]) -> Sequence[SpecialDay]:
        added = [replace(day, id=self._transaction.new_id()) for day in days]
        self._changing().special_days.update({day.id: day for day in added})
        return added

    def save_day(self, day: SpecialDay) -> None:
        self.day(day.id)
        self._changing().special_days[day.id] = day

    def day(self, key: int) -> SpecialDay:
        found = self._transaction.seen.special_days.get(key)
        if found is None:
            raise NotFound("special day", key)
        return found

    def add_target(self, rule: TargetRule) -> TargetRule:
        added = replace(rule, id=self._transaction.new_id())
        self._changing().targets[added.id] = added
        return added

    def remove_target(self, key: int) -> None:
        if key not in self._changing().targets:
            raise NotFound("target", key)
        del self._transaction.changing.targets[key]

    def _changing(self) -> Tables:
        tables = self._transaction.changing
        tables.calendar_version = uuid4().hex
        return tables


class FakeTimings:
    def __init__(self, transaction: FakeTransaction, tickets: FakeTickets) -> None:
        self._transaction, self._tickets = transaction, tickets

    def of(self, ticket: TicketId) -> Timing | None:
        timing = self.last(ticket)
        known = timing is not None and timing.lines == self._lines(ticket)
        return timing if known and ticket not in self._transaction.seen.outdated_timings else None

    def last(self, ticket: TicketId) -> Timing | None:
        return self._transaction.seen.timings.get(ticket, (None, None))[0]

    def keep(self, ticket: TicketId, timing: Timing, warn_at: datetime | None) -> None:
        self._transaction.changing.timings[ticket] = (timing, warn_at)
        self._transaction.changing.outdated_timings.discard(ticket)

    def outdated(self, limit: int = 500) -> Sequence[Ticket]:
        return self._tickets.where(lambda ticket: self.of(ticket.id) is None)[:limit]

    def count_outdated(self) -> int:
        return len(self.outdated(1_000_000))

    def to_warn(self, now: datetime, limit: int = 500) -> Sequence[Ticket]:
        due = [
            (at, ticket) for ticket, (_, at) in self._transaction.seen.timings.items() if at is not None and at <= now
        ]
        return [self._tickets.get(ticket) for _, ticket in sorted(due)][:limit]

    def past_due(self, unit: UnitId, now: datetime) -> Sequence[Ticket]:
        def due(ticket: Ticket) -> bool:
            timing = self.last(ticket.id)
            dues = [] if timing is None else [timing.claim_due_at, timing.solve_due_at]
            return ticket.unit == unit and ticket.state.active and any(at is not None and at <= now for at in dues)

        return sorted(self._tickets.where(due), key=lambda ticket: (ticket.opened_at, ticket.id))

    def count_past_due(self, unit: UnitId, now: datetime, *, restricted: bool = True) -> int:
        return sum(restricted or not ticket.restricted for ticket in self.past_due(unit, now))

    def quiet_since(
        self, unit: UnitId, before: datetime, *, after: Change | None = None, limit: int = 1_000
    ) -> Sequence[Ticket]:
        def is_quiet(ticket: Ticket) -> bool:
            last = self._transaction.seen.history[ticket.id][-1]
            fits = after is None or (last.what is after and last.who == ticket.reporter)
            return ticket.unit == unit and ticket.state is State.CLAIMED and last.at <= before and fits

        return self._tickets.where(is_quiet)[:limit]

    def count_anew(self, since: datetime, until: datetime | None = None) -> int:
        alive = self.alive(since, until)
        self._transaction.changing.outdated_timings.update(ticket.id for ticket in alive)
        return len(alive)

    def lately(self, unit: UnitId, category: str | None, since: datetime, limit: int = 20) -> Sequence[Ticket]:
        found = self._tickets.where(
            lambda ticket: (ticket.unit, ticket.category) == (unit, category) and ticket.opened_at >= since
        )
        return sorted(found, key=lambda ticket: (ticket.opened_at, ticket.id), reverse=True)[:limit]

    def solved(self, unit: UnitId, since: datetime, until: datetime) -> Sequence[tuple[TicketId, Timing | None]]:
        found = self._tickets.where(
            lambda ticket: (
                ticket.unit == unit and ticket.resolved_at is not None and since <= ticket.resolved_at < until
            )
        )
        return [(ticket.id, self.of(ticket.id)) for ticket in found]

    def alive(self, since: datetime, until: datetime | None = None) -> Sequence[Ticket]:
        def concerned(ticket: Ticket) -> bool:
            finished = None if ticket.state.active else ticket.resolved_at or ticket.ended_at
            return ticket.opened_at < (until or _FOREVER) and (finished is None or finished > since)

        return sorted(self._tickets.where(concerned), key=lambda ticket: not ticket.state.active)

    def _lines(self, ticket: int) -> int:
        return len(self._transaction.seen.history.get(ticket, ()))
