"""Malzeme in and out of the depot: taken for a ticket, given to a müdürlük, received, and taken back again.

Each is one movement with its number `SH-2026-00412`; of two who take the last one at once the second hears that it is
gone. What the book does not have is never taken: it is noted as a use that is still to be covered.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from handlers.context import Acting
from handlers.department_names import DepartmentNames
from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.months import Month
from handlers.domain.numbers import Number, Series
from handlers.domain.people import Person, PersonId
from handlers.domain.rights import Action, require
from handlers.domain.states import State
from handlers.domain.stock import (
    MOST_RECEIVED,
    Item,
    ItemId,
    MoveId,
    PendingUse,
    StockMove,
    Why,
    require_quantity,
)
from handlers.domain.stock_rights import StockAction
from handlers.domain.ticket import Ticket, TicketId
from handlers.messages import Button
from handlers.people.officers import today_of
from handlers.stock import access, history, items
from handlers.tickets import cards, device_links
from knowledge.language.folding import folded, one_line

RATE_OVER = timedelta(days=90)
MAX_DOCUMENT_LETTERS = 60
CAME_IN = (Why.RECEIVED, Why.RETURNED, Why.SALVAGED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    move: StockMove
    item: Item
    left: int
    fit: str | None = None
    """The make and model that it is known to fit from now on."""
    corrects: Month | None = None
    """Its list was taken already: what was undone stands as a correction in this month's."""


def require_there(acting: Acting, key: ItemId, quantity: int) -> Item:
    """Nobody else moves it until this transaction ends.

    Raises NotFound, Invalid(`stock_quantity`, `stock_kept_no_more`, `stock_short`).
    """
    require_quantity(quantity)
    item = acting.uow.stock.item(key, to_change=True)
    if not item.active:
        raise Invalid("stock_kept_no_more", code=item.code)
    left = acting.uow.stock.left_of(key)
    if left < quantity:
        raise Invalid("stock_short", code=item.code, left=left, quantity=quantity)
    return item


def take(acting: Acting, ticket: Ticket, key: ItemId, quantity: int) -> Moved:
    """It was used on that ticket. Raises NotAllowed, WrongState and as `require_there`."""
    require(acting.person, Action.RESOLVE, ticket)
    item = require_there(acting, key, quantity)
    device = device_links.subject(acting.uow, ticket)
    move = put(
        acting,
        StockMove(
            number=next_number(acting),
            item=key,
            at=acting.now,
            delta=-quantity,
            why=Why.GIVEN if hands_over(acting, ticket) else Why.USED,
            who=acting.person.id,
            ticket=ticket.id,
            device=None if device is None else device.id,
            department=department_of(acting, ticket),
        ),
    )
    fit = None if device is None else items.learn_fit(acting, item, device)
    return Moved(move=move, item=item, left=acting.uow.stock.left_of(key), fit=fit)


def take_unbooked(acting: Acting, ticket: Ticket, key: ItemId, quantity: int) -> PendingUse:
    """It was taken from the depot although the book had none: askıda until a receipt covers it. Who keeps the depot is
    told. Raises NotAllowed, NotFound, Invalid(`stock_quantity`)."""
    require(acting.person, Action.RESOLVE, ticket)
    require_quantity(quantity)
    item = acting.uow.stock.item(key)
    device = device_links.subject(acting.uow, ticket)
    use = acting.uow.stock.add_pending(
        PendingUse(
            item=key,
            quantity=quantity,
            at=acting.now,
            who=acting.person.id,
            ticket=ticket.id,
            device=None if device is None else device.id,
            department=department_of(acting, ticket),
        )
    )
    history.note_pending(acting, key, "pending", quantity)
    for person in access.keepers(acting):
        number = access.shown_ticket(person, ticket)
        for address in cards.private_addresses_of(acting, person):
            acting.say(address, "stock_pending_told", item=item, quantity=quantity, number=number)
    return use


def give(acting: Acting, key: ItemId, quantity: int, department: str, *, note: str = "") -> Moved:
    """To a müdürlük, without a ticket. Raises NotAllowed, Invalid(`stock_department`) and as `require_there`."""
    in_place_of = access.require(acting, StockAction.KEEP)
    if not department.strip():
        raise Invalid("stock_department")
    item = require_there(acting, key, quantity)
    made = StockMove(
        number=next_number(acting),
        item=key,
        at=acting.now,
        delta=-quantity,
        why=Why.GIVEN,
        who=acting.person.id,
        department=DepartmentNames.of(acting.uow).settled(one_line(department)[: items.MAX_LETTERS]),
        note=one_line(note),
    )
    move = put(acting, made, in_place_of)
    return Moved(move=move, item=item, left=acting.uow.stock.left_of(key))


