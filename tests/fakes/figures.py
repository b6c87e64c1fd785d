from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from handlers.domain.people import UnitId
from handlers.domain.recurring import OF_RECURRING
from handlers.domain.states import Aspect, Change, Priority, State
from handlers.domain.ticket import Ticket, TicketId
from handlers.ports.figures import (
    LONGEST_WAIT,
    ActiveCount,
    HourCount,
    Repetition,
    Sameness,
    SolvedOnSubject,
    SolvedTicket,
    SubjectOfDepartment,
    WaitSpan,
)
from tests.fakes.calendars import FakeTimings
from tests.fakes.tables import FakeTransaction
from tests.fakes.tickets import FakeTickets

_SECOND = timedelta(seconds=1)


class FakeFigures:
    def __init__(self, transaction: FakeTransaction, tickets: FakeTickets, timings: FakeTimings) -> None:
        self._transaction, self._tickets, self._timings = transaction, tickets, timings

    def opened_by_hour(
        self, unit: UnitId, since: datetime, until: datetime, *, restricted: bool = True
    ) -> Sequence[HourCount]:
        return _hours(one.opened_at for one in self._of(unit, restricted) if since <= one.opened_at < until)

    def resolved_by_hour(
        self, unit: UnitId, since: datetime, until: datetime, *, restricted: bool = True
    ) -> Sequence[HourCount]:
        every = [one.resolved_at for one in self._of(unit, restricted)]
        return _hours(at for at in every if at is not None and since <= at < until)

    def active(self, unit: UnitId, *, restricted: bool = True) -> Sequence[ActiveCount]:
        counts = Counter(
            (one.state, one.priority is Priority.URGENT, _hour(one.opened_at))
            for one in self._of(unit, restricted)
            if one.state.active
        )
        return [ActiveCount(state, urgent, hour, count) for (state, urgent, hour), count in counts.items()]

    def solved(self, unit: UnitId, since: datetime, until: datetime) -> Sequence[SolvedOnSubject]:
        grouped: dict[tuple[str | None, bool, bool], list[int]] = {}
        for one in self._resolved(unit, since, until):
            if (timing := self._timings.of(one.id)) is not None:
                key = (one.category, timing.solve_target is not None, timing.missed)
                grouped.setdefault(key, []).append(timing.spent // _SECOND)
        return [SolvedOnSubject(*key, seconds) for key, seconds in grouped.items()]

    def solved_out_of_date(self, unit: UnitId, since: datetime, until: datetime) -> Sequence[SolvedTicket]:
        found = []
        for one in self._resolved(unit, since, until):
            if self._timings.of(one.id) is None:
                last = self._timings.last(one.id)
                has_target, missed = (
                    last is not None and last.solve_target is not None,
                    last is not None and last.missed,
                )
                seconds = 0 if last is None else last.spent // _SECOND
                found.append(SolvedTicket(one.id, one.category, has_target, missed, seconds))
        return found

    def _resolved(self, unit: UnitId, since: datetime, until: datetime) -> Sequence[Ticket]:
        every = self._of(unit, restricted=False)
        return [one for one in every if one.resolved_at is not None and since <= one.resolved_at < until]

    def waits(
        self,
        unit: UnitId,
        since: datetime,
        until: datetime,
        *,
        restricted: bool = True,
        waiting: Sequence[TicketId] | None = None,  # looks at all of them
    ) -> Sequence[WaitSpan]:
        found = []
        for one in self._of(unit, restricted):
            history = self._transaction.seen.history[one.id]
            for place, event in enumerate(history):
                if event.what in (Change.WAITING, Change.FOUND_CLOSED) and since - LONGEST_WAIT <= event.at < until:
                    ends = (
                        later.at
                        for later in history[place + 1 :]
                        if later.what.enters_state or later.what.alters is Aspect.UNIT
                    )
                    category, ended = None if one.restricted else one.category, next(ends, None)
                    if ended is None or ended > since:
                        found.append(WaitSpan(State(event.after or ""), event.at, ended, category, one.id))
        return sorted(found, key=lambda wait: wait.began)

    def reopened(self, unit: UnitId, since: datetime, until: datetime, *, restricted: bool = True) -> int:
        return sum(
            event.what is Change.REOPENED and since <= event.at < until
            for one in self._of(unit, restricted)
            for event in self._transaction.seen.history[one.id]
        )

    def opened_of(self, unit: UnitId, since: datetime, until: datetime) -> Sequence[SubjectOfDepartment]:
        departments = self._transaction.seen.departments
        counts = Counter(
            (one.category, departments[one.id])
            for one in self._of(unit, restricted=False)
            if since <= one.opened_at < until
        )
        return [SubjectOfDepartment(category, department, count) for (category, department), count in counts.items()]

    def repeated(
        self,
        unit: UnitId,
        since: datetime,
        until: datetime,
        often: int,
        most: int,
        *,
        by: Sequence[Sameness] = tuple(Sameness),
    ) -> Sequence[Repetition]:
        found: dict[frozenset[TicketId], Repetition] = {}
        for (kind, what, category), tickets in self._alike(unit, since, until).items():
            if what and len(tickets) >= often and kind in by:
                repetition = Repetition(kind, what, category, len(tickets), max(tickets))
                found.setdefault(frozenset(tickets), repetition)
        kinds = list(Sameness)
        return sorted(found.values(), key=lambda one: (-one.count, -one.newest, kinds.index(one.by)))[:most]

    def count_repeated(self, unit: UnitId, since: datetime, until: datetime, often: int) -> int:
        return len(self.repeated(unit, since, until, often, 1_000_000))

    def alike(self, unit: UnitId, since: datetime, until: datetime) -> str:
        return ""  # looks at every ticket each time

    def _alike(
        self, unit: UnitId, since: datetime, until: datetime
    ) -> dict[tuple[Sameness, str, str | None], list[TicketId]]:
        groups: dict[tuple[Sameness, str, str | None], list[TicketId]] = {}
        for by in Sameness:
            for one in self._of(unit, restricted=False):
                if not since <= one.opened_at < until or one.draft.startswith(OF_RECURRING):
                    continue
                if by is Sameness.DEVICE:
                    what, category = one.facts.get("demirbas", ""), None
                else:
                    what = one.facts.get("oda", "") if by is Sameness.ROOM else str(one.reporter)
                    what, category = what if one.category else "", one.category
                groups.setdefault((by, what, category), []).append(one.id)
        return groups

    def _of(self, unit: UnitId, restricted: bool) -> Sequence[Ticket]:
        return self._tickets.where(lambda one: one.unit == unit and (restricted or not one.restricted))


def _hours(times: Iterable[datetime]) -> Sequence[HourCount]:
    return sorted(HourCount(hour, count) for hour, count in Counter(map(_hour, times)).items())


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)
