"""Lists of handovers and orders as pages show them; which acts the official ledger has."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, false, func, or_, select

from handlers.domain.errors import NotFound
from handlers.domain.handovers import DepotOrder, Handover, HandoverId, HandoverState, OrderId
from handlers.domain.numbers import Number
from handlers.domain.official_records import OfficialRecord
from handlers.domain.people import PersonId
from handlers.ports.handover_lists import HandoversWanted, Named, OrdersWanted
from storage.engine.in_list import in_list
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction, upsert
from storage.repositories.handovers import SqlHandovers
from storage.repositories.rows import columns
from storage.tables import depot_order, depot_order_line, handover, handover_line, official_record


class KeyRow(NamedTuple):
    id: int


class OfficialRow(NamedTuple):
    handover: HandoverId
    document: str
    day: date
    entered_by: PersonId
    entered_at: datetime


_OFFICIAL = prepared(
    select(*columns(official_record, OfficialRow)).where(in_list(official_record.c.handover, "handovers")), OfficialRow
)


_KEPT = ("document", "day", "entered_by", "entered_at")
_PUT = prepared(
    upsert(
        lambda insert: (adding := insert(official_record)).on_conflict_do_update(
            index_elements=["handover"], set_={name: adding.excluded[name] for name in _KEPT}
        )
    )
)


class SqlHandoverLists:
    def __init__(self, transaction: Transaction, handovers: SqlHandovers) -> None:
        self._transaction, self._handovers = transaction, handovers

    def page(self, wanted: HandoversWanted, *, after: HandoverId | None = None, limit: int = 50) -> Sequence[Handover]:
        behind = [] if after is None else [handover.c.id < after]
        query: Any = select(handover.c.id).where(*_matching(wanted), *behind)
        keys = self._transaction.query(query.order_by(handover.c.id.desc()).limit(limit), KeyRow)
        return [self._handovers.get(HandoverId(row.id)) for row in list(keys)]

    def count(self, wanted: HandoversWanted) -> int:
        return self._count(select(func.count()).select_from(handover).where(*_matching(wanted)))

    def orders(self, wanted: OrdersWanted, *, after: OrderId | None = None, limit: int = 50) -> Sequence[DepotOrder]:
        behind = [] if after is None else [depot_order.c.id < after]
        query: Any = select(depot_order.c.id).where(*_ordered(wanted), *behind)
        keys = self._transaction.query(query.order_by(depot_order.c.id.desc()).limit(limit), KeyRow)
        return [self._handovers.order(OrderId(row.id)) for row in list(keys)]

    def count_orders(self, wanted: OrdersWanted) -> int:
        return self._count(select(func.count()).select_from(depot_order).where(*_ordered(wanted)))

    def numbered(self, number: Number) -> Handover:
        found = self.page(HandoversWanted(named=Named(number=number)), limit=1)
        if not found:
            raise NotFound("handover", str(number))
        return found[0]

    def official(self, handovers: Collection[HandoverId]) -> Mapping[HandoverId, OfficialRecord]:
        if not handovers:
            return {}
        rows = self._transaction.run(_OFFICIAL, {"handovers": list(handovers)})
        return {row.handover: OfficialRecord(**row._asdict()) for row in rows}

    def put_official(self, record: OfficialRecord) -> None:
        values = {name: getattr(record, name) for name in OfficialRow._fields}
        self._transaction.run(_PUT, values)

    def _count(self, query: Any) -> int:
        return int(self._transaction.execute(query).scalar_one())


def _matching(wanted: HandoversWanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.states:
        found.append(handover.c.state.in_([one.value for one in wanted.states]))
    if wanted.directions:
        found.append(handover.c.direction.in_([one.value for one in wanted.directions]))
    if wanted.of is not None:
        found.append(_theirs(handover.c.made_by, handover.c.giver, handover.c.receiver, people=[wanted.of]))
    if wanted.official is not None:
        stands = select(official_record.c.handover).where(official_record.c.handover == handover.c.id).exists()
        found += [handover.c.state == HandoverState.CONFIRMED.value, stands if wanted.official else ~stands]
    if (named := wanted.named) is not None:
        with_devices = select(handover_line.c.handover).where(handover_line.c.device.in_(named.devices))
        found.append(
            or_(
                false() if named.number is None else handover.c.number == str(named.number),
                _theirs(handover.c.giver, handover.c.receiver, people=named.people),
                handover.c.id.in_(with_devices),
            )
        )
    return found


def _ordered(wanted: OrdersWanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.states:
        found.append(depot_order.c.state.in_([one.value for one in wanted.states]))
    if wanted.asked_by is not None:
        found.append(depot_order.c.asked_by == wanted.asked_by)
    if wanted.decided_since is not None:
        found.append(depot_order.c.decided_at >= wanted.decided_since)
    if wanted.decided_until is not None:
        found.append(depot_order.c.decided_at < wanted.decided_until)
    if (named := wanted.named) is not None:
        with_devices = select(depot_order_line.c.depot_order).where(depot_order_line.c.device.in_(named.devices))
        found.append(
            or_(
                false() if named.number is None else depot_order.c.number == str(named.number),
                _theirs(depot_order.c.receiver, depot_order.c.asked_by, people=named.people),
                depot_order.c.id.in_(with_devices),
            )
        )
    return found


def _theirs(*of: ColumnElement[Any], people: Collection[PersonId]) -> ColumnElement[bool]:
    return or_(*(column.in_(people) for column in of))
