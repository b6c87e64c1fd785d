"""Orders by which devices leave the depot (bylaw 11/26): asked for, given, refused with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.context import Acting
from handlers.devices import access, history, recording
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import CustodyKind, DeviceId
from handlers.domain.errors import Invalid
from handlers.domain.handovers import (
    MAX_LETTERS,
    DepotOrder,
    Direction,
    HandoverState,
    OrderId,
    OrderState,
    require_lines,
)
from handlers.domain.numbers import Series
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId
from handlers.people.officers import today_of
from knowledge.language.folding import one_line


def ask(
    acting: Acting, devices: Sequence[DeviceId], receiver: PersonId, *, ticket: TicketId | None = None
) -> DepotOrder:
    """That they may leave for that person. The same again while it waits or stands is one order.

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
    for one in acting.uow.handovers.orders_of(devices[0]):
        same = set(one.devices) == set(devices) and one.receiver == receiver
        if same and (one.state is OrderState.ASKED or _stands(acting, one, devices[0])):
            return one
    number = acting.uow.counters.next(Series.DEPOT_ORDER, today_of(acting).year)
    return acting.uow.handovers.add_order(
        DepotOrder(
            number=number,
            devices=tuple(devices),
            receiver=receiver,
            ticket=ticket,
            asked_by=acting.person.id,
            asked_at=acting.now,
        )
    )


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


def standing(acting: Acting, device: DeviceId, receiver: PersonId) -> DepotOrder | None:
    """The order by which it may leave for them now: given, and nothing left by it yet."""
    orders = acting.uow.handovers.orders_of(device)
    return next((one for one in orders if one.receiver == receiver and _stands(acting, one, device)), None)


def require_here(acting: Acting, person: PersonId) -> None:
    """Raises NotFound, Invalid(`handover_receiver_left`)."""
    somebody = acting.uow.people.get(person)
    if somebody.gone:
        raise Invalid("handover_receiver_left", who=somebody.name or somebody.handle)


def _stands(acting: Acting, order: DepotOrder, device: DeviceId) -> bool:
    if order.state is not OrderState.GIVEN:
        return False
    done = [one for one in acting.uow.handovers.of_device(device) if one.state is HandoverState.CONFIRMED]
    left = (line for one in done if one.direction is Direction.GIVE for line in one.standing)
    return not any(line.device == device and line.order == order.id for line in left)


def _decided(
    acting: Acting, order: DepotOrder, state: OrderState, reason: str, in_place_of: tuple[PersonId, ...]
) -> DepotOrder:
    saved = acting.uow.handovers.save_order(
        replace(
            order,
            state=state,
            reason=reason,
            decided_by=acting.person.id,
            acting_for=in_place_of[0] if in_place_of else None,
            decided_at=acting.now,
            channel=acting.channel,
        )
    )
    what = "ordered_out" if state is OrderState.GIVEN else "order_refused"
    after: dict[str, history.Code] = {"receiver": order.receiver}
    for key in order.devices:
        device = acting.uow.devices.get(key)
        history.write(acting, what, device, {}, after, ref=str(order.number), acting_for=in_place_of)
    return saved
