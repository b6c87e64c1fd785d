"""Who is away, who deputises, who is on call: what can be, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from handlers.domain.absences import Fate
from handlers.domain.people import Role
from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.tables import absence, deputy, duty

_STANDING = (
    select(absence.c.id, absence.c.person, absence.c.starts, absence.c.ends, absence.c.fate, absence.c.fate_to)
    .where(absence.c.withdrawn_at.is_(None))
    .order_by(absence.c.person, absence.c.starts, absence.c.id)
)


def one_leave_at_a_time(ground: InvariantContext) -> Iterator[Finding]:
    """Of each person; each ends after it begins, and who takes over is named where somebody shall."""
    person, until = None, None
    for row in ground.rows(_STANDING):
        ground.advance(1)
        where = f"absence {row.id}"
        if row.ends <= row.starts:
            yield where, f"ends at {row.ends}, before it begins"
        if (row.fate == Fate.TO_PERSON.value) != (row.fate_to is not None):
            yield where, f"its tickets go to {row.fate_to}, chosen is {row.fate}"
        if row.person == person and until is not None and row.starts < until:
            yield where, "begins before an earlier one of the same person ends"
        person, until = row.person, row.ends if row.person != person or until is None else max(until, row.ends)


_DEPUTIES = select(
    deputy.c.id, deputy.c.person, deputy.c.deputy, deputy.c.role, deputy.c.unit, deputy.c.starts, deputy.c.ends,
    deputy.c.document, deputy.c.ended_at,
).order_by(deputy.c.role, deputy.c.unit, deputy.c.starts, deputy.c.id)  # fmt: skip


def one_deputy_a_role(ground: InvariantContext) -> Iterator[Finding]:
    """At a time; never oneself; a director's by a document."""
    until: dict[tuple[str, str | None], datetime] = {}
    for row in ground.rows(_DEPUTIES):
        ground.advance(1)
        where, role = f"deputy {row.id}", (row.role, row.unit)
        if row.ends <= row.starts:
            yield where, f"ends at {row.ends}, before it begins"
        if row.person == row.deputy:
            yield where, "is their own"
        if row.role == Role.DIRECTOR.value and not row.document:
            yield where, "is a director's without a document"
        if (before := until.get(role)) is not None and row.starts < before:
            yield where, "begins before an earlier one of the same role ends"
        ends = row.ends if row.ended_at is None else max(min(row.ends, row.ended_at), row.starts)
        until[role] = max(ends, before) if before is not None else ends


_DUTIES = (
    select(duty.c.id, duty.c.unit, duty.c.place, duty.c.starts, duty.c.ends)
    .where(duty.c.withdrawn_at.is_(None))
    .order_by(duty.c.unit, duty.c.place, duty.c.starts, duty.c.id)
)


def one_on_call_at_a_time(ground: InvariantContext) -> Iterator[Finding]:
    """One first and one second of a unit."""
    until: dict[tuple[str, int], datetime] = {}
    for row in ground.rows(_DUTIES):
        ground.advance(1)
        where, place = f"duty {row.id}", (row.unit, row.place)
        if row.ends <= row.starts:
            yield where, f"ends at {row.ends}, before it begins"
        if (before := until.get(place)) is not None and row.starts < before:
            yield where, "begins before an earlier one of the same place ends"
        until[place] = max(row.ends, before) if before is not None else row.ends
