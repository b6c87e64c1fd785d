"""Handovers of devices, and orders by which they leave the depot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from handlers.domain.devices import DeviceId
from handlers.domain.handovers import DepotOrder, Handover, HandoverId, OrderId
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

    def orders(self, *, before: OrderId | None = None, limit: int = 50) -> Sequence[DepotOrder]:
        """The newest first."""
