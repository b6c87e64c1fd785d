"""Sarf malzemesi (bylaw 11/4, 11/11, 11/14, 11/15): what the depot keeps, what came in, and what was used for what.

What is left is the sum of the movements, and never below 0. A movement is not changed: a wrong one is taken back by its
opposite. What was used although the book had none left is a `PendingUse` until a receipt covers it. The official
movables ledger is kept elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from handlers.domain.devices import DeviceId
from handlers.domain.errors import Invalid
from handlers.domain.numbers import Number
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId

ItemId = NewType("ItemId", int)
MoveId = NewType("MoveId", int)
MOST_TAKEN = 50
"""Of one item by one act."""
MOST_RECEIVED = 10_000
FIT_LEARNT_AFTER = 2
"""So many uses on devices of one model, and the item is offered first for it."""


class ItemKind(StrEnum):
    CONSUMABLE = "consumable"
    SPARE = "spare"
    """Yedek parça, which the house's own people put in."""
    REFILL = "refill"
    """Dolum: leaves without a Varlık İşlem Fişi (Taşınır Mal Yönetmeliği m.10/1-a-2)."""
    SERVICE_PART = "service_part"
    """Used in a firm's repair: the same (10/1-a-3)."""

    @property
    def needs_slip(self) -> bool:
        """Whether it stands in the month's list for the taşınır kayıt yetkilisi (30/3)."""
        return self in (ItemKind.CONSUMABLE, ItemKind.SPARE)


class Why(StrEnum):
    """What a movement was for."""

    RECEIVED = "received"
    USED = "used"
    """On a ticket."""
    GIVEN = "given"
    """To a müdürlük, without a ticket."""
    RETURNED = "returned"
    COUNTED = "counted"
    SALVAGED = "salvaged"
    """Out of what was scrapped (Taşınır Mal Yönetmeliği m.21/1-e)."""
    LOST = "lost"
    UNDONE = "undone"

    @property
    def uses_up(self) -> bool:
        return self in (Why.USED, Why.GIVEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    code: str
    """`TN-2421`; as it is compared, of one item alone."""
    name: str
    unit: str = "adet"
    movable_code: str = ""
    """Taşınır II. düzey detay kodu: `150.01.02`."""
    minimum: int = 0
    """Set by the harcama yetkilisi (Taşınır Mal Yönetmeliği m.6/4-f)."""
    target: int = 0
    """0: none was set."""
    shelf: str = ""
    kind: ItemKind = ItemKind.CONSUMABLE
    fits: tuple[str, ...] = ()
    """Makes and models of devices: `Brother HL-L2350DW`."""
    active: bool = True
    ordered_until: date | None = None
    """Sipariş verildi: until then, that day too, nobody is told how little is left; None: nothing is on its way."""
    recorded_at: datetime
    recorded_by: PersonId | None = None
    version: int = 0
    id: ItemId = ItemId(0)

    def is_low(self, left: int) -> bool:
        return self.active and left < self.minimum

    def is_awaited(self, day: date) -> bool:
        """Whether it is ordered and expected still on that day."""
        return self.ordered_until is not None and day <= self.ordered_until


@dataclass(frozen=True, slots=True, kw_only=True)
class StockMove:
    """Never changed."""

    number: Number
    item: ItemId
    at: datetime
    delta: int
    why: Why
    who: PersonId
    ticket: TicketId | None = None
    device: DeviceId | None = None
    department: str = ""
    """Whose it was used for, as it is called or was when it was written."""
    undoes: MoveId | None = None
    """Of `UNDONE` alone."""
    document: str = ""
    """Number of the delivery note or invoice."""
    note: str = ""
    id: MoveId = MoveId(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPrint:
    """That a month's list of what was used up was taken as a file: what is taken back later corrects a later month."""

    month: str
    """`2026-11`."""
    at: datetime
    by: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingUse:
    """Askıda kullanım: it was taken from the depot, and the book had none left."""

    item: ItemId
    quantity: int
    at: datetime
    who: PersonId
    ticket: TicketId | None = None
    device: DeviceId | None = None
    department: str = ""
    settled_by: MoveId | None = None
    withdrawn_at: datetime | None = None
    """It was a slip."""
    id: int = 0

    @property
    def open(self) -> bool:
        return self.settled_by is None and self.withdrawn_at is None


def require_quantity(quantity: int, most: int = MOST_TAKEN) -> None:
    """Raises Invalid(`stock_quantity`)."""
    if not 1 <= quantity <= most:
        raise Invalid("stock_quantity", typed=str(quantity), most=most)
