"""Harcanan süre: how long people worked on a ticket, as they said it: lines of the history, no clock runs for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median_low

from handlers.domain.people import PersonId
from handlers.domain.states import Change, TicketEvent

CHOICES = (5, 15, 30, 60, 120)
"""Minutes that are offered; half a day of the unit comes after them."""
MOST_MINUTES = 40 * 60
"""That somebody can have worked between two words about it."""
ENOUGH = 3
"""Of so many it can be said what is usual."""


@dataclass(frozen=True, slots=True)
class Effort:
    line: int
    """Of the history, from 1."""
    who: PersonId | None
    minutes: int


def efforts(history: Sequence[TicketEvent]) -> Sequence[Effort]:
    """Those that were not taken back."""
    spent = [(line, event) for line, event in enumerate(history, 1) if event.what is Change.SPENT]
    taken_back = {event.reason for _, event in spent if event.after is None}
    return [
        Effort(line, event.who, int(event.after))
        for line, event in spent
        if event.after is not None and str(line) not in taken_back
    ]


def total(history: Sequence[TicketEvent]) -> timedelta:
    return timedelta(minutes=sum(one.minutes for one in efforts(history)))


def usual(minutes: Sequence[int], offered: Sequence[int]) -> int | None:
    """Of those that are offered the nearest to the median; None where there are too few."""
    if len(minutes) < ENOUGH:
        return None
    middle = median_low(minutes)
    return min(offered, key=lambda one: (abs(one - middle), one))
