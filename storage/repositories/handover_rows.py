"""Handovers and orders as the database has them."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from handlers.domain.devices import DeviceId
from handlers.domain.handovers import (
    DepotOrder,
    Handover,
    HandoverId,
    HandoverLine,
    OrderId,
    Problem,
    Returned,
    StandingOrder,
    StandingOrderId,
)
from handlers.domain.numbers import Number
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId


class HandoverRow(NamedTuple):
    id: HandoverId
    number: str
    direction: str
    giver: PersonId | None
    receiver: PersonId | None
    common: bool
    ticket: TicketId | None
    text: str
    state: str
    made_by: PersonId
    made_at: datetime
    giver_at: datetime | None
    receiver_at: datetime | None
    how: str | None
    ended_at: datetime | None
    stands_at: str
    outside: str
    due_back: date | None
    channel: str
    page: str
    version: int


class LineRow(NamedTuple):
    device: DeviceId
    accessories: str
    depot_order: OrderId | None
    problem: str | None
    returned: str | None
    note: str


class OrderRow(NamedTuple):
    id: OrderId
    number: str
    receiver: PersonId
    ticket: TicketId | None
    asked_by: PersonId
    asked_at: datetime
    state: str
    decided_by: PersonId | None
    acting_for: PersonId | None
    decided_at: datetime | None
    channel: str
    reason: str
    outside: str
    plan: str
    document: str
    page: str
    signed_by: PersonId | None
    signed_at: datetime | None
    standing: StandingOrderId | None
    version: int


class StandingRow(NamedTuple):
    id: StandingOrderId
    kinds: list[str]
    starts: date
    ends: date
    document: str
    given_by: PersonId
    acting_for: PersonId | None
    given_at: datetime
    withdrawn_at: datetime | None


class CodeRow(NamedTuple):
    handover: HandoverId
    digest: str
    made_by: PersonId
    made_at: datetime
    wrong: int
    used_at: datetime | None


class NumberRow(NamedTuple):
    number: int


class PageRow(NamedTuple):
    page: str


def standing_values(order: StandingOrder) -> dict[str, object]:
    kept = {name: getattr(order, name) for name in StandingRow._fields if name != "id"}
    return {**kept, "kinds": list(order.kinds)}


def line_of(row: LineRow) -> HandoverLine:
    return HandoverLine(
        device=row.device,
        accessories=row.accessories,
        order=row.depot_order,
        problem=None if row.problem is None else Problem(row.problem),
        returned=None if row.returned is None else Returned(row.returned),
        note=row.note,
    )


def number_of(written: str) -> Number:
    number = Number.parse(written)
    if number is None:
        raise ValueError(f"{written!r} is no number")
    return number


def handover_values(one: Handover) -> dict[str, object]:
    kept = {name: getattr(one, name) for name in HandoverRow._fields if name not in ("id", "version")}
    return {
        **kept,
        "number": str(one.number),
        "direction": one.direction.value,
        "state": one.state.value,
        "how": None if one.how is None else one.how.value,
        "digest": one.digest,
    }


def order_values(order: DepotOrder) -> dict[str, object]:
    kept = {name: getattr(order, name) for name in OrderRow._fields if name not in ("id", "version")}
    return {**kept, "number": str(order.number), "state": order.state.value}
