"""Yazıyı hazırla: the draft of the written order behind a yes, to be signed and numbered in EBYS.

It is none itself: what the desk prints has no number, and the ticket waits until somebody writes down the one it got.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handlers.context import Acting
from handlers.domain.approvals import Approval, Decision
from handlers.domain.errors import NotAllowed, NotFound
from handlers.domain.people import Person
from handlers.domain.rights import Action
from handlers.tickets import approvals


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDraft:
    """What stands in it; no more of the ticket than whoever decided read."""

    approval: Approval
    number: str
    """Of the ticket."""
    title: str
    reporter: Person
    place: str
    report: str
    why: str
    asker: Person
    decided_by: Person
    decided_at: datetime


def look(acting: Acting, approval: Approval) -> OrderDraft:
    """For whoever decided it, asked for it or holds the ticket (bylaw 11/26, 11/33).

    Raises NotAllowed; NotFound where no document is needed, or there is no yes.
    """
    ticket = acting.uow.tickets.get(approval.ticket)
    if acting.person.id not in (approval.decided_by, approval.asked_by, ticket.holder):
        raise NotAllowed(Action.READ, acting.person.handle)
    approved = approval.decision is Decision.APPROVED and approval.withdrawn_at is None and approval.is_last
    if not (approved and approval.rule.needs_document) or approval.decided_by is None or approval.decided_at is None:
        raise NotFound("order", approval.id)
    told = approvals.about(acting, ticket, approval)
    return OrderDraft(
        approval=approval,
        number=ticket.number,
        title=told["title"],
        reporter=told["reporter"],
        place=told["place"],
        report=told["report"],
        why=told["why"],
        asker=told["asker"],
        decided_by=acting.uow.people.get(approval.decided_by),
        decided_at=approval.decided_at,
    )
