"""Geri al: back into the depot, as it came; and `/ilisik AD`, how somebody stands who leaves, with Hepsini geri al."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from handlers import device_names
from handlers.chat.handing_over import STOP, named, people_called
from handlers.chat.turn import Turn
from handlers.devices import access, clearing, taking_back
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import CustodyKind, Device, DeviceId, Ending
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.errors import Invalid
from handlers.domain.handovers import Handover, Returned
from handlers.domain.people import Person, PersonId
from handlers.messages import Button, PostedMessage
from handlers.tickets import cards
from knowledge.language.folding import folded, one_line

NOTES = {
    Returned.INCOMPLETE: ("Şarj aleti yok", "Çantası yok", "Kablosu yok"),
    Returned.DAMAGED: ("Ekranı kırık", "Kasası hasarlı", "Çalışmıyor"),
}
TYPED = {Returned.INCOMPLETE: "Başka eksik", Returned.DAMAGED: "Başka hasar"}
MOST_OFFERED = 4
MOST_SHOWN = 20


def ask_how(turn: Turn, key: str, leaving: str = "") -> None:
    """Geri al: tam, eksik, hasarlı? `leaving`: who leaves; then the next one is asked."""
    turn.go_private()
    access.require(turn, DeviceAction.HAND_OVER)
    device = turn.uow.devices.get(DeviceId(int(key)))
    if device.custody.kind is CustodyKind.DEPOT:
        raise Invalid("handover_in_depot", number=device.number)
    behind = f"/{leaving}" if leaving else ""
    whole = Button("Tam", f"hand_came:{key}:{Returned.WHOLE.value}/0{behind}")
    notes = [
        Button(note, f"hand_came:{key}:{how.value}/{n}{behind}") for how in NOTES for n, note in enumerate(NOTES[how])
    ]
    notes += [Button(label, f"hand_note:{key}:{how.value}{behind}") for how, label in TYPED.items()]
    turn.say(
        turn.address,
        "handover_how",
        buttons=[whole, *notes],
        slot=f"hand_over:{device.id}",
        fresh=True,
        number=device.number,
        name=device_names.name(device),
    )


def came_back(turn: Turn, key: str, said_how: str) -> None:
    """A second press says how it stands."""
    how, _, rest = said_how.partition("/")
    note, _, leaving = rest.partition("/")
    _came(turn, key, Returned(how), NOTES[Returned(how)][int(note)] if Returned(how) in NOTES else "", leaving)


def ask_note(turn: Turn, key: str, how_and_leaving: str) -> None:
    """Başka eksik, Başka hasar: a line."""
    device = turn.uow.devices.get(DeviceId(int(key)))
    slot = f"hand_over:{device.id}"
    turn.dialog.expects = Expectation(kind=Expect.RETURN_NOTE, detail=f"{key}/{how_and_leaving}", asked=slot)
    turn.say(turn.address, "handover_note", buttons=[STOP], slot=slot, number=device.number)


def note_said(turn: Turn, waiting: Expectation, text: str) -> None:
    key, how, leaving = (*waiting.detail.split("/"), "")[:3]
    _came(turn, key, Returned(how), one_line(text), leaving)
    if turn.dialog.expects is waiting:
        turn.dialog.expects = None


def _came(turn: Turn, key: str, returned: Returned, said: str, leaving: str) -> None:
    device = turn.uow.devices.get(DeviceId(int(key)))
    if device.custody.kind is CustodyKind.DEPOT and (made := _lately_by(turn, device)) is not None:
        _say_returned(turn, device, said, made, turn.address)
        return
    made = taking_back.take_back(turn, {device.id: returned}, note=said)
    _say_returned(turn, device, said, made, turn.address)
    if made.giver is not None and made.giver != turn.person.id:
        for address in cards.private_addresses_of(turn, turn.uow.people.get(made.giver)):
            _say_returned(turn, device, said, made, address)
    if leaving:
        take_back_next(turn, leaving)


def _lately_by(turn: Turn, device: Device) -> Handover | None:
    """Their own return of it, where nothing was done since."""
    last = next(iter(turn.uow.handovers.of_device(device.id)), None)
    return last if last is not None and last.receiver is None and last.made_by == turn.person.id else None


def _say_returned(turn: Turn, device: Device, said: str, made: Handover, address: str) -> None:
    turn.say(
        address,
        "handover_returned",
        slot=f"hand_over:{device.id}" if address == turn.address else None,
        number=device.number,
        how=said or "tam",
        at=made.made_at.astimezone(turn.desk.zone),
        handover=made.number,
    )


# --- who leaves ---------------------------------------------------------------------------------------
def command(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """`/ilisik Ayşe Yılmaz`: people who left already, too. Raises NotAllowed, Invalid(`clearance_who`)."""
    access.require(turn, DeviceAction.CLEAR)
    if not words.strip():
        raise Invalid("clearance_who")
    handle = turn.uow.people.by_handle(words.strip().lower().removeprefix("@"))
    people = [handle] if handle is not None else _called(turn, words)
    if len(people) == 1:
        show(turn, people[0].id)
        return
    offered = [Button(named(one), f"leave_show:{one.id}") for one in people[:MOST_OFFERED]]
    turn.say(turn.address, "clearance_which", buttons=offered, slot="clearance", fresh=True)


def _called(turn: Turn, words: str) -> list[Person]:
    """Also who left. Raises Invalid(`handover_nobody`)."""
    typed = set(folded(words).split())
    left = [one.id for one in turn.uow.people.directory() if one.gone and typed <= set(folded(one.name).split())]
    gone = [one for one in turn.uow.people.of_ids(left).values() if one.became is None]
    try:
        return [*people_called(turn, words), *gone]
    except Invalid:
        if not gone:
            raise
        return gone


def show(turn: Turn, person: PersonId) -> None:
    """One list: what they hold, what they answer for, what waits, and their open tickets."""
    found = clearing.look(turn, person)
    takes = bool(found.devices) and access.may(turn, DeviceAction.HAND_OVER)
    back = [Button("Hepsini geri al", f"clear_all:{person}")] if takes and _next(found.devices) is not None else []
    turn.say(
        turn.address,
        "clearance",
        buttons=back,
        slot=f"clearance:{person}",
        fresh=True,
        who=found.person,
        devices=_listed(found.devices),
        kept=_listed(found.kept),
        waiting=[one.number for one in found.waiting],
        tickets=[one.number for one in found.tickets],
        clear=found.clear,
        at=turn.now.astimezone(turn.desk.zone),
    )


def _listed(devices: Sequence[Device]) -> list[tuple[Any, str, bool]]:
    return [(one.number, device_names.name(one), one.ending is Ending.LOST) for one in devices[:MOST_SHOWN]]


def take_back_next(turn: Turn, person: str) -> None:
    """Hepsini geri al: one by one; then the list as it stands."""
    access.require(turn, DeviceAction.HAND_OVER)
    device = _next(clearing.held_by(turn, PersonId(int(person))))
    if device is None:
        show(turn, PersonId(int(person)))
    else:
        ask_how(turn, str(device.id), person)


def _next(devices: Sequence[Device]) -> Device | None:
    """A lost one comes back when it is found."""
    return next((one for one in devices if one.ending is not Ending.LOST), None)


BUTTONS: dict[str, Callable[..., None]] = {
    "hand_back": ask_how,
    "hand_came": came_back,
    "hand_note": ask_note,
    "leave_show": lambda turn, person: show(turn, PersonId(int(person))),
    "clear_all": take_back_next,
}
