"""The order out of the depot (bylaw 11/26) in talk: asked, given, refused with a reason, signed; and standing orders.

/cihaz emirler · /cihaz emir dizüstü, monitör 1-31 Aralık EBYS 2026/1412
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from handlers import dates
from handlers.chat.turn import Turn
from handlers.context import UseCaseContext
from handlers.devices import access, depot_orders, handing, order_news
from handlers.devices.handover_texts import title
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import CustodyKind, Device
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.errors import Invalid
from handlers.domain.handovers import (
    DepotOrder,
    HandoverPlan,
    OrderId,
    OrderMode,
    OrderState,
    StandingOrderId,
)
from handlers.messages import Button
from handlers.spoken_time import plain_span
from handlers.tickets import cards, presence
from knowledge.device_kinds import kind_title, kind_written
from knowledge.language.folding import one_line

REASONS = ("Şimdilik gerek yok", "Yeni cihaz beklensin", "Başka birime ayrıldı")
MOST_SHOWN = 10
_STOP = Button("Vazgeç", "device_stop")
_DOCUMENT = re.compile(
    r"(?:\bEBYS\b[\s:-]{0,3}|\bsayı\b[\s:-]{0,3})?\b(\d{4}/\d{1,8}|E-\d[\d./-]{2,30})\b", re.IGNORECASE
)


def offer(turn: Turn, refusal: Invalid, plan: HandoverPlan, slot: str) -> bool:
    """Where the order is missing **Emri iste**, or **İmzayı gir**. False: it was refused for another reason."""
    about: dict[str, Any] = dict(refusal.data)
    if refusal.reason == "handover_order_missing":
        button = Button("Emri iste", f"order_ask:{plan.written}")
    elif refusal.reason == "handover_order_unsigned":
        button = Button("İmzayı gir", f"order_sign:{about.pop('key')}")
    else:
        return False
    turn.say(turn.address, f"errors/{refusal.reason}", buttons=[button], slot=slot, fresh=True, **about)
    return True


def ask(turn: Turn, *written: str) -> None:
    """Emri iste: for all of them that lie in the depot."""
    plan = HandoverPlan.read(":".join(written))
    receiver = turn.person.id if plan.receiver is None else plan.receiver
    lying = [one for one in turn.uow.devices.several(plan.devices) if one.custody.kind is CustodyKind.DEPOT]
    bare = [one.id for one in lying if depot_orders.standing(turn, one.id, receiver, plan.outside) is None]
    keys = bare or [one.id for one in lying] or list(plan.devices)
    before = depot_orders.waiting_or_standing(turn, keys, receiver, plan.outside)
    ticket = handing.ticket_behind(turn, plan)
    order = depot_orders.ask(turn, keys, receiver, outside=plan.outside, plan=plan.written, ticket=ticket)
    slot = f"hand_over:{plan.devices[0]}"
    if order.state is OrderState.GIVEN:
        order_news.say_decided(turn, order, turn.address, buttons=order_news.next_of(turn, order), slot=slot)
        return
    found = depot_orders.deciders(turn)
    if before is None:
        for person in found.people:
            for address in cards.private_addresses_of(turn, person):
                show(turn, order, address)
        if found.away is not None or not found.people:
            _tell_leads(turn, order, found)
    turn.say(
        turn.address,
        "order_asked",
        slot=slot,
        number=order.number,
        known=bool(found.people),
        away=_days_away(turn, found),
    )


def _days_away(work: UseCaseContext, found: depot_orders.Deciders) -> str:
    """`3–7 Aralık`; empty: somebody is there."""
    if found.away is None:
        return ""
    first = work.working_time().local_date(found.away.starts)
    return plain_span(first, presence.last_day(work, found.away, None))


def _tell_leads(turn: Turn, order: DepotOrder, found: depot_orders.Deciders) -> None:
    """Nobody is there to decide, and nobody acts for them."""
    unit = turn.person.unit
    for lead in presence.leads_of(turn, unit) if unit is not None else ():
        if lead.id != turn.person.id:
            for address in cards.private_addresses_of(turn, lead):
                days, known = _days_away(turn, found), bool(found.people)
                turn.say(address, "order_stuck", number=order.number, who=turn.person, away=days, known=known)


def show(work: UseCaseContext, order: DepotOrder, address: str) -> None:
    """Çıksın · Çıkmasın. On a foreign platform its number alone: an order never carries names there."""
    conversation = work.uow.conversations.get(address)
    outside = conversation is not None and work.desk.channels.is_external(conversation.channel)
    ticket = None if order.ticket is None else work.uow.tickets.get(order.ticket)
    work.say(
        address,
        "order_wanted",
        buttons=[Button("Çıksın", f"order_give:{order.id}"), Button("Çıkmasın", f"order_no:{order.id}")],
        slot=f"order:{order.id}",
        fresh=True,
        number=order.number,
        named=not outside,
        devices=[_said(one) for one in work.uow.devices.several(order.devices)],
        receiver=work.uow.people.get(order.receiver),
        outside=order.outside,
        asked_by=work.uow.people.get(order.asked_by),
        ticket=None if ticket is None or ticket.restricted else ticket,
    )


def _said(device: Device) -> str:
    """`Dizüstü HP ProBook 450 G8, D-00042`."""
    return f"{title(device).replace(', ', ' ', 1)}, {device.number}"


def give(turn: Turn, key: str) -> None:
    """Çıksın."""
    before = turn.uow.handovers.order(OrderId(int(key)))
    _decided(turn, before, depot_orders.give(turn, before.id))


def ask_reason(turn: Turn, key: str) -> None:
    """Çıkmasın: why? One tap, or a line."""
    access.require(turn, DeviceAction.ORDER_OUT)
    order = turn.uow.handovers.order(OrderId(int(key)))
    if order.state is OrderState.GIVEN:
        raise Invalid("order_given", number=order.number)
    if order.state is OrderState.REFUSED:
        order_news.say_decided(turn, order, turn.address)
        return
    slot = f"order:{key}"
    turn.dialog.expects = Expectation(kind=Expect.ORDER_REASON, detail=key, asked=slot)
    buttons = [Button(reason, f"order_refuse:{key}:{place}") for place, reason in enumerate(REASONS)]
    turn.say(turn.address, "order_why", buttons=[*buttons, _STOP], slot=slot, number=order.number)


def refuse(turn: Turn, key: str, reason: str) -> None:
    _refuse(turn, OrderId(int(key)), REASONS[int(reason)])


def reason_said(turn: Turn, waiting: Expectation, text: str) -> None:
    _refuse(turn, OrderId(int(waiting.detail)), text)


def _refuse(turn: Turn, key: OrderId, reason: str) -> None:
    before = turn.uow.handovers.order(key)
    order = depot_orders.refuse(turn, key, reason)
    turn.dialog.expects = None
    _decided(turn, before, order)


def _decided(turn: Turn, before: DepotOrder, order: DepotOrder) -> None:
    order_news.say_decided(turn, order, turn.address, slot=f"order:{order.id}")
    if before.state is not order.state:
        order_news.tell_decided(turn, order, here=turn.address)


def ask_signature(turn: Turn, key: str) -> None:
    """İmzayı gir: its EBYS number, or a photo of the page."""
    order = turn.uow.handovers.order(OrderId(int(key)))
    if order.signed_at is not None:
        _say_signed(turn, order)
        return
    slot = f"order:{key}"
    turn.dialog.expects = Expectation(kind=Expect.ORDER_SIGNED, detail=key, asked=slot)
    turn.say(turn.address, "order_sign", buttons=[_STOP], slot=slot, fresh=True, number=order.number)


def signature_said(turn: Turn, waiting: Expectation, text: str, files: tuple[str, ...]) -> None:
    key = OrderId(int(waiting.detail))
    order = depot_orders.sign(turn, key, document=text, page=files[0] if files else "")
    turn.dialog.expects = None
    _say_signed(turn, order)


def _say_signed(turn: Turn, order: DepotOrder) -> None:
    turn.say(
        turn.address,
        "order_signed",
        buttons=order_news.next_of(turn, order),
        slot=f"order:{order.id}",
        fresh=True,
        number=order.number,
        document=order.document,
    )


def sign_day(turn: Turn, day: str) -> None:
    """İmzalandı: the page of a day."""
    done = depot_orders.sign_day(turn, date.fromisoformat(day), document="günlük sayfa")
    turn.say(turn.address, "orders_day_signed", day=date.fromisoformat(day), count=len(done))


# --- lists, and standing orders ---------------------------------------------------------------------
def list_orders(turn: Turn) -> None:
    """`/cihaz emirler`: what waits for the order, which days' pages are not signed, and standing orders."""
    decides = access.may(turn, DeviceAction.ORDER_OUT)
    if not decides:
        access.require(turn, DeviceAction.HAND_OVER)
    asked = turn.uow.handovers.orders_asked()
    days = list(depot_orders.unsigned_days(turn).items())[:MOST_SHOWN]
    today = turn.working_time().local_date(turn.now)
    held = [one for one in turn.uow.handovers.standing_orders() if one.withdrawn_at is None and one.ends >= today]
    turn.say(
        turn.address,
        "orders",
        buttons=[
            *(Button(f"İmzalandı: {day:%d.%m.%Y}", f"order_day:{day.isoformat()}") for day, _ in days),
            *(Button(f"Bitir: {one.document}", f"standing_end:{one.id}") for one in held if decides),
        ],
        slot="orders",
        fresh=True,
        asked=[one.number for one in asked[:MOST_SHOWN]],
        total=len(asked),
        days=days,
        held=[(_kinds(one.kinds), one.starts, one.ends, one.document) for one in held],
    )
    for one in asked[:MOST_SHOWN] if decides else ():
        show(turn, one, turn.address)


