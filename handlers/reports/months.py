"""`/ay`: a month of a unit in few figures, locked when it is signed, and unlocked by the director with a reason.

A locked month shows what was signed; where the record says something else by now, both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from handlers.context import Acting, Effect
from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.months import Month, MonthFigures, MonthLock, Waited, figures_of, reasons_of, waits_of
from handlers.domain.people import Person, UnitId
from handlers.domain.rights import Action, require, units_of_months
from handlers.domain.ticket import Ticket, TicketId
from handlers.domain.time_rules import Timing
from handlers.tickets import outage_news, outage_notes

MAX_REASON_LETTERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthReport:
    unit: UnitId
    month: Month
    figures: MonthFigures
    """As the record says now."""
    lock: MonthLock | None
    locked_by: Person | None
    running: bool
    """The month is not over."""
    full_day: timedelta
    waits: Sequence[Waited] = ()
    """Of what was solved in it, as the record says now; no part of what is signed."""
    late: Sequence[tuple[str | None, int]] = ()
    """The same of why what was late was so (`terms.LATE_REASONS`); None: nobody said."""
    outages: Sequence[tuple[Ticket, str, bool]] = ()
    """That ended in it: the head, what was out, and whether its note was written."""

    @property
    def shown(self) -> MonthFigures:
        """What was signed; of a month that nobody signed as it is."""
        return self.figures if self.lock is None else self.lock.figures


def units_of(acting: Acting) -> Sequence[UnitId]:
    """Whose months they may see, and lock: of the own unit, the director's all. Raises NotAllowed."""
    require(acting.person, Action.LOCK_MONTH)
    own = units_of_months(acting.person)
    return [unit for unit in acting.desk.units if own is None or unit in own]


def report(acting: Acting, unit: UnitId, month: Month) -> MonthReport:
    """Raises NotAllowed."""
    _require(acting, unit)
    first, end = _stretch(acting, unit, month)
    clock = acting.working_time(unit)
    solved = solved_between(acting, unit, first, end)
    histories = acting.uow.tickets.histories(list(solved))
    lock = acting.uow.month_locks.standing(unit, month)
    return MonthReport(
        unit=unit,
        month=month,
        figures=figures_between(acting, unit, first, end, solved),
        lock=lock,
        locked_by=None if lock is None else acting.uow.people.get(lock.locked_by),
        running=end > acting.now,
        full_day=clock.days.full_day(month.first_day),
        waits=waits_of(histories.values(), clock.elapsed),
        late=reasons_of(histories[key] for key, timing in solved.items() if timing.missed),
        outages=[
            (head, outage_news.title(acting, outage), bool(outage.note))
            for outage, head in outage_notes.ended_between(acting, unit, first, end)
        ],
    )


def _require(acting: Acting, unit: UnitId) -> None:
    if unit not in units_of(acting):
        raise NotAllowed(Action.LOCK_MONTH, acting.person.handle)


def _stretch(acting: Acting, unit: UnitId, month: Month) -> tuple[datetime, datetime]:
    clock = acting.working_time(unit)
    return clock.at(month.first_day, time.min), clock.at(month.following.first_day, time.min)


def solved_between(acting: Acting, unit: UnitId, since: datetime, until: datetime) -> Mapping[TicketId, Timing]:
    """What is kept of tickets' time, and of those for which it is out of date what their histories say: a decree of a
    minute ago is in it."""
    found = dict(acting.uow.timings.solved(unit, since, until))
    histories = acting.uow.tickets.histories([key for key, kept in found.items() if kept is None])
    return {
        key: kept or acting.time_rules.timing(acting.uow.tickets.get(key), histories[key])
        for key, kept in found.items()
    }


def figures_between(
    acting: Acting, unit: UnitId, since: datetime, until: datetime, solved: Mapping[TicketId, Timing]
) -> MonthFigures:
    opened, _ = acting.uow.summaries.opened_and_resolved(unit, since, until)
    return figures_of(opened, list(solved.values()))


def lock(acting: Acting, unit: UnitId, month: Month) -> Effect:
    """Raporu kilitle. Nothing where it is locked already. Raises NotAllowed, Invalid(`month_runs`)."""
    first, end = require_lockable(acting, unit, month)
    if acting.uow.month_locks.standing(unit, month) is not None:
        return Effect.NONE
    figures = figures_between(acting, unit, first, end, solved_between(acting, unit, first, end))
    signed = MonthLock(unit=unit, month=month, figures=figures, locked_at=acting.now, locked_by=acting.person.id)
    if not acting.uow.month_locks.add(signed):
        return Effect.NONE
    _log(acting, "month_locked", unit, month, signed.seal[:16])
    return Effect.CHANGED


def require_lockable(acting: Acting, unit: UnitId, month: Month) -> tuple[datetime, datetime]:
    """When it began and was over. Raises NotAllowed, Invalid(`month_runs`)."""
    _require(acting, unit)
    first, end = _stretch(acting, unit, month)
    if end > acting.now:
        raise Invalid("month_runs", month=month, opens_on=month.following.first_day)
    return first, end


def unlock(acting: Acting, unit: UnitId, month: Month, reason: str) -> Effect:
    """Raises NotAllowed for whoever is no director, Invalid(`month_not_locked`, `month_reason`)."""
    standing = require_unlockable(acting, unit, month, reason)
    acting.uow.month_locks.undo(replace(standing, undone_at=acting.now, undone_by=acting.person.id))
    _log(acting, "month_unlocked", unit, month, reason.strip()[:MAX_REASON_LETTERS])
    return Effect.CHANGED


def require_unlockable(acting: Acting, unit: UnitId, month: Month, reason: str) -> MonthLock:
    """What would be undone. Raises as `unlock`."""
    require(acting.person, Action.UNLOCK_MONTH)
    standing = acting.uow.month_locks.standing(unit, month)
    if standing is None:
        raise Invalid("month_not_locked", month=month, unit=unit)
    if not reason.strip():
        raise Invalid("month_reason", month=month, unit=unit)
    return standing


def _log(acting: Acting, what: str, unit: UnitId, month: Month, about: str) -> None:
    acting.uow.audit.log(acting.now, acting.person.id, what, f"{month} {unit} {about}", acting.channel)
