"""What the house's own record says of how long a subject takes: of its last tickets so many were done by then.

Only tickets whose time is over are counted, also those that are not done: of the quick ones alone every record is good.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from handlers.domain.states import Priority, State
from handlers.domain.ticket import Ticket
from handlers.domain.working_time import NoWorkingTimeError, WorkingTime

NEWEST = 20
"""By which the house is measured."""
THIN = 10
"""Of fewer nothing is said."""
NOON = time(12, 30)
"""Of a day that is worked without a pause."""


class DoneBy(StrEnum):
    """Seen from the opening of a ticket, the nearest first."""

    SAME_DAY = "same_day"
    NEXT_NOON = "next_noon"
    NEXT_EVENING = "next_evening"
    TWO_DAYS = "two_days"
    THREE_DAYS = "three_days"
    WEEK = "week"


_DAYS_LATER = {DoneBy.NEXT_EVENING: 1, DoneBy.TWO_DAYS: 2, DoneBy.THREE_DAYS: 3, DoneBy.WEEK: 5}


@dataclass(frozen=True, slots=True)
class TrackRecord:
    done: int
    of: int
    by: DoneBy


def track_record(others: Sequence[Ticket], ticket: Ticket, now: datetime, working: WorkingTime) -> TrackRecord | None:
    """By when three of four were done, for a ticket for which that time is to come. None: there are too few of them, or
    they took longer. `others`: of its subject, the newest first."""
    known = [other for other in others if other.id != ticket.id and _tells(other)]
    for by in DoneBy:
        try:
            if by is DoneBy.SAME_DAY and _is_after_noon(ticket.opened_at, working):
                continue
            if _end(by, ticket.opened_at, working) <= now:
                continue
            ends = ((other, _end(by, other.opened_at, working)) for other in known)
            over = [(other, end) for other, end in ends if end <= now][:NEWEST]
        except NoWorkingTimeError:
            return None
        done = sum(other.resolved_at is not None and other.resolved_at <= end for other, end in over)
        if len(over) >= THIN and 4 * done >= 3 * len(over):
            return TrackRecord(done, len(over), by)
    return None


def _tells(ticket: Ticket) -> bool:
    """How long it took tells of others: not of what was dropped, nor of what everybody ran for."""
    return ticket.state not in (State.CANCELLED, State.MERGED) and ticket.priority is not Priority.URGENT


def noon(at: datetime, working: WorkingTime) -> datetime:
    """Of that day: when its pause begins."""
    day = working.local_date(at)
    windows = working.windows(day)
    return working.at(day, windows[0][1] if len(windows) > 1 else NOON)


def _is_after_noon(at: datetime, working: WorkingTime) -> bool:
    return at > noon(at, working)


def _end(by: DoneBy, opened: datetime, working: WorkingTime) -> datetime:
    """What is opened while nobody works counts from the next opening."""
    began = working.next_opening(opened)
    if by is DoneBy.SAME_DAY:
        return _evening(began, working)
    if by is DoneBy.NEXT_NOON:
        return noon(_next_day(began, working), working)
    later = began
    for _ in range(_DAYS_LATER[by]):
        later = _next_day(later, working)
    return _evening(later, working)


def _next_day(at: datetime, working: WorkingTime) -> datetime:
    return working.next_opening(working.at(working.local_date(at) + timedelta(days=1), time.min))


def _evening(at: datetime, working: WorkingTime) -> datetime:
    day = working.local_date(at)
    return working.at(day, working.ends(day) or time.max)
