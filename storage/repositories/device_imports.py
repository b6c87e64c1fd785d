"""Lists of devices that were brought."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select, update

from handlers.domain.brought_lists import RowFate, RowFault, RowKind
from handlers.domain.device_lists import DeviceImport, DeviceRow, ListedDevice, NearDepartment
from handlers.domain.devices import DeviceId
from handlers.domain.people import PersonId
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction
from storage.repositories.brought_lists import CountedRow, ListQueries, ListStatements, SqlBroughtLists
from storage.repositories.rows import columns
from storage.tables import device_import, device_import_row


class DeviceImportRow(NamedTuple):
    id: int
    key: str
    owner: PersonId
    at: datetime
    name: str
    digest: str
    said: dict[str, Any]
    begun_at: datetime | None
    back_at: datetime | None


class ListedDeviceRow(NamedTuple):
    place: int
    data: dict[str, Any]
    kind: str
    device: DeviceId | None
    fate: str | None
    version: int
    before: dict[str, Any]


_ASK = ListQueries(
    device_import,
    device_import_row,
    DeviceImportRow,
    ListedDeviceRow,
    saved=("said",),
    saved_of_row=("device", "version", "before"),
)
_STATEMENTS = ListStatements(
    asked=_ASK,
    add=prepared(_ASK.add),
    add_rows=prepared(_ASK.add_rows),
    get=prepared(_ASK.get, DeviceImportRow),
    get_locked=prepared(_ASK.get_locked, DeviceImportRow),
    save=prepared(_ASK.save),
    taken_before=prepared(_ASK.taken_before, DeviceImportRow),
    recent=prepared(_ASK.recent, DeviceImportRow),
    drafts=prepared(_ASK.drafts, DeviceImportRow),
    drop_rows=prepared(_ASK.drop_rows),
    drop=prepared(_ASK.drop),
    counts=prepared(_ASK.counts, CountedRow),
    rows=prepared(_ASK.rows, ListedDeviceRow),
    of_kind=prepared(_ASK.of_kind, ListedDeviceRow),
    save_row=prepared(_ASK.save_row),
    forget_rows=prepared(_ASK.forget_rows),
    forget_drafts=prepared(_ASK.forget_drafts),
)
_WAITING = prepared(_ASK.by_place.where(device_import_row.c.waits == 1), ListedDeviceRow)
_FORGET_WORDS = prepared(
    update(device_import).where(device_import.c.begun_at < bindparam("before")).values(said=bindparam("nothing"))
)
_WITH_WORDS = prepared(
    select(*columns(device_import, DeviceImportRow))
    .where(device_import.c.said != bindparam("nothing"))
    .order_by(device_import.c.id),
    DeviceImportRow,
)
_BLANK_ROW = prepared(
    update(device_import_row)
    .where(device_import_row.c.list == bindparam("of_list"), device_import_row.c.place == bindparam("of_place"))
    .values(data=bindparam("data"), waits=bindparam("waits"), before=bindparam("before"))
)
_READ_AT_ONCE = 1_000


class SqlDeviceImports(SqlBroughtLists[DeviceImport, ListedDevice, DeviceImportRow, ListedDeviceRow]):
    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction, _STATEMENTS, "device_import")

    def waiting(self, brought: int, limit: int) -> Sequence[tuple[int, ListedDevice]]:
        return self._found(_WAITING, {"of_list": brought, "most": limit})

    def save_rows(self, brought: int, rows: Sequence[tuple[int, ListedDevice]]) -> None:
        for place, row in rows:
            self.save_row(brought, place, row)

    def forget(self, before: datetime, previews_before: datetime) -> int:
        self._transaction.run(_FORGET_WORDS, {"before": before, "nothing": {}})
        return super().forget(before, previews_before)

    def forget_person(self, person: PersonId, is_named_in: Callable[[str], bool]) -> int:
        """A name is spelled in many ways, and words are kept as JSON: all of them are read."""
        lists = [self._brought(row) for row in self._transaction.run(_WITH_WORDS, {"nothing": {}})]
        return sum(self._forget_in(one, person, is_named_in) for one in lists)

    def _forget_in(self, brought: DeviceImport, person: PersonId, is_named_in: Callable[[str], bool]) -> int:
        if (bare := brought.without(person, is_named_in)) != brought:
            self.save(bare)
        first, gone = 0, 0
        while rows := self.rows(brought.id, first, _READ_AT_ONCE):
            for place, row in rows:
                if (bare_row := row.without(person, is_named_in)) != row:
                    values = self._row_values(bare_row)
                    words = {name: values[name] for name in ("data", "waits", "before")}
                    self._transaction.run(_BLANK_ROW, {"of_list": brought.id, "of_place": place, **words})
                    gone += 1
            first = rows[-1][0] + 1
        return gone

    def _said(self, brought: DeviceImport) -> Mapping[str, object]:
        return {
            "said": {
                "header": list(brought.header),
                "headings": dict(brought.headings),
                "faults": [[one.line, one.says, one.whom, list(one.cells)] for one in brought.faults],
                "notes": list(brought.notes),
                "departments": [[one.written, one.near, one.rows] for one in brought.departments],
                "chosen": {str(place): person for place, person in brought.chosen.items()},
            }
        }

    def _brought(self, row: DeviceImportRow) -> DeviceImport:
        fields = row._asdict()
        said = fields.pop("said")
        return DeviceImport(
            **fields,
            header=tuple(said.get("header", ())),
            headings=said.get("headings", {}),
            faults=[RowFault(line, says, whom, tuple(cells)) for line, says, whom, cells in said.get("faults", ())],
            notes=said.get("notes", []),
            departments=[NearDepartment(*one) for one in said.get("departments", ())],
            chosen={int(place): person for place, person in said.get("chosen", {}).items()},
        )

    def _row_values(self, one: ListedDevice) -> Mapping[str, object]:
        more = {
            "people": list(one.people),
            "holder": one.holder,
            "changes": {name: list(both) for name, both in one.changes.items()},
        }
        return {
            "data": one.row.as_data() | more,
            "waits": int(bool(one.people)),
            "device": one.device,
            "version": one.version,
            "before": dict(one.before),
        }

    def _listed(self, row: ListedDeviceRow) -> tuple[int, ListedDevice]:
        return row.place, ListedDevice(
            row=DeviceRow.of(row.data),
            kind=RowKind(row.kind),
            device=row.device,
            people=tuple(row.data["people"]),
            holder=row.data["holder"],
            changes={name: (both[0], both[1]) for name, both in row.data["changes"].items()},
            fate=RowFate(row.fate) if row.fate is not None else None,
            version=row.version,
            before=row.before,
        )