def receive(
    acting: Acting,
    key: ItemId,
    quantity: int,
    *,
    document: str = "",
    why: Why = Why.RECEIVED,
    note: str = "",
    again: bool = False,
) -> Moved:
    """It came in: by a delivery note or invoice, unused from a ticket, or out of what was scrapped. `again`: the same
    document had that item before, and that is meant.

    Raises NotAllowed, NotFound, Invalid(`stock_quantity`, `stock_document`, `stock_received_twice`).
    """
    in_place_of = access.require(acting, StockAction.KEEP)
    require_quantity(quantity, MOST_RECEIVED)
    if why not in CAME_IN:
        raise ValueError(why)
    written = one_line(document)
    item = acting.uow.stock.item(key, to_change=True)
    require_new_document(acting, item, written, again=again)
    made = StockMove(
        number=next_number(acting),
        item=key,
        at=acting.now,
        delta=quantity,
        why=why,
        who=acting.person.id,
        document=written,
        note=one_line(note),
    )
    move = put(acting, made, in_place_of)
    left = acting.uow.stock.left_of(key)
    if item.ordered_until is not None and why is Why.RECEIVED and not item.is_low(left):
        items.say_ordered(acting, item, None)
    return Moved(move=move, item=item, left=left)


def require_new_document(acting: Acting, item: Item, document: str, *, again: bool = False) -> None:
    """Raises Invalid(`stock_document`), and unless that is meant Invalid(`stock_received_twice`)."""
    written = one_line(document)
    if len(written) > MAX_DOCUMENT_LETTERS:
        raise Invalid("stock_document", most=MAX_DOCUMENT_LETTERS)
    for one in acting.uow.stock.received_by(written) if written and not again else ():
        if one.item == item.id:
            day = acting.working_time().local_date(one.at)
            raise Invalid("stock_received_twice", document=written, day=day, quantity=one.delta, code=item.code)


def settle(acting: Acting, key: ItemId) -> list[Moved]:
    """What was used and is not in the book yet is taken now, the oldest first, as far as the stock goes. Raises
    NotAllowed, NotFound."""
    in_place_of = access.require(acting, StockAction.KEEP)
    item = acting.uow.stock.item(key, to_change=True)
    settled: list[Moved] = []
    for use in acting.uow.stock.pending([key]):
        if acting.uow.stock.left_of(key) < use.quantity:
            break
        made = StockMove(
            number=next_number(acting),
            item=key,
            at=acting.now,
            delta=-use.quantity,
            why=Why.USED,
            who=use.who,
            ticket=use.ticket,
            device=use.device,
            department=use.department,
        )
        move = put(acting, made, in_place_of)
        acting.uow.stock.save_pending(replace(use, settled_by=move.id))
        settled.append(Moved(move=move, item=item, left=acting.uow.stock.left_of(key)))
    return settled


def undo(acting: Acting, key: MoveId) -> Moved:
    """By its opposite. What was used on a ticket takes back whoever used it or holds the ticket until it is closed;
    anything whoever keeps the depot.

    Raises NotAllowed, NotFound, Invalid(`stock_undone`, `stock_undo_of_undo`, `stock_undo_short`).
    """
    acting.uow.stock.item(acting.uow.stock.move(key).item, to_change=True)
    first, item, in_place_of = undoable(acting, key)
    made = replace(
        first,
        number=next_number(acting),
        at=acting.now,
        delta=-first.delta,
        why=Why.UNDONE,
        who=acting.person.id,
        undoes=key,
        note="",
        id=MoveId(0),
    )
    move = put(acting, made, in_place_of)
    return Moved(move=move, item=item, left=acting.uow.stock.left_of(item.id), corrects=corrected_by(acting, first))


def corrected_by(acting: Acting, first: StockMove) -> Month | None:
    """The month in whose list it stands, where that was taken and is over: its opposite goes into this month's."""
    month, today = Month.of(acting.working_time().local_date(first.at)), today_of(acting)
    over = month < Month.of(today) and first.why.uses_up
    return month if over and acting.uow.stock.printed_at(str(month)) is not None else None


def undoable(acting: Acting, key: MoveId) -> tuple[StockMove, Item, tuple[PersonId, ...]]:
    """What would be undone, its item, and in whose place. Raises as `undo`."""
    first = acting.uow.stock.move(key)
    in_place_of = _require_may_take_back(acting, first.ticket if first.why.uses_up else None, first.who)
    item = acting.uow.stock.item(first.item)
    if first.why is Why.UNDONE:
        raise Invalid("stock_undo_of_undo", number=str(first.number))
    if (before := acting.uow.stock.undone_by([key]).get(key)) is not None:
        raise Invalid("stock_undone", number=str(before.number))
    left = acting.uow.stock.left_of(item.id)
    if left < first.delta:
        raise Invalid("stock_undo_short", code=item.code, left=left, quantity=first.delta)
    return first, item, in_place_of


