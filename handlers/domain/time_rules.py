"""How an institution counts time: its calendar and its targets together, and what they make of a ticket's history."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.domain.calendar import Calendar
from handlers.domain.countdowns import Countdowns, fold
from handlers.domain.people import UnitId
from handlers.domain.rota import Duty
from handlers.domain.states import UNDONE, Change, Lifecycle, Priority, State, TicketEvent, as_opened
from handlers.domain.targets import Subject, Target, Targets, applied
from handlers.domain.ticket import TicketId
from handlers.domain.working_time import WorkingTime

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """What the store keeps of a ticket's countdowns, to be found by it: never the truth, which is the history."""

    lines: int
    """Of the history, when it was counted; where there are more by now, it is out of date."""
    claim_due_at: datetime | None
    """None: somebody has it, or it has no target."""
    solve_due_at: datetime | None
    """What is promised where it has no target; None: it stands in time, or has neither."""
    spent: timedelta
    """Of the solving, until `running_since`; in whole seconds."""
    running_since: datetime | None
    solve_target: timedelta | None
    missed: bool
    """The solving was late at any time before `running_since`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRules:
    """`kinds`: of each category of the catalogue, `ariza` or `talep`."""

    zone: ZoneInfo
    calendar: Calendar = field(default_factory=Calendar)
    targets: Targets = field(default_factory=Targets)
    kinds: Mapping[str, str] = field(default_factory=dict)
    duties: Sequence[Duty] = ()
    """Of all units: while somebody is on call the time of emergencies goes on."""
    version: str = ""
    """Of calendar, rota and targets: another one with each change of them."""
    _on_call: dict[UnitId, WorkingTime] = field(default_factory=dict, init=False, compare=False, repr=False)
    claims_kept: dict[TicketId, bool] = field(default_factory=dict, init=False, compare=False, repr=False)
    """Whether tickets were first claimed in time, of those that have been; nothing changes that but another version."""
    _times: dict[UnitId | None, WorkingTime] = field(default_factory=dict, init=False, compare=False, repr=False)

    def working_time(self, unit: UnitId | None = None) -> WorkingTime:
        """Of that unit; of the institution where none is named."""
        known = self._times.get(unit)
        if known is None:
            known = self._times[unit] = WorkingTime(self.zone, self.calendar.of(unit))
        return known

    def time_of_emergencies(self, unit: UnitId) -> WorkingTime:
        """Working time, and while somebody of the unit is on call; nobody is blamed for a night without."""
        known = self._on_call.get(unit)
        if known is None:
            spans = tuple((one.starts, one.ends) for one in self.duties if one.unit == unit)
            days = self.calendar.of(unit)
            known = self._on_call[unit] = WorkingTime(self.zone, days, spans) if spans else self.working_time(unit)
        return known

    def countdowns(self, ended: Lifecycle, history: Sequence[TicketEvent]) -> Countdowns:
        """Of a ticket as it is now, and all of its history. Raises ValueError for an empty one."""
        if not history:
            raise ValueError("a ticket without a history")
        return self._fold(as_opened(ended.unit, ended.category, ended.priority, history), history, history[0].at)

    def _fold(self, opening: Lifecycle, history: Sequence[TicketEvent], opened_at: datetime) -> Countdowns:
        given = applied(history)
        if given:
            known = {rule.id for rule in self.targets.rules}
            given = {rule: line for rule, line in given.items() if rule in known}
        return fold(
            opening,
            history,
            time_of=self._time_of,
            target_of=lambda ticket: self._target_of(ticket, opened_at, given),
            set_anew=frozenset(given.values()),
        )

    def claim_kept(self, ended: Lifecycle, history: Sequence[TicketEvent], now: datetime) -> bool | None:
        """Whether it was first claimed within its target; None where that had none, or nobody can tell yet."""
        first = next(_taken_for_good(history), None)
        if first is None and ended.state is not State.OPEN:
            return None
        opening = as_opened(ended.unit, ended.category, ended.priority, history)
        claim = self._fold(opening, history if first is None else history[:first], history[0].at).claim
        if claim is None or claim.allowance is None:
            return None
        kept = claim.spent_by(now if first is None else history[first].at) <= claim.allowance
        return None if kept and first is None else kept

    def timing(self, ended: Lifecycle, history: Sequence[TicketEvent]) -> Timing:
        return timing_of(self.countdowns(ended, history), len(history))

    def _time_of(self, unit: UnitId, priority: Priority) -> WorkingTime:
        return self.time_of_emergencies(unit) if priority is Priority.URGENT else self.working_time(unit)

    def _target_of(self, ticket: Lifecycle, opened_at: datetime, given: Collection[int]) -> Target:
        kind = self.kinds.get(ticket.category or "", "")
        subject = Subject(unit=ticket.unit, category=ticket.category, kind=kind, priority=ticket.priority)
        return self.targets.of(subject, opened_at, given)


def _taken_for_good(history: Sequence[TicketEvent]) -> Iterator[int]:
    """Lines by which somebody took it, or was given it, but those that were taken back at once."""
    for line, event in enumerate(history):
        if event.what not in (Change.CLAIMED, Change.ASSIGNED):
            continue
        moved = (one for one in history[line + 1 :] if one.what.moves)
        then = next(moved, None)
        if then is None or then.what is not Change.RELEASED or then.reason != UNDONE:
            yield line


def timing_of(countdowns: Countdowns, lines: int) -> Timing:
    claim, solve, promise = countdowns.claim, countdowns.solve, countdowns.promise
    by_promise = solve.target is None and promise is not None
    return Timing(
        lines=lines,
        claim_due_at=None if claim is None else claim.due,
        solve_due_at=promise.due if promise is not None and by_promise else solve.due,
        spent=solve.spent // _SECOND * _SECOND,
        running_since=solve.since,
        solve_target=solve.target,
        missed=solve.missed or (by_promise and countdowns.promise_missed),
    )
