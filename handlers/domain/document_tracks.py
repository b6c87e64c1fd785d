"""Evrak takibi (bylaw 11/20, 13/1): documents to be answered, beside EBYS, where they are registered and lie.

Ours is the clock: which kind it is, by when the law wants it answered, who has it. No content is kept. Days count from
the day after it came. A last day that is no working day is reminded of as if it were the working day before; it is
overdue from the working day after.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from handlers.domain.errors import Invalid
from handlers.domain.numbers import Number
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId

DocumentId = NewType("DocumentId", int)
IsWorkingDay = Callable[[date], bool]
MAX_REGISTRY_LETTERS = 40
MAX_SUBJECT_LETTERS = 120
MAX_SENDER_LETTERS = 80
MOST_ENCLOSURES = 999
LONGEST_TERM = timedelta(days=3 * 366)
ASKED_AFTER = timedelta(days=30)
"""What has no term is asked about."""
TAKEN_BACK_WITHIN = timedelta(days=7)
_LONGEST_OFF = 366


class DocumentKind(StrEnum):
    PETITION = "petition"
    INFORMATION = "information"
    INFORMATION_ELSEWHERE = "information_elsewhere"
    """What another müdürlük has, too."""
    DATA_REQUEST = "data_request"
    BOARD_QUESTION = "board_question"
    BOARD_DECISION = "board_decision"
    ADMINISTRATIVE = "administrative"
    DATED = "dated"
    """It says itself by when."""
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Term:
    days: int
    working: bool
    """Working days; else days of the calendar."""
    basis: str


TERMS: Mapping[DocumentKind, Term] = {
    DocumentKind.PETITION: Term(30, False, "3071 m.7"),
    DocumentKind.INFORMATION: Term(15, True, "4982 m.11"),
    DocumentKind.INFORMATION_ELSEWHERE: Term(30, True, "4982 m.11"),
    DocumentKind.DATA_REQUEST: Term(30, False, "6698 m.13/2"),
    DocumentKind.BOARD_QUESTION: Term(15, False, "6698 m.15/3"),
    DocumentKind.BOARD_DECISION: Term(30, False, "6698 m.15/5"),
    DocumentKind.ADMINISTRATIVE: Term(30, False, "2577 m.10"),
}
"""Without a row: the last day is typed, or there is none."""


class Result(StrEnum):
    ANSWERED = "answered"
    DONE = "done"
    FILED = "filed"
    RETURNED = "returned"


class Step(StrEnum):
    """A reminder: each once, however late it is told."""

    HALF = "half"
    FIVE = "five"
    """Five working days before."""
    ONE = "one"
    OVER = "over"
    """Again each working day."""
    ASKED = "asked"
    """It has no term, and a month is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTrack:
    number: Number
    registry_no: str
    """What EBYS calls it."""
    came_on: date
    dated: date | None = None
    """What stands on it."""
    sender: str = ""
    subject: str = ""
    kind: DocumentKind
    last_day: date | None = None
    enclosures: int = 0
    holder: PersonId | None = None
    ticket: TicketId | None = None
    result: Result | None = None
    answer_no: str = ""
    ended_at: datetime | None = None
    ended_by: PersonId | None = None
    withdrawn_at: datetime | None = None
    """It was a slip, and never was."""
    made_by: PersonId
    made_at: datetime
    version: int = 0
    id: DocumentId = DocumentId(0)

    @property
    def is_open(self) -> bool:
        return self.result is None and self.withdrawn_at is None


def last_day_of(kind: DocumentKind, came_on: date, is_working_day: IsWorkingDay) -> date | None:
    """None: the law gives no term."""
    term = TERMS.get(kind)
    if term is None:
        return None
    if not term.working:
        return came_on + timedelta(days=term.days)
    day, left = came_on, term.days
    while left and day - came_on < LONGEST_TERM:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return day


def due_on(last_day: date, is_working_day: IsWorkingDay) -> date:
    """The working day by which it is reminded of."""
    return _nearest(last_day, is_working_day, -1)


def overdue_from(last_day: date, is_working_day: IsWorkingDay) -> date:
    return _nearest(last_day + timedelta(days=1), is_working_day, 1)


def working_days_left(day: date, last_day: date, is_working_day: IsWorkingDay) -> int:
    """To the day by which it is reminded of; negative: so many are over."""
    due = due_on(last_day, is_working_day)
    begin, end = min(day, due), max(day, due)
    between = (begin + timedelta(days=one) for one in range(1, (end - begin).days + 1))
    count = sum(map(is_working_day, between))
    return count if day <= due else -count


def step_on(one: DocumentTrack, day: date, is_working_day: IsWorkingDay) -> Step | None:
    """The newest reminder that is due by that day; None: not yet, or it is over with."""
    if not one.is_open:
        return None
    if one.last_day is None:
        return Step.ASKED if day >= one.came_on + ASKED_AFTER else None
    if day >= overdue_from(one.last_day, is_working_day):
        return Step.OVER
    left = working_days_left(day, one.last_day, is_working_day)
    if left <= 1:
        return Step.ONE
    if left <= 5:
        return Step.FIVE
    half = one.came_on + (one.last_day - one.came_on) / 2
    return Step.HALF if day >= half else None


def require_days(came_on: date, today: date, dated: date | None, last_day: date | None) -> None:
    """Raises Invalid(`document_came_later`, `document_dated_later`, `document_last_day`)."""
    if came_on > today or today - came_on > LONGEST_TERM:
        raise Invalid("document_came_later", day=came_on)
    if dated is not None and dated > came_on:
        raise Invalid("document_dated_later")
    if last_day is not None and not came_on < last_day <= came_on + LONGEST_TERM:
        raise Invalid("document_last_day", day=came_on)


def _nearest(day: date, is_working_day: IsWorkingDay, step: int) -> date:
    """A calendar without a day of work is a mistake: the day itself."""
    for distance in range(_LONGEST_OFF):
        found = day + timedelta(days=step * distance)
        if is_working_day(found):
            return found
    return day
