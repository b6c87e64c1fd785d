"""Somebody says which device a ticket is about: who works on it, or its reporter, who was asked."""

from __future__ import annotations

from handlers.context import Acting, Effect
from handlers.device_merges import standing
from handlers.domain.devices import Device, DeviceId, Ending, LinkRole, TicketDevice, only_sure_subject
from handlers.domain.errors import NotFound
from handlers.domain.rights import Action, require
from handlers.domain.ticket import Ticket
from handlers.tickets import cards, device_links


def name(acting: Acting, ticket: Ticket, device: DeviceId) -> Effect:
    """Bu cihaz, Başka cihaz, Doğru: it is surely about this one, and no other. Raises NotAllowed, NotFound for one that
    was withdrawn."""
    require(acting.person, Action.NAME_DEVICE, ticket)
    return _put(acting, ticket, device)


def choose(acting: Acting, ticket: Ticket, device: DeviceId) -> Effect:
    """Its reporter chose among those that they were asked about. Nothing, where somebody said another meanwhile.

    Raises NotAllowed, NotFound for one that was not asked about.
    """
    require(acting.person, Action.REPLY_AS_REPORTER, ticket)
    links = acting.uow.ticket_devices.of_ticket(ticket.id)
    if only_sure_subject(links) is not None:
        return Effect.NONE
    if all(link.device != device for link in links):
        raise NotFound("device", device)
    return _put(acting, ticket, device)


def take_away(acting: Acting, ticket: Ticket) -> Effect:
    """Cihaz yok: it is about none that is recorded. Raises NotAllowed."""
    require(acting.person, Action.NAME_DEVICE, ticket)
    subjects = [one for one in acting.uow.ticket_devices.of_ticket(ticket.id) if one.role is LinkRole.SUBJECT]
    for link in subjects:
        acting.uow.ticket_devices.remove(ticket.id, link.device)
    if subjects:
        cards.refresh(acting, ticket)
    return Effect.CHANGED if subjects else Effect.NONE


def likely(acting: Acting, ticket: Ticket) -> Device | None:
    """The one that is likely, and that nobody has said yet."""
    found = device_links.guesses(acting.uow, ticket)
    return found[0] if len(found) == 1 else None


def _put(acting: Acting, ticket: Ticket, key: DeviceId) -> Effect:
    device = standing(acting.uow, acting.uow.devices.get(key))
    if device.ending is Ending.WITHDRAWN:
        raise NotFound("device", key)
    links = acting.uow.ticket_devices.of_ticket(ticket.id)
    known = only_sure_subject(links)
    if known is not None and known.device == device.id:
        return Effect.NONE
    for link in links:
        if link.role is LinkRole.SUBJECT:
            acting.uow.ticket_devices.remove(ticket.id, link.device)
    said = TicketDevice(ticket=ticket.id, device=device.id, by=acting.person.id, at=acting.now)
    acting.uow.ticket_devices.put(said)
    cards.refresh(acting, ticket)
    return Effect.CHANGED
