"""Firms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Integer, String, bindparam, insert, select, update

from handlers.domain.errors import NotFound, Stale
from handlers.domain.people import PersonId
from handlers.domain.vendors import Vendor, VendorId
from knowledge.language.folding import folded
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.tables import vendor


class VendorRow(NamedTuple):
    id: VendorId
    name: str
    phone: str
    email: str
    fault_line: str
    contact: str
    active: bool
    recorded_at: datetime
    recorded_by: PersonId | None
    version: int


_COLUMNS = columns(vendor, VendorRow)
_ALL = prepared(select(*_COLUMNS).order_by(vendor.c.name_key), VendorRow)
_GET = prepared(select(*_COLUMNS).where(vendor.c.id == bindparam("key", type_=Integer)), VendorRow)
_BY_NAME = prepared(select(*_COLUMNS).where(vendor.c.name_key == bindparam("name", type_=String)), VendorRow)
_ADD = prepared(insert(vendor))
_SAVE = prepared(update(vendor).where(vendor.c.id == bindparam("key"), vendor.c.version == bindparam("known")))
_MOVE = prepared(update(vendor).where(vendor.c.recorded_by == bindparam("of")))


class SqlVendors:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def all(self) -> Sequence[Vendor]:
        return [_vendor_of(row) for row in self._transaction.run(_ALL, {})]

    def get(self, key: VendorId) -> Vendor:
        row = self._transaction.run(_GET, {"key": key}).first()
        if row is None:
            raise NotFound("vendor", key)
        return _vendor_of(row)

    def by_name(self, name: str) -> Vendor | None:
        row = self._transaction.run(_BY_NAME, {"name": name_key(name)}).first()
        return None if row is None else _vendor_of(row)

    def add(self, vendor: Vendor) -> Vendor:
        self._require_free(vendor)
        added = self._transaction.new_id(_ADD, {**_values(vendor), "version": 0})
        return replace(vendor, id=VendorId(added), version=0)

    def save(self, vendor: Vendor) -> Vendor:
        self._require_free(vendor)
        values = {**_values(vendor), "version": vendor.version + 1, "key": vendor.id, "known": vendor.version}
        if self._transaction.run(_SAVE, values).rowcount != 1:
            self.get(vendor.id)
            raise Stale("vendor", vendor.id)
        return replace(vendor, version=vendor.version + 1)

    def move(self, of: PersonId, to: PersonId) -> None:
        self._transaction.run(_MOVE, {"of": of, "recorded_by": to})

    def _require_free(self, vendor: Vendor) -> None:
        """What another process adds at this moment the index refuses, and the work is done again."""
        other = self.by_name(vendor.name)
        if other is not None and other.id != vendor.id:
            raise Stale("vendor", other.id)


def name_key(name: str) -> str:
    """As names of firms are compared."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in folded(name)).split())


def _vendor_of(row: VendorRow) -> Vendor:
    return Vendor(**{**row._asdict(), "active": bool(row.active)})


def _values(one: Vendor) -> dict[str, object]:
    names = [name for name in VendorRow._fields if name not in ("id", "version")]
    return {**{name: getattr(one, name) for name in names}, "name_key": name_key(one.name)}
