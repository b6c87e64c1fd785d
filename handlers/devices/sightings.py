"""What an agent saw becomes a sighting, and finds the device that it is of; what people make of those that it does not.

An inventory never makes a device, and of one it changes name, MAC and IP addresses in the network alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.context import Acting, UseCaseContext
from handlers.device_finding import found_by
from handlers.device_merges import meant_by, standing, together
from handlers.devices import access, history, recording
from handlers.devices.inventory_parts import adopted
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import Description, Device, DeviceId, Ending
from handlers.domain.errors import Invalid
from handlers.domain.months import Month
from handlers.domain.sightings import (
    TWIN_WITHIN,
    UNLINKED_KEPT,
    ItemType,
    Link,
    PageCount,
    Report,
    Seen,
    Sighting,
    SightingId,
    keys_of,
    nearest,
)
from handlers.ports import SightingsWanted, UnitOfWork
from knowledge.language.device_keys import DeviceKey, KeyKind, host_key, mac_key, make_key
from knowledge.language.device_numbers import serial_key

MOST_UNLINKED = 20_000
"""More machines that nobody knows are no house's: whoever has the password makes them up."""
_MOST_MACS, _MOST_IPS = 8, 4
"""On a device; one that moves from dock to dock gathers them."""


@dataclass(frozen=True, slots=True)
class Taken:
    sighting: Sighting
    is_new: bool


# --- what comes in ---------------------------------------------------------------------------------
def take(work: UseCaseContext, report: Report) -> Taken:
    """Raises Invalid(`sighting_too_many`), Stale."""
    sightings = work.uow.sightings
    before = nearest(list(sightings.known_by(list(keys_of(report.agent_key, report.seen)))), report)
    if before is None:
        if sightings.count(SightingsWanted(linked=False)) >= MOST_UNLINKED:
            raise Invalid("sighting_too_many")
        before = sightings.add(
            Sighting(
                agent=report.agent,
                device_text=report.device_text,
                agent_key=report.agent_key,
                seen=report.seen,
                first_seen=work.now,
                last_seen=work.now,
            )
        )
        is_new, known = True, None
    else:
        is_new, known = False, before.seen
    after = _linked(work, before.after(report, work.now))
    saved = sightings.save(after)
    if saved.device is not None:
        device = work.uow.devices.get(saved.device)
        _tell_device(work, device, saved, known if before.device == saved.device else None)
    if report.seen.pages is not None:
        month = Month.of(work.now.astimezone(work.desk.zone).date())
        sightings.note_pages(PageCount(sighting=saved.id, month=month, total=report.seen.pages, at=work.now))
    return Taken(saved, is_new)


def _linked(work: UseCaseContext, one: Sighting) -> Sighting:
    """With the device that it is of: as before, or as its numbers say. What a person parted stays parted."""
    if one.device is not None:
        device = standing(work.uow, work.uow.devices.get(one.device))
        if device.ending is not Ending.WITHDRAWN:
            return replace(one, device=device.id)
        return replace(one, device=None, link=None, linked_by=None, linked_at=None)
    if one.link is Link.PERSON:
        return one
    found = device_of(work.uow, one.seen)
    if found is None or _has_another(work, found[0].id, one):
        return one
    return replace(one, device=found[0].id, link=found[1], linked_by=None, linked_at=work.now)


def device_of(uow: UnitOfWork, seen: Seen) -> tuple[Device, Link] | None:
    """The only one that these numbers name, and which of them does. A name never does."""
    if seen.serial_key:
        found = _known(uow, [DeviceKey(KeyKind.SERIAL, seen.serial_key)])
        same_make = [one for one in found if make_key(one.description.brand) == make_key(seen.brand)]
        if len(found) > 1 and len(same_make) == 1:
            found = same_make
        if len(found) == 1:
            return found[0], Link.SERIAL
    found = [one for one in _known(uow, [DeviceKey(KeyKind.MAC, mac) for mac in seen.macs]) if not _denies(one, seen)]
    return (found[0], Link.MAC) if len(found) == 1 else None


def _known(uow: UnitOfWork, keys: Sequence[DeviceKey]) -> Sequence[Device]:
    known = uow.devices.known_by(keys) if keys else ()
    return meant_by(uow, uow.devices.several({one.device for one in known}))


