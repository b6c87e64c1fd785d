"""Who may what with a device, and what of it somebody sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.context import Acting
from handlers.device_merges import together
from handlers.domain.device_rights import OFFICES, DeviceAction, by_role
from handlers.domain.devices import Custody, CustodyKind, Description, Device, DeviceId
from handlers.domain.errors import NotAllowed
from handlers.domain.people import PersonId
from handlers.people.officers import require_office


@dataclass(frozen=True, slots=True)
class Shown:
    """A device as somebody may see it: where not `whole`, without holder, numbers of others, addresses and notes."""

    device: Device
    whole: bool


def require(acting: Acting, action: DeviceAction, device: Device | None = None) -> tuple[PersonId, ...]:
    """In whose place they do it; empty: by their own right. Raises NotAllowed."""
    of_their_unit = device is not None and action is DeviceAction.SEE_WHOLE and _is_of_their_unit(acting, device.id)
    in_place_of = by_role(acting.person, action, of_their_unit=of_their_unit)
    if in_place_of is not None:
        return in_place_of
    return require_office(acting, OFFICES[action]).acting_for


def may(acting: Acting, action: DeviceAction, device: Device | None = None) -> bool:
    try:
        require(acting, action, device)
    except NotAllowed:
        return False
    return True


def sees_all_whole(acting: Acting) -> bool:
    """Whether nothing of any device is hidden from them."""
    return may(acting, DeviceAction.SEE_WHOLE)


def shown(acting: Acting, device: Device) -> Shown | None:
    """None: they may not know of it. What is in their own custody is theirs to see, though not its notes."""
    if may(acting, DeviceAction.SEE_WHOLE, device):
        return Shown(device, whole=True)
    if device.living and acting.person.id in (device.custody.holder, device.custody.keeper):
        return Shown(replace(device, description=replace(device.description, note="", price="")), whole=False)
    if may(acting, DeviceAction.SEE):
        return Shown(public(device), whole=False)
    return None


def several_shown(acting: Acting, devices: Sequence[Device]) -> list[Shown]:
    """Those of them that they may know of."""
    if sees_all_whole(acting):
        return [Shown(one, whole=True) for one in devices]
    return [one for one in (shown(acting, device) for device in devices) if one is not None]


def public(device: Device) -> Device:
    """What everybody may know who holds its label: kind, make, model, number, where it is and how it stands."""
    said = device.description
    kind = CustodyKind.SHARED if device.custody.kind is CustodyKind.PERSON else device.custody.kind
    return replace(
        device,
        description=Description(kind=said.kind, brand=said.brand, model=said.model),
        custody=Custody(kind=kind),
        recorded_by=None,
    )


def _is_of_their_unit(acting: Acting, device: DeviceId) -> bool:
    """Whether a ticket of their unit, or of who lent them a right, was about it."""
    units = {acting.person.unit, *(lent.unit for lent in acting.person.lent)} - {None}
    if not units:
        return False
    return bool(units & acting.uow.ticket_devices.units(together(acting.uow, device)))
