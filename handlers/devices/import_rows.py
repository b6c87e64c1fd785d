"""What each row of a list of devices would do: which device it is, what of it would change, whose it would be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from handlers import device_names, place_names
from handlers.context import Acting
from handlers.department_names import DepartmentNames
from handlers.devices import describing
from handlers.domain.brought_lists import RowFault, RowKind
from handlers.domain.device_lists import DEPOT, KEYS, DeviceRow, ListedDevice, NearDepartment
from handlers.domain.devices import Custody, CustodyKind, Description, Device, DeviceId, require_known_by_something
from handlers.domain.errors import Invalid
from handlers.domain.people import PersonId
from handlers.domain.places import PlaceId
from handlers.ports import DirectoryEntry, Known
from knowledge.device_kinds import kind_title
from knowledge.language.device_keys import DeviceKey, KeyKind, keys_of, mac_key, make_key
from knowledge.language.device_numbers import asset_key, serial_key
from knowledge.language.folding import folded
from knowledge.language.suffixes import accusative

_TITLES = {"asset_no": "sicil no", "other_no": "numara", "serial": "seri no", "macs": "MAC", "host": "bilgisayar adı"}
_FIELD_OF = {
    KeyKind.ASSET: "asset_no",
    KeyKind.OTHER: "other_no",
    KeyKind.SERIAL: "serial",
    KeyKind.MAC: "macs",
    KeyKind.HOST: "host",
}
_DESCRIBED = ("kind", "brand", "model", "serial", "asset_no", "other_no", "host", "supplier", "price", "note")
_COUNTS = {2: "iki", 3: "üç", 4: "dört", 5: "beş"}


@dataclass(slots=True)
class ImportHouse:
    """What the rows of a list are held against, asked for once."""

    acting: Acting
    devices: Mapping[DeviceId, Device]
    known: Mapping[DeviceKey, Sequence[DeviceId]]
    names: DepartmentNames
    by_name: Mapping[str, Sequence[DirectoryEntry]]
    people: Mapping[PersonId, DirectoryEntry]
    places: dict[str, Sequence[PlaceId]] = field(default_factory=dict)
    offices: dict[str, str] = field(default_factory=dict)
    """As each müdürlük is settled that the list has."""

    @classmethod
    def of(cls, acting: Acting, rows: Sequence[DeviceRow]) -> ImportHouse:
        known = [one for one in acting.uow.devices.known_by({key for row in rows for key in _keys(row)}) if one.living]
        directory = acting.uow.people.directory()
        by_name: dict[str, list[DirectoryEntry]] = {}
        for one in directory:
            if one.name and not one.gone:
                by_name.setdefault(folded(one.name), []).append(one)
        return cls(
            acting=acting,
            devices={one.id: one for one in acting.uow.devices.several({one.device for one in known})},
            known=_by_key(known),
            names=DepartmentNames.of(acting.uow),
            by_name=by_name,
            people={one.id: one for one in directory},
        )

    def place(self, written: str) -> Sequence[PlaceId]:
        if written not in self.places:
            found = place_names.candidates(self.acting.uow, place_names.read(written))
            self.places[written] = [one.id for one in found]
        return self.places[written]

    def is_of(self, department: str, written: str) -> bool:
        """Whether what a list has, however it is abbreviated, is that müdürlük."""
        if written not in self.offices:
            self.offices[written] = self.names.settled(written)
        return self.names.same(department, self.offices[written])

    def device(self, row: DeviceRow) -> Device | None:
        """By the surest of its keys. Raises Invalid(`device_two_keys`) where they point to several."""
        found: dict[DeviceId, str] = {}
        for key in _keys(row):
            there = [self.devices[one] for one in self.known.get(key, ())]
            if key.kind is KeyKind.SERIAL and (make := make_key(row.get("brand"))):
                there = [one for one in there if make_key(one.description.brand) in ("", make)]
            if len(there) == 1:
                found.setdefault(there[0].id, _FIELD_OF[key.kind])
        if len(found) > 1:
            said = [f"{_TITLES[name]} {accusative(str(self.devices[key].number))}" for key, name in found.items()]
            raise Invalid("device_two_keys", said=", ".join(said))
        return self.devices[next(iter(found))] if found else None


def _keys(row: DeviceRow) -> Iterator[DeviceKey]:
    """The surest first."""
    macs = row.get("macs").split()
    found = keys_of(
        asset_no=row.get("asset_no"),
        other_no=row.get("other_no"),
        serial=row.get("serial"),
        host=row.get("host"),
        macs=macs,
        ips=(),
    )
    usable = [key for key in found if key.kind in _FIELD_OF]
    return iter(sorted(usable, key=lambda key: KEYS.index(_FIELD_OF[key.kind])))


def _by_key(known: Sequence[Known]) -> dict[DeviceKey, list[DeviceId]]:
    found: dict[DeviceKey, list[DeviceId]] = {}
    for one in known:
        found.setdefault(one.key, []).append(one.device)
    return found


@dataclass(slots=True)
class ComparedRows:
    rows: list[ListedDevice] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    spellings: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Müdürlükler as written that are not in the list, each with the nearest, by rows."""

    @property
    def departments(self) -> list[NearDepartment]:
        return [NearDepartment(written, near, count) for (written, near), count in self.spellings.items() if near]


