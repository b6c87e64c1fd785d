"""Teslim et: which devices to whom. A person, a common area whose keeper confirms, or somebody outside; then it waits
for its confirmation, or for the order out of the depot.

/cihaz teslim d42 (şarj aleti, çanta) d108 Ayşe Yılmaz · … ortak Ayşe Yılmaz, 3. kat koridor · … dışarı Firma, 15 Aralık
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from handlers import dates
from handlers.chat import orders_out
from handlers.chat.turn import Turn
from handlers.devices import access, confirming, handing, handover_news, identifying
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import CustodyKind, Device, DeviceId, Ending
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.errors import Invalid
from handlers.domain.handovers import MOST_LINES, Handover, HandoverId, HandoverPlan
from handlers.domain.people import Person, PersonId
from handlers.messages import Button
from handlers.ports import DevicesWanted
from handlers.tickets import cards
from knowledge.language.folding import folded, one_line

MOST_OFFERED = 4
STOP = Button("Vazgeç", "device_stop")
_COMMON = ("ortak",)
_OUTSIDE = ("disari", "disariya", "disarida")
_WORD = re.compile(r"\s*(?P<word>[^\s,(]+)\s*(?:\((?P<with>[^)]{0,200})\))?\s*,?")
_LETTERS = 400


def of_card(turn: Turn, device: Device) -> list[Button]:
    """What the card of a device offers to whoever may hand it over."""
    if not device.can_change or not access.may(turn, DeviceAction.HAND_OVER):
        return []
    if device.ending is Ending.LOST:
        return [Button("Bulundu", f"device_found:{device.id}")]
    waiting = turn.uow.handovers.open_of(device.id)
    if waiting is not None and not waiting.lapsed_at(turn.now):
        return list(handover_news.waiting_buttons(waiting, cancels=handing.may_cancel(turn, waiting)))
    back, lost = Button("Geri al", f"hand_back:{device.id}"), Button("Kayıp bildir", f"device_lost:{device.id}")
    match device.custody.kind:
        case CustodyKind.PERSON:
            return [back, Button("Devret", f"swap_to:{device.id}"), lost]
        case CustodyKind.AWAY:
            return [back, lost]
        case CustodyKind.SHARED if device.custody.keeper is not None:
            return [Button("Teslim et", f"hand_to:{device.id}"), back, lost]
        case _:
            return [Button("Teslim et", f"hand_to:{device.id}"), lost]


# --- to whom ----------------------------------------------------------------------------------------
def ask_receiver(turn: Turn, key: str) -> None:
    """Teslim et: whoever reported its last tickets is offered first; a name is typed as well."""
    turn.go_private()
    access.require(turn, DeviceAction.HAND_OVER)
    device = turn.uow.devices.get(DeviceId(int(key)))
    tickets = [turn.uow.tickets.get(one) for one in turn.uow.ticket_devices.tickets([device.id], MOST_OFFERED)]
    reporters = dict.fromkeys(one.reporter for one in tickets if not one.restricted)
    people = [one for one in map(turn.uow.people.get, reporters) if not one.gone]
    _ask(turn, HandoverPlan(devices=(device.id,)), people)


def to_named(turn: Turn, typed: str) -> None:
    """`/cihaz teslim …`. Raises NotAllowed, Invalid(`handover_words`, `handover_nobody`, `handover_lines` …)."""
    turn.go_private()
    access.require(turn, DeviceAction.HAND_OVER)
    plan, words = devices_in(turn, typed)
    if not plan.devices:
        raise Invalid("handover_words")
    if words:
        _whom(turn, plan, words)
    else:
        _ask(turn, plan, [])


def devices_in(turn: Turn, typed: str) -> tuple[HandoverPlan, str]:
    """The numbers that it begins with, each with what goes along in brackets; and the other words. Raises
    Invalid(`several_devices`, `handover_lines`)."""
    rest, devices, extras = one_line(typed)[:_LETTERS], list[DeviceId](), list[str]()
    while (match := _WORD.match(rest)) is not None:
        found = identifying.found_by(turn.uow, match["word"])
        if len(found) > 1:
            raise Invalid("several_devices", typed=match["word"], number=len(found))
        if not found and folded(match["word"]) not in ("ve", "ile"):
            break
        if found:
            devices.append(found[0].id)
            extras.append(one_line(match["with"] or ""))
        rest = rest[match.end() :]
        if len(devices) > MOST_LINES:
            raise Invalid("handover_lines", most=MOST_LINES)
    return HandoverPlan(devices=tuple(devices), accessories=tuple(extras)), rest.strip(" ,;:→>-")


def whom_said(turn: Turn, waiting: Expectation, text: str) -> None:
    """A name, typed in answer to Teslim et. The question stands where nobody is called so."""
    _whom(turn, HandoverPlan.read(waiting.detail), text)


def outside_said(turn: Turn, waiting: Expectation, text: str) -> None:
    """`Defne Bilişim, 15 Aralık`."""
    _outside(turn, HandoverPlan.read(waiting.detail), text)


def _whom(turn: Turn, plan: HandoverPlan, words: str) -> None:
    first, _, rest = one_line(words).partition(" ")
    if folded(first) in _OUTSIDE:
        _outside(turn, plan, rest)
        return
    common = folded(first) in _COMMON
    name, _, place = rest.partition(",") if common else (words, "", "")
    people = people_called(turn, name)
    wanted = _plan(plan, common=common, stands_at=place.strip())
    if len(people) == 1:
        begin(turn, _plan(wanted, receiver=people[0].id))
    else:
        _ask(turn, wanted, people)


def people_called(turn: Turn, words: str) -> list[Person]:
    """By name, account or staff number. Raises Invalid(`handover_nobody`)."""
    typed = words.strip(" .,;:")
    people = [one for one in turn.uow.people.named(typed) if not one.gone]
    by_number = turn.uow.people.of_staff_nos([typed]).get(typed)
    if by_number is not None and not by_number.gone:
        return [by_number]
    if not people:
        near = [one.name for one in turn.uow.people.like(typed, 2)] if typed else []
        raise Invalid("handover_nobody", typed=typed[:40], near=near)
    whole = set(folded(typed).split())
    exact = [one for one in people if whole <= set(folded(f"{one.name} {one.handle}").split())]
    return exact or people


def _outside(turn: Turn, plan: HandoverPlan, words: str) -> None:
    """Raises Invalid(`handover_outside_who`, `handover_due_back`, `no_such_day` …)."""
    try:
        said = dates.read(words, turn.working_time().local_date(turn.now))
    except Invalid as refusal:
        raise Invalid("handover_outside_when") if refusal.reason == "day_missing" else refusal from None
    who = re.sub(r"(?i)[,;\s]*\b(?:en geç|kadar|dönüş|iade)\b[,;\s]*", " ", said.rest).strip(" ,;:")
    if not who:
        raise Invalid("handover_outside_who")
    begin(turn, _plan(plan, outside=who, due_back=said.days[-1]))


def _ask(turn: Turn, plan: HandoverPlan, people: Sequence[Person]) -> None:
    written = plan.written
    slot = _slot(plan.devices[0])
    turn.dialog.expects = Expectation(kind=Expect.HANDOVER_TO, detail=written, asked=slot)
    offered = [Button(named(one), f"hand_over:{one.id}:{written}") for one in people[:MOST_OFFERED]]
    others = [Button("Ortak kullanım", f"hand_common:{written}"), Button("Dışarıya", f"hand_outside:{written}")]
    turn.say(
        turn.address,
        "handover_who",
        buttons=[*offered, *([] if plan.common else others), STOP],
        slot=slot,
        fresh=True,
        numbers=_numbers(turn, plan),
        common=plan.common,
    )


def ask_keeper(turn: Turn, *written: str) -> None:
    """Ortak kullanım: who answers for the area? Those who do for what stands in the same müdürlük come first."""
    plan = _plan(HandoverPlan.read(":".join(written)), common=True)
    device = turn.uow.devices.get(plan.devices[0])
    wanted = DevicesWanted(departments=frozenset({device.department}), custody=CustodyKind.SHARED)
    there = turn.uow.devices.page(wanted, limit=50) if device.department else []
    keepers = dict.fromkeys(one.custody.keeper for one in there if one.custody.keeper is not None)
    _ask(turn, plan, [one for one in map(turn.uow.people.get, keepers) if not one.gone])


def ask_outside(turn: Turn, *written: str) -> None:
    """Dışarıya: to whom, and until when?"""
    plan = HandoverPlan.read(":".join(written))
    slot = _slot(plan.devices[0])
    turn.dialog.expects = Expectation(kind=Expect.HANDOVER_OUTSIDE, detail=plan.written, asked=slot)
    numbers = _numbers(turn, plan)
    turn.say(turn.address, "handover_outside", buttons=[STOP], slot=slot, fresh=True, numbers=numbers)


def hand_to(turn: Turn, person: str, *written: str) -> None:
    """The receiver is chosen."""
    begin(turn, _plan(HandoverPlan.read(":".join(written)), receiver=PersonId(int(person))))


def as_ordered(turn: Turn, *written: str) -> None:
    """Teslim et, once the order is there."""
    begin(turn, HandoverPlan.read(":".join(written)))


# --- made -------------------------------------------------------------------------------------------
def begin(turn: Turn, plan: HandoverPlan) -> None:
    """It waits for its confirmation, or the order for it is asked."""
    turn.go_private()
    turn.dialog.expects = None
    known = turn.uow.handovers.open_of(plan.devices[0])
    if known is not None and _is_just_this(turn, known, plan):  # a second press
        _say_made(turn, known)
        return
    try:
        made = handing.make_as(turn, plan)
    except Invalid as refusal:
        if not orders_out.offer(turn, refusal, plan, _slot(plan.devices[0])):
            raise
        return
    for address in _receivers_places(turn, made):
        handover_news.show_to_confirm(turn, made, address)
    _say_made(turn, made)


def _is_just_this(turn: Turn, known: Handover, plan: HandoverPlan) -> bool:
    receiver = turn.person.id if plan.receiver is None else plan.receiver
    theirs = (known.made_by, known.receiver, known.outside) == (turn.person.id, receiver, plan.outside)
    return theirs and {line.device for line in known.lines} == set(plan.devices)


def _say_made(turn: Turn, made: Handover) -> None:
    turn.say(
        turn.address,
        "handover_made",
        buttons=handover_news.waiting_buttons(made, cancels=True),
        slot=_slot(made.lines[0].device),
        fresh=True,
        number=made.number,
        count=len(made.standing),
        who=turn.uow.people.get(made.receiver or PersonId(0)),
        common=made.common,
        outside=made.outside,
        day=made.due_back,
        told=bool(_receivers_places(turn, made)),
    )


def _receivers_places(turn: Turn, made: Handover) -> Sequence[str]:
    """Empty: there is no way to them, or they sign paper."""
    if made.outside:
        return ()
    return cards.private_addresses_of(turn, turn.uow.people.get(made.receiver or PersonId(0)))


def cancel(turn: Turn, key: str) -> None:
    """İptal et."""
    one = turn.uow.handovers.get(HandoverId(int(key)))
    if not handing.cancel(turn, one.id):
        raise Invalid("handover_over", number=one.number, state=one.state)
    turn.say(turn.address, "handover_cancelled", slot=_slot(one.lines[0].device), number=one.number)
    handover_news.tell_sides(turn, one, "handover_cancelled", number=one.number)


def list_waiting(turn: Turn) -> None:
    """`/cihaz teslimler`: what waits for somebody's confirmation and is theirs to hand over, the oldest first."""
    access.require(turn, DeviceAction.HAND_OVER)
    waiting = [one for one in turn.uow.handovers.waiting() if not one.lapsed_at(turn.now)]
    found = [one for one in waiting if confirming.signs(turn, one)]
    local = turn.working_time().local_date
    turn.say(
        turn.address,
        "handovers_waiting",
        buttons=[Button(f"{one.number}", f"hand_show:{one.id}") for one in found[:MOST_SHOWN]],
        slot="handovers_waiting",
        fresh=True,
        lines=[
            (one.number, turn.uow.people.get(one.receiver or one.made_by), one.outside, local(one.made_at))
            for one in found[:MOST_SHOWN]
        ],
        total=len(found),
    )


