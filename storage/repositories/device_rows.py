"""A device as the database has it, and the keys under which it is found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from handlers.domain.devices import (
    Condition,
    Custody,
    CustodyKind,
    Description,
    Device,
    DeviceId,
    DeviceMerge,
    Ending,
)
from handlers.domain.numbers import Number
from handlers.domain.people import PersonId
from handlers.domain.places import PlaceId
from knowledge.language.device_keys import DeviceKey, KeyKind, keys_of, make_key
from knowledge.language.folding import folded
from storage.repositories.rows import columns
from storage.tables import device


class DeviceRow(NamedTuple):
    id: DeviceId
    number: str
    kind: str
    brand: str
    model: str
    serial: str
    asset_no: str
    other_no: str
    host: str
    macs: list[str]
    ips: list[str]
    supplier: str
    bought_on: date | None
    price: str
    warranty_until: date | None
    note: str
    parts: list[str]
    department: str
    place: PlaceId | None
    place_text: str
    custody: str
    holder: PersonId | None
    holder_text: str
    keeper: PersonId | None
    custody_since: date | None
    condition: str
    ending: str | None
    merged_into: DeviceId | None
    merged_at: datetime | None
    recorded_at: datetime
    recorded_by: PersonId | None
    version: int


class KeyRow(NamedTuple):
    key: str
    kind: str
    device: DeviceId
    make: str
    living: bool


COLUMNS = columns(device, DeviceRow)


def key_rows(one: Device) -> list[KeyRow]:
    """Under which it is kept."""
    if one.ending is Ending.WITHDRAWN:
        return []
    return [KeyRow(key.key, key.kind.value, one.id, make, one.living) for key, make in keys_with_makes(one)]


def keys_with_makes(one: Device) -> Iterator[tuple[DeviceKey, str]]:
    """Each once, a serial's with its make."""
    said = one.description
    numbers = keys_of(
        asset_no=said.asset_no,
        other_no=said.other_no,
        serial=said.serial,
        host=said.host,
        macs=said.macs,
        ips=said.ips,
    )
    for key in dict.fromkeys(numbers):
        yield key, make_key(said.brand) if key.kind is KeyKind.SERIAL else ""


def device_of(row: DeviceRow) -> Device:
    number = Number.parse(row.number)
    if number is None:
        raise ValueError(f"device {row.id} has the number {row.number!r}")
    merged = row.merged_into is not None and row.merged_at is not None
    return Device(
        id=row.id,
        number=number,
        description=Description(
            kind=row.kind,
            brand=row.brand,
            model=row.model,
            serial=row.serial,
            asset_no=row.asset_no,
            other_no=row.other_no,
            host=row.host,
            macs=tuple(row.macs),
            ips=tuple(row.ips),
            supplier=row.supplier,
            bought_on=row.bought_on,
            price=row.price,
            warranty_until=row.warranty_until,
            note=row.note,
            parts=tuple(row.parts),
        ),
        department=row.department,
        place=row.place,
        place_text=row.place_text,
        custody=Custody(
            kind=CustodyKind(row.custody),
            holder=row.holder,
            holder_text=row.holder_text,
            keeper=row.keeper,
            since=row.custody_since,
        ),
        condition=Condition(row.condition),
        ending=None if row.ending is None else Ending(row.ending),
        merge=DeviceMerge(row.merged_into, row.merged_at) if merged else None,  # type: ignore[arg-type] # asked above
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        version=row.version,
    )


def values_of(one: Device) -> dict[str, object]:
    said, custody = one.description, one.custody
    return {
        "number": str(one.number),
        "kind": said.kind,
        "brand": said.brand,
        "model": said.model,
        "serial": said.serial,
        "asset_no": said.asset_no,
        "other_no": said.other_no,
        "host": said.host,
        "macs": list(said.macs),
        "ips": list(said.ips),
        "supplier": said.supplier,
        "bought_on": said.bought_on,
        "price": said.price,
        "warranty_until": said.warranty_until,
        "note": said.note,
        "parts": list(said.parts),
        "department": one.department,
        "place": one.place,
        "place_text": one.place_text,
        "custody": custody.kind.value,
        "holder": custody.holder,
        "holder_text": custody.holder_text,
        "keeper": custody.keeper,
        "custody_since": custody.since,
        "condition": one.condition.value,
        "ending": None if one.ending is None else one.ending.value,
        "merged_into": None if one.merge is None else one.merge.into,
        "merged_at": None if one.merge is None else one.merge.at,
        "recorded_at": one.recorded_at,
        "recorded_by": one.recorded_by,
        "living": one.living,
        "search": search_text(one),
    }


def search_text(one: Device) -> str:
    """What a list is searched by, with the make and model as makes are compared: neither names of people nor notes."""
    said = one.description
    parts = (str(one.number), said.brand, said.model, said.serial, said.asset_no, said.other_no, said.host)
    compared = make_key(said.brand) + make_key(said.model)
    return folded(" ".join(filter(None, (*parts, *said.macs, *said.ips, one.place_text, compared))))