def compare_rows(acting: Acting, rows: Sequence[DeviceRow]) -> ComparedRows:
    """Nothing is changed."""
    house, found = ImportHouse.of(acting, rows), ComparedRows()
    for row in rows:
        try:
            found.rows.append(_compared(house, row, found))
        except Invalid as refusal:
            found.faults.append(RowFault(row.line, f"Satır {row.line}: {why(acting, refusal)}", cells=row.cells))
    return found


def _compared(house: ImportHouse, row: DeviceRow, found: ComparedRows) -> ListedDevice:
    """Raises Invalid."""
    device = house.device(row)
    before = device.description if device is not None else None
    usable = describing.usable(described(row, before or Description()), before)
    if device is None:
        require_known_by_something(usable, bool(row.get("room")))
    holder, people, note = whose(house, row, device)
    if note:
        found.notes.append(note)
    _note_department(house, row, found)
    if device is None:
        return ListedDevice(row=row, kind=RowKind.NEW, people=people, holder=holder)
    changes = changes_of(house, row, device, usable)
    kind = RowKind.CHANGED if changes or people else RowKind.SAME
    return ListedDevice(row=row, kind=kind, device=device.id, people=people, holder=holder, changes=changes)


def why(acting: Acting, refusal: Invalid) -> str:
    """In one line, as chat says it."""
    data: dict[str, Any] = dict(refusal.data)
    said = acting.desk.texts.render(f"errors/{refusal.reason}", desk=acting.desk, ticket=None, now=acting.now, **data)
    return " ".join(said.replace("*", "").split())


# --- what it would be ----------------------------------------------------------------------------
def described(row: DeviceRow, before: Description) -> Description:
    """With what the row says of it."""
    said: dict[str, Any] = {name: row.values[name] for name in _DESCRIBED if name in row.values}
    for name in ("bought_on", "warranty_until"):
        if name in row.values:
            said[name] = date.fromisoformat(row.values[name]) if row.values[name] else None
    for name in ("macs", "ips"):
        if name in row.values:
            said[name] = tuple(row.values[name].split())
    after = replace(before, **said)
    return _as_it_stood(before, after)


def _as_it_stood(before: Description, after: Description) -> Description:
    """A number that is only spelled otherwise stays as it is."""
    same: dict[str, Any] = {}
    if asset_key(before.asset_no) == asset_key(after.asset_no) and before.asset_no and after.asset_no:
        same["asset_no"] = before.asset_no
    if asset_key(before.other_no) == asset_key(after.other_no) and before.other_no and after.other_no:
        same["other_no"] = before.other_no
    if serial_key(before.serial) == serial_key(after.serial) and before.serial and after.serial:
        same["serial"] = before.serial
    if [*map(mac_key, before.macs)] == [*map(mac_key, after.macs)]:
        same["macs"] = before.macs
    return replace(after, **same)


