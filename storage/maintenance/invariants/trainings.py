"""Trainings: none is fuller than its places, nobody was at one that was not held, each stands in its history."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Exists, and_, func, or_, select

from handlers.domain.store_events import Stream
from handlers.domain.trainings import Answer
from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.tables import store_event, training, training_participant

_FULL = (
    select(training.c.number)
    .join(training_participant, training_participant.c.training == training.c.id)
    .where(training_participant.c.answer == Answer.COMING.value)
    .group_by(training.c.id, training.c.number, training.c.capacity)
    .having(func.count() > training.c.capacity)
    .order_by(training.c.id)
)
_NOT_HELD = (
    select(training.c.number, training_participant.c.person)
    .join(training, training.c.id == training_participant.c.training)
    .where(training_participant.c.attended, training.c.held_at.is_(None))
    .order_by(training.c.id, training_participant.c.person)
)
_LINES = and_(store_event.c.stream == Stream.TRAINING.value, store_event.c.key == training.c.id)


def _line(what: str) -> Exists:
    return select(store_event.c.id).where(_LINES, store_event.c.what == what).exists()


_AGAINST_HISTORY = (
    select(training.c.number)
    .where(
        or_(
            ~_line("planned"),
            training.c.held_at.is_not(None) != _line("held"),
            training.c.cancelled_at.is_not(None) != _line("cancelled"),
        )
    )
    .order_by(training.c.id)
)


def as_the_rules_say(ground: InvariantContext) -> Iterator[Finding]:
    for (number,) in ground.rows(_FULL):
        yield f"training {number}", "has more who come than places"
    for row in ground.rows(_NOT_HELD):
        yield f"training {row.number}", f"person {row.person} was there, and it was not held"
    for (number,) in ground.rows(_AGAINST_HISTORY):
        yield f"training {number}", "is not as its history says"
