"""A list of devices that somebody brought: what was read of it, and what becomes of each of its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from handlers.domain.brought_lists import ImportedRow, ListColumn, ListImport, RowFault
from handlers.domain.devices import DeviceId
from handlers.domain.people import PersonId

TAKEN_BACK_WITHIN = timedelta(days=7)
DEVICE_FIELDS = (
    "asset_no", "other_no", "kind", "brand", "model", "serial", "holder", "department", "room", "bought_on", "price",
    "supplier", "warranty_until", "host", "ips", "macs", "note",
)  # fmt: skip
"""What a row may say of a device, as it is shown."""
LIST_FIELDS = (*DEVICE_FIELDS, "barcode", "make_and_model", "warranty_time")
"""What a column may be read as."""
DEPOT = "(depo)"
"""What stands as the holder of what lies in the depot."""
KEYS = ("asset_no", "other_no", "serial", "macs", "host")
"""By which a device is known again, the surest first."""


@dataclass(frozen=True, slots=True)
class DeviceRow:
    line: int
    values: Mapping[str, str]
    """By `DEVICE_FIELDS`; days as `2024-07-17`, several addresses with blanks between them. What is not in it the list
    does not say; empty: it is to be cleared."""
    cells: tuple[str, ...] = ()
    """As it was brought, without identity numbers."""

    def get(self, name: str) -> str:
        return self.values.get(name, "")

    def as_data(self) -> dict[str, Any]:
        return {"line": self.line, "values": dict(self.values), "cells": list(self.cells)}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> DeviceRow:
        return cls(data["line"], data["values"], tuple(data["cells"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceList:
    rows: Sequence[DeviceRow]
    faults: Sequence[RowFault] = ()
    notes: Sequence[str] = ()
    """What was read under another name, left empty, or skipped, in Turkish."""
    columns: Sequence[ListColumn] = ()
    header: tuple[str, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)
    """What was said of columns, by their headings: the next list of that house is read so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDevice(ImportedRow):
    row: DeviceRow
    device: DeviceId | None = None
    """Which it is; of a new one after it was taken in."""
    people: tuple[PersonId, ...] = ()
    """Who may be the holder: one of these is to be chosen, or none."""
    holder: PersonId | None = None
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """By field: before, after."""
    version: int = 0
    """Of the device when the row was taken in: another one since, and it stays."""
    before: Mapping[str, Any] = field(default_factory=dict)
    """What is put back."""

    def without(self, person: PersonId, is_named_in: Callable[[str], bool]) -> ListedDevice:
        """Without what it says of somebody: as whom it was written, that they may hold it, cells with their name. It
        is the same device, and is taken back as before; unchanged where it says nothing."""
        values, changes, custody = dict(self.row.values), dict(self.changes), dict(self.before.get("custody", {}))
        meant = person == self.holder or person in self.people or is_named_in(self.row.get("holder"))
        if meant:
            values.pop("holder", None)
        if meant or any(map(is_named_in, changes.get("holder", ()))):
            changes.pop("holder", None)
        if is_named_in(custody.get("holder_text", "")):
            custody["holder_text"] = ""
        cells = _without_names(self.row.cells, is_named_in)
        return replace(
            self,
            row=replace(self.row, values=values, cells=cells),
            people=() if meant else self.people,
            holder=None if meant else self.holder,
            changes=changes,
            before={**self.before, "custody": custody} if custody else self.before,
        )


def _without_names(cells: tuple[str, ...], is_named_in: Callable[[str], bool]) -> tuple[str, ...]:
    return tuple("" if is_named_in(one) else one for one in cells)


@dataclass(frozen=True, slots=True)
class NearDepartment:
    """A müdürlük that is not in the house's list under that spelling."""

    written: str
    near: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceImport(ListImport):
    header: tuple[str, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)
    """As in `DeviceList`."""
    departments: Sequence[NearDepartment] = ()
    """To be confirmed once; it becomes another name of that müdürlük."""
    chosen: Mapping[int, PersonId] = field(default_factory=dict)
    """Who holds it, by the place of the row; said when it was said yes to, for every part."""

    def without(self, person: PersonId, is_named_in: Callable[[str], bool]) -> DeviceImport:
        """Without what is said of rows that name somebody; unchanged where none does."""
        faults = [
            replace(
                one,
                says=f"Satır {one.line}: {_ERASED}" if is_named_in(one.says) else one.says,
                cells=_without_names(one.cells, is_named_in),
            )
            for one in self.faults
        ]
        notes = [one for one in self.notes if not is_named_in(one)]
        chosen = {place: one for place, one in self.chosen.items() if one != person}
        return replace(self, faults=faults, notes=notes, chosen=chosen)


_ERASED = "satır alınmadı; adı geçen kişi verilerini sildirdi."
