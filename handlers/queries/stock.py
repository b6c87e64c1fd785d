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
        return self.item.is_low(self.left)

    @property
    def days(self) -> int | None:
        """How long it lasts as it was used; None: nothing was used."""
        return moving.days_left(self.left, self.used)


@dataclass(frozen=True, slots=True, kw_only=True)
class StockPage:
    rows: Sequence[ItemRow]
    ended: Sequence[Item]
    """Kept no more, and none is left."""
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
class Correction:
    """Düzeltme: what had been used up in an earlier month, and was taken back in this one."""

    undo: StockMove
    first: StockMove
    item: Item
    month: Month
    """In whose list it stood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consumption:
    """What was used up in a month, by taşınır kodu and müdürlük (Taşınır Mal Yönetmeliği m.30/3)."""

    month: Month
    lines: Sequence[Consumed]
    without_code: int
    """Items of it that have none."""
    corrections: Sequence[Correction] = ()
    """Of what stood in an earlier month's list."""
    printed_at: datetime | None = None
    """When it was taken as a file first."""


def look(acting: Acting) -> StockPage:
    """Those below their minimum first. Raises NotAllowed."""
    access.require(acting, StockAction.SEE)
    rows = _rows(acting)
    shown = [one for one in rows if one.item.active or one.left]
    return StockPage(
        rows=sorted(shown, key=lambda one: not one.low),
        ended=[one.item for one in rows if not one.item.active and not one.left],
        keeps=access.may(acting, StockAction.KEEP),
    )


def one(acting: Acting, key: ItemId, before: MoveId | None = None) -> ItemPage:
    """Raises NotAllowed, NotFound."""
    access.require(acting, StockAction.SEE)
    row = next((one for one in _rows(acting) if one.item.id == key), None)
    if row is None:
        raise NotFound("item", key)
    keeps = access.may(acting, StockAction.KEEP)
    found = acting.uow.stock.moves(key, before=before, limit=MOVES + 1)
    return ItemPage(
        row=row,
        moves=_lines(acting, found[:MOVES], keeps=keeps),
        after=found[MOVES - 1].id if len(found) > MOVES else None,
        pending=_waiting(acting, acting.uow.stock.pending([key]), keeps=keeps),
        keeps=keeps,
    )


def consumption(acting: Acting, month: Month) -> Consumption:
    """Of what leaves with a Varlık İşlem Fişi; dolum and servis parçası do not. Raises NotAllowed."""
    access.require(acting, StockAction.SEE)
    since, until = (datetime.combine(one.first_day, time.min, acting.desk.zone) for one in (month, month.following))
    known = {one.id: one for one in acting.uow.stock.items()}
    corrections = _corrections(acting, since, until, known)
    used = {(one.item, one.department): one.quantity for one in acting.uow.stock.used(since, until)}
    for one in corrections:
        of = (one.undo.item, one.first.department)
        used[of] = used.get(of, 0) + one.undo.delta
    lines = [
        Consumed(item=known[item], department=department, quantity=quantity)
        for (item, department), quantity in used.items()
        if quantity and known[item].kind.needs_slip
    ]
    lines.sort(key=lambda line: (line.item.movable_code, line.item.code, line.department))
    return Consumption(
        month=month,
        lines=lines,
        without_code=len({line.item.id for line in lines if not line.item.movable_code}),
        corrections=[one for one in corrections if one.item.kind.needs_slip],
        printed_at=acting.uow.stock.printed_at(str(month)),
    )


def _corrections(acting: Acting, since: datetime, until: datetime, known: Mapping[ItemId, Item]) -> list[Correction]:
    undoing = [one for one in acting.uow.stock.between(since, until) if one.undoes is not None]
    undone = acting.uow.stock.several([one.undoes for one in undoing if one.undoes is not None])
    firsts = {one.id: one for one in undone}
    found = [(one, firsts[one.undoes]) for one in undoing if one.undoes is not None]
    local = acting.working_time().local_date
    return [
        Correction(undo=undo, first=first, item=known[undo.item], month=Month.of(local(first.at)))
        for undo, first in found
        if first.why.uses_up and first.at < since
    ]


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


def move_lines(acting: Acting, moves: Sequence[StockMove]) -> list[MoveLine]:
    """As they are shown to whoever asks: of a security matter neither number nor müdürlük, unless they may read it."""
    return _lines(acting, moves, keeps=access.may(acting, StockAction.KEEP))


class _About:
    """Of movements and of what waits: their tickets, their people, and what of them may be taken back."""

    def __init__(self, acting: Acting, ones: Sequence[StockMove | PendingUse], *, keeps: bool) -> None:
        self._person, self._keeps = acting.person, keeps
        self._tickets = acting.uow.tickets.some([one.ticket for one in ones if one.ticket is not None])
        self._people = acting.uow.people.of_ids({one.who for one in ones})

    def ticket(self, one: StockMove | PendingUse) -> str | None:
        """None: they may not read it."""
        return "" if one.ticket is None else access.shown_ticket(self._person, self._tickets[one.ticket])

    def who(self, one: StockMove | PendingUse) -> str:
        who = self._people[one.who]
        return who.name or who.handle

    def back(self, one: StockMove | PendingUse) -> bool:
        """Whether they may take it back, if it stands."""
        used = isinstance(one, PendingUse) or one.why.uses_up
        ticket = None if one.ticket is None or not used else self._tickets[one.ticket]
        return self._keeps or (ticket is not None and moving.takes_back(self._person, ticket, one.who))


def _lines(acting: Acting, moves: Sequence[StockMove], *, keeps: bool) -> list[MoveLine]:
    about, devices = _About(acting, moves, keeps=keeps), _devices(acting, moves)
    undone = acting.uow.stock.undone_by([one.id for one in moves])
    lines = []
    for one in moves:
        shown = about.ticket(one)
        lines.append(
            MoveLine(
                move=one if shown is not None else replace(one, department=""),
                ticket=UNREADABLE if shown is None else shown,
                device=devices.get(one.device, "") if one.device is not None and shown is not None else "",
                who=about.who(one),
                undone=str(undone[one.id].number) if one.id in undone else "",
                back=one.id not in undone and one.why is not Why.UNDONE and about.back(one),
            )
        )
    return lines


def _waiting(acting: Acting, uses: Sequence[PendingUse], *, keeps: bool) -> list[PendingLine]:
    about = _About(acting, uses, keeps=keeps)
    return [
        PendingLine(
            use=one,
            ticket=UNREADABLE if (shown := about.ticket(one)) is None else shown,
            who=about.who(one),
            back=about.back(one),
        )
        for one in uses
    ]


def _devices(acting: Acting, moves: Sequence[StockMove]) -> Mapping[DeviceId, str]:
    keys = {one.device for one in moves if one.device is not None}
    return {one.id: device_names.numbered_name(one) for one in acting.uow.devices.several(keys)}
