"""Seats of programs: each is of a person or of a device, nobody who left has one, and each program has its history."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, select

from handlers.domain.store_events import Stream
from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.tables import person, program, program_seat, store_event

_OF_BOTH = (
    select(program_seat.c.id)
    .where(program_seat.c.person.is_(None) == program_seat.c.device.is_(None))
    .order_by(program_seat.c.id)
)
_OF_WHO_LEFT = (
    select(program_seat.c.id)
    .join(person, person.c.id == program_seat.c.person)
    .where(and_(program_seat.c.ended_at.is_(None), person.c.left_at.is_not(None)))
    .order_by(program_seat.c.id)
)
_WITHOUT_HISTORY = (
    select(program.c.id)
    .where(
        ~select(store_event.c.id)
        .where(store_event.c.stream == Stream.PROGRAM.value, store_event.c.key == program.c.id)
        .exists()
    )
    .order_by(program.c.id)
)


def as_the_rules_say(ground: InvariantContext) -> Iterator[Finding]:
    for (key,) in ground.rows(_OF_BOTH):
        yield f"seat {key}", "is of nobody and nothing, or of both"
    for (key,) in ground.rows(_OF_WHO_LEFT):
        yield f"seat {key}", "is of somebody who left"
    for (key,) in ground.rows(_WITHOUT_HISTORY):
        yield f"program {key}", "has no history"
