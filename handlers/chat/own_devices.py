"""`/zimmetim`: the devices that are in one's own custody, with a report that begins with one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from handlers import device_names
from handlers.chat import device_labels, drafts, report_answers
from handlers.chat.turn import Turn
from handlers.devices import access, handover_news, recording
from handlers.domain.device_rights import UNIT_OF_DEVICES
from handlers.domain.devices import Device, DeviceId, Ending
from handlers.domain.errors import NotFound
from handlers.domain.officers import Office
from handlers.domain.people import Person
from handlers.messages import Button, PostedMessage
from handlers.people import officers
from handlers.ports import DevicesWanted
from handlers.tickets import cards, presence
from handlers.tickets.device_links import SCANNED

MAX_SHOWN = 8


def show(turn: Turn, _words: str, _answered: PostedMessage | None) -> None:
    """`/zimmetim`: and what waits for their confirmation."""
    found = turn.uow.devices.page(DevicesWanted(holder=turn.person.id), limit=MAX_SHOWN)
    total = turn.uow.devices.count(DevicesWanted(holder=turn.person.id))
    shown = [(one, device_names.place_name(turn.uow, one)) for one in found]
    turn.say(
        turn.address,
        "own_devices",
        buttons=[
            button
            for one in found
            for button in (
                Button(f"Arıza bildir: {one.number}", f"device_report:{one.id}"),
                Button(f"Bende değil: {one.number}", f"device_not_mine:{one.id}"),
            )
        ]
        + ([Button("Devret, kayıp bildir", "own_more")] if found else []),
        devices=[(device_names.name(one), one.number, place, one.ending is Ending.LOST) for one, place in shown],
        total=total,
    )
    handover_news.show_waiting_of(turn, turn.person)


def more(turn: Turn) -> None:
    """Devret, Kayıp bildir; each device has its own."""
    found = turn.uow.devices.page(DevicesWanted(holder=turn.person.id), limit=MAX_SHOWN)
    buttons = [
        button
        for one in found
        for button in (
            Button(f"Devret: {one.number}", f"swap_to:{one.id}"),
            Button(f"Bulundu: {one.number}", f"device_found:{one.id}")
            if one.ending is Ending.LOST
            else Button(f"Kayıp bildir: {one.number}", f"device_lost:{one.id}"),
        )
    ]
    turn.say(turn.address, "own_devices_more", buttons=buttons, slot="own_more", fresh=True, total=len(found))


def report(turn: Turn, key: str) -> None:
    """Arıza bildir. Raises NotFound for one that they may not know of."""
    device = turn.uow.devices.get(DeviceId(int(key)))
    visible = access.shown(turn, device)
    if visible is None or device.ending is Ending.WITHDRAWN:
        raise NotFound("device", key)
    draft = drafts.live(turn)
    if draft is not None and draft.texts:  # what is being reported is of this device
        draft.facts[SCANNED] = str(device.number)
        report_answers.show_again(turn, draft)
        return
    draft = drafts.keep(turn, str(device.number), ())
    draft.facts[SCANNED] = str(device.number)
    device_labels.ask(turn, draft, visible.device)


def not_mine(turn: Turn, key: str) -> None:
    """Bende değil: whoever looks after the depot and the lead of the unit are told; the record stays until they change
    it."""
    device = turn.uow.devices.get(DeviceId(int(key)))
    if device.custody.holder != turn.person.id or not device.living:
        turn.say(turn.address, "device_disputed", number=device.number, theirs=False, told=False)
        return
    told = _tell_keepers(turn, device) if recording.say_not_mine(turn, device.id) else bool(_keepers(turn))
    turn.say(turn.address, "device_disputed", number=device.number, theirs=True, told=told)


def _tell_keepers(turn: Turn, device: Device) -> bool:
    """That its holder says not to have it. False: there is nobody to be told."""
    told = False
    for person in _keepers(turn):
        for address in cards.private_addresses_of(turn, person):
            told = True
            turn.say(
                address,
                "device_disputed_told",
                number=device.number,
                name=device_names.whole_name(turn.uow, device),
                who=turn.person,
            )
    return told


def _keepers(turn: Turn) -> Sequence[Person]:
    """The ambar sorumlusu, else the leads of donanim."""
    keepers = [turn.uow.people.get(one.person) for one in officers.answerable_now(turn, Office.AMBAR)]
    return keepers or presence.leads_of(turn, UNIT_OF_DEVICES)


BUTTONS: dict[str, Callable[..., None]] = {
    "device_report": report,
    "device_not_mine": not_mine,
    "own_more": more,
}
