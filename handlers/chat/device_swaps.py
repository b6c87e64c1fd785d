"""Devir: "D-00042'yi Zeynep'e devret". Both get one message; both confirm, or nothing moves, and after seven days it
lapses."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from handlers.chat.handing_over import MOST_OFFERED, STOP, devices_in, named, people_called
from handlers.chat.turn import Turn
from handlers.devices import access, handing, handover_news, identifying
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import Device, DeviceId
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.errors import Invalid
from handlers.domain.handovers import SWAP_KEPT, Direction, Handover, HandoverPlan
from handlers.domain.people import Person, PersonId
from handlers.messages import Button
from handlers.tickets import cards
from knowledge.language.folding import folded, one_line

_SAID = re.compile(
    r"(?P<device>d[-\s]?\d{1,8})(?:['’]?(?:n?[iu]|y[iu]))?\s+(?P<who>[^\d]{2,60}?)\s+devre[td]\w{0,12}[.!]?"
)
"""Folded: `d-00042'yi zeynep'e devret`, `d42 zeynep arslana devretmek istiyorum` without its end."""
_ENDS = re.compile(r"['’][ae]$|['’]y[ae]$")
_BARE_END = re.compile(r"y?[ae]$")
_WISH = re.compile(r"\s+(?:istiyorum|isterim|lazim|eder misiniz|misiniz)[.!?]?$")
_OVER = re.compile(r"\s+(?:uzerine|adina)$")


def says(turn: Turn, text: str) -> bool:
    """Whether it was said in words, of a device that is theirs to pass on; then it is begun."""
    match = _SAID.fullmatch(_WISH.sub("", folded(one_line(text)[:160])))
    if match is None:
        return False
    found = identifying.found_by(turn.uow, match["device"].replace(" ", ""))
    if len(found) != 1 or not _may_pass_on(turn, found[0]):
        return False
    _to(turn, (found[0].id,), _ENDS.sub("", _OVER.sub("", match["who"])))
    return True


def _may_pass_on(turn: Turn, device: Device) -> bool:
    return device.custody.holder == turn.person.id or access.may(turn, DeviceAction.HAND_OVER)


def command(turn: Turn, typed: str) -> None:
    """`/cihaz devret d42 Zeynep Arslan`. Raises Invalid(`swap_words`, `handover_nobody`) and as `handing.swap`."""
    turn.go_private()
    plan, words = devices_in(turn, typed)
    if not plan.devices:
        raise Invalid("swap_words")
    if words:
        _to(turn, plan.devices, _ENDS.sub("", words))
    else:
        _ask(turn, plan.devices, [])


def ask_whom(turn: Turn, key: str) -> None:
    """Devret."""
    turn.go_private()
    device = turn.uow.devices.get(DeviceId(int(key)))
    if not _may_pass_on(turn, device):
        raise Invalid("handover_not_one_holder")
    handing.untouched(turn, device.id)
    _ask(turn, (device.id,), [])


def whom_said(turn: Turn, waiting: Expectation, text: str) -> None:
    """The question stands where nobody is called so."""
    _to(turn, HandoverPlan.read(waiting.detail).devices, text)


def _ask(turn: Turn, devices: Sequence[DeviceId], people: Sequence[Person]) -> None:
    plan, slot = HandoverPlan(devices=tuple(devices)), _slot(devices)
    turn.dialog.expects = Expectation(kind=Expect.SWAP_TO, detail=plan.written, asked=slot)
    buttons = [Button(named(one), f"swap:{one.id}:{plan.written}") for one in people[:MOST_OFFERED]]
    numbers = [str(one.number) for one in turn.uow.devices.several(devices)]
    turn.say(turn.address, "swap_who", buttons=[*buttons, STOP], slot=slot, fresh=True, numbers=numbers)


def _to(turn: Turn, devices: Sequence[DeviceId], words: str) -> None:
    try:
        people = people_called(turn, words)
    except Invalid:
        bare = _BARE_END.sub("", folded(words))  # "zeynepe", "hasana"
        if bare == folded(words) or not turn.uow.people.named(bare):
            raise
        people = people_called(turn, bare)
    if len(people) == 1:
        begin(turn, devices, people[0])
    else:
        _ask(turn, devices, people)


def chosen(turn: Turn, person: str, *written: str) -> None:
    begin(turn, HandoverPlan.read(":".join(written)).devices, turn.uow.people.get(PersonId(int(person))))


def begin(turn: Turn, devices: Sequence[DeviceId], receiver: Person) -> None:
    """Both sides get one message."""
    turn.go_private()
    turn.dialog.expects = None
    known = turn.uow.handovers.open_of(devices[0])
    is_same = known is not None and (known.direction, known.receiver) == (Direction.SWAP, receiver.id)
    if known is not None and is_same and not known.lapsed_at(turn.now):  # a second press
        _say_made(turn, known, receiver)
        return
    made = handing.swap(turn, devices, receiver.id)
    _say_made(turn, made, receiver)
    for key, giving in ((made.giver, True), (made.receiver, False)):
        person = turn.uow.people.get(key or receiver.id)
        here = [turn.address] if person.id == turn.person.id else cards.private_addresses_of(turn, person)
        for address in here:
            handover_news.show_to_confirm(turn, made, address, giving=giving)


def _say_made(turn: Turn, made: Handover, receiver: Person) -> None:
    own = made.giver == turn.person.id
    giver = turn.uow.people.get(made.giver or turn.person.id)
    reached = [bool(cards.private_addresses_of(turn, one)) for one in (giver, receiver)]
    turn.say(
        turn.address,
        "swap_made",
        buttons=handover_news.waiting_buttons(made, cancels=True) if not own else [_cancel(made)],
        slot=_slot([line.device for line in made.lines]),
        fresh=True,
        number=made.number,
        giver=giver,
        receiver=receiver,
        own=own,
        told=all(reached),
        days=SWAP_KEPT.days,
    )


def _cancel(made: Handover) -> Button:
    return Button("İptal et", f"hand_cancel:{made.id}")


def _slot(devices: Sequence[DeviceId]) -> str:
    return f"hand_over:{devices[0]}"


BUTTONS: dict[str, Callable[..., None]] = {"swap_to": ask_whom, "swap": chosen}
