"""Teslim (bylaw 11/21, 11/25, 11/26, 13/3): devices handed over to somebody, taken back, or passed on; and the orders
by which they leave the depot.

Custody changes by the confirmed act alone. Ours is the preparation of the official paper (Taşınır Mal Yönetmeliği
m.10/1-b, ç), which the taşınır kayıt yetkilisi keeps.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from handlers.domain.devices import DeviceId
from handlers.domain.errors import Invalid
from handlers.domain.numbers import Number
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId

HandoverId = NewType("HandoverId", int)
OrderId = NewType("OrderId", int)
MOST_LINES = 30
SWAP_KEPT = timedelta(days=7)
"""So long both have time to confirm a devir."""
MAX_LETTERS = 200


class Direction(StrEnum):
    GIVE = "give"
    RETURN = "return"
    SWAP = "swap"
    """Devir: a return and a new handover in one act (m.5/4: a user may not hand on to another)."""


class HandoverState(StrEnum):
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    """Each of its lines fell out."""
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


class How(StrEnum):
    """By what it was confirmed."""

    CHAT = "chat"
    PAPER = "paper"
    """Whoever handed it over says that the paper is signed."""


class Problem(StrEnum):
    """Why a line fell out."""

    MISSING = "missing"
    OTHER_DEVICE = "other_device"
    DAMAGED = "damaged"


class Returned(StrEnum):
    """How it came back; no judgement (m.27/3 is the harcama yetkilisi's)."""

    WHOLE = "whole"
    INCOMPLETE = "incomplete"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverLine:
    device: DeviceId
    accessories: str = ""
    order: OrderId | None = None
    """By which it leaves the depot."""
    problem: Problem | None = None
    returned: Returned | None = None
    """Of a return alone."""
    note: str = ""
    """What is missing or damaged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    number: Number
    direction: Direction
    giver: PersonId | None = None
    """In whose zimmet they were: of a return and a devir."""
    receiver: PersonId | None = None
    """Who confirms; of a common area its keeper. None: a return."""
    common: bool = False
    """For a common area: nobody's zimmet (m.10/1-ç)."""
    lines: tuple[HandoverLine, ...]
    ticket: TicketId | None = None
    text: str
    """What is confirmed, letter by letter; names nobody."""
    state: HandoverState = HandoverState.WAITING
    made_by: PersonId
    made_at: datetime
    giver_at: datetime | None = None
    """When the giver of a devir confirmed."""
    receiver_at: datetime | None = None
    how: How | None = None
    ended_at: datetime | None = None
    version: int = 0
    id: HandoverId = HandoverId(0)

    @property
    def digest(self) -> str:
        """SHA-256 of the text: by it somebody confirms what they read."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def standing(self) -> Sequence[HandoverLine]:
        """Those that did not fall out."""
        return [one for one in self.lines if one.problem is None]

    @property
    def is_open(self) -> bool:
        return self.state is HandoverState.WAITING

    @property
    def whole(self) -> bool:
        """Whether everybody confirmed who must."""
        return self.receiver_at is not None and (self.direction is not Direction.SWAP or self.giver_at is not None)

    def lapsed_at(self, now: datetime) -> bool:
        """Whether a devir waited too long."""
        return self.is_open and self.direction is Direction.SWAP and now - self.made_at >= SWAP_KEPT

    def without(self, device: DeviceId, problem: Problem, note: str) -> Handover:
        lines = tuple(
            replace(one, problem=problem, note=note) if one.device == device and one.problem is None else one
            for one in self.lines
        )
        return replace(self, lines=lines, giver_at=None, receiver_at=None)


class OrderState(StrEnum):
    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class DepotOrder:
    """The director's order by which devices leave the depot (bylaw 11/26)."""

    number: Number
    devices: tuple[DeviceId, ...]
    receiver: PersonId
    ticket: TicketId | None = None
    asked_by: PersonId
    asked_at: datetime
    state: OrderState = OrderState.ASKED
    decided_by: PersonId | None = None
    acting_for: PersonId | None = None
    """In whose place they decided."""
    decided_at: datetime | None = None
    channel: str = ""
    """Through which it was decided."""
    reason: str = ""
    """Of a refusal."""
    version: int = 0
    id: OrderId = OrderId(0)


def require_lines(devices: Sequence[DeviceId]) -> None:
    """Raises Invalid(`handover_lines`, `handover_device_twice`)."""
    if not 1 <= len(devices) <= MOST_LINES:
        raise Invalid("handover_lines", most=MOST_LINES)
    if len(set(devices)) != len(devices):
        raise Invalid("handover_device_twice")
