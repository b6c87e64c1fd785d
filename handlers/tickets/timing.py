"""How tickets stand against their targets: counted from their history, and kept so that they can be found by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from handlers.context import UseCaseContext
from handlers.domain.countdowns import Countdown, Countdowns, Pace, TimeLeft
from handlers.domain.follow_ups import follow_up
from handlers.domain.states import UNDONE_WITHIN, Priority, State, TicketEvent
from handlers.domain.ticket import Ticket
from handlers.domain.time_rules import Timing, timing_of
from handlers.domain.visits import reminded_at, visit
from handlers.domain.working_time import NoWorkingTimeError, WorkingTime


@dataclass(frozen=True, slots=True)
class Standing:
    """How a ticket stands, for whoever works on it. A reporter is never told minutes."""

    of_claim: bool
    """It is the taking that counts now, not yet the solving."""
    left: TimeLeft | None
    """None: it has no target, and what counts is the promise."""
    due: datetime | None
    full_day: timedelta
    """Of the unit, so that lengths can be said in days."""
    look_again: date | None = None
    """Of a wait: the day on which somebody looks at it."""
    again_passed: bool = False
    """That day is over."""
    promised: date | None = None
    """The day that its reporter was promised."""
    broken: bool = False
    """That day is over."""

    @property
    def pace(self) -> str:
        return "" if self.left is None else self.left.pace.name.lower()


class TimeWarning(StrEnum):
    """What somebody is warned of, once for each allowance."""

    CLAIM_LATE = "claim_late"
    SOLVE_NEAR = "solve_near"
    SOLVE_LATE = "solve_late"
    PROMISE_TODAY = "promise_today"
    PROMISE_LATE = "promise_late"
    """The promised day is over."""
    VISIT_SOON = "visit_soon"
    """Whoever holds it is expected by its reporter."""
    VISIT_NOW = "visit_now"
    """The time that ends a wait has come: nobody is told, it goes on."""
    FOLLOW_UP = "follow_up"
    """A wait is to be looked at again."""


def countdowns(work: UseCaseContext, ticket: Ticket) -> Countdowns:
    """As of now."""
    return work.time_rules.countdowns(ticket, history_of(work, ticket))


def history_of(work: UseCaseContext, ticket: Ticket) -> Sequence[TicketEvent]:
    """With what this transaction has not stored yet."""
    return [*work.uow.tickets.history(ticket.id), *ticket.fresh_events]


def standing(work: UseCaseContext, ticket: Ticket, history: Sequence[TicketEvent] | None = None) -> Standing | None:
    """None where nothing has to be done, or by no time. `history`: where it was read already."""
    if not ticket.state.active:
        return None
    history = history_of(work, ticket) if history is None else history
    counted = work.time_rules.countdowns(ticket, history)
    now_counts = counted.now_counts
    left, promised = now_counts.left(work.now), counted.promise
    if left is None and promised is None:
        return None
    time = now_counts.time
    full_day = time.days.full_day(time.local_date(work.now))
    again = None if visit(history).agreed else follow_up(ticket.state, history, time)
    return Standing(
        of_claim=now_counts is counted.claim,
        left=left,
        due=now_counts.due,
        full_day=full_day,
        look_again=None if again is None else again.day,
        again_passed=again is not None and again.day < time.local_date(work.now),
        promised=None if promised is None else promised.day,
        broken=promised is not None and promised.due <= work.now,
    )


def claim_kept(work: UseCaseContext, ticket: Ticket) -> bool | None:
    """Whether it was first taken within its target; None where nobody can tell. What can change no more is kept."""
    rules = work.time_rules
    kept = rules.claims_kept.get(ticket.id)
    if kept is None:
        history = history_of(work, ticket)
        kept = rules.claim_kept(ticket, history, work.now)
        if kept is not None and ticket.state is not State.OPEN and work.now - history[-1].at > UNDONE_WITHIN:
            rules.claims_kept[ticket.id] = kept
    return kept


def is_late(work: UseCaseContext, ticket: Ticket) -> bool:
    """Whether it took longer than allowed, by now or at any time before it was given back; of what has no target,
    longer than its reporter was promised."""
    counted = countdowns(work, ticket)
    solve, promised = counted.solve, counted.promise
    left = solve.left(work.now)
    if solve.target is None and promised is not None:
        return counted.promise_missed or (ticket.state.active and promised.due <= work.now)
    return solve.missed or (left is not None and left.pace is Pace.LATE)


# --- what is kept ---------------------------------------------------------------------------------
def keep(work: UseCaseContext, ticket: Ticket, *, since: datetime | None) -> Timing:
    """Count it, and keep what was counted. `since`: of what was due by then everybody was warned."""
    history = work.uow.tickets.history(ticket.id)
    counted = work.time_rules.countdowns(ticket, history)
    ahead = [at for _, at, _ in warnings(work, ticket, history, counted) if since is None or at > since]
    timing = timing_of(counted, len(history))
    work.uow.timings.keep(ticket.id, timing, min(ahead, default=None))
    return timing


def warnings(
    work: UseCaseContext, ticket: Ticket, history: Sequence[TicketEvent], counted: Countdowns
) -> Iterator[tuple[TimeWarning, datetime, int]]:
    """What there is to warn of, when (always within working time), and which line of the history gave the allowance."""
    if not ticket.state.active:
        return
    claim, solve, promised = counted.claim, counted.solve, counted.promise
    if promised is not None and promised.reminded_at is not None and ticket.holder is not None:
        yield TimeWarning.PROMISE_TODAY, promised.reminded_at, promised.line
    if claim is not None and ticket.priority is not Priority.URGENT:  # emergencies ring by themselves, at any hour
        yield from _at(TimeWarning.CLAIM_LATE, claim, timedelta())
    if ticket.holder is not None:
        yield from _at(TimeWarning.SOLVE_NEAR, solve, solve.near)
    if promised is not None:
        yield from _after_closing(TimeWarning.PROMISE_LATE, promised.due, work.working_time(ticket.unit), promised.line)
    if ticket.holder is not None:
        yield from _at(TimeWarning.SOLVE_LATE, solve, timedelta())
    agreed = visit(history)
    if ticket.holder is not None and agreed.agreed is not None:
        yield from _of_visit(work, ticket, agreed.agreed, agreed.line)
        return
    again = follow_up(ticket.state, history, work.working_time(ticket.unit))
    if again is not None and ticket.holder is not None:
        yield TimeWarning.FOLLOW_UP, again.at, again.line


def _of_visit(
    work: UseCaseContext, ticket: Ticket, agreed: datetime, line: int
) -> Iterator[tuple[TimeWarning, datetime, int]]:
    soon = reminded_at(agreed, work.working_time(ticket.unit))
    if soon is not None:
        yield TimeWarning.VISIT_SOON, soon, line
    if ticket.state is State.WAITING_ACCESS:
        yield TimeWarning.VISIT_NOW, agreed, line


def _after_closing(
    what: TimeWarning, at: datetime, time: WorkingTime, line: int
) -> Iterator[tuple[TimeWarning, datetime, int]]:
    try:
        yield what, time.next_opening(at), line
    except NoWorkingTimeError:
        return


def _at(what: TimeWarning, countdown: Countdown, left: timedelta) -> Iterator[tuple[TimeWarning, datetime, int]]:
    used_up = countdown.used_up(left)
    if used_up is None:
        return
    yield from _after_closing(what, used_up, countdown.time, countdown.began)
