"""What the pages of the depot show: what is left and how long it lasts, an item's movements, a month's consumption."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from handlers import device_names
from handlers.context import Acting
from handlers.domain.devices import DeviceId
from handlers.domain.errors import NotFound
from handlers.domain.months import Month
from handlers.domain.stock import Item, ItemId, MoveId, PendingUse, StockMove, Why
from handlers.domain.stock_rights import StockAction
from handlers.stock import access, moving
from handlers.stock.moving import RATE_OVER

MOVES = 50
UNREADABLE = "gizli kayıt"
"""In place of a security matter's number, müdürlük and device, for whoever may not read it."""
_SOON = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    item: Item
    left: int
    used: int
    """In the last 90 days."""
    pending: int
    moved_at: datetime | None

    @property
    def low(self) -> bool:
        return self.left < self.item.minimum

    @property
    def days(self) -> int | None:
        """How long it lasts as it was used; None: nothing was used."""
        return self.left * RATE_OVER.days // self.used if self.used > 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class StockPage:
    rows: Sequence[ItemRow]
    keeps: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveLine:
    move: StockMove
    ticket: str
    device: str
    """Number and name."""
    who: str
    undone: str
    """The number of what took it back; empty: it stands."""
    back: bool
    """It can be taken back by them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingLine:
    use: PendingUse
    ticket: str
    who: str
    back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage:
    row: ItemRow
    moves: Sequence[MoveLine]
    after: MoveId | None
    """There are more behind it."""
    pending: Sequence[PendingLine]
    keeps: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Consumed:
    item: Item
    department: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Consumption:
    """What was used up in a month, by taşınır kodu and müdürlük (Taşınır Mal Yönetmeliği m.30/3)."""

    month: Month
    lines: Sequence[Consumed]
    without_code: int
    """Items of it that have none."""


def look(acting: Acting, *, ended: bool = False) -> StockPage:
    """Those below their minimum first; `ended`: also what is kept no more. Raises NotAllowed."""
    access.require(acting, StockAction.SEE)
    rows = [one for one in _rows(acting) if one.item.active or ended or one.left]
    return StockPage(rows=sorted(rows, key=lambda one: not one.low), keeps=access.may(acting, StockAction.KEEP))


def one(acting: Acting, key: ItemId, before: MoveId | None = None) -> ItemPage:
    """Raises NotAllowed, NotFound."""
    access.require(acting, StockAction.SEE)
    row = next((one for one in _rows(acting) if one.item.id == key), None)
    if row is None:
        raise NotFound("item", key)
    found = acting.uow.stock.moves(key, before=before, limit=MOVES + 1)
    return ItemPage(
        row=row,
        moves=_lines(acting, found[:MOVES]),
        after=found[MOVES - 1].id if len(found) > MOVES else None,
        pending=[_waiting(acting, one) for one in acting.uow.stock.pending([key])],
        keeps=access.may(acting, StockAction.KEEP),
    )


def consumption(acting: Acting, month: Month) -> Consumption:
    """Of what leaves with a Varlık İşlem Fişi; dolum and servis parçası do not. Raises NotAllowed."""
    access.require(acting, StockAction.SEE)
    since, until = (datetime.combine(one.first_day, time.min, acting.desk.zone) for one in (month, month.following))
    known = {one.id: one for one in acting.uow.stock.items()}
    used = [one for one in acting.uow.stock.used(since, until) if known[one.item].kind.needs_slip]
    lines = [Consumed(item=known[one.item], department=one.department, quantity=one.quantity) for one in used]
    lines.sort(key=lambda line: (line.item.movable_code, line.item.code, line.department))
    return Consumption(
        month=month,
        lines=lines,
        without_code=len({line.item.id for line in lines if not line.item.movable_code}),
    )


def _rows(acting: Acting) -> list[ItemRow]:
    stock = acting.uow.stock
    left, moved = stock.left(), stock.last_moved()
    used: dict[ItemId, int] = {}
    for use in stock.used(acting.now - RATE_OVER, acting.now + _SOON):
        used[use.item] = used.get(use.item, 0) + use.quantity
    pending: dict[ItemId, int] = {}
    for waits in stock.pending():
        pending[waits.item] = pending.get(waits.item, 0) + waits.quantity
    return [
        ItemRow(
            item=item,
            left=left.get(item.id, 0),
            used=used.get(item.id, 0),
            pending=pending.get(item.id, 0),
            moved_at=moved.get(item.id),
        )
        for item in stock.items()
    ]


def _lines(acting: Acting, moves: Sequence[StockMove]) -> list[MoveLine]:
    devices = _devices(acting, {one.device for one in moves if one.device is not None})
    tickets = {key: access.shown_ticket(acting, key) for key in {one.ticket for one in moves if one.ticket is not None}}
    lines = []
    for one in moves:
        shown = tickets[one.ticket] if one.ticket is not None else ""
        undoing = acting.uow.stock.undone_by(one.id)
        who = acting.uow.people.get(one.who)
        lines.append(
            MoveLine(
                move=one if shown is not None else replace(one, department=""),
                ticket=UNREADABLE if shown is None else shown,
                device=devices.get(one.device, "") if one.device is not None and shown is not None else "",
                who=who.name or who.handle,
                undone=str(undoing.number) if undoing is not None else "",
                back=undoing is None and one.why is not Why.UNDONE and moving.may_take_back(acting, one),
            )
        )
    return lines


def _waiting(acting: Acting, use: PendingUse) -> PendingLine:
    shown = access.shown_ticket(acting, use.ticket) if use.ticket is not None else ""
    who = acting.uow.people.get(use.who)
    return PendingLine(
        use=use,
        ticket=UNREADABLE if shown is None else shown,
        who=who.name or who.handle,
        back=moving.may_take_back(acting, use),
    )


def _devices(acting: Acting, keys: set[DeviceId]) -> Mapping[DeviceId, str]:
    return {one.id: device_names.numbered_name(one) for one in acting.uow.devices.several(keys)}
