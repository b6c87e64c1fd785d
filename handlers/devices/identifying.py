"""Finding a device by whatever somebody has in their hand: our number, a label, an official or other number, a serial,
a host name, an address in the network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from handlers.context import Acting
from handlers.devices import access
from handlers.domain.devices import Device, DeviceId, Ending, token_in
from handlers.domain.errors import NotFound
from handlers.ports import UnitOfWork
from knowledge.language.device_keys import keys_typed
from knowledge.language.device_numbers import own_number
from knowledge.language.folding import one_line


def standing(get: Callable[[DeviceId], Device], device: Device) -> Device:
    """What it became by merges. In a circle, which none should be: the last of it, rather than no end."""
    passed = {device.id}
    while device.merge is not None and device.merge.into not in passed:
        device = get(device.merge.into)
        passed.add(device.id)
    return device


def found_by(uow: UnitOfWork, typed: str) -> Sequence[Device]:
    """Those that these few signs name, living ones alone where there are any; merged ones as what they became. A
    withdrawn one is found by our number alone."""
    line = one_line(typed)
    if (own := own_number(line)) is not None:
        one = uow.devices.by_number(own)
        return [] if one is None else [standing(uow.devices.get, one)]
    if (token := token_in(line)) is not None and (one := by_token(uow, token)) is not None:
        return [one]
    return of_ids(uow, [known.device for known in uow.devices.known_by(keys_typed(line))])


def of_ids(uow: UnitOfWork, devices: Iterable[DeviceId]) -> Sequence[Device]:
    """As what they became, each once; living ones alone where there are any."""
    found = {one.id: one for one in (standing(uow.devices.get, one) for one in uow.devices.several(set(devices)))}
    living = [one for one in found.values() if one.living]
    return living or [one for one in found.values() if one.ending is not Ending.WITHDRAWN]


def by_token(uow: UnitOfWork, token: str) -> Device | None:
    """Of a label that works; None: unknown, revoked, or of a device that was withdrawn: nothing tells which."""
    typed = token_in(token)
    label = None if typed is None else uow.devices.label(typed)
    if label is None or not label.works:
        return None
    device = standing(uow.devices.get, uow.devices.get(label.device))
    return None if device.ending is Ending.WITHDRAWN else device


def find(acting: Acting, typed: str) -> Sequence[access.Shown]:
    """As `found_by`, those that they may know of."""
    return access.several_shown(acting, found_by(acting.uow, typed))


def find_one(acting: Acting, typed: str) -> access.Shown:
    """Raises NotFound where there is none, several, or none that they may know of."""
    found = find(acting, typed)
    if len(found) != 1:
        raise NotFound("device", typed)
    return found[0]


def together(uow: UnitOfWork, device: DeviceId) -> list[DeviceId]:
    """It, and those that are one with it."""
    return [device, *uow.devices.merged_into(device)]