MOST_SHOWN = 10


def show_waiting(turn: Turn, key: str) -> None:
    """One of them, with what may be done."""
    one = turn.uow.handovers.get(HandoverId(int(key)))
    confirming.require_signs(turn, one)
    if not one.is_open or one.lapsed_at(turn.now):
        raise Invalid("handover_over", number=one.number, state=one.state)
    handover_news.show_waiting(turn, one, turn.address, cancels=handing.may_cancel(turn, one))


def named(person: Person) -> str:
    return ", ".join(filter(None, (person.name or person.handle, person.department)))


def _numbers(turn: Turn, plan: HandoverPlan) -> list[str]:
    return [str(one.number) for one in turn.uow.devices.several(plan.devices)]


def _plan(plan: HandoverPlan, **changes: object) -> HandoverPlan:
    return replace(plan, **changes)  # type: ignore[arg-type] # fields of a plan


def _slot(device: DeviceId) -> str:
    return f"hand_over:{device}"


BUTTONS: dict[str, Callable[..., None]] = {
    "hand_to": ask_receiver,
    "hand_common": ask_keeper,
    "hand_outside": ask_outside,
    "hand_over": hand_to,
    "hand_plan": as_ordered,
    "hand_cancel": cancel,
    "hand_show": show_waiting,
}
