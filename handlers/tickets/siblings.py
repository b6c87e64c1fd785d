"""Two tickets that grew out of one message."""

from __future__ import annotations

from handlers.domain.ticket import Ticket
from handlers.ports import UnitOfWork

_SECOND = ".2"


def second_id(draft: str) -> str:
    """What the second of two tickets from one message remembers as its report."""
    return draft + _SECOND


def is_kept_from(uow: UnitOfWork, ticket: Ticket) -> bool:
    """Whether the other one is a security matter and this one is not: then it has its own words only."""
    other = beside(uow, ticket)
    return other is not None and other.restricted and not ticket.restricted


def beside(uow: UnitOfWork, ticket: Ticket) -> Ticket | None:
    """The other ticket that grew out of the same message."""
    if ticket.draft.endswith(_SECOND):
        return uow.tickets.of_draft(ticket.draft.removesuffix(_SECOND))
    return uow.tickets.of_draft(second_id(ticket.draft)) if ticket.draft else None
