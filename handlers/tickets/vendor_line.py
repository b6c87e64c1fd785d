"""The firm that a ticket waits for, as its card says it: `Firma bekleniyor: ABC Bilişim · garantili · 2 gündür`."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.context import UseCaseContext
from handlers.domain.states import State
from handlers.domain.ticket import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorLine:
    name: str
    covered: bool
    """By a warranty or contract of its device that is not over."""
    days: int
    out: bool
    """Its device is at the firm."""


def of(work: UseCaseContext, ticket: Ticket) -> VendorLine | None:
    """None: it waits for no firm, or for one that was typed."""
    wait = work.uow.vendor_waits.of_ticket(ticket.id) if ticket.state is State.WAITING_VENDOR else None
    if wait is None:
        return None
    name = work.uow.vendors.get(wait.vendor).name
    if ticket.waiting_for and not name.startswith(ticket.waiting_for[:20]):
        return None
    time = work.working_time(ticket.unit)
    today = time.local_date(work.now)
    return VendorLine(
        name=name,
        covered=wait.covered_until is not None and wait.covered_until >= today,
        days=(today - time.local_date(wait.at)).days,
        out=wait.is_out,
    )
