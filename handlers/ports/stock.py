"""Items of the depot, their movements, and uses that no stock covers yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from handlers.domain.devices import DeviceId
from handlers.domain.people import PersonId
from handlers.domain.stock import Item, ItemId, MonthPrint, MoveId, PendingUse, StockMove
from handlers.domain.ticket import TicketId


class Used(NamedTuple):
    """How much of an item was used up for a müdürlük, less what was taken back."""

    item: ItemId
    department: str
    """As it was written."""
    quantity: int


class UsedOn(NamedTuple):
    """How much of an item was used on a device, less what was taken back."""

    device: DeviceId
    item: ItemId
    quantity: int


class Stock(Protocol):
    """None is ever deleted."""

    def items(self) -> Sequence[Item]:
        """By their codes, those that are kept no more too."""

    def item(self, key: ItemId, *, to_change: bool = False) -> Item:
        """`to_change`: whoever else moves it waits for this transaction. Raises NotFound."""

    def by_code(self, code: str) -> Item | None:
        """However it is spelled."""

    def add_item(self, item: Item) -> Item:
        """With its id. Raises Stale where there is such a code."""

    def save_item(self, item: Item) -> Item:
        """With its next version. Raises NotFound, Stale (another was first, or as `add_item`)."""

    def left(self) -> Mapping[ItemId, int]:
        """The sums of all movements; those without are not in it."""

    def left_of(self, item: ItemId) -> int: ...

    def add(self, move: StockMove) -> StockMove:
        """With its id. Raises Stale where the sum would fall below 0, or what it undoes is undone."""

    def move(self, key: MoveId) -> StockMove:
        """Raises NotFound."""

    def undone_by(self, moves: Collection[MoveId]) -> Mapping[MoveId, StockMove]:
        """What took each of them back; those that stand are not in it."""

    def moves(self, item: ItemId, *, before: MoveId | None = None, limit: int = 50) -> Sequence[StockMove]:
        """The newest first."""

    def several(self, moves: Collection[MoveId]) -> Sequence[StockMove]:
        """Those that there are, in the order of their numbers."""

    def between(self, since: datetime, until: datetime) -> Sequence[StockMove]:
        """Of every item, in the order of their numbers; without `until` itself."""

    def left_before(self, at: datetime) -> Mapping[ItemId, int]:
        """What was left at that moment; items without a movement until then are not in it."""

    def of_ticket(self, ticket: TicketId) -> Sequence[StockMove]:
        """The oldest first."""

    def count_of(self, person: PersonId) -> int:
        """Movements that they wrote."""

    def received_by(self, document: str) -> Sequence[StockMove]:
        """Those that came in by that delivery note or invoice and were not taken back, the oldest first."""

    def last_moved(self) -> Mapping[ItemId, datetime]:
        """When the movement was that was written last."""

    def used(self, since: datetime, until: datetime) -> Sequence[Used]:
        """By item and müdürlük; what was taken back in that time counts against it."""

    def used_by_device(self, since: datetime, until: datetime) -> Sequence[UsedOn]:
        """As `used`, on devices; without what a security matter's ticket took."""

    def used_on(self, category: str, since: datetime) -> Mapping[ItemId, int]:
        """How many movements for tickets of that category, the most first; without those taken back."""

    def devices(self, item: ItemId) -> Sequence[DeviceId]:
        """On which it was used, once for each movement that was not taken back."""

    def add_print(self, one: MonthPrint) -> None: ...

    def printed_at(self, month: str) -> datetime | None:
        """When that month's list was taken first; None: never."""

    def add_pending(self, use: PendingUse) -> PendingUse: ...

    def save_pending(self, use: PendingUse) -> None:
        """Raises NotFound."""

    def pending_use(self, key: int, *, to_change: bool = False) -> PendingUse:
        """Raises NotFound."""

    def pending(self, items: Collection[ItemId] | None = None) -> Sequence[PendingUse]:
        """Those that are open, the oldest first; None: of all items."""
