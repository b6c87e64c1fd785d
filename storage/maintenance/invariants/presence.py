"""Who is away: leaves that can be, one at a time."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from handlers.domain.absences import Fate
from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.tables import absence

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
