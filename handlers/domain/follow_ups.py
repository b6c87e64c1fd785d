"""A wait carries a day: when whoever put it on hold looks at it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from handlers.domain.states import Change, State, TicketEvent
from handlers.domain.working_time import NoWorkingTimeError, WorkingTime

LOOKED_AT = time(8, 30)
USUAL_DAYS = {
    State.WAITING_VENDOR: 2,
    State.WAITING_PARTS: 3,
    State.WAITING_APPROVAL: 2,
    State.WAITING_ACCESS: 1,
}
"""Working days after which somebody looks again who said nothing else. Of a wait for its reporter the reporter is
reminded instead."""
_BEGIN = (Change.WAITING, Change.FOUND_CLOSED)
TOO_OFTEN = 3
"""Postponed so often, it is a lead's matter too."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    day: date
    at: datetime
    line: int
    """Of the history, that set it."""
    postponed: int
    """How often somebody put it off since the wait began."""


def follow_up(state: State, history: Sequence[TicketEvent], time: WorkingTime) -> FollowUp | None:
    """None where nothing is waited for, or its reporter is."""
    usual = USUAL_DAYS.get(state)
    began = next((n for n in range(len(history), 0, -1) if history[n - 1].what in _BEGIN), None)
    if usual is None or began is None:
        return None
    said = [n for n in range(began + 1, len(history) + 1) if history[n - 1].what is Change.POSTPONED]
    try:
        day = (
            date.fromisoformat(history[said[-1] - 1].after or "")
            if said
            else time.local_date(time.add_working_days(history[began - 1].at, usual))
        )
        at = time.next_opening(time.at(day, LOOKED_AT))
    except (NoWorkingTimeError, ValueError):
        return None
    return FollowUp(time.local_date(at), at, said[-1] if said else began, len(said))
