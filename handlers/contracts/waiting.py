"""Beklet → Firma: which firm a ticket waits for; its device leaves the house and comes back (bylaw 7/14, 11/1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.context import Acting, Effect, UseCaseContext
from handlers.devices import history as device_history
from handlers.devices.recording import changeable
from handlers.domain.devices import Custody, CustodyKind, Device
from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.people import Person, Role
from handlers.domain.rights import Action, require
from handlers.domain.services import Disk, VendorWait, WaitId
from handlers.domain.states import State
from handlers.domain.ticket import Ticket
from handlers.domain.vendors import Vendor, VendorId
from handlers.people.officers import today_of
from handlers.tickets import cards, device_links, presence, vendor_waits, work

MOST_OFFERED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedVendor:
    vendor: Vendor
    covered_until: date | None
    """By a warranty or contract of the ticket's device."""


def offered(context: UseCaseContext, ticket: Ticket) -> Sequence[OfferedVendor]:
    """Whom it may wait for: who answers for its device first, then whom others waited for last."""
    known = {one.id: one for one in context.uow.vendors.all() if one.active}
    if not known:
        return []
    covers = vendor_waits.covers(context, device_links.subject(context.uow, ticket))
    order = [*covers, *context.uow.vendor_waits.of_vendors_lately(), *known]
    keys = [key for key in dict.fromkeys(order) if key in known]
    return [OfferedVendor(vendor=known[key], covered_until=covers.get(key)) for key in keys[:MOST_OFFERED]]


def wait_for(acting: Acting, ticket: Ticket, key: VendorId) -> VendorWait | None:
    """None where it does not wait for a firm (any more). Raises NotAllowed, NotFound."""
    require(acting.person, Action.WAIT, ticket)
    vendor = acting.uow.vendors.get(key)
    if work.describe_wait(acting, ticket, State.WAITING_VENDOR, vendor.name) is Effect.NONE:
        return None
    return acting.uow.vendor_waits.of_ticket(ticket.id)


def may_leave(work: UseCaseContext, wait: VendorWait) -> Device | None:
    """The device that could go to the firm; None: there is none, or it is there."""
    device = None if wait.device is None else work.uow.devices.get(wait.device)
    if device is None or wait.left_at is not None or not device.can_change:
        return None
    return None if device.custody.kind in (CustodyKind.SERVICE, CustodyKind.AWAY) else device


def send_out(acting: Acting, ticket: Ticket, disk: Disk) -> VendorWait:
    """The device of a ticket that waits for a firm goes there. With its disk it goes by a lead's press: until then it
    is only asked for (`left_at` is None). Raises NotAllowed, Invalid(`service_no_device`)."""
    require(acting.person, Action.WAIT, ticket)
    wait = _standing(acting, ticket)
    if disk is Disk.WITH_DISK and not leads(acting, ticket):
        asked = replace(wait, disk=disk, asked_at=acting.now)
        return acting.uow.vendor_waits.save(asked)
    return _leave(acting, ticket, wait, disk)


def allow_disk(acting: Acting, key: WaitId) -> VendorWait:
    """Diskle gidebilir. Raises NotAllowed, NotFound, Invalid(`service_no_device`)."""
    wait = acting.uow.vendor_waits.get(key, to_change=True)
    ticket = acting.uow.tickets.get(wait.ticket)
    if not leads(acting, ticket):
        raise NotAllowed("allow_disk", acting.person.handle)
    if wait.left_at is not None:
        return wait
    if wait.disk is not Disk.WITH_DISK or _standing(acting, ticket).id != wait.id:
        raise Invalid("service_no_device", number=ticket.number)
    return _leave(acting, ticket, wait, Disk.WITH_DISK)


def come_back_for(acting: Acting, wait: VendorWait) -> None:
    """Its device, though it left while the ticket waited before: somebody took that on without the firm."""
    for one in () if wait.device is None else acting.uow.vendor_waits.of_device(wait.device):
        if one.ticket == wait.ticket:
            come_back(acting, one)


def come_back(acting: Acting, wait: VendorWait) -> VendorWait:
    """The device is where it was before. Whoever had it and left has it no more: then it is of common use."""
    if not wait.is_out or wait.device is None:
        return wait
    device = acting.uow.devices.get(wait.device)
    if device.custody.kind is CustodyKind.SERVICE and device.can_change:
        custody = _as_before(acting, wait)
        saved = acting.uow.devices.save(replace(device, custody=custody))
        device_history.note(acting, "back", saved, device, ref=acting.uow.tickets.get(wait.ticket).number)
    return acting.uow.vendor_waits.save(replace(wait, back_at=acting.now))


def leads(acting: Acting, ticket: Ticket) -> bool:
    """Whether they answer for its unit: its leads, the director, and who deputises for one."""
    return any(one.id == acting.person.id for one in answerable(acting, ticket)) and not acting.person.gone


def answerable(work: UseCaseContext, ticket: Ticket) -> list[Person]:
    found = [*presence.leads_of(work, ticket.unit), *presence.directors_of(work)]
    return list({one.id: one for one in found if one.roles & {Role.LEAD, Role.DIRECTOR}}.values())


def _standing(acting: Acting, ticket: Ticket) -> VendorWait:
    """Raises Invalid(`service_no_device`)."""
    wait = acting.uow.vendor_waits.of_ticket(ticket.id)
    if ticket.state is not State.WAITING_VENDOR or wait is None or may_leave(acting, wait) is None:
        raise Invalid("service_no_device", number=ticket.number)
    return wait


def _leave(acting: Acting, ticket: Ticket, wait: VendorWait, disk: Disk) -> VendorWait:
    assert wait.device is not None
    device = changeable(acting, wait.device)
    custody = Custody(kind=CustodyKind.SERVICE, since=today_of(acting))
    saved = acting.uow.devices.save(replace(device, custody=custody))
    device_history.note(acting, "to_vendor", saved, device, ref=ticket.number)
    left = replace(wait, disk=disk, left_at=acting.now, left_by=acting.person.id, came_from=device.custody)
    kept = acting.uow.vendor_waits.save(left)
    cards.refresh(acting, ticket)
    return kept


def _as_before(acting: Acting, wait: VendorWait) -> Custody:
    before, today = wait.came_from, today_of(acting)
    if before is None or before.kind is CustodyKind.SERVICE:
        return Custody(since=today)
    gone = [key for key in (before.holder, before.keeper) if key is not None and acting.uow.people.get(key).gone]
    return Custody(since=today) if gone else replace(before, since=today)
