"""Orders by which devices leave the depot (bylaw 11/26): asked for, given, refused with a reason, signed; and standing
ones, for kinds of devices and a time. What counts as one the house decides (`OrderMode`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from handlers.context import Acting, UseCaseContext
from handlers.devices import access, history, recording
from handlers.domain.absences import Absence
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import CustodyKind, Device, DeviceId
from handlers.domain.errors import Invalid
from handlers.domain.handovers import (
    MAX_LETTERS,
    DepotOrder,
    Direction,
    HandoverState,
    OrderId,
    OrderMode,
    OrderState,
    StandingOrder,
    StandingOrderId,
    require_lines,
)
from handlers.domain.numbers import Series
from handlers.domain.officers import Office
from handlers.domain.people import Person, PersonId, Role
from handlers.domain.ticket import TicketId
from handlers.people import officers
from handlers.people.officers import today_of
from handlers.terms import OFFICES, ROLES, acting_title
from handlers.tickets import presence
from knowledge.language.folding import one_line


@dataclass(frozen=True, slots=True)
class Deciders:
    """Who may give an order now. `away`: the leave of who is not there, where nobody acts for them."""

    people: Sequence[Person]
    away: Absence | None


def ask(
    acting: Acting,
    devices: Sequence[DeviceId],
    receiver: PersonId,
    *,
    outside: str = "",
    plan: str = "",
    ticket: TicketId | None = None,
) -> DepotOrder:
    """That they may leave for that person, or for somebody outside. The same again while it waits or stands is one
    order.

    Raises NotAllowed, NotFound, Invalid(`order_not_in_depot`, `handover_receiver_left`) and as `require_lines` and
    `recording.changeable`.
    """
    access.require(acting, DeviceAction.HAND_OVER)
    require_lines(devices)
    require_here(acting, receiver)
    for key in devices:
        device = recording.changeable(acting, key)
        if device.custody.kind is not CustodyKind.DEPOT:
            raise Invalid("order_not_in_depot", number=device.number)
    known = waiting_or_standing(acting, devices, receiver, outside)
    return known if known is not None else _add(acting, devices, receiver, outside, plan=plan, ticket=ticket)


def waiting_or_standing(
    acting: Acting, devices: Sequence[DeviceId], receiver: PersonId, outside: str = ""
) -> DepotOrder | None:
    """The order for just these that waits, or by which they may still leave once it is signed."""
    for one in acting.uow.handovers.orders_of(devices[0]):
        same = (set(one.devices), one.receiver, one.outside) == (set(devices), receiver, outside)
        if same and (one.state is OrderState.ASKED or _is_unused(acting, one, devices[0])):
            return one
    return None


def give(acting: Acting, key: OrderId) -> DepotOrder:
    """Çıksın. Unchanged where it was given. Raises NotAllowed, NotFound, Stale, Invalid(`order_refused`)."""
    in_place_of = access.require(acting, DeviceAction.ORDER_OUT)
    order = acting.uow.handovers.order(key)
    if order.state is OrderState.GIVEN:
        return order
    if order.state is OrderState.REFUSED:
        raise Invalid("order_refused", number=order.number, why=order.reason)
    return _decided(acting, order, OrderState.GIVEN, "", in_place_of)


def refuse(acting: Acting, key: OrderId, reason: str) -> DepotOrder:
    """Çıkmasın. Unchanged where it was refused. Raises NotAllowed, NotFound, Stale, Invalid(`order_reason`,
    `order_given`)."""
    in_place_of = access.require(acting, DeviceAction.ORDER_OUT)
    order = acting.uow.handovers.order(key)
    if order.state is OrderState.REFUSED:
        return order
    if order.state is OrderState.GIVEN:
        raise Invalid("order_given", number=order.number)
    line = one_line(reason)[:MAX_LETTERS]
    if not line:
        raise Invalid("order_reason")
    return _decided(acting, order, OrderState.REFUSED, line, in_place_of)


def sign(acting: Acting, key: OrderId, *, document: str = "", page: str = "") -> DepotOrder:
    """Its signed page, or its EBYS number, is there. Unchanged where it was. Whoever hands over files it, and whoever
    gives orders. Raises NotAllowed, NotFound, Stale, Invalid(`order_not_given`, `order_document`)."""
    require_may_sign(acting)
    order = acting.uow.handovers.order(key)
    line = one_line(document)[:MAX_LETTERS]
    if order.state is not OrderState.GIVEN:
        raise Invalid("order_not_given", number=order.number)
    if order.signed_at is not None:
        return order
    if not line and not page:
        raise Invalid("order_document")
    return _signed(acting, order, line, page)


def sign_day(acting: Acting, day: date, *, document: str = "", page: str = "") -> Sequence[DepotOrder]:
    """The page of the day is signed: each order that was given on it and is not signed yet. Raises NotAllowed."""
    require_may_sign(acting)
    line = one_line(document)[:MAX_LETTERS]
    return [_signed(acting, one, line, page) for one in unsigned_of(acting, day)]


def unsigned_of(work: UseCaseContext, day: date) -> Sequence[DepotOrder]:
    """Given on that local day."""
    until = midnight(work, day + timedelta(days=1))
    local = work.working_time().local_date
    found = work.uow.handovers.orders_unsigned(until)
    return [one for one in found if one.decided_at is not None and local(one.decided_at) == day]


def unsigned_days(work: UseCaseContext) -> Mapping[date, int]:
    """Days on which orders were given that nobody said are signed, the oldest first, and how many; today is not over
    yet and stands among them."""
    local = work.working_time().local_date
    found = work.uow.handovers.orders_unsigned(midnight(work, local(work.now) + timedelta(days=1)))
    return Counter(local(one.decided_at) for one in found if one.decided_at is not None)


def midnight(work: UseCaseContext, day: date) -> datetime:
    """At which that local day begins."""
    return datetime.combine(day, time(), tzinfo=work.desk.zone)


# --- standing orders ----------------------------------------------------------------------------------
def give_standing(acting: Acting, kinds: Sequence[str], starts: date, ends: date, document: str) -> StandingOrder:
    """Toplu emir. Raises NotAllowed, Invalid(`standing_kinds`, `standing_days`, `standing_document`)."""
    in_place_of = access.require(acting, DeviceAction.ORDER_OUT)
    line = one_line(document)[:MAX_LETTERS]
    if not kinds:
        raise Invalid("standing_kinds")
    if ends < starts or ends < today_of(acting):
        raise Invalid("standing_days")
    if not line:
        raise Invalid("standing_document")
    for one in acting.uow.handovers.standing_orders():  # a second press
        same = (set(one.kinds), one.starts, one.ends, one.document) == (set(kinds), starts, ends, line)
        if same and one.withdrawn_at is None:
            return one
    given = acting.uow.handovers.add_standing(
        StandingOrder(
            kinds=tuple(dict.fromkeys(kinds)),
            starts=starts,
            ends=ends,
            document=line,
            given_by=acting.person.id,
            acting_for=in_place_of[0] if in_place_of else None,
            given_at=acting.now,
        )
    )
    acting.uow.audit.log(acting.now, acting.person.id, "standing_order_given", line, acting.channel)
    return given


def withdraw_standing(acting: Acting, key: StandingOrderId) -> bool:
    """From now on nothing leaves by it. False where it was withdrawn. Raises NotAllowed, NotFound."""
    access.require(acting, DeviceAction.ORDER_OUT)
    one = acting.uow.handovers.standing(key)
    if one.withdrawn_at is not None:
        return False
    acting.uow.handovers.save_standing(replace(one, withdrawn_at=acting.now))
    acting.uow.audit.log(acting.now, acting.person.id, "standing_order_withdrawn", one.document, acting.channel)
    return True


def cover(acting: Acting, devices: Sequence[Device], receiver: PersonId, outside: str) -> DepotOrder | None:
    """Those of them that lie in the depot without an order get one where a standing order covers them; one of all."""
    if acting.desk.depot_order is not OrderMode.STANDING:
        return None
    today = today_of(acting)
    held = [one for one in acting.uow.handovers.standing_orders() if one.starts <= today <= one.ends]
    lying = [one for one in devices if one.custody.kind is CustodyKind.DEPOT]
    bare = [one for one in lying if standing(acting, one.id, receiver, outside) is None]
    for order in held:
        covered = [one.id for one in bare if order.covers(one.description.kind, today)]
        if covered:
            made = _add(acting, covered, receiver, outside)
            by_it = replace(made, document=order.document, standing=order.id)
            return _save(acting, by_it, OrderState.GIVEN, order.given_by, order.acting_for)
    return None


# --- by which something leaves ------------------------------------------------------------------------
def standing(acting: Acting, device: DeviceId, receiver: PersonId, outside: str = "") -> DepotOrder | None:
    """The order by which it may leave for them now: given, signed where the house wants that first, and nothing left
    by it yet."""
    mode = acting.desk.depot_order
    for one in acting.uow.handovers.orders_of(device):
        theirs = (one.receiver, one.outside) == (receiver, outside)
        if theirs and one.suffices(mode) and _is_unused(acting, one, device):
            return one
    return None


def leaving(acting: Acting, device: Device, receiver: PersonId, outside: str = "") -> OrderId | None:
    """The order by which it leaves the depot; None: it is not there. Raises Invalid(`handover_order_missing`,
    `handover_order_unsigned`)."""
    if device.custody.kind is not CustodyKind.DEPOT:
        return None
    order = standing(acting, device.id, receiver, outside) or cover(acting, [device], receiver, outside)
    if order is not None:
        return order.id
    for one in acting.uow.handovers.orders_of(device.id):
        if (one.receiver, one.outside) == (receiver, outside) and _is_unused(acting, one, device.id):
            raise Invalid("handover_order_unsigned", number=device.number, order=one.number, key=one.id)
    raise Invalid("handover_order_missing", number=device.number)


def require_here(acting: Acting, person: PersonId) -> None:
    """Raises NotFound, Invalid(`handover_receiver_left`)."""
    somebody = acting.uow.people.get(person)
    if somebody.gone:
        raise Invalid("handover_receiver_left", who=somebody.name or somebody.handle)


# --- who decides --------------------------------------------------------------------------------------
def deciders(acting: Acting) -> Deciders:
    """The harcama yetkilisi or whoever acts for them, else the directors and who acts for them."""
    holders = [acting.uow.people.get(one.person) for one in officers.answerable_now(acting, Office.HARCAMA_YETKILISI)]
    people = holders or list(presence.directors_of(acting))
    if not people or presence.at_work(acting, people):
        return Deciders(people, None)
    return Deciders(people, presence.absence_of(acting, people[0]))


def decided_as(work: UseCaseContext, order: DepotOrder) -> str:
    """`Zeynep A. (Müdür V.)`; empty where nobody decided."""
    return _as(work, order.decided_by, order.acting_for)


def _as(work: UseCaseContext, who: PersonId | None, whose: PersonId | None) -> str:
    if who is None:
        return ""
    person, owner = work.uow.people.get(who), work.uow.people.get(who if whose is None else whose)
    is_director = Role.DIRECTOR in (owner.role, owner.former_role)
    title = ROLES[Role.DIRECTOR].capitalize() if is_director else OFFICES[Office.HARCAMA_YETKILISI]
    return f"{person.short_name} ({title if whose is None else acting_title(title)})"


def _add(
    acting: Acting,
    devices: Sequence[DeviceId],
    receiver: PersonId,
    outside: str,
    *,
    plan: str = "",
    ticket: TicketId | None = None,
) -> DepotOrder:
    return acting.uow.handovers.add_order(
        DepotOrder(
            number=acting.uow.counters.next(Series.DEPOT_ORDER, today_of(acting).year),
            devices=tuple(devices),
            receiver=receiver,
            outside=outside,
            plan=plan,
            ticket=ticket,
            asked_by=acting.person.id,
            asked_at=acting.now,
        )
    )


def _is_unused(acting: Acting, order: DepotOrder, device: DeviceId) -> bool:
    """Given, and it has not left by it yet."""
    if order.state is not OrderState.GIVEN:
        return False
    done = [one for one in acting.uow.handovers.of_device(device) if one.state is HandoverState.CONFIRMED]
    left = (line for one in done if one.direction is Direction.GIVE for line in one.standing)
    return not any(line.device == device and line.order == order.id for line in left)


def require_may_sign(acting: Acting) -> None:
    """Whoever hands over, and whoever gives orders. Raises NotAllowed."""
    if not access.may(acting, DeviceAction.ORDER_OUT):
        access.require(acting, DeviceAction.HAND_OVER)


def _signed(acting: Acting, order: DepotOrder, document: str, page: str) -> DepotOrder:
    said = replace(order, document=document, page=page, signed_by=acting.person.id, signed_at=acting.now)
    return acting.uow.handovers.save_order(said)


def _decided(
    acting: Acting, order: DepotOrder, state: OrderState, reason: str, in_place_of: tuple[PersonId, ...]
) -> DepotOrder:
    whose = in_place_of[0] if in_place_of else None
    return _save(acting, replace(order, reason=reason), state, acting.person.id, whose)


def _save(
    acting: Acting, order: DepotOrder, state: OrderState, decided_by: PersonId, whose: PersonId | None
) -> DepotOrder:
    decided = replace(
        order,
        state=state,
        decided_by=decided_by,
        acting_for=whose,
        decided_at=acting.now,
        channel=acting.channel,
    )
    saved = acting.uow.handovers.save_order(decided)
    what = "ordered_out" if state is OrderState.GIVEN else "order_refused"
    after: dict[str, history.Code] = {"receiver": order.receiver, "standing": order.standing}
    for key in order.devices:
        device = acting.uow.devices.get(key)
        acting_for = () if whose is None or decided_by != acting.person.id else (whose,)
        history.write(acting, what, device, {}, after, ref=str(order.number), acting_for=acting_for)
    return saved
