"""Eğitim (bylaw 7/6, 10/8, 11/28, 11/48): a session, who is invited, who comes, who was there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.numbers import Number
from handlers.domain.people import Person, PersonId, Role
from handlers.domain.ticket import TicketId

TrainingId = NewType("TrainingId", int)
MAX_TITLE_LETTERS = 120
MAX_PLACE_LETTERS = 80
MAX_NOTE_LETTERS = 1500
MOST_PLACES = 500


class TrainingAction(StrEnum):
    SEE = "see_trainings"
    PLAN = "plan_trainings"


_MAY: Mapping[TrainingAction, frozenset[Role]] = {
    TrainingAction.SEE: frozenset({Role.TECHNICIAN, Role.LEAD, Role.DIRECTOR, Role.AUDITOR}),
    TrainingAction.PLAN: frozenset({Role.LEAD, Role.DIRECTOR}),
}


class Answer(StrEnum):
    INVITED = "invited"
    COMING = "coming"
    WAITING = "waiting"
    """It is full: they come if somebody else does not."""
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    number: Number
    title: str
    starts: datetime
    place: str
    trainer: str
    capacity: int
    note: str = ""
    """Eğitim notu (11/29)."""
    made_by: PersonId
    made_at: datetime
    held_at: datetime | None = None
    """When it was written down who was there."""
    cancelled_at: datetime | None = None
    version: int = 0
    id: TrainingId = TrainingId(0)

    @property
    def is_open(self) -> bool:
        return self.held_at is None and self.cancelled_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    training: TrainingId
    person: PersonId
    ticket: TicketId | None = None
    """By which they asked for it."""
    answer: Answer = Answer.INVITED
    answered_at: datetime | None = None
    attended: bool = False


def may(person: Person, action: TrainingAction) -> bool:
    return not person.gone and bool(person.roles & _MAY[action])


def require(person: Person, action: TrainingAction) -> tuple[PersonId, ...]:
    """In whose place; empty: by their own role. Raises NotAllowed."""
    if not may(person, action):
        raise NotAllowed(action, person.handle)
    if person.role in _MAY[action]:
        return ()
    return next(one.of for one in person.lent if one.role in _MAY[action])


def require_possible(title: str, place: str, trainer: str, capacity: int, starts: datetime, now: datetime) -> None:
    """Raises Invalid(`training_words`, `training_places`, `training_day`)."""
    if not title or not place or len(title) > MAX_TITLE_LETTERS or max(len(place), len(trainer)) > MAX_PLACE_LETTERS:
        raise Invalid("training_words", title=MAX_TITLE_LETTERS, place=MAX_PLACE_LETTERS)
    if not 1 <= capacity <= MOST_PLACES:
        raise Invalid("training_places", most=MOST_PLACES)
    if starts <= now:
        raise Invalid("training_day")