def _denies(device: Device, seen: Seen) -> bool:
    """A card went from one machine into another."""
    serial = serial_key(device.description.serial)
    return bool(serial and seen.serial_key) and serial != seen.serial_key


def _has_another(work: UseCaseContext, device: DeviceId, one: Sighting) -> bool:
    """Two machines say that they are that device: people decide which is."""
    since = work.now - TWIN_WITHIN
    others = work.uow.sightings.of_devices(together(work.uow, device))
    return any(other.id != one.id and other.last_seen >= since for other in others)


# --- what a device takes from it -------------------------------------------------------------------
def _tell_device(work: UseCaseContext, device: Device, one: Sighting, known: Seen | None) -> None:
    """`known`: what was seen of it before; None: it is seen for the first time."""
    if not device.can_change:
        return
    said = technical(work.uow, device, one.seen)
    if said != device.description:
        before, device = device, work.uow.devices.save(replace(device, description=said))
        if known is None or said.host != before.description.host:
            history.note(work, "seen_on_network", device, before)
    elif known is None:
        history.write(work, "seen_on_network", device, {}, {"host": host_key(said.host) or ""})
    if known is not None and (changed := _parts_changed(known, one.seen)):
        history.write(
            work,
            "parts_changed",
            device,
            {name: old for name, (old, _) in changed.items()},
            {name: new for name, (_, new) in changed.items()},
        )


def technical(uow: UnitOfWork, device: Device, seen: Seen) -> Description:
    """Its description with what the network says of it: name, MAC and IP addresses. None is taken out: a card that is
    off today is there tomorrow; none that another device has is put in."""
    said = device.description
    has_name = seen.item_type is ItemType.COMPUTER and host_key(seen.name) is not None
    own = {mac_key(mac) for mac in said.macs}
    free = [mac for mac in seen.macs if mac not in own and not _is_taken(uow, mac, device.id)]
    return replace(
        said,
        host=seen.name if has_name else said.host,
        macs=(*said.macs, *map(written_mac, free))[: max(_MOST_MACS, len(said.macs))],
        ips=seen.ips[:_MOST_IPS] or said.ips,
    )


def written_mac(key: str) -> str:
    return ":".join(key[at : at + 2] for at in range(0, 12, 2)).upper()


def _is_taken(uow: UnitOfWork, mac: str, own: DeviceId | None = None) -> bool:
    known = uow.devices.known_by([DeviceKey(KeyKind.MAC, mac)])
    return any(one.living and one.device != own for one in known)


def _parts_changed(known: Seen, seen: Seen) -> dict[str, tuple[str | int, str | int]]:
    """Memory by its modules and disks by their serials, where both times said them."""
    found: dict[str, tuple[str | int, str | int]] = {}
    if known.modules and seen.modules and known.modules != seen.modules:
        found["memory"] = (known.modules, seen.modules)
    old, new = disk_serials(known), disk_serials(seen)
    if old and new and old != new:
        found["disks"] = (" ".join(old), " ".join(new))
    return found


def disk_serials(seen: Seen) -> list[str]:
    """As serials are compared."""
    return sorted(key for one in seen.disks if (key := serial_key(one.serial)))


# --- what people say of it -------------------------------------------------------------------------
def link(acting: Acting, key: SightingId, typed: str) -> Sighting:
    """It is that device, by any of its numbers. Raises NotAllowed, NotFound, Stale, Invalid(`no_such_device`,
    `several_devices`) and as `recording.changeable`."""
    access.require(acting, DeviceAction.KEEP)
    device = the_device(acting, typed)
    return _of_device(acting, acting.uow.sightings.get(key), recording.changeable(acting, device))


def the_device(acting: Acting, typed: str) -> DeviceId:
    found = found_by(acting.uow, typed)
    if len(found) != 1:
        raise Invalid("several_devices" if found else "no_such_device", typed=typed or "(boş)", number=len(found))
    return found[0].id


def _of_device(acting: Acting, one: Sighting, device: Device) -> Sighting:
    if one.device == device.id:
        return one
    saved = acting.uow.sightings.save(
        replace(
            one,
            device=device.id,
            link=Link.PERSON,
            linked_by=acting.person.id,
            linked_at=acting.now,
            ignored_at=None,
            ignored_by=None,
        )
    )
    _tell_device(acting, device, saved, None)
    return saved


