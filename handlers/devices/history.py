"""The lines of a device's history: codes, ids and days; never what people wrote, which could not be taken out again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handlers.context import Acting, UseCaseContext
from handlers.department_names import DepartmentNames
from handlers.domain.devices import Device
from handlers.domain.people import PersonId
from handlers.domain.store_events import StoreEvent, Stream
from knowledge.language.device_keys import host_key, mac_key, make_key
from knowledge.language.device_numbers import asset_key, serial_key

Code = str | int | bool | None
_MOST = 40
"""Letters of what a make or model is compared by."""


def note(
    acting: UseCaseContext,
    what: str,
    after: Device,
    before: Device | None = None,
    *,
    ref: str = "",
    acting_for: tuple[PersonId, ...] = (),
) -> None:
    """Only what differs is written; of notes, prices and names as lists had them no more than that they changed."""
    names = DepartmentNames.of(acting.uow)
    old = {} if before is None else _codes(before, names)
    new = _codes(after, names)
    changed = [name for name in new if before is None or old[name] != new[name]]
    values: dict[str, Code] = {name: new[name] for name in changed if before is not None or new[name] not in (None, "")}
    if words := _words_changed(before, after):
        values["words"] = words
    write(
        acting,
        what,
        after,
        {name: old[name] for name in changed if name in old},
        values,
        ref=ref,
        acting_for=acting_for,
    )


def write(
    acting: UseCaseContext,
    what: str,
    device: Device,
    before: dict[str, Code],
    after: dict[str, Code],
    *,
    ref: str = "",
    acting_for: tuple[PersonId, ...] = (),
) -> None:
    event = StoreEvent(
        at=acting.now,
        who=acting.actor,
        channel=acting.channel,
        what=what,
        before=before,
        after=after,
        ref=ref,
        acting_for=acting_for,
    )
    acting.uow.store_events.append(Stream.DEVICE, device.id, event)


def _codes(device: Device, names: DepartmentNames) -> dict[str, Code]:
    said, custody = device.description, device.custody
    department = names.find(device.department)
    return {
        "kind": said.kind,
        "brand": make_key(said.brand)[:_MOST],
        "model": make_key(said.model)[:_MOST],
        "serial": serial_key(said.serial) or "",
        "asset_no": asset_key(said.asset_no),
        "other_no": asset_key(said.other_no),
        "host": host_key(said.host) or "",
        "macs": " ".join(filter(None, map(mac_key, said.macs))),
        "bought_on": _day(said.bought_on),
        "warranty_until": _day(said.warranty_until),
        "department": None if department is None else department.id,
        "place": device.place,
        "custody": custody.kind.value,
        "holder": custody.holder,
        "keeper": custody.keeper,
        "since": _day(custody.since),
        "condition": device.condition.value,
        "ending": None if device.ending is None else device.ending.value,
        "into": None if device.merge is None else device.merge.into,
    }


def _words_changed(before: Device | None, after: Device) -> str:
    def words(one: Device) -> dict[str, object]:
        said = one.description
        return {
            "note": said.note,
            "price": said.price,
            "supplier": said.supplier,
            "parts": said.parts,
            "department": one.department,
            "place": one.place_text,
            "holder": one.custody.holder_text,
        }

    old = {} if before is None else words(before)
    return " ".join(name for name, word in words(after).items() if (word or name in old) and old.get(name) != word)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def of(acting: Acting, device: Device) -> Sequence[StoreEvent]:
    """Its lines alone, the oldest first; not those of what is one with it."""
    return acting.uow.store_events.history(Stream.DEVICE, device.id)
