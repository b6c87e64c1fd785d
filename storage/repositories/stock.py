"""Items of the depot, their movements, and uses that no stock covers yet. What is left is summed from the movements."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, String, bindparam, case, func, insert, or_, select, update

from handlers.domain.devices import DeviceId
from handlers.domain.errors import NotFound, Stale
from handlers.domain.numbers import Number
from handlers.domain.people import PersonId
from handlers.domain.stock import Item, ItemId, ItemKind, MonthPrint, MoveId, PendingUse, StockMove, Why
from handlers.domain.ticket import TicketId
from handlers.ports.stock import Used, UsedOn
from knowledge.language.device_keys import make_key
from storage.engine.columns import UtcTime
from storage.engine.in_list import in_list
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.tables import pending_use, stock_item, stock_month_print, stock_move, ticket


class ItemRow(NamedTuple):
    id: ItemId
    code: str
    name: str
    unit: str
    movable_code: str
    minimum: int
    target: int
    shelf: str
    kind: str
    fits: list[str]
    active: bool
    ordered_until: date | None
    recorded_at: datetime
    recorded_by: PersonId | None
    version: int


class MoveRow(NamedTuple):
    id: MoveId
    number: str
    item: ItemId
    at: datetime
    delta: int
    why: str
    who: PersonId
    ticket: TicketId | None
    device: DeviceId | None
    department: str
    undoes: MoveId | None
    document: str
    note: str


class PendingRow(NamedTuple):
    id: int
    item: ItemId
    quantity: int
    at: datetime
    who: PersonId
    ticket: TicketId | None
    device: DeviceId | None
    department: str
    settled_by: MoveId | None
    withdrawn_at: datetime | None


class SumRow(NamedTuple):
    item: ItemId
    number: int


class LastRow(NamedTuple):
    item: ItemId
    at: datetime


class UsedOnRow(NamedTuple):
    device: DeviceId
    item: ItemId
    quantity: int


class UsedRow(NamedTuple):
    item: ItemId
    department: str
    quantity: int


_ITEM_COLUMNS = columns(stock_item, ItemRow)
_MOVE_COLUMNS = columns(stock_move, MoveRow)
_PENDING_COLUMNS = columns(pending_use, PendingRow)
_KEY = bindparam("key", type_=Integer)
_ITEM = stock_move.c.item == bindparam("of_item", type_=Integer)
_undone, _undoing = stock_move.alias("undone"), stock_move.alias("undoing")
_STANDS = ~select(_undoing.c.id).where(_undoing.c.undoes == stock_move.c.id).exists()
_first_why = case((stock_move.c.undoes.is_(None), stock_move.c.why), else_=_undone.c.why)
_USES = or_(_first_why == Why.USED.value, _first_why == Why.GIVEN.value)
"""What it was for, or what it takes back was."""
_SINCE, _UNTIL = bindparam("since", type_=UtcTime), bindparam("until", type_=UtcTime)
_OF_ITEM = select(*_ITEM_COLUMNS).where(stock_item.c.id == _KEY)
_GET = prepared(_OF_ITEM, ItemRow)
_GET_LOCKED = prepared(_OF_ITEM.with_for_update(), ItemRow)
_ITEMS = prepared(select(*_ITEM_COLUMNS).order_by(stock_item.c.code_key), ItemRow)
_BY_CODE = prepared(select(*_ITEM_COLUMNS).where(stock_item.c.code_key == bindparam("code", type_=String)), ItemRow)
_ADD_ITEM = prepared(insert(stock_item))
_SAVE_ITEM = prepared(
    update(stock_item).where(stock_item.c.id == bindparam("key"), stock_item.c.version == bindparam("known"))
)
_LEFT = prepared(
    select(stock_move.c.item, func.sum(stock_move.c.delta).label("number")).group_by(stock_move.c.item), SumRow
)
_LEFT_OF = prepared_value(select(func.coalesce(func.sum(stock_move.c.delta), 0)).where(_ITEM), int)
_ADD = prepared(insert(stock_move))


_ALL_MOVES: Select[Any] = select(*_MOVE_COLUMNS)  # type: ignore[assignment] # so many columns


def _move(where: ColumnElement[bool]) -> Select[Any]:
    return _ALL_MOVES.where(where)


_MOVE = prepared(_move(stock_move.c.id == _KEY), MoveRow)
_SEVERAL = prepared(_move(in_list(stock_move.c.id, "moves")).order_by(stock_move.c.id), MoveRow)
_BETWEEN = prepared(_move(stock_move.c.at >= _SINCE).where(stock_move.c.at < _UNTIL).order_by(stock_move.c.id), MoveRow)
_LEFT_BEFORE = prepared(
    select(stock_move.c.item, func.sum(stock_move.c.delta).label("number"))
    .where(stock_move.c.at < _UNTIL)
    .group_by(stock_move.c.item),
    SumRow,
)
_UNDONE_BY = prepared(_move(in_list(stock_move.c.undoes, "moves")), MoveRow)
_OF_TICKET = prepared(
    _move(stock_move.c.ticket == bindparam("of_ticket", type_=Integer)).order_by(stock_move.c.id), MoveRow
)
_COUNT_OF = prepared_value(
    select(func.count()).select_from(stock_move).where(stock_move.c.who == bindparam("of_person", type_=Integer)), int
)
_RECEIVED_BY = prepared(
    _move(stock_move.c.document == bindparam("document", type_=String))
    .where(stock_move.c.why == Why.RECEIVED.value, _STANDS)
    .order_by(stock_move.c.id),
    MoveRow,
)
_NEWEST = (
    select(func.max(stock_move.c.id))
    .where(stock_move.c.item == stock_item.c.id)
    .correlate(stock_item)
    .scalar_subquery()
)
_LAST = prepared(
    select(stock_move.c.item, stock_move.c.at).select_from(stock_item.join(stock_move, stock_move.c.id == _NEWEST)),
    LastRow,
)
"""The newest of each item, by the index: none is written for a time that has passed."""
_USED = prepared(
    select(
        stock_move.c.item,
        func.coalesce(_undone.c.department, stock_move.c.department).label("department"),
        (-func.sum(stock_move.c.delta)).label("quantity"),
    )
    .select_from(stock_move.outerjoin(_undone, _undone.c.id == stock_move.c.undoes))
    .where(
        stock_move.c.at >= _SINCE,
        stock_move.c.at < _UNTIL,
        _USES,
    )
    .group_by(stock_move.c.item, func.coalesce(_undone.c.department, stock_move.c.department))
    .order_by(stock_move.c.item, func.coalesce(_undone.c.department, stock_move.c.department)),
    UsedRow,
)
_USED_BY_DEVICE = prepared(
    select(
        func.coalesce(_undone.c.device, stock_move.c.device).label("device"),
        stock_move.c.item,
        (-func.sum(stock_move.c.delta)).label("quantity"),
    )
    .select_from(
        stock_move.outerjoin(_undone, _undone.c.id == stock_move.c.undoes).outerjoin(
            ticket, ticket.c.id == func.coalesce(_undone.c.ticket, stock_move.c.ticket)
        )
    )
    .where(
        stock_move.c.at >= _SINCE,
        stock_move.c.at < _UNTIL,
        _USES,
        func.coalesce(_undone.c.device, stock_move.c.device).is_not(None),
        or_(ticket.c.id.is_(None), ~ticket.c.restricted),
    )
    .group_by(func.coalesce(_undone.c.device, stock_move.c.device), stock_move.c.item)
    .order_by(func.coalesce(_undone.c.device, stock_move.c.device), stock_move.c.item),
    UsedOnRow,
)
_ADD_PRINT = prepared(insert(stock_month_print))
_PRINTED_AT = prepared_value(
    select(stock_month_print.c.at)
    .where(stock_month_print.c.month == bindparam("month", type_=String))
    .order_by(stock_month_print.c.id)
    .limit(1),
    datetime,
)
_USED_ON = prepared(
    select(stock_move.c.item, func.count().label("number"))
    .select_from(stock_move.join(ticket, ticket.c.id == stock_move.c.ticket))
    .where(
        ticket.c.category == bindparam("category", type_=String),
        or_(stock_move.c.why == Why.USED.value, stock_move.c.why == Why.GIVEN.value),
        stock_move.c.at >= _SINCE,
        _STANDS,
    )
    .group_by(stock_move.c.item)
    .order_by(func.count().desc(), stock_move.c.item),
    SumRow,
)
_DEVICES = prepared_value(
    select(stock_move.c.device)
    .where(_ITEM, stock_move.c.why == Why.USED.value, stock_move.c.device.is_not(None), _STANDS)
    .order_by(stock_move.c.id),
    DeviceId,
)
_ADD_PENDING = prepared(insert(pending_use))
_SAVE_PENDING = prepared(update(pending_use).where(pending_use.c.id == bindparam("key")))
_ONE_PENDING = select(*_PENDING_COLUMNS).where(pending_use.c.id == _KEY)
_GET_PENDING = prepared(_ONE_PENDING, PendingRow)
_GET_PENDING_LOCKED = prepared(_ONE_PENDING.with_for_update(), PendingRow)
_PENDING = prepared(
    select(*_PENDING_COLUMNS)
    .where(pending_use.c.settled_by.is_(None), pending_use.c.withdrawn_at.is_(None))
    .order_by(pending_use.c.id),
    PendingRow,
)


class SqlStock:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def items(self) -> Sequence[Item]:
        return [_item_of(row) for row in self._transaction.run(_ITEMS, {})]

    def item(self, key: ItemId, *, to_change: bool = False) -> Item:
        query = _GET_LOCKED if to_change and self._transaction.locks_rows else _GET
        row = self._transaction.run(query, {"key": key}).first()
        if row is None:
            raise NotFound("item", key)
        return _item_of(row)

    def by_code(self, code: str) -> Item | None:
        row = self._transaction.run(_BY_CODE, {"code": make_key(code)}).first()
        return None if row is None else _item_of(row)

    def add_item(self, item: Item) -> Item:
        self._require_free(item)
        added = self._transaction.new_id(_ADD_ITEM, {**_item_values(item), "version": 0})
        return replace(item, id=ItemId(added), version=0)

    def save_item(self, item: Item) -> Item:
        self._require_free(item)
        values = {**_item_values(item), "version": item.version + 1, "key": item.id, "known": item.version}
        if self._transaction.run(_SAVE_ITEM, values).rowcount != 1:
            self.item(item.id)
            raise Stale("item", item.id)
        return replace(item, version=item.version + 1)

    def left(self) -> Mapping[ItemId, int]:
        return {row.item: int(row.number) for row in self._transaction.run(_LEFT, {})}

    def left_of(self, item: ItemId) -> int:
        return int(self._transaction.run(_LEFT_OF, {"of_item": item}).one())

    def add(self, move: StockMove) -> StockMove:
        self.item(move.item, to_change=True)
        if self.left_of(move.item) + move.delta < 0:
            raise Stale("item", move.item)
        if move.undoes is not None and self.undone_by([move.undoes]):
            raise Stale("move", move.undoes)
        return replace(move, id=MoveId(self._transaction.new_id(_ADD, _move_values(move))))

    def move(self, key: MoveId) -> StockMove:
        row = self._transaction.run(_MOVE, {"key": key}).first()
        if row is None:
            raise NotFound("move", key)
        return _move_of(row)

    def undone_by(self, moves: Collection[MoveId]) -> Mapping[MoveId, StockMove]:
        found = map(_move_of, self._transaction.run(_UNDONE_BY, {"moves": list(moves)}))
        return {one.undoes: one for one in found if one.undoes is not None}

    def moves(self, item: ItemId, *, before: MoveId | None = None, limit: int = 50) -> Sequence[StockMove]:
        query = select(*_MOVE_COLUMNS).where(stock_move.c.item == item).order_by(stock_move.c.id.desc()).limit(limit)
        if before is not None:
            query = query.where(stock_move.c.id < before)
        return [_move_of(row) for row in self._transaction.query(query, MoveRow)]

    def several(self, moves: Collection[MoveId]) -> Sequence[StockMove]:
        return [_move_of(row) for row in self._transaction.run(_SEVERAL, {"moves": list(moves)})]

    def between(self, since: datetime, until: datetime) -> Sequence[StockMove]:
        return [_move_of(row) for row in self._transaction.run(_BETWEEN, {"since": since, "until": until})]

    def left_before(self, at: datetime) -> Mapping[ItemId, int]:
        return {row.item: int(row.number) for row in self._transaction.run(_LEFT_BEFORE, {"until": at})}

    def of_ticket(self, ticket: TicketId) -> Sequence[StockMove]:
        return [_move_of(row) for row in self._transaction.run(_OF_TICKET, {"of_ticket": ticket})]

    def count_of(self, person: PersonId) -> int:
        return self._transaction.run(_COUNT_OF, {"of_person": person}).one()

    def received_by(self, document: str) -> Sequence[StockMove]:
        return [_move_of(row) for row in self._transaction.run(_RECEIVED_BY, {"document": document})]

    def last_moved(self) -> Mapping[ItemId, datetime]:
        return {row.item: row.at for row in self._transaction.run(_LAST, {})}

    def used(self, since: datetime, until: datetime) -> Sequence[Used]:
        rows = self._transaction.run(_USED, {"since": since, "until": until})
        return [Used(row.item, row.department, int(row.quantity)) for row in rows if row.quantity]

    def used_by_device(self, since: datetime, until: datetime) -> Sequence[UsedOn]:
        rows = self._transaction.run(_USED_BY_DEVICE, {"since": since, "until": until})
        return [UsedOn(row.device, row.item, int(row.quantity)) for row in rows if row.quantity]

    def used_on(self, category: str, since: datetime) -> Mapping[ItemId, int]:
        return {row.item: row.number for row in self._transaction.run(_USED_ON, {"category": category, "since": since})}

    def devices(self, item: ItemId) -> Sequence[DeviceId]:
        return self._transaction.run(_DEVICES, {"of_item": item}).all()

    def add_print(self, one: MonthPrint) -> None:
        self._transaction.run(_ADD_PRINT, {"month": one.month, "at": one.at, "by": one.by})

    def printed_at(self, month: str) -> datetime | None:
        return self._transaction.run(_PRINTED_AT, {"month": month}).first()

    def add_pending(self, use: PendingUse) -> PendingUse:
        return replace(use, id=self._transaction.new_id(_ADD_PENDING, _pending_values(use)))

    def save_pending(self, use: PendingUse) -> None:
        if self._transaction.run(_SAVE_PENDING, {**_pending_values(use), "key": use.id}).rowcount != 1:
            raise NotFound("pending", use.id)

    def pending_use(self, key: int, *, to_change: bool = False) -> PendingUse:
        query = _GET_PENDING_LOCKED if to_change and self._transaction.locks_rows else _GET_PENDING
        row = self._transaction.run(query, {"key": key}).first()
        if row is None:
            raise NotFound("pending", key)
        return PendingUse(**row._asdict())

    def pending(self, items: Collection[ItemId] | None = None) -> Sequence[PendingUse]:
        found = [PendingUse(**row._asdict()) for row in self._transaction.run(_PENDING, {})]
        return [one for one in found if items is None or one.item in items]

    def _require_free(self, item: Item) -> None:
        """What another process adds at this moment the index refuses, and the work is done again."""
        other = self.by_code(item.code)
        if other is not None and other.id != item.id:
            raise Stale("item", other.id)


def _item_of(row: ItemRow) -> Item:
    values = row._asdict()
    return Item(**{**values, "kind": ItemKind(row.kind), "fits": tuple(row.fits), "active": bool(row.active)})


def _move_of(row: MoveRow) -> StockMove:
    number = Number.parse(row.number)
    if number is None:
        raise ValueError(f"movement {row.id} has the number {row.number!r}")
    return StockMove(**{**row._asdict(), "number": number, "why": Why(row.why)})


def _item_values(item: Item) -> dict[str, object]:
    return {
        "code": item.code,
        "code_key": make_key(item.code),
        "name": item.name,
        "unit": item.unit,
        "movable_code": item.movable_code,
        "minimum": item.minimum,
        "target": item.target,
        "shelf": item.shelf,
        "kind": item.kind.value,
        "fits": list(item.fits),
        "active": item.active,
        "ordered_until": item.ordered_until,
        "recorded_at": item.recorded_at,
        "recorded_by": item.recorded_by,
    }


def _move_values(move: StockMove) -> dict[str, object]:
    names = [name for name in MoveRow._fields if name != "id"]
    return {**{name: getattr(move, name) for name in names}, "number": str(move.number), "why": move.why.value}


def _pending_values(use: PendingUse) -> dict[str, object]:
    return {name: getattr(use, name) for name in PendingRow._fields if name != "id"}
