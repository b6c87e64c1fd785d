"""What was approved: by somebody who may not have asked for it, and as the history says."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, func, select

from handlers.domain.approvals import RULES, ApprovalKind, Decision
from handlers.domain.states import Change
from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.tables import approval, ticket, ticket_event

_LOGGED = {Decision.APPROVED: Change.APPROVED, Decision.REFUSED: Change.REFUSED}
_DECIDED = (
    select(
        approval.c.id, approval.c.kind, approval.c.step, approval.c.asked_by, approval.c.decision,
        approval.c.decided_by, approval.c.shown, approval.c.document, ticket.c.number, ticket.c.reporter,
        ticket_event.c.what,
        func.count().over(partition_by=approval.c.id).label("lines"),
    )
    .join(ticket, ticket.c.id == approval.c.ticket)
    .outerjoin(
        ticket_event,
        and_(
            ticket_event.c.ticket == approval.c.ticket,
            ticket_event.c.at == approval.c.decided_at,
            ticket_event.c.after == approval.c.shown,
            ticket_event.c.what.in_([change.value for change in _LOGGED.values()]),
        ),
    )
    .where(approval.c.decision.is_not(None))
    .order_by(approval.c.id)
)  # fmt: skip


def in_histories(ground: InvariantContext) -> Iterator[Finding]:
    """Each decision once; of a kind without a written order no document."""
    for row in ground.rows(_DECIDED):
        ground.advance(1)
        where = f"approval {row.id} of {row.number}"
        if row.what != _LOGGED[Decision(row.decision)].value or row.lines != 1:
            yield where, f"{row.decision}, and the history does not say so"
        if row.decided_by in (row.asked_by, row.reporter):
            yield where, "was decided by whoever asked for it or reported it"
        if row.document and not RULES[ApprovalKind(row.kind)].needs_document:
            yield where, "has a document that its kind does not need"