def withdraw(acting: Acting, key: int) -> tuple[PendingUse, Item]:
    """What is askıda was a slip: no receipt covers it. By whoever may undo a use of that ticket.

    Raises NotAllowed, NotFound, Invalid(`stock_pending_over`).
    """
    acting.uow.stock.item(acting.uow.stock.pending_use(key).item, to_change=True)
    use, item, in_place_of = withdrawable(acting, key)
    gone = replace(use, withdrawn_at=acting.now)
    acting.uow.stock.save_pending(gone)
    history.note_pending(acting, item.id, "pending_withdrawn", use.quantity, acting_for=in_place_of)
    return gone, item


def withdrawable(acting: Acting, key: int) -> tuple[PendingUse, Item, tuple[PersonId, ...]]:
    """What would be withdrawn, its item, and in whose place. Raises as `withdraw`."""
    use = acting.uow.stock.pending_use(key)
    in_place_of = _require_may_take_back(acting, use.ticket, use.who)
    item = acting.uow.stock.item(use.item)
    if use.settled_by is not None:
        settled = acting.uow.stock.move(use.settled_by)
        raise Invalid("stock_pending_over", code=item.code, settled=str(settled.number))
    if use.withdrawn_at is not None:
        raise Invalid("stock_pending_over", code=item.code, settled="")
    return use, item, in_place_of


def takes_back(person: Person, ticket: Ticket, who: PersonId) -> bool:
    """Whether they may take back what was used on it without keeping the depot. `who`: whoever used it."""
    return not person.gone and person.id in (who, ticket.holder) and ticket.state is not State.CLOSED


def frozen_by(acting: Acting) -> tuple[str, str] | None:
    """The number of the count for which the depot rests by the director's order, and until when: `17:00`."""
    for one in acting.uow.counts.open():
        if one.is_frozen(acting.now) and one.frozen_until is not None:
            return str(one.number), f"{one.frozen_until.astimezone(acting.desk.zone):%H:%M}"
    return None


def hands_over(acting: Acting, ticket: Ticket) -> bool:
    """Whether its malzeme is given to a müdürlük that asked for it (bylaw 11/15), and not put into a device."""
    if "teslim" in folded(ticket.resolution or ""):
        return True
    of_toner = (ticket.category or "").startswith("toner")
    return acting.desk.is_request(ticket.category) and not of_toner and device_links.subject(acting.uow, ticket) is None


def department_of(acting: Acting, ticket: Ticket) -> str:
    """For whom it is used: what the ticket says, else its reporter's."""
    written = ticket.facts.get("mudurluk") or acting.uow.people.get(ticket.reporter).department
    return DepartmentNames.of(acting.uow).settled(written)


def used_lately(acting: Acting, key: ItemId) -> int:
    """In the last 90 days, for everybody."""
    found = acting.uow.stock.used(acting.now - RATE_OVER, acting.now + timedelta(seconds=1))
    return sum(one.quantity for one in found if one.item == key)


def days_left(left: int, used: int) -> int | None:
    """How long it lasts as it was used lately; None: nothing was used."""
    return left * RATE_OVER.days // used if used > 0 else None


def next_number(acting: Acting) -> Number:
    return acting.uow.counters.next(Series.STOCK_MOVE, today_of(acting).year)


def put(acting: Acting, made: StockMove, in_place_of: tuple[PersonId, ...] = ()) -> StockMove:
    """Written, and told where little is left; whoever calls asks who may. Raises Stale, Invalid(`stock_frozen`)."""
    if made.why is not Why.COUNTED and (count := frozen_by(acting)) is not None:
        raise Invalid("stock_frozen", number=count[0], until=count[1])
    before = acting.uow.stock.left_of(made.item)
    added = acting.uow.stock.add(made)
    history.note_move(acting, added, acting_for=in_place_of)
    item = acting.uow.stock.item(made.item)
    if item.is_low(before + made.delta) and not item.is_low(before) and not item.is_awaited(today_of(acting)):
        _tell_low(acting, item, before + made.delta)
    return added


def _tell_low(acting: Acting, item: Item, left: int) -> None:
    """Once, when it falls below its minimum."""
    used = used_lately(acting, item.id)
    proposal = max((item.target or used) - left, 0)
    keeping = {one.id for one in access.keepers(acting)}
    for person in access.told_of_minimum(acting):
        for address in cards.private_addresses_of(acting, person):
            acting.say(
                address,
                "stock_low",
                buttons=[Button("Sipariş verildi", f"depot_ordered:{item.id}")] if person.id in keeping else [],
                item=item,
                left=left,
                used=used,
                days=days_left(left, used),
                proposal=proposal,
            )


def _require_may_take_back(acting: Acting, of: TicketId | None, who: PersonId) -> tuple[PersonId, ...]:
    """`of`: the ticket that it was used on. In whose place. Raises NotAllowed."""
    if of is not None and takes_back(acting.person, acting.uow.tickets.get(of), who):
        return ()
    try:
        return access.require(acting, StockAction.KEEP)
    except NotAllowed:
        raise NotAllowed("undo_stock", acting.person.handle) from None
