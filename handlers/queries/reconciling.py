"""Mutabakat: our devices held against a list of the official movables ledger; nothing is changed by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from handlers.context import Acting
from handlers.devices import access
from handlers.devices.import_rows import ImportHouse
from handlers.domain.device_lists import DEPOT, DeviceRow
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import CustodyKind, Device, DeviceId
from handlers.domain.errors import Invalid
from handlers.ports import DevicesWanted
from knowledge.language.device_numbers import asset_key
from knowledge.language.folding import folded

_AT_A_TIME = 500


class Difference(StrEnum):
    OURS = "ours"
    """We have it, the ledger does not."""
    THEIRS = "theirs"
    HOLDER = "holder"
    """Both have it, in somebody else's custody."""
    NUMBER = "number"
    """Both have it, under another official number; or its numbers point to several of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    device: Device | None = None
    row: DeviceRow | None = None
    ours: str = ""
    """Of what differs: the holder, the number."""
    theirs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    same: int
    """On both sides, and no different."""
    lines: Mapping[Difference, Sequence[LedgerLine]]
    unread: int
    """Rows that could not be read."""


def reconcile(acting: Acting, rows: Sequence[DeviceRow], unread: int = 0) -> Reconciled:
    """A second or two for ten thousand rows. Raises NotAllowed."""
    access.require(acting, DeviceAction.RECONCILE)
    house = ImportHouse.of(acting, rows)
    lines: dict[Difference, list[LedgerLine]] = {one: [] for one in Difference}
    met: set[DeviceId] = set()
    same = 0
    for row in rows:
        try:
            device = house.device(row)
        except Invalid as several:
            lines[Difference.NUMBER].append(LedgerLine(row=row, ours=str(several.data.get("said", ""))))
            continue
        if device is None:
            lines[Difference.THEIRS].append(LedgerLine(row=row))
            continue
        met.add(device.id)
        differs = _differences(house, row, device)
        same += not differs
        for difference, line in differs.items():
            lines[difference].append(line)
    lines[Difference.OURS] = [LedgerLine(device=one) for one in _living(acting) if one.id not in met]
    return Reconciled(same=same, lines=lines, unread=unread)


def _differences(house: ImportHouse, row: DeviceRow, device: Device) -> dict[Difference, LedgerLine]:
    found = {}
    theirs, ours = row.get("asset_no"), device.description.asset_no
    if theirs and theirs != ours and asset_key(theirs) != asset_key(ours):
        found[Difference.NUMBER] = LedgerLine(device=device, row=row, ours=ours or "yok", theirs=theirs)
    holder = row.get("holder")
    if holder and not _holds(house, device, holder):
        said = "depo" if holder == DEPOT else holder
        found[Difference.HOLDER] = LedgerLine(device=device, row=row, ours=_held_by(house, device), theirs=said)
    return found


def _holds(house: ImportHouse, device: Device, holder: str) -> bool:
    custody = device.custody
    if holder == DEPOT:
        return custody.kind is CustodyKind.DEPOT
    if custody.holder is None:
        return bool(custody.holder_text) and folded(custody.holder_text) == folded(holder)
    same_name = {one.id for one in house.by_name.get(folded(holder), ())}
    whose = house.people.get(custody.holder)
    return custody.holder in same_name or (whose is not None and folded(whose.name) == folded(holder))


def _held_by(house: ImportHouse, device: Device) -> str:
    custody = device.custody
    if custody.holder is not None and (whose := house.people.get(custody.holder)) is not None:
        return whose.name
    if custody.kind is CustodyKind.DEPOT:
        return "depo"
    return custody.holder_text or "ortak kullanım"


def _living(acting: Acting) -> list[Device]:
    """The oldest number first."""
    devices: list[Device] = []
    after: DeviceId | None = None
    while True:
        found = acting.uow.devices.page(DevicesWanted(), after=after, limit=_AT_A_TIME)
        devices += found
        if len(found) < _AT_A_TIME:
            return sorted(devices, key=lambda one: one.id)
        after = found[-1].id
