"""What looks like the beginning of an outage: reports, also before they are tickets, and what was proposed of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

from handlers.domain.people import PersonId, UnitId
from handlers.domain.ticket import TicketId

SILENT_WHEN_REFUSED = timedelta(hours=2)
"""How long what was refused is not proposed again; an answer is waited for as long."""
KEPT = timedelta(days=45)
"""Twenty working days with feasts between them are compared."""
TIMES_THE_USUAL = 3


class Scope(StrEnum):
    """What is alike among the reports, from the widest."""

    SYSTEM = "system"
    CATEGORY = "category"
    PLACE = "place"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Threshold:
    people: int
    within: timedelta


THRESHOLDS = {
    Scope.SYSTEM: Threshold(3, timedelta(minutes=15)),
    Scope.CATEGORY: Threshold(4, timedelta(minutes=30)),
    Scope.PLACE: Threshold(2, timedelta(minutes=10)),
    Scope.TEXT: Threshold(3, timedelta(minutes=30)),
}
"""Start values, to be set by a house's own year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Symptom:
    """One report, as far as it is compared with others; its words stay where they were written."""

    at: datetime
    day: int
    """Of the calendar, as an ordinal: what is usual is counted by day and half-hour."""
    half_hour: int
    person: PersonId
    unit: UnitId
    category: str | None
    place: str = ""
    """The floor, where the subject is one that fails by floors."""
    draft: str = ""
    """Of a report that is no ticket yet, and of the ticket that came of it."""
    conversation: str = ""
    ticket: TicketId | None = None
    id: int = 0


class Answer(StrEnum):
    NONE = "none"
    REFUSED = "refused"
    DECLARED = "declared"
    WITHDRAWN = "withdrawn"
    """The system that did not answer a probe does so again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """That an outage be declared, by whoever leads the unit."""

    scope: Scope
    key: str
    """Of what is alike: the same one is proposed once at a time."""
    unit: UnitId
    since: datetime
    """The first report that counts."""
    changed_at: datetime
    people: int
    """0: nobody reported it yet, it did not answer a probe."""
    category: str | None = None
    answer: Answer = Answer.NONE
    answered_at: datetime | None = None
    id: int = 0

    def is_silent(self, at: datetime) -> bool:
        return self.answered_at is not None and at - self.answered_at < SILENT_WHEN_REFUSED

    def waits(self, at: datetime) -> bool:
        """For an answer; one that nobody gave for long is not waited for."""
        return self.answer is Answer.NONE and at - self.changed_at < SILENT_WHEN_REFUSED


def needed(scope: Scope, usual: Sequence[int]) -> int:
    """How many people, where so many reported it in the same half-hour of earlier working days: three times the usual,
    and two more than on any of them but one. A subject that comes twice a day comes thrice by chance every week."""
    often = round(TIMES_THE_USUAL * median(usual)) if usual else 0
    _, *others = sorted(usual, reverse=True) or [0]
    return max(THRESHOLDS[scope].people, often, others[0] + 2 if others and others[0] else 0)