def part(acting: Acting, key: SightingId) -> bool:
    """It is not that device after all; it is not put to one by itself again. False where it is of none.

    Raises NotAllowed, NotFound, Stale.
    """
    access.require(acting, DeviceAction.KEEP)
    one = acting.uow.sightings.get(key)
    if one.device is None:
        return False
    acting.uow.sightings.save(
        replace(one, device=None, link=Link.PERSON, linked_by=acting.person.id, linked_at=acting.now)
    )
    return True


def ignore(acting: Acting, key: SightingId) -> bool:
    """It is none of the house's: a guest's, a test. False where it was said before, or it is of a device.

    Raises NotAllowed, NotFound, Stale.
    """
    access.require(acting, DeviceAction.KEEP)
    one = acting.uow.sightings.get(key)
    if one.ignored_at is not None or one.device is not None:
        return False
    acting.uow.sightings.save(replace(one, ignored_at=acting.now, ignored_by=acting.person.id))
    return True


def heed(acting: Acting, key: SightingId) -> bool:
    """It is to be looked at after all. Raises NotAllowed, NotFound, Stale."""
    access.require(acting, DeviceAction.KEEP)
    one = acting.uow.sightings.get(key)
    if one.ignored_at is None:
        return False
    acting.uow.sightings.save(replace(one, ignored_at=None, ignored_by=None))
    return True


def record(
    acting: Acting, key: SightingId, description: Description, *, place: str = "", department: str = ""
) -> Device:
    """A new device of it. Raises NotAllowed, NotFound, Stale, Invalid(`sighting_has_device`) and as
    `recording.record`."""
    access.require(acting, DeviceAction.TIDY)
    one = acting.uow.sightings.get(key)
    if one.device is not None:
        device = standing(acting.uow, acting.uow.devices.get(one.device))
        raise Invalid("sighting_has_device", number=device.number)
    made = recording.record(acting, with_network(acting.uow, description, one.seen), place=place, department=department)
    _of_device(acting, one, made)
    return acting.uow.devices.get(made.id)


def adopt(acting: Acting, key: SightingId) -> bool:
    """The record of its device takes serial, make and model where it has none, and the parts that were found. False
    where it has them. Raises NotAllowed, NotFound, Stale, Invalid(`sighting_no_device`) and as `recording.correct`."""
    access.require(acting, DeviceAction.KEEP)
    one = acting.uow.sightings.get(key)
    if one.device is None:
        raise Invalid("sighting_no_device")
    device = standing(acting.uow, acting.uow.devices.get(one.device))
    return recording.correct(acting, device.id, adopted(device.description, one.seen)).version != device.version


def with_network(uow: UnitOfWork, description: Description, seen: Seen) -> Description:
    """With the addresses that no other device has."""
    free = [mac for mac in seen.macs if not _is_taken(uow, mac)]
    return replace(description, macs=tuple(map(written_mac, free[:_MOST_MACS])), ips=seen.ips[:_MOST_IPS])


def described(seen: Seen) -> Description:
    """What a device of it would be called; its kind is a guess."""
    return Description(
        kind=kind_of(seen),
        brand=seen.brand,
        model=seen.model,
        serial=seen.serial,
        host=seen.name if host_key(seen.name) and seen.item_type is ItemType.COMPUTER else "",
    )


_KINDS = {ItemType.PRINTER: "yazici", ItemType.NETWORK: "switch", ItemType.PHONE: "ip-telefon", ItemType.OTHER: "diger"}
_PORTABLE = ("laptop", "notebook", "portable", "sub notebook", "convertible", "detachable")


def kind_of(seen: Seen) -> str:
    """One of `knowledge/device_kinds.yaml`."""
    if seen.item_type is not ItemType.COMPUTER:
        return _KINDS[seen.item_type]
    chassis = seen.chassis.casefold()
    if any(word in chassis for word in _PORTABLE):
        return "dizustu"
    if "tablet" in chassis:
        return "tablet"
    return "sunucu" if any(word in chassis for word in ("server", "rack", "blade")) else "bilgisayar"


# --- by the clock ----------------------------------------------------------------------------------
def forget_old(work: UseCaseContext) -> None:
    """What is of no device, or of one that is none any more, and was not seen for ninety days."""
    work.uow.sightings.forget(work.now - UNLINKED_KEPT)
