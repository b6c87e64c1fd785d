"""What a card has of firms and of what ends: buttons that stand first, the firm, the line of a remote unit."""

from __future__ import annotations

from typing import Any

from handlers.context import UseCaseContext
from handlers.domain.states import State
from handlers.domain.terms import OF_TERM
from handlers.domain.ticket import Ticket
from handlers.messages import Button
from handlers.tickets import provider_line, vendor_line


def buttons(work: UseCaseContext, ticket: Ticket) -> list[Button]:
    if ticket.holder is None:
        return []
    ends = ticket.draft.startswith(OF_TERM)
    waits = ticket.state is State.WAITING_VENDOR and work.uow.vendor_waits.of_ticket(ticket.id) is not None
    return [
        *([Button("Firma geldi", f"vendor_came:{ticket.id}")] if waits else []),
        *([Button("Yenilendi", f"term_renew:{ticket.id}")] if ends else []),
    ]


def lines(work: UseCaseContext, ticket: Ticket) -> dict[str, Any]:
    """By the names of the card's template."""
    return {"firm": vendor_line.of(work, ticket), "lines": provider_line.of(work, ticket)}
