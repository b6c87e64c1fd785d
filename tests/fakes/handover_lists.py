from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from handlers.domain.errors import NotFound
from handlers.domain.handovers import DepotOrder, Handover, HandoverId, HandoverState, OrderId
from handlers.domain.numbers import Number
from handlers.domain.official_records import OfficialRecord
from handlers.ports.handover_lists import HandoversWanted, Named, OrdersWanted
from tests.fakes.tables import FakeTransaction


class FakeHandoverLists:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def page(self, wanted: HandoversWanted, *, after: HandoverId | None = None, limit: int = 50) -> Sequence[Handover]:
        found = [one for one in self._transaction.seen.handovers.values() if self._matches(one, wanted)]
        behind = [one for one in found if after is None or one.id < after]
        return sorted(behind, key=lambda one: -one.id)[:limit]

    def count(self, wanted: HandoversWanted) -> int:
        return len(self.page(wanted, limit=1_000_000))

    def orders(self, wanted: OrdersWanted, *, after: OrderId | None = None, limit: int = 50) -> Sequence[DepotOrder]:
        found = [one for one in self._transaction.seen.depot_orders.values() if _is_wanted(one, wanted)]
        behind = [one for one in found if after is None or one.id < after]
        return sorted(behind, key=lambda one: -one.id)[:limit]

    def count_orders(self, wanted: OrdersWanted) -> int:
        return len(self.orders(wanted, limit=1_000_000))

    def numbered(self, number: Number) -> Handover:
        for one in self._transaction.seen.handovers.values():
            if one.number == number:
                return one
        raise NotFound("handover", str(number))

    def official(self, handovers: Collection[HandoverId]) -> Mapping[HandoverId, OfficialRecord]:
        kept = self._transaction.seen.official_records
        return {key: kept[key] for key in handovers if key in kept}

    def put_official(self, record: OfficialRecord) -> None:
        self._transaction.changing.official_records[record.handover] = record

    def _matches(self, one: Handover, wanted: HandoversWanted) -> bool:
        if wanted.official is not None:
            stands = one.id in self._transaction.seen.official_records
            if one.state is not HandoverState.CONFIRMED or stands != wanted.official:
                return False
        return (
            (not wanted.states or one.state in wanted.states)
            and (not wanted.directions or one.direction in wanted.directions)
            and (wanted.of is None or wanted.of in (one.made_by, one.giver, one.receiver))
            and (wanted.named is None or _is_named(wanted.named, one))
        )


def _is_named(named: Named, one: Handover) -> bool:
    return (
        one.number == named.number
        or bool(named.people & {one.giver, one.receiver})
        or any(line.device in named.devices for line in one.lines)
    )


def _is_wanted(order: DepotOrder, wanted: OrdersWanted) -> bool:
    named, at = wanted.named, order.decided_at
    return (
        (not wanted.states or order.state in wanted.states)
        and (wanted.asked_by is None or order.asked_by == wanted.asked_by)
        and _is_within(at, wanted.decided_since, wanted.decided_until)
        and (
            named is None
            or order.number == named.number
            or bool(named.people & {order.receiver, order.asked_by})
            or bool(named.devices & set(order.devices))
        )
    )


def _is_within(at: datetime | None, since: datetime | None, until: datetime | None) -> bool:
    if since is None and until is None:
        return True
    return at is not None and (since is None or at >= since) and (until is None or at < until)
