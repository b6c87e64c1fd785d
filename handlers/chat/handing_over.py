"""Teslim et, the order out of the depot, Teslim aldım · Sorun var, and Geri al: in private, whoever presses where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from handlers import device_names
from handlers.chat.turn import Turn
from handlers.devices import access, depot_orders, handing, handover_news, identifying
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import CustodyKind, Device, DeviceId
from handlers.domain.errors import Invalid
from handlers.domain.handovers import (
    DepotOrder,
    Handover,
    HandoverId,
    HandoverState,
    How,
    OrderId,
    OrderState,
    Problem,
    Returned,
)
from handlers.domain.officers import Office
from handlers.domain.people import Person, PersonId
from handlers.messages import Button
from handlers.people import officers
from handlers.tickets import cards, presence

MOST_OFFERED = 4
PROBLEMS = {Problem.MISSING: "Gelmedi", Problem.OTHER_DEVICE: "Başka cihaz", Problem.DAMAGED: "Hasarlı"}
REASONS = ("Şimdilik gerek yok", "Yeni cihaz beklensin", "Başka birime ayrıldı")
NOTES = {
    Returned.INCOMPLETE: ("Şarj aleti yok", "Çantası yok", "Kablosu yok", "Parçası eksik"),
    Returned.DAMAGED: ("Ekranı kırık", "Kasası hasarlı", "Çalışmıyor"),
}


def of_card(turn: Turn, device: Device) -> list[Button]:
    """What the card of a device offers to whoever may hand it over."""
    if not device.can_change or not access.may(turn, DeviceAction.HAND_OVER):
        return []
    waiting = turn.uow.handovers.open_of(device.id)
    if waiting is not None and not waiting.lapsed_at(turn.now):
        return list(handover_news.waiting_buttons(waiting, cancels=handing.may_cancel(turn, waiting)))
    if device.custody.kind is CustodyKind.PERSON:
        return [Button("Geri al", f"hand_back:{device.id}")]
    return [Button("Teslim et", f"hand_to:{device.id}")]


# --- to whom ----------------------------------------------------------------------------------------
def ask_receiver(turn: Turn, key: str) -> None:
    """Teslim et: whoever reported its last tickets is offered first."""
    turn.go_private()
    access.require(turn, DeviceAction.HAND_OVER)
    device = turn.uow.devices.get(DeviceId(int(key)))
    tickets = [turn.uow.tickets.get(one) for one in turn.uow.ticket_devices.tickets([device.id], MOST_OFFERED)]
    reporters = dict.fromkeys(one.reporter for one in tickets if not one.restricted)
    people = [one for one in map(turn.uow.people.get, reporters) if not one.gone]
    _offer(turn, device, people)


def to_named(turn: Turn, typed: str) -> None:
    """`/cihaz teslim d42 Ayşe Yılmaz`. Raises NotAllowed, Invalid(`handover_words`, `no_such_device`)."""
    turn.go_private()
    access.require(turn, DeviceAction.HAND_OVER)
    number, _, words = typed.strip().partition(" ")
    found = identifying.found_by(turn.uow, number)
    if len(found) != 1 or not words.strip():
        raise Invalid("handover_words")
    people = [one for one in turn.uow.people.named(words.strip()) if not one.gone]
    if not people:
        raise Invalid("handover_nobody", typed=words.strip()[:40])
    if len(people) == 1:
        hand_to(turn, str(found[0].id), str(people[0].id))
    else:
        _offer(turn, found[0], people)


def _offer(turn: Turn, device: Device, people: list[Person]) -> None:
    offered = [Button(_named(one), f"hand_over:{device.id}:{one.id}") for one in people[:MOST_OFFERED]]
    turn.say(turn.address, "handover_who", buttons=offered, slot=_slot(device.id), fresh=True, number=device.number)


def hand_to(turn: Turn, key: str, person: str) -> None:
    """The receiver is chosen: it waits for their confirmation, or for the order out of the depot."""
    turn.go_private()
    device, receiver = DeviceId(int(key)), PersonId(int(person))
    known = turn.uow.handovers.open_of(device)
    if known is not None and (known.made_by, known.receiver) == (turn.person.id, receiver):  # a second press
        _say_made(turn, known, told=_can_be_told(turn, known))
        return
    try:
        made = handing.make(turn, [device], receiver)
    except Invalid as refusal:
        if refusal.reason != "handover_order_missing":
            raise
        ask = Button("Emri iste", f"order_ask:{key}:{person}")
        number = turn.uow.devices.get(device).number
        turn.say(
            turn.address, "errors/handover_order_missing", buttons=[ask], slot=_slot(device), fresh=True, number=number
        )
        return
    for address in _receivers_places(turn, made):
        handover_news.show_to_confirm(turn, made, address)
    _say_made(turn, made, told=_can_be_told(turn, made))


def _say_made(turn: Turn, made: Handover, *, told: bool) -> None:
    turn.say(
        turn.address,
        "handover_made",
        buttons=handover_news.waiting_buttons(made, cancels=True),
        slot=_slot(made.lines[0].device),
        fresh=True,
        number=made.number,
        who=turn.uow.people.get(made.receiver or PersonId(0)),
        told=told,
    )


def _can_be_told(turn: Turn, made: Handover) -> bool:
    return bool(_receivers_places(turn, made))


def _receivers_places(turn: Turn, made: Handover) -> Sequence[str]:
    """Empty: there is no way to them."""
    return cards.private_addresses_of(turn, turn.uow.people.get(made.receiver or PersonId(0)))


# --- the receiver -----------------------------------------------------------------------------------
def confirm(turn: Turn, key: str, digest: str) -> None:
    """Teslim aldım."""
    one = turn.uow.handovers.get(HandoverId(int(key)))
    was = one.state
    done = handing.confirm(turn, one.id, one.digest if digest and one.digest.startswith(digest) else "")
    turn.say(
        turn.address,
        "handover_confirmed",
        slot=f"handover:{one.id}",
        number=done.number,
        lines=done.text.splitlines()[1:],
        giving=turn.person.id != done.receiver,
        waits=done.is_open,
    )
    if was is HandoverState.WAITING and done.state is HandoverState.CONFIRMED:
        receiver = turn.uow.people.get(done.receiver or turn.person.id)
        _tell_maker(turn, done, "handover_confirmed_told", number=done.number, who=receiver)


def which_is_wrong(turn: Turn, key: str) -> None:
    """Sorun var: which?"""
    one = turn.uow.handovers.get(HandoverId(int(key)))
    handing.require_theirs_and_open(turn, one)
    devices = [turn.uow.devices.get(line.device) for line in one.standing]
    if len(devices) == 1:
        what_is_wrong(turn, key, str(devices[0].id))
        return
    buttons = [Button(device_names.numbered_name(device), f"hand_what:{key}:{device.id}") for device in devices]
    turn.say(turn.address, "handover_which", buttons=buttons, slot=f"handover:{key}")


def what_is_wrong(turn: Turn, key: str, device: str) -> None:
    buttons = [Button(label, f"hand_wrong:{key}:{device}/{problem.value}") for problem, label in PROBLEMS.items()]
    number = turn.uow.devices.get(DeviceId(int(device))).number
    turn.say(turn.address, "handover_what", buttons=buttons, slot=f"handover:{key}", number=number)


def wrong(turn: Turn, key: str, device_and_problem: str) -> None:
    """The line falls out; the rest can be confirmed."""
    device, _, problem = device_and_problem.partition("/")
    before = turn.uow.handovers.get(HandoverId(int(key)))
    less = handing.fall_out(turn, HandoverId(int(key)), DeviceId(int(device)), Problem(problem))
    number = turn.uow.devices.get(DeviceId(int(device))).number
    about: dict[str, Any] = {"number": number, "problem": PROBLEMS[Problem(problem)], "handover": less.number}
    if less == before:  # a second press
        turn.say(turn.address, "handover_fell", **about)
        return
    turn.say(turn.address, "handover_fell", slot=f"handover:{key}", **about)
    _tell_maker(turn, less, "handover_fell_told", **about, who=turn.person)
    if less.is_open:
        handover_news.show_again(turn, less, {turn.person.id: turn.address})


def _tell_maker(turn: Turn, one: Handover, template: str, **data: Any) -> None:
    maker = turn.uow.people.get(one.made_by)
    leads = presence.leads_of(turn, maker.unit) if template == "handover_fell_told" and maker.unit else []
    for person in {somebody.id: somebody for somebody in (maker, *leads)}.values():
        for address in cards.private_addresses_of(turn, person):
            turn.say(address, template, **data)


def cancel(turn: Turn, key: str) -> None:
    """İptal et."""
    one = turn.uow.handovers.get(HandoverId(int(key)))
    if not handing.cancel(turn, one.id):
        raise Invalid("handover_over", number=one.number, state=one.state)
    turn.say(turn.address, "handover_cancelled", slot=_slot(one.lines[0].device), number=one.number)
    _tell_sides(turn, one, "handover_cancelled", number=one.number)


def on_paper(turn: Turn, key: str) -> None:
    """Kâğıt imzalandı: whoever is said to have signed hears of it."""
    was = turn.uow.handovers.get(HandoverId(int(key))).state
    done = handing.confirm_on_paper(turn, HandoverId(int(key)))
    slot = _slot(done.lines[0].device)
    turn.say(turn.address, "handover_signed", slot=slot, number=done.number, on_paper=done.how is How.PAPER)
    if was is HandoverState.WAITING:
        _tell_sides(turn, done, "handover_signed_told", number=done.number, lines=done.text.splitlines()[1:])


def _tell_sides(turn: Turn, one: Handover, template: str, **data: Any) -> None:
    for key in filter(None, (one.giver, one.receiver)):
        for address in cards.private_addresses_of(turn, turn.uow.people.get(key)):
            turn.say(address, template, slot=f"handover:{one.id}", **data)


# --- the order out of the depot ---------------------------------------------------------------------
def ask_order(turn: Turn, key: str, person: str) -> None:
    """Emri iste."""
    device = DeviceId(int(key))
    before = {one.id for one in turn.uow.handovers.orders_of(device)}
    order = depot_orders.ask(turn, [device], PersonId(int(person)))
    if order.state is OrderState.GIVEN:  # it stands already
        hand = Button("Teslim et", f"hand_over:{device}:{order.receiver}")
        given: dict[str, Any] = {"number": order.number, "given": True, "why": ""}
        turn.say(turn.address, "order_decided", buttons=[hand], slot=_slot(device), **given)
        return
    deciders = _deciders(turn)
    for somebody in deciders if order.id not in before else ():
        for address in cards.private_addresses_of(turn, somebody):
            _show_order(turn, order, address)
    away = bool(deciders) and not presence.at_work(turn, deciders)
    turn.say(turn.address, "order_asked", slot=_slot(device), number=order.number, known=bool(deciders), away=away)


def _deciders(turn: Turn) -> list[Person]:
    holders = [turn.uow.people.get(one.person) for one in officers.answerable_now(turn, Office.HARCAMA_YETKILISI)]
    return holders or list(presence.directors_of(turn))


def _show_order(turn: Turn, order: DepotOrder, address: str) -> None:
    turn.say(
        address,
        "order_wanted",
        buttons=[Button("Çıksın", f"order_give:{order.id}"), Button("Çıkmasın", f"order_no:{order.id}")],
        slot=f"order:{order.id}",
        fresh=True,
        number=order.number,
        devices=[device_names.numbered_name(turn.uow.devices.get(one)) for one in order.devices],
        receiver=turn.uow.people.get(order.receiver),
        asked_by=turn.uow.people.get(order.asked_by),
    )


def give_order(turn: Turn, key: str) -> None:
    """Çıksın."""
    before = turn.uow.handovers.order(OrderId(int(key)))
    _decided(turn, before, depot_orders.give(turn, before.id))


def ask_reason(turn: Turn, key: str) -> None:
    """Çıkmasın: why?"""
    access.require(turn, DeviceAction.ORDER_OUT)
    order = turn.uow.handovers.order(OrderId(int(key)))
    if order.state is OrderState.GIVEN:
        raise Invalid("order_given", number=order.number)
    buttons = [Button(reason, f"order_refuse:{key}:{place}") for place, reason in enumerate(REASONS)]
    turn.say(turn.address, "order_why", buttons=buttons, slot=f"order:{key}", number=order.number)


def refuse_order(turn: Turn, key: str, reason: str) -> None:
    before = turn.uow.handovers.order(OrderId(int(key)))
    _decided(turn, before, depot_orders.refuse(turn, before.id, REASONS[int(reason)]))


def _decided(turn: Turn, before: DepotOrder, order: DepotOrder) -> None:
    given = order.state is OrderState.GIVEN
    about: dict[str, Any] = {"number": order.number, "given": given, "why": order.reason}
    turn.say(turn.address, "order_decided", slot=f"order:{order.id}", **about)
    if before.state is order.state:
        return
    device = order.devices[0]
    hand = [Button("Teslim et", f"hand_over:{device}:{order.receiver}")] if given else []
    for address in cards.private_addresses_of(turn, turn.uow.people.get(order.asked_by)):
        turn.say(address, "order_decided", buttons=hand, **about)


# --- back into the depot ----------------------------------------------------------------------------
def ask_how(turn: Turn, key: str) -> None:
    """Geri al: tam, eksik, hasarlı?"""
    turn.go_private()
    access.require(turn, DeviceAction.HAND_OVER)
    device = turn.uow.devices.get(DeviceId(int(key)))
    whole = Button("Tam", f"hand_came:{key}:{Returned.WHOLE.value}/0")
    notes = [Button(note, f"hand_came:{key}:{how.value}/{n}") for how in NOTES for n, note in enumerate(NOTES[how])]
    turn.say(
        turn.address, "handover_how", buttons=[whole, *notes], slot=_slot(device.id), fresh=True, number=device.number
    )


def came_back(turn: Turn, key: str, said_how: str) -> None:
    how, _, note = said_how.partition("/")
    device, returned = turn.uow.devices.get(DeviceId(int(key))), Returned(how)
    said = NOTES[returned][int(note)] if returned in NOTES else ""
    made = handing.take_back(turn, {device.id: returned}, note=said)
    about: dict[str, Any] = {"number": device.number, "how": said or "tam", "handover": made.number}
    turn.say(turn.address, "handover_returned", slot=_slot(device.id), **about)
    if made.giver is not None:
        for address in cards.private_addresses_of(turn, turn.uow.people.get(made.giver)):
            turn.say(address, "handover_returned", **about)


def _named(person: Person) -> str:
    return ", ".join(filter(None, (person.name or person.handle, person.department)))


def _slot(device: DeviceId) -> str:
    return f"hand_over:{device}"


BUTTONS: dict[str, Callable[..., None]] = {
    "hand_to": ask_receiver,
    "hand_over": hand_to,
    "hand_yes": confirm,
    "hand_no": which_is_wrong,
    "hand_what": what_is_wrong,
    "hand_wrong": wrong,
    "hand_cancel": cancel,
    "hand_paper": on_paper,
    "order_ask": ask_order,
    "order_give": give_order,
    "order_no": ask_reason,
    "order_refuse": refuse_order,
    "hand_back": ask_how,
    "hand_came": came_back,
}
