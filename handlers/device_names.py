"""What a device is called, wherever one is named: `HP M404dn · D-00042`, `Lenovo M70q, Fen İşleri 105`."""

from __future__ import annotations

from handlers.domain.devices import Device
from handlers.place_names import standing
from handlers.ports import UnitOfWork
from knowledge.device_kinds import kind_title


def name(device: Device) -> str:
    """Make and model, else what kind of thing it is."""
    return device.description.name or kind_title(device.description.kind)


def place_name(uow: UnitOfWork, device: Device) -> str:
    """`Ek bina · 3. kat · 312`, or the words that were written; empty where nobody said."""
    if device.place is None:
        return device.place_text
    return str(standing(uow.places.get, uow.places.get(device.place)).spot)


def whole_name(uow: UnitOfWork, device: Device) -> str:
    """With müdürlük and place: for whoever must tell it from another."""
    where = " ".join(filter(None, (device.department, place_name(uow, device))))
    return ", ".join(filter(None, (name(device), where)))


def numbered_name(device: Device) -> str:
    return f"{name(device)} · {device.number}"
