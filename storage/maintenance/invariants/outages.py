"""Outages: a ticket's mark says what the outages say, and who declared one may be found."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.tables import maintenance, outage, ticket

_OPEN = (
    select(outage.c.id, ticket.c.number, ticket.c.outage, ticket.c.restricted, ticket.c.finished_at)
    .join(ticket, ticket.c.id == outage.c.ticket)
    .where(outage.c.ended_at.is_(None))
    .order_by(outage.c.id)
)
_MARKED = (
    select(ticket.c.number)
    .where(
        ticket.c.outage,
        ~select(outage.c.id).where(outage.c.ticket == ticket.c.id, outage.c.ended_at.is_(None)).exists(),
    )
    .order_by(ticket.c.id)
)
_ENDED_BEFORE = select(outage.c.id).where(outage.c.ended_at < outage.c.declared_at).order_by(outage.c.id)


def marks_of_heads(ground: InvariantContext) -> Iterator[Finding]:
    """A ticket is marked as a known outage while an open outage has it as its head, and then it is at work and no
    security matter; none ends before it was declared."""
    for row in ground.rows(_OPEN):
        ground.advance(1)
        where = f"outage {row.id}"
        if not row.outage:
            yield where, f"is open, and its head {row.number} is not marked"
        if row.restricted:
            yield where, f"is open, and its head {row.number} is a security matter"
        if row.finished_at is not None:
            yield where, f"is open, and its head {row.number} is done"
    for row in ground.rows(_MARKED):
        yield row.number, "is marked as an outage, and none is open"
    for row in ground.rows(_ENDED_BEFORE):
        yield f"outage {row.id}", "ended before it was declared"


_BACKWARDS = select(maintenance.c.id).where(maintenance.c.ends <= maintenance.c.starts).order_by(maintenance.c.id)


def works_end_after_they_begin(ground: InvariantContext) -> Iterator[Finding]:
    for row in ground.rows(_BACKWARDS):
        yield f"maintenance {row.id}", "ends before it begins"
