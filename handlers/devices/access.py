"""Who may what with a device, and what of it somebody sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.context import Acting
from handlers.device_merges import each_together
from handlers.domain.device_rights import OFFICES, DeviceAction, by_role
from handlers.domain.devices import Custody, CustodyKind, Description, Device, DeviceId
from handlers.domain.errors import NotAllowed
from handlers.domain.people import PersonId
from handlers.domain.security_matters import known_to
from handlers.people.officers import require_office


@dataclass(frozen=True, slots=True)
class Shown:
    """A device as somebody may see it: where not `whole`, without holder, numbers of others, addresses and notes."""

    device: Device
    whole: bool


def require(acting: Acting, action: DeviceAction) -> tuple[PersonId, ...]:
    """In whose place they do it; empty: by their own right. Raises NotAllowed."""
    if (in_place_of := by_role(acting.person, action)) is not None:
        return in_place_of
    return require_office(acting, OFFICES[action]).acting_for


def may(acting: Acting, action: DeviceAction) -> bool:
    try:
        require(acting, action)
    except NotAllowed:
        return False
    return True


def sees_all_whole(acting: Acting) -> bool:
    """Whether nothing of any device is hidden from them."""
    return may(acting, DeviceAction.SEE_WHOLE)


def shown(acting: Acting, device: Device) -> Shown | None:
    """None: they may not know of it. What is in their own custody is theirs to see, though not its notes."""
    return next(iter(several_shown(acting, [device])), None)


def several_shown(acting: Acting, devices: Sequence[Device]) -> list[Shown]:
    """Those of them that they may know of."""
    if sees_all_whole(acting):
        return [Shown(one, whole=True) for one in devices]
    theirs, sees = _of_their_unit(acting, [one.id for one in devices]), may(acting, DeviceAction.SEE)
    found = (_part_shown(acting, device, of_their_unit=device.id in theirs, sees=sees) for device in devices)
    return [one for one in found if one is not None]


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


def _part_shown(acting: Acting, device: Device, *, of_their_unit: bool, sees: bool) -> Shown | None:
    if by_role(acting.person, DeviceAction.SEE_WHOLE, of_their_unit=of_their_unit) is not None:
        return Shown(device, whole=True)
    if device.living and acting.person.id in (device.custody.holder, device.custody.keeper):
        return Shown(replace(device, description=replace(device.description, note="", price="")), whole=False)
    return Shown(public(device), whole=False) if sees else None


def _of_their_unit(acting: Acting, devices: Sequence[DeviceId]) -> frozenset[DeviceId]:
    """Those that a ticket of their unit, or of who lent them a right, was about, as far as they may know of it."""
    units = [unit for unit in (acting.person.unit, *(lent.unit for lent in acting.person.lent)) if unit is not None]
    if not units or not devices:
        return frozenset()
    every = each_together(acting.uow, devices)
    keys = [one for keys in every.values() for one in keys]
    found = acting.uow.ticket_devices.of_units(keys, units, known_to(acting.person))
    return frozenset(key for key, keys in every.items() if not found.isdisjoint(keys))
