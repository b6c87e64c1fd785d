"""Two tickets that grew out of one message."""

from __future__ import annotations

from handlers.domain.ticket import Ticket
from handlers.ports import UnitOfWork

_SECOND = ".2"


def second_id(draft: str) -> str:
    """What the second of two tickets from one message remembers as its report."""
    return draft + _SECOND


def beside(uow: UnitOfWork, ticket: Ticket) -> Ticket | None:
    """The other ticket that grew out of the same message."""
    if ticket.draft.endswith(_SECOND):
        return uow.tickets.of_draft(ticket.draft.removesuffix(_SECOND))
    return uow.tickets.of_draft(second_id(ticket.draft)) if ticket.draft else None
