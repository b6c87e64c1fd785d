"""Devices that are one: what a merged one became, and what is one with it."""

from __future__ import annotations

from collections.abc import Iterable

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
    return [device, *uow.devices.merged_into(device)]


def meant_by(uow: UnitOfWork, devices: Iterable[Device]) -> list[Device]:
    """Each once, as what it became; those that are written off only where there is no other, withdrawn ones never."""
    found = {one.id: one for one in (standing(uow, device) for device in devices)}
    living = [one for one in found.values() if one.living]
    return living or [one for one in found.values() if one.ending is not Ending.WITHDRAWN]
