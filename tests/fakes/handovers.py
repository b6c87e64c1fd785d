from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers.domain.devices import DeviceId
from handlers.domain.errors import NotFound, Stale
from handlers.domain.handovers import DepotOrder, Direction, Handover, HandoverId, OrderId
from handlers.domain.people import PersonId
from tests.fakes.tables import FakeTransaction


class FakeHandovers:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, handover: Handover) -> Handover:
        if handover.is_open and any(self.open_of(line.device) for line in handover.standing):
            raise Stale("device", handover.number)
        added = replace(handover, id=HandoverId(self._transaction.new_id()), version=0)
        self._transaction.changing.handovers[added.id] = added
        return added

    def save(self, handover: Handover) -> Handover:
        if self.get(handover.id).version != handover.version:
            raise Stale("handover", handover.id)
        saved = replace(handover, version=handover.version + 1)
        self._transaction.changing.handovers[saved.id] = saved
        return saved

    def get(self, key: HandoverId) -> Handover:
        found = self._transaction.seen.handovers.get(key)
        if found is None:
            raise NotFound("handover", key)
        return found

    def open_of(self, device: DeviceId) -> Handover | None:
        return next((one for one in self.waiting() if any(line.device == device for line in one.standing)), None)

    def of_device(self, device: DeviceId) -> Sequence[Handover]:
        return [one for one in reversed(self._all()) if any(line.device == device for line in one.lines)]

    def waiting(self) -> Sequence[Handover]:
        return [one for one in self._all() if one.is_open]

    def waiting_of(self, person: PersonId) -> Sequence[Handover]:
        return [one for one in self.waiting() if person in (one.giver, one.receiver)]

    def latest(self, *, before: HandoverId | None = None, limit: int = 50) -> Sequence[Handover]:
        return [one for one in reversed(self._all()) if before is None or one.id < before][:limit]

    def swaps_before(self, at: datetime) -> Sequence[Handover]:
        return [one for one in self.waiting() if one.direction is Direction.SWAP and one.made_at <= at]

    def move(self, guest: PersonId, person: PersonId) -> None:
        def moved(key: PersonId | None) -> PersonId | None:
            return person if key == guest else key

        for one in self._all():
            theirs = replace(one, giver=moved(one.giver), receiver=moved(one.receiver))
            self._transaction.changing.handovers[one.id] = theirs
        for order in self.orders(limit=1_000_000):
            if order.receiver == guest:
                self._transaction.changing.depot_orders[order.id] = replace(order, receiver=person)

    def add_order(self, order: DepotOrder) -> DepotOrder:
        added = replace(order, id=OrderId(self._transaction.new_id()), version=0)
        self._transaction.changing.depot_orders[added.id] = added
        return added

    def save_order(self, order: DepotOrder) -> DepotOrder:
        if self.order(order.id).version != order.version:
            raise Stale("depot order", order.id)
        saved = replace(order, version=order.version + 1)
        self._transaction.changing.depot_orders[saved.id] = saved
        return saved

    def order(self, key: OrderId) -> DepotOrder:
        found = self._transaction.seen.depot_orders.get(key)
        if found is None:
            raise NotFound("depot order", key)
        return found

    def orders_of(self, device: DeviceId) -> Sequence[DepotOrder]:
        return [one for one in self.orders(limit=1_000_000) if device in one.devices]

    def orders(self, *, before: OrderId | None = None, limit: int = 50) -> Sequence[DepotOrder]:
        found = sorted(self._transaction.seen.depot_orders.values(), key=lambda one: -one.id)
        return [one for one in found if before is None or one.id < before][:limit]

    def _all(self) -> list[Handover]:
        return sorted(self._transaction.seen.handovers.values(), key=lambda one: one.id)
