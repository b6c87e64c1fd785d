"""İzin: a person is away. What becomes of their tickets is said when it is written down, and done when it begins."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from handlers.domain.people import PersonId
from handlers.domain.working_time import Span, WorkingTime


class AbsenceKind(StrEnum):
    """Why, as far as it may be kept: of an illness nothing is (KVKK m.6), it is `OTHER`, which reads "izinli"."""

    ANNUAL = "annual"
    DUTY = "duty"
    TRAINING = "training"
    ADMINISTRATIVE = "administrative"
    OTHER = "other"


class Fate(StrEnum):
    """What becomes of a ticket whose holder is away."""

    TO_UNIT = "unit"
    TO_PERSON = "person"
    STAYS = "stays"


@dataclass(frozen=True, slots=True)
class Choice:
    """`to`: of `Fate.TO_PERSON`."""

    fate: Fate
    to: PersonId | None = None


STAYS = Choice(Fate.STAYS)
"""Of whoever said nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    person: PersonId
    starts: datetime
    ends: datetime
    """The first moment at which they are back."""
    kind: AbsenceKind = AbsenceKind.OTHER
    entered_by: PersonId
    entered_at: datetime
    choice: Choice | None = None
    """For their tickets, where none was made for one of them; None: nobody was asked or answered."""
    begun_at: datetime | None = None
    """When what was chosen was done."""
    withdrawn_at: datetime | None = None
    id: int = 0

    def is_at(self, at: datetime) -> bool:
        return self.withdrawn_at is None and self.starts <= at < self.ends

    def overlaps(self, starts: datetime, ends: datetime) -> bool:
        return self.withdrawn_at is None and self.starts < ends and starts < self.ends


def days_without_anybody(
    people: Collection[PersonId], absences: Sequence[Absence], time: WorkingTime, days: Sequence[date]
) -> Sequence[date]:
    """Of those days the ones on which there is a moment of work at which all of them are away."""
    return [day for day in days if any(_all_away(people, absences, span) for span in _worked(time, day))]


def _worked(time: WorkingTime, day: date) -> Iterator[Span]:
    return ((time.at(day, start), time.at(day, end)) for start, end in time.windows(day))


def _all_away(people: Collection[PersonId], absences: Sequence[Absence], span: Span) -> bool:
    """Who is away changes only where a leave begins or ends."""
    start, end = span
    moments = {start, *(at for one in absences for at in (one.starts, one.ends) if start <= at < end)}
    return any(
        all(any(one.person == person and one.is_at(at) for one in absences) for person in people) for at in moments
    )
