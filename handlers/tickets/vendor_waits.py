"""Which firm a ticket waits for: chosen, or typed as the firm is called; and who answers for its device."""

from __future__ import annotations

from datetime import date

from handlers.context import Acting, UseCaseContext
from handlers.device_merges import together
from handlers.domain.devices import Device
from handlers.domain.services import VendorWait
from handlers.domain.terms import TermKind
from handlers.domain.ticket import Ticket
from handlers.domain.vendors import VendorId
from handlers.tickets import device_links

_COVERS = frozenset({TermKind.WARRANTY, TermKind.CONTRACT})


def begin(acting: Acting, ticket: Ticket, text: str) -> VendorWait | None:
    """None where that is the name of no firm that is known: nothing is guessed from words."""
    vendor = acting.uow.vendors.by_name(text)
    if vendor is None:
        return None
    device = device_links.subject(acting.uow, ticket)
    made = VendorWait(
        ticket=ticket.id,
        vendor=vendor.id,
        device=None if device is None else device.id,
        covered_until=covers(acting, device).get(vendor.id),
        at=acting.now,
        by=acting.person.id,
    )
    return acting.uow.vendor_waits.add(made)


def covers(work: UseCaseContext, device: Device | None) -> dict[VendorId, date | None]:
    """Who answers for it by a warranty or contract, the last to end first; else who delivered it, by its papers."""
    if device is None:
        return {}
    found: dict[VendorId, date | None] = {}
    for term in work.uow.terms.of_device(together(work.uow, device.id)):
        if term.vendor is not None and term.kind in _COVERS:
            found.setdefault(term.vendor, term.ends)
    said, today = device.description, work.working_time().local_date(work.now)
    supplier = work.uow.vendors.by_name(said.supplier) if said.supplier else None
    if supplier is not None:
        until = said.warranty_until
        found.setdefault(supplier.id, until if until is not None and until >= today else None)
    return found
