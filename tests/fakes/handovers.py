from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime

from handlers.domain.devices import CustodyKind, DeviceId
from handlers.domain.errors import NotFound, Stale
from handlers.domain.handovers import (
    DepotOrder,
    Direction,
    Handover,
    HandoverCode,
    HandoverId,
    HandoverState,
    OrderId,
    OrderState,
    StandingOrder,
    StandingOrderId,
)
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

    def by_number(self, number: str) -> Handover | None:
        return next((one for one in self._all() if str(one.number) == number), None)

    def of_person(self, person: PersonId) -> Sequence[Handover]:
        return [one for one in reversed(self._all()) if person in (one.giver, one.receiver)]

    def count_of(self, person: PersonId) -> int:
        return len(self.of_person(person)) + sum(one.receiver == person for one in self._orders())

    def outside_due(self, day: date) -> Sequence[Handover]:
        devices = self._transaction.seen.devices
        away = {key for key, one in devices.items() if one.custody.kind is CustodyKind.AWAY}
        confirmed = (one for one in self._all() if one.state is HandoverState.CONFIRMED)
        done = [one for one in confirmed if any(line.device in away for line in one.lines)]
        due = [(one.due_back, one.id, one) for one in done if one.due_back is not None and one.due_back <= day]
        return [one for _, _, one in sorted(due, key=lambda found: found[:2])]

    def signed_pages(self, files: Collection[str]) -> frozenset[str]:
        pages = {one.page for one in self._all()} | {one.page for one in self._orders()}
        return frozenset(files) & (pages - {""})

    def put_code(self, code: HandoverCode) -> None:
        self._transaction.changing.handover_codes[code.handover] = code

    def code(self, key: HandoverId) -> HandoverCode | None:
        return self._transaction.seen.handover_codes.get(key)

    def move(self, guest: PersonId, person: PersonId) -> None:
        def moved(key: PersonId | None) -> PersonId | None:
            return person if key == guest else key

        for one in self._all():
            maker = person if one.made_by == guest else one.made_by
            theirs = replace(one, giver=moved(one.giver), receiver=moved(one.receiver), made_by=maker)
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

    def order_by_number(self, number: str) -> DepotOrder | None:
        return next((one for one in self._orders() if str(one.number) == number), None)

    def orders_decided(self, since: datetime, until: datetime) -> Sequence[DepotOrder]:
        found = [(one.decided_at, one.id, one) for one in self._orders() if one.decided_at is not None]
        return [one for at, _, one in sorted(found, key=lambda each: each[:2]) if since <= at < until]

    def orders_unsigned(self, until: datetime) -> Sequence[DepotOrder]:
        given = [one for one in reversed(self._orders()) if one.state is OrderState.GIVEN]
        bare = [one for one in given if one.signed_at is None and one.standing is None]
        return [one for one in bare if one.decided_at is not None and one.decided_at < until]

    def orders_asked(self) -> Sequence[DepotOrder]:
        return [one for one in reversed(self._orders()) if one.state is OrderState.ASKED]

    def add_standing(self, order: StandingOrder) -> StandingOrder:
        added = replace(order, id=StandingOrderId(self._transaction.new_id()))
        self._transaction.changing.standing_orders[added.id] = added
        return added

    def save_standing(self, order: StandingOrder) -> None:
        self.standing(order.id)
        self._transaction.changing.standing_orders[order.id] = order

    def standing(self, key: StandingOrderId) -> StandingOrder:
        found = self._transaction.seen.standing_orders.get(key)
        if found is None:
            raise NotFound("standing order", key)
        return found

    def standing_orders(self) -> Sequence[StandingOrder]:
        return sorted(self._transaction.seen.standing_orders.values(), key=lambda one: -one.id)

    def _orders(self) -> Sequence[DepotOrder]:
        return self.orders(limit=1_000_000)

    def orders(self, *, before: OrderId | None = None, limit: int = 50) -> Sequence[DepotOrder]:
        found = sorted(self._transaction.seen.depot_orders.values(), key=lambda one: -one.id)
        return [one for one in found if before is None or one.id < before][:limit]

    def _all(self) -> list[Handover]:
        return sorted(self._transaction.seen.handovers.values(), key=lambda one: one.id)
