"""Lists of devices that were brought."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from handlers.domain.brought_lists import Counts, RowFate, RowFault, RowKind
from handlers.domain.device_lists import DeviceImport, DeviceRow, ListedDevice, NearDepartment
from handlers.domain.devices import DeviceId
from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction
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


class CountedRow(NamedTuple):
    kind: str
    fate: str | None
    number: int


_LIST = columns(device_import, DeviceImportRow)
_ROW = columns(device_import_row, ListedDeviceRow)
_OF_LIST = device_import_row.c.list == bindparam("of_list")
_TAKEN_IN = select(*_LIST).where(device_import.c.begun_at.is_not(None)).order_by(device_import.c.id.desc())
_ADD = prepared(insert(device_import))
_ADD_ROWS = prepared(insert(device_import_row))
_GET = prepared(select(*_LIST).where(device_import.c.key == bindparam("of_key")), DeviceImportRow)
_SAVE = prepared(
    update(device_import)
    .where(device_import.c.id == bindparam("of_list"))
    .values(begun_at=bindparam("begun_at"), back_at=bindparam("back_at"), said=bindparam("said"))
)
_BEFORE = prepared(
    _TAKEN_IN.where(device_import.c.digest == bindparam("of_digest"), device_import.c.back_at.is_(None)).limit(1),
    DeviceImportRow,
)
_DRAFTS = prepared(
    select(*_LIST)
    .where(device_import.c.begun_at.is_(None), device_import.c.at >= bindparam("since"))
    .order_by(device_import.c.id.desc())
    .limit(bindparam("most")),
    DeviceImportRow,
)
_IS_DRAFT = select(device_import.c.id).where(
    device_import.c.key == bindparam("of_key"), device_import.c.begun_at.is_(None)
)
_DROP_ROWS = prepared(delete(device_import_row).where(device_import_row.c.list.in_(_IS_DRAFT)))
_DROP = prepared(
    delete(device_import).where(device_import.c.key == bindparam("of_key"), device_import.c.begun_at.is_(None))
)
_RECENT = prepared(_TAKEN_IN.limit(bindparam("most")), DeviceImportRow)
_COUNTS = prepared(
    select(device_import_row.c.kind, device_import_row.c.fate, func.count().label("number"))
    .where(_OF_LIST)
    .group_by(device_import_row.c.kind, device_import_row.c.fate),
    CountedRow,
)
_BY_PLACE = select(*_ROW).where(_OF_LIST).order_by(device_import_row.c.place).limit(bindparam("most"))
_ROWS = prepared(_BY_PLACE.where(device_import_row.c.place >= bindparam("first")), ListedDeviceRow)
_OF_KIND = prepared(
    _BY_PLACE.where(
        device_import_row.c.place > bindparam("after_place"), device_import_row.c.kind == bindparam("of_kind")
    ),
    ListedDeviceRow,
)
_WAITING = prepared(_BY_PLACE.where(device_import_row.c.waits == 1), ListedDeviceRow)
_SAVE_ROW = prepared(
    update(device_import_row)
    .where(_OF_LIST, device_import_row.c.place == bindparam("of_place"))
    .values(
        device=bindparam("device"), fate=bindparam("fate"), version=bindparam("version"), before=bindparam("before")
    )
)
_OLD = or_(
    device_import.c.at < bindparam("before"),
    (device_import.c.at < bindparam("previews_before")) & device_import.c.begun_at.is_(None),
)
_FORGET_ROWS = prepared(
    delete(device_import_row).where(device_import_row.c.list.in_(select(device_import.c.id).where(_OLD)))
)
_FORGET_WORDS = prepared(
    update(device_import).where(device_import.c.at < bindparam("before")).values(said=bindparam("nothing"))
)
_FORGET_LISTS = prepared(
    delete(device_import).where(device_import.c.at < bindparam("previews_before"), device_import.c.begun_at.is_(None))
)


class SqlDeviceImports:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, brought: DeviceImport, rows: Sequence[ListedDevice]) -> DeviceImport:
        values = {
            "key": brought.key,
            "owner": brought.owner,
            "at": brought.at,
            "name": brought.name,
            "digest": brought.digest,
            "said": _said(brought),
            "begun_at": brought.begun_at,
            "back_at": brought.back_at,
        }
        added = replace(brought, id=self._transaction.new_id(_ADD, values))
        if rows:
            self._transaction.run(_ADD_ROWS, [_values(added.id, place, one) for place, one in enumerate(rows)])
        return added

    def get(self, key: str) -> DeviceImport:
        row = self._transaction.run(_GET, {"of_key": key}).first()
        if row is None:
            raise NotFound("device_import", key)
        return _brought(row)

    def save(self, brought: DeviceImport) -> None:
        values = {
            "of_list": brought.id,
            "begun_at": brought.begun_at,
            "back_at": brought.back_at,
            "said": _said(brought),
        }
        if self._transaction.run(_SAVE, values).rowcount != 1:
            raise NotFound("device_import", brought.key)

    def taken_before(self, digest: str) -> DeviceImport | None:
        row = self._transaction.run(_BEFORE, {"of_digest": digest}).first()
        return None if row is None else _brought(row)

    def recent(self, limit: int) -> Sequence[DeviceImport]:
        return [_brought(row) for row in self._transaction.run(_RECENT, {"most": limit})]

    def drafts(self, since: datetime, limit: int) -> Sequence[DeviceImport]:
        return [_brought(row) for row in self._transaction.run(_DRAFTS, {"since": since, "most": limit})]

    def drop(self, key: str) -> bool:
        self._transaction.run(_DROP_ROWS, {"of_key": key})
        return self._transaction.run(_DROP, {"of_key": key}).rowcount == 1

    def counts(self, brought: int) -> Counts:
        kinds: dict[RowKind, int] = {}
        fates: dict[RowFate, int] = {}
        for row in self._transaction.run(_COUNTS, {"of_list": brought}):
            kinds[RowKind(row.kind)] = kinds.get(RowKind(row.kind), 0) + row.number
            if row.fate is not None:
                fates[RowFate(row.fate)] = fates.get(RowFate(row.fate), 0) + row.number
        return Counts(kinds, fates)

    def rows(self, brought: int, first: int, limit: int) -> Sequence[tuple[int, ListedDevice]]:
        return _listed(self._transaction.run(_ROWS, {"of_list": brought, "first": first, "most": limit}))

    def of_kind(self, brought: int, kind: RowKind, after: int, limit: int) -> Sequence[tuple[int, ListedDevice]]:
        asked = {"of_list": brought, "of_kind": kind.value, "after_place": after, "most": limit}
        return _listed(self._transaction.run(_OF_KIND, asked))

    def waiting(self, brought: int, limit: int) -> Sequence[tuple[int, ListedDevice]]:
        return _listed(self._transaction.run(_WAITING, {"of_list": brought, "most": limit}))

    def save_rows(self, brought: int, rows: Sequence[tuple[int, ListedDevice]]) -> None:
        for place, row in rows:
            values = {
                "of_list": brought,
                "of_place": place,
                "device": row.device,
                "fate": row.fate.value if row.fate is not None else None,
                "version": row.version,
                "before": dict(row.before),
            }
            if self._transaction.run(_SAVE_ROW, values).rowcount != 1:
                raise NotFound("device_import_row", place)

    def forget(self, before: datetime, previews_before: datetime) -> int:
        self._transaction.run(_FORGET_ROWS, {"before": before, "previews_before": previews_before})
        self._transaction.run(_FORGET_WORDS, {"before": before, "nothing": {}})
        return self._transaction.run(_FORGET_LISTS, {"previews_before": previews_before}).rowcount


def _values(brought: int, place: int, one: ListedDevice) -> dict[str, object]:
    data = one.row.as_data() | {
        "people": list(one.people),
        "holder": one.holder,
        "changes": {name: list(both) for name, both in one.changes.items()},
    }
    return {
        "list": brought,
        "place": place,
        "data": data,
        "kind": one.kind.value,
        "waits": int(bool(one.people)),
        "device": one.device,
        "fate": one.fate.value if one.fate is not None else None,
        "version": one.version,
        "before": dict(one.before),
    }


def _said(brought: DeviceImport) -> dict[str, object]:
    return {
        "header": list(brought.header),
        "headings": dict(brought.headings),
        "faults": [[one.line, one.says, one.whom, list(one.cells)] for one in brought.faults],
        "notes": list(brought.notes),
        "departments": [[one.written, one.near, one.rows] for one in brought.departments],
    }


def _brought(row: DeviceImportRow) -> DeviceImport:
    fields = row._asdict()
    said = fields.pop("said")
    return DeviceImport(
        **fields,
        header=tuple(said.get("header", ())),
        headings=said.get("headings", {}),
        faults=[RowFault(line, says, whom, tuple(cells)) for line, says, whom, cells in said.get("faults", ())],
        notes=said.get("notes", []),
        departments=[NearDepartment(*one) for one in said.get("departments", ())],
    )


def _listed(rows: Iterable[ListedDeviceRow]) -> Sequence[tuple[int, ListedDevice]]:
    return [
        (
            row.place,
            ListedDevice(
                row=DeviceRow.of(row.data),
                kind=RowKind(row.kind),
                device=row.device,
                people=tuple(row.data["people"]),
                holder=row.data["holder"],
                changes={name: (both[0], both[1]) for name, both in row.data["changes"].items()},
                fate=RowFate(row.fate) if row.fate is not None else None,
                version=row.version,
                before=row.before,
            ),
        )
        for row in rows
    ]
