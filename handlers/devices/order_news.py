"""Who hears of an order out of the depot that was given or refused, wherever it was: whoever asked for it, with what
they do now."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.context import UseCaseContext
from handlers.devices import depot_orders
from handlers.domain.handovers import DepotOrder, HandoverPlan, OrderState
from handlers.messages import Button
from handlers.tickets import cards


def tell_decided(work: UseCaseContext, order: DepotOrder, *, here: str = "") -> None:
    """`here`: where it was decided, and said already."""
    for address in cards.private_addresses_of(work, work.uow.people.get(order.asked_by)):
        if address != here:
            say_decided(work, order, address, buttons=next_of(work, order))


def next_of(work: UseCaseContext, order: DepotOrder) -> list[Button]:
    """What whoever asked does now."""
    if order.state is not OrderState.GIVEN:
        return []
    if not order.suffices(work.desk.depot_order):
        return [Button("İmzayı gir", f"order_sign:{order.id}")]
    plan = order.plan or HandoverPlan(devices=order.devices, receiver=order.receiver).written
    return [Button("Teslim et", f"hand_plan:{plan}")]


def say_decided(
    work: UseCaseContext, order: DepotOrder, address: str, *, buttons: Sequence[Button] = (), slot: str | None = None
) -> None:
    work.say(
        address,
        "order_decided",
        buttons=buttons,
        slot=slot,
        number=order.number,
        given=order.state is OrderState.GIVEN,
        unsigned=not order.suffices(work.desk.depot_order),
        why=order.reason,
        by=depot_orders.decided_as(work, order),
    )