def whose(
    house: ImportHouse, row: DeviceRow, device: Device | None
) -> tuple[PersonId | None, tuple[PersonId, ...], str]:
    """Who holds it; or who may, to be chosen from; and what is said of it."""
    name = row.get("holder")
    if not name or name == DEPOT:
        return None, (), ""
    same = house.by_name.get(folded(name), ())
    now = device.custody.holder if device is not None else None
    if now is not None and any(one.id == now for one in same):
        return now, (), ""
    written = row.get("department")
    if len(same) > 1 and written:
        there = [one for one in same if house.is_of(one.department, written)]
        same = there if len(there) == 1 else same
    if len(same) == 1:
        return same[0].id, (), ""
    if same:
        numbers = ", ".join(one.staff_no or "sicilsiz" for one in same)
        count = _COUNTS.get(len(same), str(len(same)))
        return (
            None,
            tuple(one.id for one in same),
            (
                f"Satır {row.line}: {name} adında {count} kişi var ({numbers}). "
                "Zimmet yazılmadı; “Kişi seçilecekler”de bekliyor."
            ),
        )
    if device is not None and folded(device.custody.holder_text) == folded(name):
        return None, (), ""
    return None, (), f"Satır {row.line}: {name} personel listesinde yok; ad olarak saklandı, zimmet sayılmadı."


def custody_of(row: DeviceRow, holder: PersonId | None, before: Custody | None) -> Custody | None:
    """None: the row says nothing of it, or what stands already."""
    name, now = row.get("holder"), before or Custody()
    if holder is not None:
        after = Custody(kind=CustodyKind.PERSON, holder=holder)
        return None if now.holder == holder else after
    if name == DEPOT:
        return None if now.kind is CustodyKind.DEPOT and before is not None else Custody(kind=CustodyKind.DEPOT)
    if not name:
        return None
    if before is not None and (now.holder is not None or folded(now.holder_text) == folded(name)):
        return None  # a name that nobody has takes no zimmet from anybody
    return Custody(kind=CustodyKind.SHARED, holder_text=name)


def _note_department(house: ImportHouse, row: DeviceRow, found: ComparedRows) -> None:
    written = row.get("department")
    if not written or not house.names.open:
        return
    meant = house.names.meant(written)
    if meant.name:
        return
    near = meant.near[0] if meant.near else ""
    if (written, near) not in found.spellings:
        said = (
            f"En yakını {near}. Aynıysa bir kez onaylayın, takma ad olarak saklanır."
            if near
            else "Yazıldığı gibi saklanır."
        )
        found.notes.append(f"Satır {row.line}: “{written}” listede yok. {said}")
    found.spellings[written, near] += 1


# --- what would differ ---------------------------------------------------------------------------
def changes_of(
    house: ImportHouse, row: DeviceRow, device: Device, usable: Description
) -> Mapping[str, tuple[str, str]]:
    """By field, as they are shown: before, after."""
    before, after = shown(device.description), shown(usable)
    found = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
    if (written := row.get("department")) and not house.is_of(device.department, written):
        found["department"] = (house.names.name(device.department), house.names.settled(written))
    if (room := row.get("room")) and not is_there(house, device, room):
        found["room"] = (device_names.place_name(house.acting.uow, device), room)
    holder, _, _ = whose(house, row, device)
    if (custody := custody_of(row, holder, device.custody)) is not None:
        found["holder"] = (_holder(house, device.custody), _holder(house, custody))
    return found


def is_there(house: ImportHouse, device: Device, room: str) -> bool:
    there = house.place(room)
    if device.place is not None:
        return device.place in there
    return folded(device.place_text) == folded(room)


def _holder(house: ImportHouse, custody: Custody) -> str:
    if custody.holder is not None:
        one = house.people.get(custody.holder)
        return one.name if one is not None else ""
    if custody.kind is CustodyKind.DEPOT:
        return "depo"
    return custody.holder_text


def shown(said: Description) -> dict[str, str]:
    """As a row has it."""
    return {
        **{name: getattr(said, name) for name in _DESCRIBED},
        "kind": kind_title(said.kind) if said.kind else "",
        "bought_on": _day(said.bought_on),
        "warranty_until": _day(said.warranty_until),
        "macs": " ".join(said.macs),
        "ips": " ".join(said.ips),
    }


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day is not None else ""
