"""What the pages of service forms show, and what is printed of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers import device_names
from handlers.context import Acting
from handlers.contracts import access, forms, waiting
from handlers.domain.devices import CustodyKind, Device
from handlers.domain.errors import NotFound
from handlers.domain.numbers import Number
from handlers.domain.people import Person
from handlers.domain.rights import Action, may
from handlers.domain.services import ServiceVisit, VendorWait, VisitState, WaitId
from handlers.domain.term_rights import TermAction
from handlers.domain.ticket import Ticket
from handlers.domain.vendors import Vendor
from handlers.ports import VisitsWanted

ROWS = 50
UNREADABLE = "gizli kayıt"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRow:
    visit: ServiceVisit
    vendor: str
    ticket: str
    """Its number; of a security matter that they may not read, that it is one."""
    reads: bool
    device: str
    made_by: str
    approved_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPage:
    rows: Sequence[VisitRow]
    number: int
    any: bool
    out: Sequence[OutRow]
    """Devices that are at a firm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutRow:
    wait: VendorWait
    vendor: str
    device: str
    number: str
    """Of the device."""
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OneVisit:
    row: VisitRow
    changes: bool
    approves: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What goes along with a device that leaves the house."""

    wait: VendorWait
    device: Device
    name: str
    vendor: Vendor
    ticket: Ticket
    by: Person


def look(acting: Acting, wanted: VisitsWanted, *, skip: int = 0, limit: int = ROWS) -> VisitPage:
    """The newest first. Raises NotAllowed."""
    access.require(acting, TermAction.SEE)
    found = acting.uow.service_visits.wanted(wanted, skip=skip, limit=limit)
    number = acting.uow.service_visits.count(wanted)
    return VisitPage(
        rows=[_row(acting, one) for one in found],
        number=number,
        any=bool(number) or acting.uow.service_visits.count(VisitsWanted()) > 0,
        out=_out(acting),
    )


def one(acting: Acting, number: Number) -> OneVisit:
    """Raises NotAllowed, NotFound: also where its ticket is a security matter that they may not read."""
    access.require(acting, TermAction.SEE)
    visit = acting.uow.service_visits.numbered(number)
    if visit is None:
        raise NotFound("service_visit", number)
    row = _row(acting, visit)
    if not row.reads:
        raise NotFound("service_visit", number)
    submitted = visit.state is VisitState.SUBMITTED
    ticket = acting.uow.tickets.get(visit.ticket)
    return OneVisit(
        row=row,
        changes=forms.may_change(acting, visit),
        approves=submitted and waiting.leads(acting, ticket),
    )


def slip(acting: Acting, key: WaitId) -> Slip:
    """Raises NotAllowed, NotFound."""
    access.require(acting, TermAction.SEE)
    wait = acting.uow.vendor_waits.get(key)
    ticket = acting.uow.tickets.get(wait.ticket)
    if wait.left_at is None or wait.device is None or not may(acting.person, Action.READ, ticket):
        raise NotFound("vendor_wait", key)
    device = acting.uow.devices.get(wait.device)
    return Slip(
        wait=wait,
        device=device,
        name=device_names.name(device),
        vendor=acting.uow.vendors.get(wait.vendor),
        ticket=ticket,
        by=acting.uow.people.get(wait.left_by or wait.by),
    )


def _row(acting: Acting, visit: ServiceVisit) -> VisitRow:
    ticket = acting.uow.tickets.get(visit.ticket)
    reads = not ticket.restricted or may(acting.person, Action.READ, ticket)
    device = acting.uow.devices.get(visit.device) if visit.device is not None and reads else None
    return VisitRow(
        visit=visit,
        vendor=acting.uow.vendors.get(visit.vendor).name,
        ticket=ticket.number if reads else UNREADABLE,
        reads=reads,
        device=device_names.numbered_name(device) if device is not None else "",
        made_by=_name(acting.uow.people.get(visit.made_by)),
        approved_by=_name(acting.uow.people.get(visit.approved_by)) if visit.approved_by is not None else "",
    )


def _out(acting: Acting) -> list[OutRow]:
    rows = []
    for wait in acting.uow.vendor_waits.out():
        ticket = acting.uow.tickets.get(wait.ticket)
        if wait.device is None or wait.left_at is None or not may(acting.person, Action.READ, ticket):
            continue
        device = acting.uow.devices.get(wait.device)
        if device.custody.kind is not CustodyKind.SERVICE:  # somebody said otherwise since
            continue
        days = (acting.now - wait.left_at).days
        name = acting.uow.vendors.get(wait.vendor).name
        rows.append(
            OutRow(wait=wait, vendor=name, device=device_names.name(device), number=str(device.number), days=days)
        )
    return rows


def _name(person: Person) -> str:
    return person.name or person.handle
