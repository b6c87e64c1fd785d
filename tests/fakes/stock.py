from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from handlers.domain.devices import DeviceId
from handlers.domain.errors import NotFound, Stale
from handlers.domain.people import PersonId
from handlers.domain.stock import Item, ItemId, MonthPrint, MoveId, PendingUse, StockMove, Why
from handlers.domain.ticket import TicketId
from handlers.ports.stock import Used, UsedOn
from knowledge.language.device_keys import make_key
from tests.fakes.tables import FakeTransaction


class FakeStock:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def items(self) -> Sequence[Item]:
        return sorted(self._transaction.seen.stock_items.values(), key=lambda one: make_key(one.code))

    def item(self, key: ItemId, *, to_change: bool = False) -> Item:
        found = self._transaction.seen.stock_items.get(key)
        if found is None:
            raise NotFound("item", key)
        return found

    def by_code(self, code: str) -> Item | None:
        return next((one for one in self.items() if make_key(one.code) == make_key(code)), None)

    def add_item(self, item: Item) -> Item:
        self._require_free(item)
        added = replace(item, id=ItemId(self._transaction.new_id()), version=0)
        self._transaction.changing.stock_items[added.id] = added
        return added

    def save_item(self, item: Item) -> Item:
        self._require_free(item)
        if self.item(item.id).version != item.version:
            raise Stale("item", item.id)
        saved = replace(item, version=item.version + 1)
        self._transaction.changing.stock_items[item.id] = saved
        return saved

    def left(self) -> Mapping[ItemId, int]:
        return {key: self.left_of(key) for key in {one.item for one in self._all()}}

    def left_of(self, item: ItemId) -> int:
        return sum(one.delta for one in self._all() if one.item == item)

    def add(self, move: StockMove) -> StockMove:
        self.item(move.item)
        if self.left_of(move.item) + move.delta < 0:
            raise Stale("item", move.item)
        if move.undoes is not None and self.undone_by([move.undoes]):
            raise Stale("move", move.undoes)
        added = replace(move, id=MoveId(self._transaction.new_id()))
        self._transaction.changing.stock_moves[added.id] = added
        return added

    def move(self, key: MoveId) -> StockMove:
        found = self._transaction.seen.stock_moves.get(key)
        if found is None:
            raise NotFound("move", key)
        return found

    def undone_by(self, moves: Collection[MoveId]) -> Mapping[MoveId, StockMove]:
        return {one.undoes: one for one in self._all() if one.undoes in moves and one.undoes is not None}

    def moves(self, item: ItemId, *, before: MoveId | None = None, limit: int = 50) -> Sequence[StockMove]:
        found = [one for one in reversed(self._all()) if one.item == item]
        return [one for one in found if before is None or one.id < before][:limit]

    def several(self, moves: Collection[MoveId]) -> Sequence[StockMove]:
        return [one for one in self._all() if one.id in moves]

    def between(self, since: datetime, until: datetime) -> Sequence[StockMove]:
        return [one for one in self._all() if since <= one.at < until]

    def left_before(self, at: datetime) -> Mapping[ItemId, int]:
        found: dict[ItemId, int] = {}
        for one in self._all():
            if one.at < at:
                found[one.item] = found.get(one.item, 0) + one.delta
        return found

    def of_ticket(self, ticket: TicketId) -> Sequence[StockMove]:
        return [one for one in self._all() if one.ticket == ticket]

    def count_of(self, person: PersonId) -> int:
        return sum(one.who == person for one in self._all())

    def received_by(self, document: str) -> Sequence[StockMove]:
        return [one for one in self._standing(Why.RECEIVED) if one.document == document]

    def last_moved(self) -> Mapping[ItemId, datetime]:
        return {one.item: one.at for one in self._all()}

    def used(self, since: datetime, until: datetime) -> Sequence[Used]:
        found: Counter[tuple[ItemId, str]] = Counter()
        for one in self._all():
            origin = one if one.undoes is None else self.move(one.undoes)
            if since <= one.at < until and origin.why.uses_up:
                found[one.item, origin.department] -= one.delta
        return [Used(item, department, number) for (item, department), number in sorted(found.items()) if number]

    def used_by_device(self, since: datetime, until: datetime) -> Sequence[UsedOn]:
        found: Counter[tuple[DeviceId, ItemId]] = Counter()
        tickets = self._transaction.seen.tickets
        for one in self._all():
            origin = one if one.undoes is None else self.move(one.undoes)
            hidden = origin.ticket is not None and tickets[origin.ticket].restricted
            if since <= one.at < until and origin.why.uses_up and origin.device is not None and not hidden:
                found[origin.device, one.item] -= one.delta
        return [UsedOn(device, item, number) for (device, item), number in sorted(found.items()) if number]

    def used_on(self, category: str, since: datetime) -> Mapping[ItemId, int]:
        tickets = self._transaction.seen.tickets
        used = [*self._standing(Why.USED), *self._standing(Why.GIVEN)]
        theirs = [one for one in used if one.ticket is not None and one.at >= since]
        found = Counter(one.item for one in theirs if tickets[one.ticket or TicketId(0)].category == category)
        return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))

    def devices(self, item: ItemId) -> Sequence[DeviceId]:
        return [one.device for one in self._standing(Why.USED) if one.item == item and one.device is not None]

    def add_print(self, one: MonthPrint) -> None:
        self._transaction.changing.month_prints.append(one)

    def printed_at(self, month: str) -> datetime | None:
        return next((one.at for one in self._transaction.seen.month_prints if one.month == month), None)

    def add_pending(self, use: PendingUse) -> PendingUse:
        added = replace(use, id=self._transaction.new_id())
        self._transaction.changing.pending_uses[added.id] = added
        return added

    def save_pending(self, use: PendingUse) -> None:
        self.pending_use(use.id)
        self._transaction.changing.pending_uses[use.id] = use

    def pending_use(self, key: int, *, to_change: bool = False) -> PendingUse:
        found = self._transaction.seen.pending_uses.get(key)
        if found is None:
            raise NotFound("pending", key)
        return found

    def pending(self, items: Collection[ItemId] | None = None) -> Sequence[PendingUse]:
        found = sorted(self._transaction.seen.pending_uses.values(), key=lambda one: one.id)
        return [one for one in found if one.open and (items is None or one.item in items)]

    def _all(self) -> list[StockMove]:
        return sorted(self._transaction.seen.stock_moves.values(), key=lambda one: one.id)

    def _standing(self, why: Why) -> list[StockMove]:
        return [one for one in self._all() if one.why is why and not self.undone_by([one.id])]

    def _require_free(self, item: Item) -> None:
        other = self.by_code(item.code)
        if other is not None and other.id != item.id:
            raise Stale("item", other.id)
