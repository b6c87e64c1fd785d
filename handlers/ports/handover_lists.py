"""Lists of handovers and of orders out of the depot, as pages show them; and which acts the official ledger has."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from handlers.domain.devices import DeviceId
from handlers.domain.handovers import DepotOrder, Direction, Handover, HandoverId, HandoverState, OrderId, OrderState
from handlers.domain.numbers import Number
from handlers.domain.official_records import OfficialRecord
from handlers.domain.people import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What was typed may mean one of these; whatever has any of them is found."""

    number: Number | None = None
    people: frozenset[PersonId] = frozenset()
    devices: frozenset[DeviceId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoversWanted:
    """What is None or empty does not matter."""

    states: frozenset[HandoverState] = frozenset()
    directions: frozenset[Direction] = frozenset()
    named: Named | None = None
    of: PersonId | None = None
    """Made, given or received by them."""
    official: bool | None = None
    """Confirmed, and it stands in the official ledger, or not yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdersWanted:
    states: frozenset[OrderState] = frozenset()
    named: Named | None = None
    asked_by: PersonId | None = None
    decided_since: datetime | None = None
    decided_until: datetime | None = None
    """That moment itself not."""


class HandoverLists(Protocol):
    """The newest first, each page behind a row."""

    def page(
        self, wanted: HandoversWanted, *, after: HandoverId | None = None, limit: int = 50
    ) -> Sequence[Handover]: ...

    def count(self, wanted: HandoversWanted) -> int: ...

    def orders(
        self, wanted: OrdersWanted, *, after: OrderId | None = None, limit: int = 50
    ) -> Sequence[DepotOrder]: ...

    def count_orders(self, wanted: OrdersWanted) -> int: ...

    def numbered(self, number: Number) -> Handover:
        """Raises NotFound."""

    def official(self, handovers: Collection[HandoverId]) -> Mapping[HandoverId, OfficialRecord]:
        """Of those that have one."""

    def put_official(self, record: OfficialRecord) -> None:
        """In the place of the one that it had."""
