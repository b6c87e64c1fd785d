"""What a director hears once a day of targets that are long past: how many, and the oldest of them.

| what                                     | since when                                   |
|------------------------------------------|----------------------------------------------|
| nobody has taken it                      | twice the time that the claim may take       |
| it is not solved                         | a working day more than the solving may take |
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from handlers.context import Desk
from handlers.domain.countdowns import Countdowns
from handlers.domain.people import UnitId
from handlers.domain.ticket import Ticket
from handlers.ports import UnitOfWork
from handlers.reports.digest_figures import OpenTicket, Overdue, open_ticket


def overdue(desk: Desk, uow: UnitOfWork, units: Iterable[UnitId], now: datetime) -> Overdue | None:
    """None where there is nothing to tell."""
    rules = desk.time_rules(uow)
    unclaimed: list[Ticket] = []
    unsolved: list[Ticket] = []
    for unit in units:
        for ticket in uow.timings.past_due(unit, now):
            counted = rules.countdowns(ticket, uow.tickets.history(ticket.id))
            if _claim_is_long_past(counted, now):
                unclaimed.append(ticket)
            if _solving_is_long_past(counted, now):
                unsolved.append(ticket)
    if not unclaimed and not unsolved:
        return None

    def oldest(tickets: list[Ticket]) -> OpenTicket | None:
        first = min(tickets, key=lambda ticket: (ticket.opened_at, ticket.id), default=None)
        return None if first is None else open_ticket(uow, first, rules.working_time(), now)

    return Overdue(
        unclaimed=len(unclaimed),
        unsolved=len(unsolved),
        oldest_unclaimed=oldest(unclaimed),
        oldest_unsolved=oldest(unsolved),
    )


def _claim_is_long_past(counted: Countdowns, now: datetime) -> bool:
    claim = counted.claim
    return claim is not None and claim.target is not None and claim.spent_by(now) >= 2 * claim.target


def _solving_is_long_past(counted: Countdowns, now: datetime) -> bool:
    """What has no target is measured by what was promised."""
    solve, promise = counted.solve, counted.promise
    day: timedelta = solve.time.days.full_day(solve.time.local_date(now))
    if solve.allowance is not None:
        return solve.spent_by(now) >= solve.allowance + day
    return promise is not None and solve.time.elapsed(promise.due, now) >= day
