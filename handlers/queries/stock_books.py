"""What is printed of the depot beside a month's list: the book of a year, what each printer used, and a ticket as the
request for malzeme that it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from handlers import device_names
from handlers.context import Acting
from handlers.domain.approvals import ApprovalKind, Decision
from handlers.domain.devices import Device, DeviceId
from handlers.domain.errors import NotFound
from handlers.domain.rights import Action, require
from handlers.domain.stock import Item, StockMove
from handlers.domain.stock_rights import StockAction
from handlers.domain.ticket import Ticket
from handlers.queries import stock
from handlers.queries.stock import MoveLine
from handlers.stock import access, moving


@dataclass(frozen=True, slots=True, kw_only=True)
class BookLine:
    line: MoveLine
    item: Item
    left: int
    """Of that item, after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterUse:
    """What one device used up in a year."""

    device: Device
    name: str
    department: str
    place: str
    items: Sequence[tuple[Item, int]]

    @property
    def quantity(self) -> int:
        return sum(number for _, number in self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsRequest:
    """İş talep belgesi: by Taşınır Mal Yönetmeliği m.10/1-c it is the request for what a repair takes."""

    ticket: Ticket
    subject: str
    asked_by: str
    department: str
    lines: Sequence[tuple[Item, StockMove]]
    """What was taken for it and not brought back."""
    waiting: Sequence[tuple[Item, int]]
    """Askıda."""
    approved: str
    """Who approved it and when; empty: nobody was asked."""
    given: str
    """Who took it out of the depot."""
    device: str


def book(acting: Acting, year: int) -> Sequence[BookLine]:
    """Depo giriş–çıkış defteri: every movement of a year by its number. Raises NotAllowed."""
    access.require(acting, StockAction.SEE)
    since, until = year_of(acting, year)
    items = {one.id: one for one in acting.uow.stock.items()}
    left = dict(acting.uow.stock.left_before(since))
    lines = []
    for line in stock.move_lines(acting, acting.uow.stock.between(since, until)):
        key = line.move.item
        left[key] = left.get(key, 0) + line.move.delta
        lines.append(BookLine(line=line, item=items[key], left=left[key]))
    return lines


def by_printer(acting: Acting, year: int) -> Sequence[PrinterUse]:
    """Those that used most first; what was taken for a security matter counts for none. Raises NotAllowed."""
    access.require(acting, StockAction.SEE)
    since, until = year_of(acting, year)
    items = {one.id: one for one in acting.uow.stock.items()}
    used: dict[DeviceId, list[tuple[Item, int]]] = {}
    for one in acting.uow.stock.used_by_device(since, until):
        used.setdefault(one.device, []).append((items[one.item], one.quantity))
    found = [
        PrinterUse(
            device=one,
            name=device_names.name(one),
            department=one.department,
            place=device_names.place_name(acting.uow, one),
            items=used[one.id],
        )
        for one in acting.uow.devices.several(used)
    ]
    return sorted(found, key=lambda one: (-one.quantity, one.device.id))


def request(acting: Acting, number: str) -> ItemsRequest:
    """Raises NotFound (also where they may not read it, or nothing was taken for it)."""
    ticket = acting.uow.tickets.by_number(number)
    require(acting.person, Action.READ, ticket)
    items = {one.id: one for one in acting.uow.stock.items()}
    moves = [one for one in acting.uow.stock.of_ticket(ticket.id) if one.why.uses_up]
    undone = acting.uow.stock.undone_by([one.id for one in moves])
    lines = [(items[one.item], one) for one in moves if one.id not in undone]
    waiting = [(items[one.item], one.quantity) for one in acting.uow.stock.pending() if one.ticket == ticket.id]
    if not lines and not waiting:
        raise NotFound("request", number)
    reporter = acting.uow.people.get(ticket.reporter)
    people = acting.uow.people.of_ids({one.who for _, one in lines})
    of = next((one.device for _, one in lines if one.device is not None), None)
    device = acting.uow.devices.get(of) if of is not None else None
    return ItemsRequest(
        ticket=ticket,
        subject=acting.desk.subject(ticket),
        asked_by=reporter.name or reporter.handle,
        department=moving.department_of(acting, ticket),
        lines=lines,
        waiting=waiting,
        approved=_approved(acting, ticket),
        given=", ".join(sorted(one.name or one.handle for one in people.values())),
        device=device_names.numbered_name(device) if device is not None else "",
    )


def _approved(acting: Acting, ticket: Ticket) -> str:
    for one in acting.uow.approvals.of_ticket(ticket.id):
        said = one.decision is Decision.APPROVED and one.withdrawn_at is None and one.decided_by is not None
        if one.kind is ApprovalKind.STOCK and said and one.decided_at is not None:
            who = acting.uow.people.get(one.decided_by)  # type: ignore[arg-type] # said so
            return f"{who.name or who.handle}, {acting.working_time().local_date(one.decided_at):%d.%m.%Y}"
    return ""


def year_of(acting: Acting, year: int) -> tuple[datetime, datetime]:
    """When it begins and when the next one does, by the desk's own clock."""
    begins, ends = (datetime.combine(date(one, 1, 1), time.min, acting.desk.zone) for one in (year, year + 1))
    return begins, ends
