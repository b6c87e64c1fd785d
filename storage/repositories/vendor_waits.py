"""Whom tickets wait for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Integer, bindparam, func, insert, select, update

from handlers.domain.devices import Custody, CustodyKind, DeviceId
from handlers.domain.errors import NotFound, Stale
from handlers.domain.people import PersonId
from handlers.domain.services import Disk, VendorWait, WaitId
from handlers.domain.ticket import TicketId
from handlers.domain.vendors import VendorId
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.tables import vendor_wait


class WaitRow(NamedTuple):
    id: WaitId
    ticket: TicketId
    vendor: VendorId
    device: DeviceId | None
    covered_until: date | None
    at: datetime
    by: PersonId
    disk: str | None
    asked_at: datetime | None
    left_at: datetime | None
    left_by: PersonId | None
    was: str | None
    was_holder: PersonId | None
    was_holder_text: str
    was_keeper: PersonId | None
    was_since: date | None
    back_at: datetime | None
    version: int


_COLUMNS = columns(vendor_wait, WaitRow)
_ONE = select(*_COLUMNS).where(vendor_wait.c.id == bindparam("key", type_=Integer))
_GET = prepared(_ONE, WaitRow)
_GET_LOCKED = prepared(_ONE.with_for_update(), WaitRow)
_OF_TICKET = prepared(
    select(*_COLUMNS)
    .where(vendor_wait.c.ticket == bindparam("of", type_=Integer))
    .order_by(vendor_wait.c.id.desc())
    .limit(1),
    WaitRow,
)
_OF_DEVICE = prepared(
    select(*_COLUMNS)
    .where(vendor_wait.c.device.is_not(None), vendor_wait.c.device == bindparam("of", type_=Integer))
    .order_by(vendor_wait.c.id.desc()),
    WaitRow,
)
_OUT = prepared(
    select(*_COLUMNS)
    .where(vendor_wait.c.left_at.is_not(None), vendor_wait.c.back_at.is_(None))
    .order_by(vendor_wait.c.id),
    WaitRow,
)
_LATELY = prepared_value(
    select(vendor_wait.c.vendor)
    .group_by(vendor_wait.c.vendor)
    .order_by(func.max(vendor_wait.c.id).desc())
    .limit(bindparam("most", type_=Integer)),
    VendorId,
)
_ADD = prepared(insert(vendor_wait))
_SAVE = prepared(
    update(vendor_wait).where(vendor_wait.c.id == bindparam("key"), vendor_wait.c.version == bindparam("known"))
)
_MOVE_BY = prepared(update(vendor_wait).where(vendor_wait.c.by == bindparam("of")))
_MOVE_LEFT_BY = prepared(update(vendor_wait).where(vendor_wait.c.left_by == bindparam("of")))
_MOVE_WAS_HOLDER = prepared(update(vendor_wait).where(vendor_wait.c.was_holder == bindparam("of")))
_MOVE_WAS_KEEPER = prepared(update(vendor_wait).where(vendor_wait.c.was_keeper == bindparam("of")))


class SqlVendorWaits:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, wait: VendorWait) -> VendorWait:
        return replace(wait, id=WaitId(self._transaction.new_id(_ADD, {**_values(wait), "version": 0})), version=0)

    def save(self, wait: VendorWait) -> VendorWait:
        values = {**_values(wait), "version": wait.version + 1, "key": wait.id, "known": wait.version}
        if self._transaction.run(_SAVE, values).rowcount != 1:
            self.get(wait.id)
            raise Stale("vendor_wait", wait.id)
        return replace(wait, version=wait.version + 1)

    def get(self, key: WaitId, *, to_change: bool = False) -> VendorWait:
        query = _GET_LOCKED if to_change and self._transaction.locks_rows else _GET
        row = self._transaction.run(query, {"key": key}).first()
        if row is None:
            raise NotFound("vendor_wait", key)
        return _wait_of(row)

    def of_ticket(self, ticket: TicketId) -> VendorWait | None:
        row = self._transaction.run(_OF_TICKET, {"of": ticket}).first()
        return None if row is None else _wait_of(row)

    def of_device(self, device: DeviceId) -> Sequence[VendorWait]:
        return [_wait_of(row) for row in self._transaction.run(_OF_DEVICE, {"of": device})]

    def out(self) -> Sequence[VendorWait]:
        return [_wait_of(row) for row in self._transaction.run(_OUT, {})]

    def of_vendors_lately(self, limit: int = 20) -> Sequence[VendorId]:
        return self._transaction.run(_LATELY, {"most": limit}).all()

    def move(self, of: PersonId, to: PersonId) -> None:
        self._transaction.run(_MOVE_BY, {"of": of, "by": to})
        self._transaction.run(_MOVE_LEFT_BY, {"of": of, "left_by": to})
        self._transaction.run(_MOVE_WAS_HOLDER, {"of": of, "was_holder": to})
        self._transaction.run(_MOVE_WAS_KEEPER, {"of": of, "was_keeper": to})


def _wait_of(row: WaitRow) -> VendorWait:
    was = None
    if row.was is not None:
        was = Custody(
            kind=CustodyKind(row.was),
            holder=row.was_holder,
            holder_text=row.was_holder_text,
            keeper=row.was_keeper,
            since=row.was_since,
        )
    names = ("id", "ticket", "vendor", "device", "covered_until", "at", "by", "asked_at", "left_at", "left_by")
    values = {name: getattr(row, name) for name in (*names, "back_at", "version")}
    return VendorWait(**values, disk=None if row.disk is None else Disk(row.disk), came_from=was)


def _values(one: VendorWait) -> dict[str, object]:
    was = one.came_from
    return {
        "ticket": one.ticket,
        "vendor": one.vendor,
        "device": one.device,
        "covered_until": one.covered_until,
        "at": one.at,
        "by": one.by,
        "disk": None if one.disk is None else one.disk.value,
        "asked_at": one.asked_at,
        "left_at": one.left_at,
        "left_by": one.left_by,
        "was": None if was is None else was.kind.value,
        "was_holder": None if was is None else was.holder,
        "was_holder_text": "" if was is None else was.holder_text,
        "was_keeper": None if was is None else was.keeper,
        "was_since": None if was is None else was.since,
        "back_at": one.back_at,
    }
