"""What papers and pages say of handovers: an act, what somebody holds, what stands in a place, how somebody stands who
leaves, and the orders of a day. Plain values: names as they are now, numbers as people read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers.domain.devices import Condition, DeviceId
from handlers.domain.handovers import Direction, HandoverState, How, OrderState, Problem, Returned


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Somebody as a paper names them; of who is outside only the name is known."""

    name: str
    staff_no: str = ""
    department: str = ""
    room: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDevice:
    device: DeviceId
    number: str
    asset_no: str
    title: str
    """`Dizüstü, HP ProBook 450 G8`."""
    serial: str
    place: str
    """`Hizmet binası · 3. kat · 312`."""
    lost: bool
    since: date | None
    """Since when it is in that custody."""
    act: str = ""
    """The handover by which it came there: `TB-2026-00031`; empty where none is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActLine:
    place: int
    """From 1."""
    device: ListedDevice
    accessories: str
    order: str
    """`CE-2026-00012`; empty: it did not leave the depot."""
    problem: Problem | None
    """Why it fell out of the list."""
    returned: Returned | None
    """Of a return."""
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    side: Side
    giving: bool
    at: datetime
    how: How
    """Of a devir: how the last of both did it."""
    channel: str
    """`web`, `terminal` …; empty where it was not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    number: str
    devices: Sequence[ListedDevice]
    receiver: Side
    outside: bool
    asked_by: str
    """`Mehmet K.`, as `decided_by` without a title."""
    asked_at: datetime
    state: OrderState
    decided_by: str
    """`Zeynep A. (Müdür V.)`; empty while it waits."""
    decided_at: datetime | None
    channel: str
    reason: str
    document: str
    """EBYS number."""
    signed_at: datetime | None
    standing: bool
    """By a standing order, whose number `document` is."""
    ticket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBack:
    """What became of a line later: the return part of the same paper."""

    device: DeviceId
    act: str
    at: datetime
    returned: Returned
    note: str
    taken_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    number: str
    direction: Direction
    state: HandoverState
    made_by: Side
    made_at: datetime
    giver: Side | None
    receiver: Side | None
    """Of a common area its keeper; of `outside` who takes it out. None: the depot."""
    common: bool
    outside: bool
    due_back: date | None
    stands_at: str
    ticket: str
    lines: Sequence[ActLine]
    """Those that fell out, too."""
    orders: Sequence[Order]
    text: str
    """What was confirmed, letter by letter."""
    digest: str
    """SHA-256 of it, in hex."""
    confirmations: Sequence[Confirmation]
    has_page: bool
    """The signed page is in the desk's files."""
    page: str
    ended_at: datetime | None
    came_back: Sequence[CameBack]
    read_at: datetime

    @property
    def standing(self) -> Sequence[ActLine]:
        return [one for one in self.lines if one.problem is None]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyList:
    person: Side
    devices: Sequence[ListedDevice]
    """In their zimmet, lost ones too."""
    kept: Sequence[ListedDevice]
    """In common areas that they answer for."""
    waiting: Sequence[str]
    """Handovers that wait for somebody's confirmation: `TB-2026-00031`."""
    read_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceList:
    """Dayanıklı taşınırlar listesi (m.10/1-ç): what is in common use there."""

    place: str
    department: str
    """Of most of them."""
    keepers: Sequence[Side]
    devices: Sequence[ListedDevice]
    held: Sequence[ListedDevice]
    """What stands there in somebody's zimmet."""
    read_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceState:
    """One device of which a report is written."""

    device: ListedDevice
    condition: Condition
    holder: Side | None
    department: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearanceState:
    """İlişik kesme: how somebody stands who leaves."""

    person: Side
    devices: Sequence[ListedDevice]
    kept: Sequence[ListedDevice]
    waiting: Sequence[str]
    """Handovers that wait for somebody's confirmation: `TB-2026-00031`."""
    tickets: Sequence[str]
    """Their own that are open; they do not hold it up."""
    last_return: str
    """The newest return from them: `TB-2026-00031`."""
    read_at: datetime

    @property
    def clear(self) -> bool:
        """Whether the paper may be given."""
        return not (self.devices or self.kept or self.waiting)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOrders:
    day: date
    orders: Sequence[Order]
    """Given on it, the oldest first."""
    signed: bool
    """Each of them, or it is a standing order's."""
