"""What a reporter is told of when somebody looks at it: a day and its half, never an hour; nothing where the house's
own record says that it would be a lie."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from handlers.context import UseCaseContext
from handlers.domain.promises import promise
from handlers.domain.states import Priority, State
from handlers.domain.ticket import Ticket
from handlers.tickets import timing

RECORDS = 20
"""The newest of a subject in a unit by which the house is measured."""
RECORDED_WITHIN = timedelta(days=90)
NOON = time(12, 30)
"""Of a day that is worked without a pause."""


@dataclass(frozen=True, slots=True)
class Expected:
    day: date
    afternoon: bool
    today: date
    """Seen from here."""


def looked_at(work: UseCaseContext, ticket: Ticket) -> Expected | None:
    """Until when somebody should have taken it. None: somebody has, it has no target, it is late already, or the
    house's settings or its record of that subject forbid to say so. An emergency is told other things."""
    if not work.desk.tells_days or ticket.state is not State.OPEN or ticket.priority is Priority.URGENT:
        return None
    claim = timing.countdowns(work, ticket).claim
    if claim is None or claim.due is None or claim.due <= work.now or _mostly_missed(work, ticket):
        return None
    due = claim.due.astimezone(work.desk.zone)
    windows = claim.time.windows(due.date())
    noon = windows[0][1] if len(windows) > 1 else NOON
    return Expected(due.date(), due.time() > noon, claim.time.local_date(work.now))


def promised(work: UseCaseContext, ticket: Ticket) -> date | None:
    """The day that a technician gave, as long as it is to come."""
    if not ticket.state.active:
        return None
    time_of_unit = work.working_time(ticket.unit)
    given = promise(timing.history_of(work, ticket), time_of_unit)
    return None if given is None or given.due <= work.now else given.day


def _mostly_missed(work: UseCaseContext, ticket: Ticket) -> bool:
    """Of the last of that subject more than half were taken too late."""
    since = work.now - RECORDED_WITHIN
    others = work.uow.timings.lately(ticket.unit, ticket.category, since, RECORDS + 1)
    known = [timing.claim_kept(work, other) for other in others if other.id != ticket.id][:RECORDS]
    return 2 * known.count(False) > len([kept for kept in known if kept is not None])
