"""What a device is called, wherever one is named: `HP M404dn · D-00042`, `Lenovo M70q, Fen İşleri 105`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handlers.domain.devices import Device, DeviceId
from handlers.domain.places import Place, PlaceId
from handlers.place_names import standing
from handlers.ports import UnitOfWork
from knowledge.device_kinds import kind_title


def name(device: Device) -> str:
    """Make and model, else what kind of thing it is."""
    return device.description.name or kind_title(device.description.kind)


def place_name(uow: UnitOfWork, device: Device) -> str:
    """`Ek bina · 3. kat · 312`, or the words that were written; empty where nobody said."""
    return device.place_text if device.place is None else name_of_place(uow, device.place)


def place_names(uow: UnitOfWork, devices: Sequence[Device]) -> Mapping[DeviceId, str]:
    """The same for each of many."""
    places = uow.places.some({one.place for one in devices if one.place is not None})

    def get(key: PlaceId) -> Place:
        return places[key] if key in places else uow.places.get(key)

    def said(one: Device) -> str:
        return one.place_text if one.place is None else str(standing(get, get(one.place)).spot)

    return {one.id: said(one) for one in devices}


def name_of_place(uow: UnitOfWork, place: PlaceId) -> str:
    """`Hizmet binası · 3. kat · 312`; of one that was merged, of the one that stands. Raises NotFound."""
    return str(standing(uow.places.get, uow.places.get(place)).spot)


def whole_name(uow: UnitOfWork, device: Device) -> str:
    """With müdürlük and place: for whoever must tell it from another."""
    where = " ".join(filter(None, (device.department, place_name(uow, device))))
    return ", ".join(filter(None, (name(device), where)))


def numbered_name(device: Device) -> str:
    return f"{name(device)} · {device.number}"
