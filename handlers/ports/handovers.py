"""Handovers of devices, and orders by which they leave the depot."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from handlers.domain.devices import DeviceId
from handlers.domain.handovers import (
    DepotOrder,
    Handover,
    HandoverCode,
    HandoverId,
    OrderId,
    StandingOrder,
    StandingOrderId,
)
from handlers.domain.people import PersonId


class Handovers(Protocol):
    """None is ever deleted."""

    def add(self, handover: Handover) -> Handover:
        """With its id. Raises Stale where another handover of one of its devices is open."""

    def save(self, handover: Handover) -> Handover:
        """With its next version. Raises NotFound, Stale."""

    def get(self, key: HandoverId) -> Handover:
        """Raises NotFound."""

    def open_of(self, device: DeviceId) -> Handover | None:
        """The one that waits for its confirmation, if it is about that device and the line has not fallen out."""

    def of_device(self, device: DeviceId) -> Sequence[Handover]:
        """The newest first, lines that fell out too."""

    def waiting(self) -> Sequence[Handover]:
        """Of everybody, the oldest first."""

    def waiting_of(self, person: PersonId) -> Sequence[Handover]:
        """Those that they give or receive, the oldest first."""

    def latest(self, *, before: HandoverId | None = None, limit: int = 50) -> Sequence[Handover]:
        """The newest first."""

    def swaps_before(self, at: datetime) -> Sequence[Handover]:
        """Each devir that waits and was made at that time or earlier."""

    def by_number(self, number: str) -> Handover | None:
        """`TB-2026-00031`."""

    def of_person(self, person: PersonId) -> Sequence[Handover]:
        """Those that they gave or received, the newest first; also what fell out of them."""

    def count_of(self, person: PersonId) -> int:
        """The same, and orders for them."""

    def outside_due(self, day: date) -> Sequence[Handover]:
        """Confirmed ones to somebody outside that are to be back by that day and of which something is away, the
        earliest first."""

    def signed_pages(self, files: Collection[str]) -> frozenset[str]:
        """Which of these files are the signed page of a handover or an order."""

    def put_code(self, code: HandoverCode) -> None:
        """In the place of that handover's code."""

    def code(self, key: HandoverId) -> HandoverCode | None: ...

    def move(self, guest: PersonId, person: PersonId) -> None:
        """Whoever was known by another name gives and receives what that one did."""

    def add_order(self, order: DepotOrder) -> DepotOrder:
        """With its id."""

    def save_order(self, order: DepotOrder) -> DepotOrder:
        """With its next version. Raises NotFound, Stale."""

    def order(self, key: OrderId) -> DepotOrder:
        """Raises NotFound."""

    def orders_of(self, device: DeviceId) -> Sequence[DepotOrder]:
        """The newest first."""

    def order_by_number(self, number: str) -> DepotOrder | None:
        """`CE-2026-00012`."""

    def orders_decided(self, since: datetime, until: datetime) -> Sequence[DepotOrder]:
        """Given and refused in that time, the oldest first."""

    def orders_unsigned(self, until: datetime) -> Sequence[DepotOrder]:
        """Given before that moment, and nobody said that they are signed; the oldest first. Not by a standing order."""

    def orders_asked(self) -> Sequence[DepotOrder]:
        """That wait, the oldest first."""

    def add_standing(self, order: StandingOrder) -> StandingOrder:
        """With its id."""

    def save_standing(self, order: StandingOrder) -> None:
        """Raises NotFound."""

    def standing(self, key: StandingOrderId) -> StandingOrder:
        """Raises NotFound."""

    def standing_orders(self) -> Sequence[StandingOrder]:
        """The newest first, withdrawn ones too."""

    def orders(self, *, before: OrderId | None = None, limit: int = 50) -> Sequence[DepotOrder]:
        """The newest first."""
