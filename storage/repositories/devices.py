"""Devices: what each is, where it is, the numbers by which it is known, and its labels."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Integer, String, and_, bindparam, delete, func, insert, or_, select, update

from handlers.domain.devices import (
    Condition,
    Custody,
    CustodyKind,
    Description,
    Device,
    DeviceId,
    DeviceMerge,
    Ending,
    Label,
)
from handlers.domain.errors import NotFound, Stale
from handlers.domain.numbers import Number
from handlers.domain.people import PersonId
from handlers.domain.places import PlaceId
from handlers.ports.devices import DevicesWanted, Known, Near
from knowledge.device_kinds import device_kinds
from knowledge.language.device_keys import UNIQUE, DeviceKey, KeyKind, keys_of, make_key
from knowledge.language.folding import folded
from storage.engine.in_list import in_list
from storage.engine.like import pattern
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories import device_lists
from storage.repositories.rows import columns
from storage.tables import device, device_key, device_label


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


COLUMNS = columns(device, DeviceRow)
_GET = prepared(select(*COLUMNS).where(device.c.id == bindparam("key")), DeviceRow)
_SEVERAL = prepared(select(*COLUMNS).where(in_list(device.c.id, "keys")).order_by(device.c.id), DeviceRow)
_ANY = prepared_value(select(device.c.id).limit(1), DeviceId)
_BY_NUMBER = prepared(select(*COLUMNS).where(device.c.number == bindparam("written")), DeviceRow)
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
_MERGED = prepared_value(select(device.c.id).where(in_list(device.c.merged_into, "keys")), DeviceId)
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
    .where(device_label.c.device == bindparam("of_device"))
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
        written = f"D-{place:05d}"
        row = self._transaction.run(_BY_NUMBER, {"written": written}).first()
        return None if row is None else device_of(row)

    def add(self, device: Device) -> Device:
        self._require_free(device)
        added = replace(device, id=DeviceId(self._transaction.new_id(_ADD, {**_values(device), "version": 0})))
        self._write_keys(added)
        return replace(added, version=0)

    def save(self, device: Device) -> Device:
        self._require_free(device)
        values = {**_values(device), "version": device.version + 1, "key": device.id, "known": device.version}
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

    def merged_into(self, device: DeviceId) -> Sequence[DeviceId]:
        found: list[DeviceId] = []
        layer: Sequence[DeviceId] = [device]
        while layer := self._transaction.run(_MERGED, {"keys": list(layer)}).all():
            layer = [one for one in layer if one != device and one not in found]
            found += layer
            if not layer:
                break
        return found

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

    def labels(self, device: DeviceId) -> Sequence[Label]:
        return [Label(**row._asdict()) for row in self._transaction.run(_LABELS, {"of_device": device})]

    def label_addresses(self) -> Mapping[str, int]:
        return {row.address: row.number for row in self._transaction.run(_LABEL_ADDRESSES)}

    def _require_free(self, one: Device) -> None:
        """What another process adds at this moment the index refuses, and the work is done again."""
        if not one.living:
            return
        keys = {key: row_make for key, row_make in _keys(one) if key.kind in UNIQUE}
        rows = self._transaction.run(_KNOWN, {"keys": [key.key for key in keys]}) if keys else ()
        for row in rows:
            make = keys.get(DeviceKey(KeyKind(row.kind), row.key))
            if make is not None and row.living and row.device != one.id and make == row.make:
                raise Stale("device", row.key)

    def _write_keys(self, one: Device) -> None:
        rows = [row._asdict() for row in key_rows(one)]
        if rows:
            self._transaction.run(_ADD_KEY, rows)


def key_rows(one: Device) -> list[KeyRow]:
    """Under which it is kept."""
    if one.ending is Ending.WITHDRAWN:
        return []
    return [KeyRow(key.key, key.kind.value, one.id, make, one.living) for key, make in _keys(one)]


def _keys(one: Device) -> Iterator[tuple[DeviceKey, str]]:
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


def _values(one: Device) -> dict[str, object]:
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


def _label_values(label: Label) -> dict[str, object]:
    return LabelRow(
        label.token, label.device, label.issued_at, label.issued_by, label.revoked_at, label.address
    )._asdict()
