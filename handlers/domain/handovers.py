"""Teslim (bylaw 11/21, 11/25, 11/26, 13/3): devices handed over to somebody, taken back, or passed on; and the orders
by which they leave the depot.

Custody changes by the confirmed act alone. Ours is the preparation of the official paper (Taşınır Mal Yönetmeliği
m.10/1-b, ç), which the taşınır kayıt yetkilisi keeps.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from handlers.domain.devices import DeviceId
from handlers.domain.errors import Invalid
from handlers.domain.numbers import Number
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId

HandoverId = NewType("HandoverId", int)
OrderId = NewType("OrderId", int)
StandingOrderId = NewType("StandingOrderId", int)
MOST_LINES = 30
SWAP_KEPT = timedelta(days=7)
"""So long both have time to confirm a devir."""
MAX_LETTERS = 200
CODE_DIGITS = 6
CODE_LIVES = timedelta(minutes=10)
CODE_TRIES = 5
"""Wrong ones; then a new code is needed."""


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
    CODE = "code"
    """Yerinde onay: they read the code out that came to their own chat."""
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
    """Who confirms; of a common area its keeper, of somebody outside whoever answers for it here. None: a return."""
    common: bool = False
    """For a common area: nobody's zimmet (m.10/1-ç)."""
    stands_at: str = ""
    """Where that is, as it was written; empty: where it stands."""
    outside: str = ""
    """Who is no official of the house, or a firm (m.23/7): they sign paper, and bring it back."""
    due_back: date | None = None
    """Of `outside` alone."""
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
    channel: str = ""
    """Through which the last who must confirmed."""
    page: str = ""
    """File of the signed page."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverPlan:
    """What shall be handed over to whom, while the order for it is asked."""

    devices: tuple[DeviceId, ...]
    accessories: tuple[str, ...] = ()
    """Of each, in the same order; empty: of none."""
    receiver: PersonId | None = None
    """None: somebody outside, for whom whoever hands over answers."""
    common: bool = False
    stands_at: str = ""
    outside: str = ""
    due_back: date | None = None

    @property
    def written(self) -> str:
        """As it is kept: JSON in ASCII."""
        due = None if self.due_back is None else self.due_back.isoformat()
        values = [self.devices, self.accessories, self.receiver, self.common, self.stands_at, self.outside, due]
        return json.dumps(values, separators=(",", ":"))

    @classmethod
    def read(cls, written: str) -> HandoverPlan:
        """Raises ValueError."""
        devices, accessories, receiver, common, stands_at, outside, due = json.loads(written)
        return cls(
            devices=tuple(devices),
            accessories=tuple(accessories),
            receiver=receiver,
            common=common,
            stands_at=stands_at,
            outside=outside,
            due_back=None if due is None else date.fromisoformat(due),
        )

    def with_them(self) -> dict[DeviceId, str]:
        return dict(zip(self.devices, self.accessories, strict=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverCode:
    """By which somebody who stands there confirms; of a handover there is one."""

    handover: HandoverId
    digest: str
    """Of the handover's number, its text and the code (`code_digest`)."""
    made_by: PersonId
    made_at: datetime
    wrong: int = 0
    """How often another one was typed."""
    used_at: datetime | None = None

    def holds_at(self, now: datetime) -> bool:
        return self.used_at is None and self.wrong < CODE_TRIES and now - self.made_at < CODE_LIVES


def code_digest(one: Handover, code: str) -> str:
    """SHA-256; another list has another."""
    return hashlib.sha256(f"{one.number} {one.digest} {code}".encode()).hexdigest()


class OrderMode(StrEnum):
    """What counts as the order of bylaw 11/26; the house decides."""

    CHAT = "sohbet"
    """The order in the chat; each evening the day's orders are one page to sign."""
    SIGNED_FIRST = "once_imza"
    """Nothing leaves before the signed page or its EBYS number is there."""
    STANDING = "toplu"
    """A standing order for kinds and a time counts for each of them; for others the chat."""


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
    """Of somebody outside whoever answers for it here."""
    outside: str = ""
    plan: str = ""
    """`HandoverPlan.written`: what is handed over once it is given."""
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
    document: str = ""
    """EBYS number of the signed order."""
    page: str = ""
    """File of the signed page."""
    signed_by: PersonId | None = None
    """Who said that it is signed."""
    signed_at: datetime | None = None
    standing: StandingOrderId | None = None
    """The standing order that gave it."""
    version: int = 0
    id: OrderId = OrderId(0)

    def suffices(self, mode: OrderMode) -> bool:
        """Whether something may leave by it."""
        return self.state is OrderState.GIVEN and (mode is not OrderMode.SIGNED_FIRST or self.signed_at is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingOrder:
    """Toplu emir: for kinds of devices, for a time, with the number of the document behind it."""

    kinds: tuple[str, ...]
    starts: date
    """Local, as `ends`: both are within."""
    ends: date
    document: str
    given_by: PersonId
    acting_for: PersonId | None = None
    given_at: datetime
    withdrawn_at: datetime | None = None
    id: StandingOrderId = StandingOrderId(0)

    def covers(self, kind: str, day: date) -> bool:
        return self.withdrawn_at is None and kind in self.kinds and self.starts <= day <= self.ends


def require_lines(devices: Sequence[DeviceId]) -> None:
    """Raises Invalid(`handover_lines`, `handover_device_twice`)."""
    if not 1 <= len(devices) <= MOST_LINES:
        raise Invalid("handover_lines", most=MOST_LINES)
    if len(set(devices)) != len(devices):
        raise Invalid("handover_device_twice")
