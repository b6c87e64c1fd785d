"""Devices: what each is, where it is, the numbers by which it is known, and its labels."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Integer, String, and_, bindparam, delete, func, insert, or_, select, update

from handlers.domain.devices import Device, DeviceId, Label
from handlers.domain.errors import NotFound, Stale
from handlers.domain.people import PersonId
from handlers.ports.devices import DevicesWanted, Known, Near
from knowledge.device_kinds import device_kinds
from knowledge.language.device_keys import UNIQUE, DeviceKey, KeyKind
from storage.engine.in_list import in_list
from storage.engine.like import pattern
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories import device_lists
from storage.repositories.device_rows import (
    COLUMNS,
    DeviceRow,
    KeyRow,
    device_of,
    key_rows,
    keys_with_makes,
    values_of,
)
from storage.repositories.rows import columns
from storage.tables import device, device_key, device_label


class LabelRow(NamedTuple):
    token: str
    device: DeviceId
    issued_at: datetime
    issued_by: PersonId | None
    revoked_at: datetime | None
    address: str


class AddressRow(NamedTuple):
    address: str
    number: int


class NumberRow(NamedTuple):
    number: int


class MergeRow(NamedTuple):
    id: DeviceId
    merged_into: DeviceId | None
    """Never None in what is asked for; the column may be."""


_GET = prepared(select(*COLUMNS).where(device.c.id == bindparam("key")), DeviceRow)
_SEVERAL = prepared(select(*COLUMNS).where(in_list(device.c.id, "keys")).order_by(device.c.id), DeviceRow)
_ANY = prepared_value(select(device.c.id).limit(1), DeviceId)
_NUMBERED = prepared(select(*COLUMNS).where(in_list(device.c.number, "written")).order_by(device.c.id), DeviceRow)
_WORDS = [device.c.search.like(bindparam(name, type_=String), escape="\\") for name in ("word", "other_word")]
_LIKE_IT = and_(
    device_lists.LIVING,
    in_list(device.c.kind, "kinds"),
    or_(and_(*_WORDS), and_(device.c.brand == "", device.c.model == "")),
)
_MOST = bindparam("most", type_=Integer)
_IN_CUSTODY = device.c.holder == bindparam("of_person", type_=Integer)
_HELD = prepared(select(*COLUMNS).where(_IN_CUSTODY, _LIKE_IT).limit(_MOST), DeviceRow)
_PLACED = prepared(select(*COLUMNS).where(in_list(device.c.place, "places"), _LIKE_IT).limit(_MOST), DeviceRow)
_THEIRS = prepared(
    select(*COLUMNS).where(in_list(device.c.department, "departments"), _LIKE_IT).limit(_MOST), DeviceRow
)
"""In no order: more than are asked for mean nothing."""
_ADD = prepared(insert(device))
_SAVE = prepared(update(device).where(device.c.id == bindparam("key"), device.c.version == bindparam("known")))
_KNOWN = prepared(
    select(*columns(device_key, KeyRow))
    .where(in_list(device_key.c.key, "keys"))
    .order_by(device_key.c.living.desc(), device_key.c.device),
    KeyRow,
)
_ADD_KEY = prepared(insert(device_key))
_FORGET_KEYS = prepared(delete(device_key).where(device_key.c.device == bindparam("of_device")))
_INTO = select(device.c.id, device.c.merged_into.label("merged_into"))
"""Only of those that are merged: never NULL."""
_MERGED = prepared(_INTO.where(in_list(device.c.merged_into, "keys")), MergeRow)
_MERGES = prepared(_INTO.where(device.c.merged_into.is_not(None)), MergeRow)
_DEPARTMENTS = prepared_value(
    select(device.c.department).where(device_lists.LIVING, device.c.department != "").distinct(), str
)
_GUEST, _PERSON = bindparam("guest", type_=Integer), bindparam("to_person", type_=Integer)
_MOVE = prepared(update(device).where(device.c.holder == _GUEST).values(holder=_PERSON))
_MOVE_KEEPER = prepared(update(device).where(device.c.keeper == _GUEST).values(keeper=_PERSON))
_LABEL_COLUMNS = columns(device_label, LabelRow)
_ADD_LABEL = prepared(insert(device_label))
_SAVE_LABEL = prepared(update(device_label).where(device_label.c.token == bindparam("key")))
_LABEL = prepared(select(*_LABEL_COLUMNS).where(device_label.c.token == bindparam("key")), LabelRow)
_LABELS = prepared(
    select(*_LABEL_COLUMNS)
    .where(in_list(device_label.c.device, "devices"))
    .order_by(device_label.c.issued_at, device_label.c.token),
    LabelRow,
)
_LABEL_ADDRESSES = prepared(
    select(device_label.c.address, func.count().label("number"))
    .where(device_label.c.revoked_at.is_(None))
    .group_by(device_label.c.address),
    AddressRow,
)


class SqlDevices:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, device: DeviceId) -> Device:
        row = self._transaction.run(_GET, {"key": device}).first()
        if row is None:
            raise NotFound("device", device)
        return device_of(row)

    def several(self, devices: Collection[DeviceId]) -> Sequence[Device]:
        return [device_of(row) for row in self._transaction.run(_SEVERAL, {"keys": list(devices)})] if devices else []

    def any(self) -> bool:
        return self._transaction.run(_ANY).first() is not None

    def by_number(self, place: int) -> Device | None:
        return next(iter(self.numbered([place])), None)

    def numbered(self, places: Collection[int]) -> Sequence[Device]:
        written = [f"D-{place:05d}" for place in places]
        return [device_of(row) for row in self._transaction.run(_NUMBERED, {"written": written})] if written else []

    def add(self, device: Device) -> Device:
        self._require_free(device)
        added = replace(device, id=DeviceId(self._transaction.new_id(_ADD, {**values_of(device), "version": 0})))
        self._write_keys(added)
        return replace(added, version=0)

    def save(self, device: Device) -> Device:
        self._require_free(device)
        values = {**values_of(device), "version": device.version + 1, "key": device.id, "known": device.version}
        if self._transaction.run(_SAVE, values).rowcount != 1:
            self.get(device.id)
            raise Stale("device", device.id)
        self._transaction.run(_FORGET_KEYS, {"of_device": device.id})
        self._write_keys(device)
        return replace(device, version=device.version + 1)

    def known_by(self, keys: Collection[DeviceKey]) -> Sequence[Known]:
        if not keys:
            return []
        wanted = set(keys)
        rows = self._transaction.run(_KNOWN, {"keys": list({one.key for one in keys})})
        known = (Known(DeviceKey(KeyKind(row.kind), row.key), row.device, bool(row.living)) for row in rows)
        return [one for one in known if one.key in wanted]

    def page(self, wanted: DevicesWanted, *, after: DeviceId | None = None, limit: int = 50) -> Sequence[Device]:
        query = select(*COLUMNS).where(*device_lists.matching(wanted)).order_by(device.c.id.desc()).limit(limit)
        if after is not None:
            query = query.where(device.c.id < after)
        return [device_of(row) for row in self._transaction.query(query, DeviceRow)]

    def count(self, wanted: DevicesWanted) -> int:
        query = select(func.count().label("number")).select_from(device).where(*device_lists.matching(wanted))
        (row,) = self._transaction.query(query, NumberRow)
        return row.number

    def near(self, near: Near, limit: int) -> Sequence[Device]:
        word, other, *_ = (*near.words, "", "")
        asked = {
            "kinds": sorted(near.kinds or device_kinds()),
            "word": pattern(word),
            "other_word": pattern(other),
            "most": limit,
        }
        found: dict[DeviceId, DeviceRow] = {}
        if near.holder is not None:
            found |= {row.id: row for row in self._transaction.run(_HELD, {**asked, "of_person": near.holder})}
        if near.places:
            found |= {row.id: row for row in self._transaction.run(_PLACED, {**asked, "places": sorted(near.places)})}
        if near.departments:
            written = {**asked, "departments": sorted(near.departments)}
            found |= {row.id: row for row in self._transaction.run(_THEIRS, written)}
        return [device_of(found[key]) for key in sorted(found)[:limit]]

    def merged_into(self, devices: Collection[DeviceId]) -> Mapping[DeviceId, DeviceId]:
        ends = {one: one for one in devices}
        layer = list(ends)
        while layer:
            rows = self._transaction.run(_MERGED, {"keys": layer}).all()
            found = {row.id: ends[row.merged_into] for row in rows if row.merged_into and row.id not in ends}
            ends |= found
            layer = list(found)
        return {one: end for one, end in ends.items() if one not in devices}

    def merges(self) -> Mapping[DeviceId, DeviceId]:
        return {row.id: row.merged_into for row in self._transaction.run(_MERGES) if row.merged_into is not None}

    def departments(self) -> Sequence[str]:
        return sorted(self._transaction.run(_DEPARTMENTS))

    def move(self, guest: PersonId, person: PersonId) -> None:
        for statement in (_MOVE, _MOVE_KEEPER):
            self._transaction.run(statement, {"guest": guest, "to_person": person})

    def add_label(self, label: Label) -> None:
        if self.label(label.token) is not None:
            raise Stale("label", label.token)
        self._transaction.run(_ADD_LABEL, _label_values(label))

    def save_label(self, label: Label) -> None:
        if self._transaction.run(_SAVE_LABEL, {**_label_values(label), "key": label.token}).rowcount != 1:
            raise NotFound("label", label.token)

    def label(self, token: str) -> Label | None:
        row = self._transaction.run(_LABEL, {"key": token}).first()
        return None if row is None else Label(**row._asdict())

    def labels(self, devices: Collection[DeviceId]) -> Sequence[Label]:
        return [Label(**row._asdict()) for row in self._transaction.run(_LABELS, {"devices": list(devices)})]

    def label_addresses(self) -> Mapping[str, int]:
        return {row.address: row.number for row in self._transaction.run(_LABEL_ADDRESSES)}

    def _require_free(self, one: Device) -> None:
        """What another process adds at this moment the index refuses, and the work is done again."""
        if not one.living:
            return
        keys = {key: row_make for key, row_make in keys_with_makes(one) if key.kind in UNIQUE}
        rows = self._transaction.run(_KNOWN, {"keys": [key.key for key in keys]}) if keys else ()
        for row in rows:
            make = keys.get(DeviceKey(KeyKind(row.kind), row.key))
            if make is not None and row.living and row.device != one.id and make == row.make:
                raise Stale("device", row.key)

    def _write_keys(self, one: Device) -> None:
        rows = [row._asdict() for row in key_rows(one)]
        if rows:
            self._transaction.run(_ADD_KEY, rows)


def _label_values(label: Label) -> dict[str, object]:
    return LabelRow(
        label.token, label.device, label.issued_at, label.issued_by, label.revoked_at, label.address
    )._asdict()
