"""Handovers of devices with their lines, and orders by which they leave the depot."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Integer, Update, bindparam, delete, func, insert, or_, select, update

from handlers.domain.devices import CustodyKind, DeviceId
from handlers.domain.errors import NotFound, Stale
from handlers.domain.handovers import (
    DepotOrder,
    Direction,
    Handover,
    HandoverCode,
    HandoverId,
    HandoverState,
    How,
    OrderId,
    OrderState,
    StandingOrder,
    StandingOrderId,
)
from handlers.domain.people import PersonId
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories.handover_rows import (
    CodeRow,
    HandoverRow,
    LineRow,
    NumberRow,
    OrderRow,
    PageRow,
    StandingRow,
    handover_values,
    line_of,
    number_of,
    order_values,
    standing_values,
)
from storage.repositories.rows import columns
from storage.tables import depot_order, depot_order_line, device, handover, handover_code, handover_line, standing_order

_COLUMNS = columns(handover, HandoverRow)
_ORDER_COLUMNS = columns(depot_order, OrderRow)
_KEY = bindparam("key", type_=Integer)
_DEVICE = bindparam("of_device", type_=Integer)
_GET = prepared(select(*_COLUMNS).where(handover.c.id == _KEY), HandoverRow)
_LINES = prepared(
    select(*columns(handover_line, LineRow)).where(handover_line.c.handover == _KEY).order_by(handover_line.c.id),
    LineRow,
)
_ADD = prepared(insert(handover))
_SAVE = prepared(update(handover).where(handover.c.id == bindparam("key"), handover.c.version == bindparam("known")))
_ADD_LINE = prepared(insert(handover_line))
_DROP_LINES = prepared(delete(handover_line).where(handover_line.c.handover == _KEY))
_OPEN_OF = prepared_value(
    select(handover_line.c.handover).where(handover_line.c.device == _DEVICE, handover_line.c.waiting), HandoverId
)
_ORDER = prepared(select(*_ORDER_COLUMNS).where(depot_order.c.id == _KEY), OrderRow)
_ORDER_DEVICES = prepared_value(
    select(depot_order_line.c.device).where(depot_order_line.c.depot_order == _KEY).order_by(depot_order_line.c.id),
    DeviceId,
)
_ADD_ORDER = prepared(insert(depot_order))
_ADD_ORDER_LINE = prepared(insert(depot_order_line))
_SAVE_ORDER = prepared(
    update(depot_order).where(depot_order.c.id == bindparam("key"), depot_order.c.version == bindparam("known"))
)


def _moving(column: Column[int]) -> Update:
    theirs = update(column.table).where(column == bindparam("guest", type_=Integer))
    return theirs.values({column.name: bindparam("to_person", type_=Integer)})


_STANDING_COLUMNS = columns(standing_order, StandingRow)
_STANDING = prepared(select(*_STANDING_COLUMNS).order_by(standing_order.c.id.desc()), StandingRow)
_ADD_STANDING = prepared(insert(standing_order))
_SAVE_STANDING = prepared(update(standing_order).where(standing_order.c.id == bindparam("key")))
_CODE = prepared(select(*columns(handover_code, CodeRow)).where(handover_code.c.handover == bindparam("key")), CodeRow)
_DROP_CODE = prepared(delete(handover_code).where(handover_code.c.handover == _KEY))
_ADD_CODE = prepared(insert(handover_code))
_MOVE_MAKER = prepared(_moving(handover.c.made_by))
_MOVE_GIVER = prepared(_moving(handover.c.giver))
_MOVE_RECEIVER = prepared(_moving(handover.c.receiver))
_MOVE_ORDER = prepared(_moving(depot_order.c.receiver))


_WAITING = handover.c.state == HandoverState.WAITING.value


class SqlHandovers:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, one: Handover) -> Handover:
        self._require_free(one)
        added = replace(
            one, id=HandoverId(self._transaction.new_id(_ADD, {**handover_values(one), "version": 0})), version=0
        )
        self._put_lines(added)
        return added

    def save(self, one: Handover) -> Handover:
        values = {**handover_values(one), "version": one.version + 1, "key": one.id, "known": one.version}
        if self._transaction.run(_SAVE, values).rowcount != 1:
            self.get(one.id)
            raise Stale("handover", one.id)
        self._transaction.run(_DROP_LINES, {"key": one.id})
        self._put_lines(one)
        return replace(one, version=one.version + 1)

    def get(self, key: HandoverId) -> Handover:
        row = self._transaction.run(_GET, {"key": key}).first()
        if row is None:
            raise NotFound("handover", key)
        return self._of(row)

    def open_of(self, device: DeviceId) -> Handover | None:
        key = self._transaction.run(_OPEN_OF, {"of_device": device}).first()
        return None if key is None else self.get(key)

    def of_device(self, device: DeviceId) -> Sequence[Handover]:
        theirs = select(handover_line.c.handover).where(handover_line.c.device == device)
        return self._found(handover.c.id.in_(theirs), newest=True)

    def waiting(self) -> Sequence[Handover]:
        return self._found(_WAITING)

    def waiting_of(self, person: PersonId) -> Sequence[Handover]:
        return self._found(_WAITING, _of(person))

    def latest(self, *, before: HandoverId | None = None, limit: int = 50) -> Sequence[Handover]:
        earlier = [] if before is None else [handover.c.id < before]
        return self._found(*earlier, newest=True, limit=limit)

    def swaps_before(self, at: datetime) -> Sequence[Handover]:
        return self._found(_WAITING, handover.c.direction == Direction.SWAP.value, handover.c.made_at <= at)

    def by_number(self, number: str) -> Handover | None:
        return next(iter(self._found(handover.c.number == number)), None)

    def of_person(self, person: PersonId) -> Sequence[Handover]:
        return self._found(_of(person), newest=True)

    def count_of(self, person: PersonId) -> int:
        acts = select(func.count()).select_from(handover).where(_of(person))
        orders = select(func.count()).select_from(depot_order).where(depot_order.c.receiver == person)
        total = select((acts.scalar_subquery() + orders.scalar_subquery()).label("number"))
        (row,) = self._transaction.query(total, NumberRow)
        return row.number

    def outside_due(self, day: date) -> Sequence[Handover]:
        confirmed = handover.c.state == HandoverState.CONFIRMED.value
        lines = handover_line.join(device, device.c.id == handover_line.c.device)
        out = select(handover_line.c.handover).select_from(lines).where(device.c.custody == CustodyKind.AWAY.value)
        found = self._found(confirmed, handover.c.due_back <= day, handover.c.id.in_(out))
        return sorted(found, key=lambda one: (one.due_back or day, one.id))

    def signed_pages(self, files: Collection[str]) -> frozenset[str]:
        if not files:
            return frozenset()
        found: set[str] = set()
        for column in (handover.c.page, depot_order.c.page):
            query: Any = select(column.label("page")).where(column.in_(sorted(set(files) - {""})))
            found |= {row.page for row in self._transaction.query(query, PageRow)}
        return frozenset(found)

    def put_code(self, code: HandoverCode) -> None:
        self._transaction.run(_DROP_CODE, {"key": code.handover})
        self._transaction.run(_ADD_CODE, {name: getattr(code, name) for name in CodeRow._fields})

    def code(self, key: HandoverId) -> HandoverCode | None:
        row = self._transaction.run(_CODE, {"key": key}).first()
        return None if row is None else HandoverCode(**row._asdict())

    def move(self, guest: PersonId, person: PersonId) -> None:
        for statement in (_MOVE_GIVER, _MOVE_RECEIVER, _MOVE_MAKER, _MOVE_ORDER):
            self._transaction.run(statement, {"guest": guest, "to_person": person})

    def add_order(self, order: DepotOrder) -> DepotOrder:
        key = OrderId(self._transaction.new_id(_ADD_ORDER, {**order_values(order), "version": 0}))
        for one in order.devices:
            self._transaction.run(_ADD_ORDER_LINE, {"depot_order": key, "device": one})
        return replace(order, id=key, version=0)

    def save_order(self, order: DepotOrder) -> DepotOrder:
        values = {**order_values(order), "version": order.version + 1, "key": order.id, "known": order.version}
        if self._transaction.run(_SAVE_ORDER, values).rowcount != 1:
            self.order(order.id)
            raise Stale("depot order", order.id)
        return replace(order, version=order.version + 1)

    def order(self, key: OrderId) -> DepotOrder:
        row = self._transaction.run(_ORDER, {"key": key}).first()
        if row is None:
            raise NotFound("depot order", key)
        return self._order_of(row)

    def orders_of(self, device: DeviceId) -> Sequence[DepotOrder]:
        theirs = select(depot_order_line.c.depot_order).where(depot_order_line.c.device == device)
        return self._orders(depot_order.c.id.in_(theirs), limit=None)

    def order_by_number(self, number: str) -> DepotOrder | None:
        return next(iter(self._orders(depot_order.c.number == number, limit=1)), None)

    def orders_decided(self, since: datetime, until: datetime) -> Sequence[DepotOrder]:
        found = self._orders(depot_order.c.decided_at >= since, depot_order.c.decided_at < until, limit=None)
        return sorted(found, key=lambda one: (one.decided_at or until, one.id))

    def orders_unsigned(self, until: datetime) -> Sequence[DepotOrder]:
        given = depot_order.c.state == OrderState.GIVEN.value
        unsigned = depot_order.c.signed_at.is_(None), depot_order.c.standing.is_(None)
        return self._orders(given, *unsigned, depot_order.c.decided_at < until, limit=None)[::-1]

    def orders_asked(self) -> Sequence[DepotOrder]:
        return self._orders(depot_order.c.state == OrderState.ASKED.value, limit=None)[::-1]

    def add_standing(self, order: StandingOrder) -> StandingOrder:
        return replace(order, id=StandingOrderId(self._transaction.new_id(_ADD_STANDING, standing_values(order))))

    def save_standing(self, order: StandingOrder) -> None:
        if self._transaction.run(_SAVE_STANDING, {**standing_values(order), "key": order.id}).rowcount != 1:
            raise NotFound("standing order", order.id)

    def standing(self, key: StandingOrderId) -> StandingOrder:
        found = next((one for one in self.standing_orders() if one.id == key), None)
        if found is None:
            raise NotFound("standing order", key)
        return found

    def standing_orders(self) -> Sequence[StandingOrder]:
        rows = self._transaction.run(_STANDING)
        return [StandingOrder(**{**row._asdict(), "kinds": tuple(row.kinds)}) for row in rows]

    def orders(self, *, before: OrderId | None = None, limit: int = 50) -> Sequence[DepotOrder]:
        return self._orders(*([] if before is None else [depot_order.c.id < before]), limit=limit)

    def _orders(self, *where: ColumnElement[bool], limit: int | None) -> Sequence[DepotOrder]:
        query: Any = select(*_ORDER_COLUMNS).where(*where).order_by(depot_order.c.id.desc()).limit(limit)
        return [self._order_of(row) for row in self._transaction.query(query, OrderRow)]

    def _found(self, *where: ColumnElement[bool], newest: bool = False, limit: int | None = None) -> Sequence[Handover]:
        by = handover.c.id.desc() if newest else handover.c.id
        query: Any = select(*_COLUMNS).where(*where).order_by(by).limit(limit)
        return [self._of(row) for row in self._transaction.query(query, HandoverRow)]

    def _require_free(self, one: Handover) -> None:
        """What another process adds at this moment the index refuses, and the work is done again."""
        for line in one.standing if one.is_open else ():
            if self.open_of(line.device) is not None:
                raise Stale("device", line.device)

    def _put_lines(self, one: Handover) -> None:
        for line in one.lines:
            values = {
                "handover": one.id,
                "device": line.device,
                "accessories": line.accessories,
                "depot_order": line.order,
                "problem": None if line.problem is None else line.problem.value,
                "returned": None if line.returned is None else line.returned.value,
                "note": line.note,
                "waiting": one.is_open and line.problem is None,
            }
            self._transaction.run(_ADD_LINE, values)

    def _of(self, row: HandoverRow) -> Handover:
        lines = tuple(map(line_of, self._transaction.run(_LINES, {"key": row.id})))
        values: dict[str, Any] = {
            **row._asdict(),
            "number": number_of(row.number),
            "direction": Direction(row.direction),
            "common": bool(row.common),
            "state": HandoverState(row.state),
            "how": None if row.how is None else How(row.how),
        }
        return Handover(**values, lines=lines)

    def _order_of(self, row: OrderRow) -> DepotOrder:
        devices = tuple(self._transaction.run(_ORDER_DEVICES, {"key": row.id}))
        values: dict[str, Any] = {**row._asdict(), "number": number_of(row.number), "state": OrderState(row.state)}
        return DepotOrder(**values, devices=devices)


def _of(person: PersonId) -> ColumnElement[bool]:
    return or_(handover.c.giver == person, handover.c.receiver == person)
