"""Devices that are one: what a merged one became, and what is one with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from handlers.domain.devices import Device, DeviceId, Ending
from handlers.ports import UnitOfWork


def standing(uow: UnitOfWork, device: Device) -> Device:
    """What it became by merges. In a circle, which none should be: the last of it, rather than no end."""
    passed = {device.id}
    while device.merge is not None and device.merge.into not in passed:
        device = uow.devices.get(device.merge.into)
        passed.add(device.id)
    return device


def together(uow: UnitOfWork, device: DeviceId) -> list[DeviceId]:
    """It, and those that are one with it."""
    return [device, *uow.devices.merged_into([device])]


def each_together(uow: UnitOfWork, devices: Sequence[DeviceId]) -> Mapping[DeviceId, list[DeviceId]]:
    """The same for each of several."""
    found = {one: [one] for one in devices}
    for other, one in uow.devices.merged_into(devices).items():
        found[one].append(other)
    return found


def end_of(merges: Mapping[DeviceId, DeviceId], device: DeviceId) -> DeviceId:
    """As `standing`, where all merges are known."""
    passed = {device}
    while (into := merges.get(device)) is not None and into not in passed:
        device = into
        passed.add(device)
    return device


def meant_by(uow: UnitOfWork, devices: Iterable[Device]) -> list[Device]:
    """Each once, as what it became; those that are written off only where there is no other, withdrawn ones never."""
    found = {one.id: one for one in (standing(uow, device) for device in devices)}
    living = [one for one in found.values() if one.living]
    return living or [one for one in found.values() if one.ending is not Ending.WITHDRAWN]