def give_standing(turn: Turn, words: str) -> None:
    """`/cihaz emir dizüstü, monitör 1-31 Aralık EBYS 2026/1412`. Raises NotAllowed, Invalid(`standing_…`)."""
    access.require(turn, DeviceAction.ORDER_OUT)
    said = one_line(words)
    document = _DOCUMENT.search(said)
    if document is None:
        raise Invalid("standing_document")
    rest = f"{said[: document.start()]} {said[document.end() :]}"
    try:
        span = dates.read(rest, turn.working_time().local_date(turn.now))
    except Invalid as refusal:
        raise Invalid("standing_days") if refusal.reason == "day_missing" else refusal from None
    kinds, unknown = list[str](), list[str]()
    for word in re.split(r"[,;]|\bve\b", span.rest):
        if word.strip():
            kind = kind_written(word)
            (unknown if kind is None else kinds).append(kind or word.strip())
    if unknown:
        raise Invalid("standing_kind_unknown", typed=unknown[0][:40])
    one = depot_orders.give_standing(turn, kinds, span.days[0], span.days[-1], document[1])
    turn.say(
        turn.address,
        "standing_given",
        buttons=[Button("Bitir", f"standing_end:{one.id}")],
        slot=f"standing:{one.id}",
        fresh=True,
        kinds=_kinds(one.kinds),
        first=one.starts,
        last=one.ends,
        document=one.document,
        counts=turn.desk.depot_order is OrderMode.STANDING,
    )


def end_standing(turn: Turn, key: str) -> None:
    """Bitir."""
    one = turn.uow.handovers.standing(StandingOrderId(int(key)))
    depot_orders.withdraw_standing(turn, one.id)
    turn.say(turn.address, "standing_ended", slot=f"standing:{key}", document=one.document)


def _kinds(kinds: Sequence[str]) -> list[str]:
    return [kind_title(kind) for kind in kinds]


BUTTONS: dict[str, Callable[..., None]] = {
    "order_ask": ask,
    "order_give": give,
    "order_no": ask_reason,
    "order_refuse": refuse,
    "order_sign": ask_signature,
    "order_day": sign_day,
    "standing_end": end_standing,
}
