"""Kayıp bildir: a device is lost or stolen. It stays in its holder's zimmet until the record is settled; where it has a
disk that is a security matter, with a ticket."""

from __future__ import annotations

from dataclasses import dataclass, replace

from handlers import device_names
from handlers.context import Acting
from handlers.devices import access, history, recording
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import Device, DeviceId, Ending
from handlers.domain.handovers import HandoverState
from handlers.domain.people import PersonId
from handlers.domain.states import Priority
from handlers.domain.ticket import Ticket
from handlers.tickets import opening
from handlers.tickets.device_links import SCANNED
from handlers.tickets.opening import NewTicket, Written
from knowledge import Hazard
from knowledge.device_kinds import has_disk


@dataclass(frozen=True, slots=True)
class Loss:
    device: Device
    ticket: Ticket | None
    """Of a device with a disk; nobody has heard of it yet: whoever calls tells its number and then announces it
    (`opening.announce`). None: it has none, or it was known to be lost."""
    is_new: bool


def report(acting: Acting, key: DeviceId) -> Loss:
    """By whoever holds it or answers for it, or keeps devices. What waits to be handed over is not handed over.

    Raises NotAllowed, NotFound, Stale, Invalid as `recording.changeable`.
    """
    before = recording.changeable(acting, key)
    in_place_of: tuple[PersonId, ...] = ()
    if acting.person.id not in (before.custody.holder, before.custody.keeper):
        in_place_of = access.require(acting, DeviceAction.KEEP)
    if before.ending is Ending.LOST:
        return Loss(before, None, is_new=False)
    waiting = acting.uow.handovers.open_of(key)
    if waiting is not None:
        cancelled = replace(waiting, state=HandoverState.CANCELLED, ended_at=acting.now)
        acting.uow.handovers.save(cancelled)
    lost = acting.uow.devices.save(replace(before, ending=Ending.LOST))
    ticket = _open_ticket(acting, lost) if has_disk(lost.description.kind) else None
    ref = "" if ticket is None else ticket.number
    history.note(acting, "lost", lost, before, ref=ref, acting_for=in_place_of)
    return Loss(lost, ticket, is_new=True)


def find(acting: Acting, key: DeviceId) -> bool:
    """Bulundu. False where it is not lost. Raises NotAllowed, NotFound, Stale."""
    before = acting.uow.devices.get(key)
    in_place_of: tuple[PersonId, ...] = ()
    if acting.person.id not in (before.custody.holder, before.custody.keeper):
        in_place_of = access.require(acting, DeviceAction.KEEP)
    if before.ending is not Ending.LOST:
        return False
    found = acting.uow.devices.save(replace(before, ending=None))
    history.note(acting, "found", found, before, acting_for=in_place_of)
    return True


def _open_ticket(acting: Acting, device: Device) -> Ticket | None:
    """None: the catalogue has no subject for it."""
    category = acting.desk.category_of(Hazard.data_leak)
    if category is None:
        return None
    text = f"Kayıp bildirildi: {device_names.whole_name(acting.uow, device)}. Diskinde kurum verisi olabilir."
    return opening.register(
        acting,
        NewTicket(
            written=(Written(text),),
            reporter=acting.person.id,
            category=category,
            priority=Priority.HIGH,
            facts={SCANNED: str(device.number)},
            learns=False,
        ),
    )
