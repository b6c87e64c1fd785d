"""Matters that may have touched personal data: learned of before somebody said so, told by somebody, in steps."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import or_, select

from handlers.domain.breaches import STEPS
from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.tables import breach

_WRONG = (
    select(breach.c.number)
    .where(
        or_(
            breach.c.learned_at > breach.c.begun_at,
            breach.c.reported_at < breach.c.begun_at,
            (breach.c.reported_at.is_(None)) != (breach.c.reported_by.is_(None)),
            breach.c.reminded.not_in((0, *STEPS)),
        )
    )
    .order_by(breach.c.number)
)


def as_the_rules_say(ground: InvariantContext) -> Iterator[Finding]:
    for (number,) in ground.rows(_WRONG):
        yield f"breach {number}", "was reported by nobody, before it was known, or reminded of at no step"
