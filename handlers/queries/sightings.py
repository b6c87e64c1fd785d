"""What was seen in the network: lists, one of them, and what the network says of a device of the house."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from handlers import device_names
from handlers.context import Acting
from handlers.device_finding import found_by
from handlers.device_merges import standing, together
from handlers.devices import access, inventory_parts, sightings
from handlers.devices.inventory_parts import Difference
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import Description, Device
from handlers.domain.people import Person, PersonId
from handlers.domain.sightings import (
    LONG_UNSEEN,
    TWIN_WITHIN,
    ItemType,
    PageCount,
    Sighting,
    SightingId,
)
from handlers.people.officers import today_of
from handlers.ports import SightingsWanted
from handlers.tickets import device_line
from knowledge.language.folding import folded

ROWS = 50
"""On one page."""
MONTHS_SHOWN = 13
OLD_AFTER = timedelta(days=8 * 365)
"""Since it was bought."""
NEAR_SHOWN = 3
TWINS_SHOWN = 10
MOST_PRINTERS = 2000


class View(StrEnum):
    UNKNOWN = "yok"
    """Of no device of the house."""
    LINKED = "bagli"
    TWINS = "kopya"
    """Those that say the same of themselves as another."""
    IGNORED = "sayilmayan"


@dataclass(frozen=True, slots=True, kw_only=True)
class SightingLine:
    sighting: Sighting
    device: Device | None
    twin: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SightingList:
    rows: Sequence[SightingLine]
    number: int
    after: SightingId | None
    """Behind which the next page begins; None: this is the last."""
    twins: int
    """Of all."""
    unknown: int
    any: bool
    """Whether anything was ever seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OneSighting:
    line: SightingLine
    near: Sequence[Device]
    """Devices that have its name: it may be one of them, a name proves nothing."""
    description: Description
    """Of a device that it would become."""
    differences: Sequence[Difference]
    pages: Sequence[PageCount]
    people: Mapping[PersonId, Person]
    twins: Sequence[Sighting]
    """Those that say the same of themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheNetwork:
    """What the network says of a device."""

    newest: Sighting
    twin: bool
    long_unseen: bool
    differences: Sequence[Difference]
    pages: Sequence[PageCount]
    reasons: Sequence[str]
    """Why it may be proposed for scrap; Turkish, each a few words."""


def look(
    acting: Acting, view: View = View.UNKNOWN, words: str = "", *, after: SightingId | None = None
) -> SightingList:
    """Raises NotAllowed."""
    access.require(acting, DeviceAction.SEE_WHOLE)
    store, twins = acting.uow.sightings, _twins(acting)
    wanted = replace(_WANTED[view], words=folded(words))
    if view is View.TWINS:
        found = sorted((store.get(key) for key in twins), key=_twin_order)
        found = [one for one in found if all(word in folded(_text(one)) for word in wanted.words.split())]
        shown, number, further = found[:200], len(found), None
    else:
        page = store.page(wanted, after=after, limit=ROWS + 1)
        shown, number = list(page[:ROWS]), store.count(wanted)
        further = shown[-1].id if len(page) > ROWS else None
    counts = store.counts()
    return SightingList(
        rows=[_line(acting, one, twins) for one in shown],
        number=number,
        after=further,
        twins=len(twins),
        unknown=counts.unlinked,
        any=counts.number > 0,
    )


_WANTED = {
    View.UNKNOWN: SightingsWanted(linked=False, ignored=False),
    View.LINKED: SightingsWanted(linked=True),
    View.TWINS: SightingsWanted(),
    View.IGNORED: SightingsWanted(ignored=True),
}


def _twin_order(one: Sighting) -> tuple[str, str, str, int]:
    """Those that are the same stand together."""
    return one.seen.uuid, one.seen.serial_key, one.agent_key, one.id


def _text(one: Sighting) -> str:
    return " ".join((one.seen.name, one.seen.brand, one.seen.model, one.seen.serial, *one.seen.macs, *one.seen.ips))


def one(acting: Acting, key: SightingId) -> OneSighting:
    """Raises NotAllowed, NotFound."""
    access.require(acting, DeviceAction.SEE_WHOLE)
    store = acting.uow.sightings
    found = store.get(key)
    others = _others(acting, found)
    line = _line(acting, found, frozenset({found.id} if others else ()))
    named = () if line.device is not None or not found.seen.name else found_by(acting.uow, found.seen.name)
    who = {key for key in (found.linked_by, found.ignored_by) if key is not None}
    return OneSighting(
        line=line,
        near=[one for one in named if one.living][:NEAR_SHOWN],
        description=sightings.described(found.seen),
        differences=[] if line.device is None else inventory_parts.differences(line.device.description, found.seen),
        pages=store.pages([key])[:MONTHS_SHOWN],
        people={key: acting.uow.people.get(key) for key in who},
        twins=others[:TWINS_SHOWN],
    )


def of_device(acting: Acting, device: Device) -> OnTheNetwork | None:
    """None: it was never seen, or they may not see such things of it."""
    visible = access.shown(acting, device)
    if visible is None or not visible.whole:
        return None
    found = acting.uow.sightings.of_devices(together(acting.uow, device.id))
    if not found:
        return None
    newest = found[0]
    long_unseen = acting.now - newest.last_seen > LONG_UNSEEN
    return OnTheNetwork(
        newest=newest,
        twin=bool(_others(acting, newest)),
        long_unseen=long_unseen,
        differences=inventory_parts.differences(device.description, newest.seen),
        pages=acting.uow.sightings.pages([one.id for one in found])[:MONTHS_SHOWN],
        reasons=_reasons(acting, device, newest, long_unseen=long_unseen) if device.living else (),
    )


def low_toners(acting: Acting) -> list[tuple[Device, int]]:
    """Printers of the house that told lately that their toner is nearly empty, the emptiest first, and its percent."""
    access.require(acting, DeviceAction.SEE)
    wanted = SightingsWanted(types=frozenset({ItemType.PRINTER}), linked=True)
    since, found = acting.now - device_line.TOLD_LATELY, {}
    for seen in acting.uow.sightings.page(wanted, limit=MOST_PRINTERS):
        toner = seen.seen.lowest_toner
        if toner is not None and seen.device is not None and seen.last_seen >= since:
            device = standing(acting.uow, acting.uow.devices.get(seen.device))
            if device.living:
                found[device] = toner.percent
    return sorted(found.items(), key=lambda one: (one[1], one[0].id))


def _reasons(acting: Acting, device: Device, newest: Sighting, *, long_unseen: bool) -> list[str]:
    bought, found = device.description.bought_on, []
    if bought is not None and today_of(acting) - bought > OLD_AFTER:
        found.append(f"{(today_of(acting) - bought).days // 365} yaşında")
    if (ended := inventory_parts.ended_system(newest.seen.system)) is not None:
        found.append(f"{ended} artık desteklenmiyor")
    return [*found, "iki yıldır ağda görülmedi"] if long_unseen else found


def _twins(acting: Acting) -> frozenset[SightingId]:
    return acting.uow.sightings.twins(acting.now - TWIN_WITHIN)


def _others(acting: Acting, one: Sighting) -> list[Sighting]:
    """That say the same of themselves, where both were seen lately."""
    since = acting.now - TWIN_WITHIN
    if one.last_seen < since:
        return []
    found = acting.uow.sightings.known_by(list(one.telling_keys))
    return [other for other in found if other.id != one.id and other.last_seen >= since]


def _line(acting: Acting, one: Sighting, twins: frozenset[SightingId]) -> SightingLine:
    device = None if one.device is None else standing(acting.uow, acting.uow.devices.get(one.device))
    return SightingLine(sighting=one, device=device, twin=one.id in twins)


def numbered(device: Device) -> str:
    """`HP LaserJet M404dn · D-00042`."""
    return device_names.numbered_name(device)
