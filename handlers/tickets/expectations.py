"""What a reporter is told of how long it takes: how many are before them and by when such a thing was done, of the
house's own record; where that is too short, a day and its half, never an hour. Nothing where it would be a lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.context import UseCaseContext
from handlers.domain import track_records
from handlers.domain.promises import promise
from handlers.domain.states import Priority, State
from handlers.domain.ticket import Ticket
from handlers.domain.track_records import TrackRecord, track_record
from handlers.tickets import timing

RECORDS = 20
"""The newest of a subject in a unit by which the taking of them is measured."""
LOOKED_THROUGH = 60
"""The newest of a subject among which those are whose time is over."""
RECORDED_WITHIN = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Expected:
    day: date
    afternoon: bool
    today: date
    """Seen from here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    ahead: int
    """Of the unit's queue, before this one."""
    record: TrackRecord | None
    expected: Expected | None
    """Only where there is no record: of what was done by when, that it will be looked at is no news."""


def outlook(work: UseCaseContext, ticket: Ticket) -> Outlook | None:
    """None: somebody has it, the house's settings forbid to say so, or of the last of that subject most were taken too
    late. An emergency is told other things; of a security matter no record is told, and no queue."""
    if not work.desk.tells_days or ticket.state is not State.OPEN or ticket.priority is Priority.URGENT:
        return None
    others = work.uow.timings.lately(ticket.unit, ticket.category, work.now - RECORDED_WITHIN, LOOKED_THROUGH + 1)
    others = [other for other in others if other.id != ticket.id][:LOOKED_THROUGH]
    if _mostly_missed(work, others[:RECORDS]):
        return None
    open_to_all, time = not ticket.restricted, work.working_time(ticket.unit)
    ahead = work.uow.tickets.count_ahead(ticket) if open_to_all else 0
    record = track_record(others, ticket, work.now, time) if open_to_all and ticket.category else None
    expected = None if record else _looked_at(work, ticket)
    return Outlook(ahead=ahead, record=record, expected=expected) if ahead or record or expected else None


def _looked_at(work: UseCaseContext, ticket: Ticket) -> Expected | None:
    """Until when somebody should have taken it. None: it has no target, or it is late already."""
    claim = timing.countdowns(work, ticket).claim
    if claim is None or claim.due is None or claim.due <= work.now:
        return None
    due = claim.due.astimezone(work.desk.zone)
    return Expected(due.date(), due > track_records.noon(due, claim.time), claim.time.local_date(work.now))


def promised(work: UseCaseContext, ticket: Ticket) -> date | None:
    """The day that a technician gave, as long as it is to come."""
    if not ticket.state.active:
        return None
    time_of_unit = work.working_time(ticket.unit)
    given = promise(timing.history_of(work, ticket), time_of_unit)
    return None if given is None or given.due <= work.now else given.day


def _mostly_missed(work: UseCaseContext, others: Sequence[Ticket]) -> bool:
    """More than half of them were taken too late."""
    known = [timing.claim_kept(work, other) for other in others]
    return 2 * known.count(False) > len([kept for kept in known if kept is not None])
