"""Which device a ticket is about, in chat: those that "Hangisi?" offers its reporter; Bu cihaz and Başka cihaz on the
card; "doğru mu?" when it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from handlers import device_names
from handlers.chat import prompts
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.devices import identifying
from handlers.domain.devices import Device, DeviceId
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.ticket import Ticket
from handlers.messages import Button
from handlers.tickets import device_line, device_links, device_naming

MOST_LETTERS = 60
_SEVERAL = 2


def check_slot(ticket: Ticket) -> str:
    """Of the question whether the likely one was right."""
    return f"device_check:{ticket.id}"


def which(turn: Turn, ticket: Ticket) -> list[Button]:
    """Those of which its reporter is asked which one it is; nothing, where one is known or nobody can choose."""
    found = device_links.guesses(turn.uow, ticket)
    if len(found) < _SEVERAL or ticket.restricted or ticket.reporter != turn.person.id:
        return []
    labels = zip(found, _labels(turn, found), strict=True)
    return [Button(text, f"device_of:{ticket.id}:{one.id}") for one, text in labels]


def chosen(turn: Turn, ticket: Ticket, device: str) -> None:
    """Its reporter pressed one."""
    done = device_naming.choose(turn, ticket, DeviceId(int(device)))
    slot = device_links.which_slot(ticket)
    turn.uow.messages.disable_buttons(turn.address, slot)
    if done is Effect.CHANGED:
        line = device_line.of(turn, ticket)
        turn.receipt(done, "device_noted", slot=slot, ticket=ticket, device=line)


def is_it(turn: Turn, ticket: Ticket, device: str) -> None:
    """Bu cihaz, Doğru."""
    done = device_naming.name(turn, ticket, DeviceId(int(device)))
    asked = prompts.answered(turn, ticket) or _standing(turn, ticket)
    if asked is not None and done is Effect.CHANGED:
        turn.receipt(done, "device_noted", slot=asked, ticket=ticket, device=device_line.of(turn, ticket))


def ask_other(turn: Turn, ticket: Ticket) -> None:
    """Başka cihaz, Cihazı yaz, Değiştir."""
    guesses = device_links.guesses(turn.uow, ticket)
    offered = guesses if len(guesses) >= _SEVERAL else []
    if (asked := _standing(turn, ticket)) is not None:
        turn.uow.messages.disable_buttons(turn.address, asked)
    none = [Button("Cihaz yok", f"device_none:{ticket.id}")] if device_links.has_any(turn.uow, ticket) else []
    buttons = [
        Button(text, f"device_is:{ticket.id}:{one.id}")
        for one, text in zip(offered, _labels(turn, offered), strict=True)
    ]
    prompts.ask(turn, ticket, Expect.DEVICE, "prompt_device", buttons=[*buttons, *none])


def said(turn: Turn, waiting: Expectation, text: str) -> None:
    """The number of the other one. Raises Invalid(`no_such_device`, `several_devices`); the question stands."""
    ticket = turn.uow.tickets.get(waiting.ticket or 0)
    done = device_naming.name(turn, ticket, _named(turn, text).id)
    asked = prompts.answered(turn, ticket)
    if done is Effect.CHANGED:
        turn.receipt(done, "device_noted", slot=asked, ticket=ticket, device=device_line.of(turn, ticket))
    elif asked is not None:
        turn.uow.messages.disable_buttons(turn.address, asked)


def none(turn: Turn, ticket: Ticket) -> None:
    """Cihaz yok."""
    done = device_naming.take_away(turn, ticket)
    asked = prompts.answered(turn, ticket)
    if asked is not None and done is Effect.CHANGED:
        turn.receipt(done, "device_noted", slot=asked, ticket=ticket, device=None)


def ask_whether_right(turn: Turn, ticket: Ticket) -> None:
    """After Tamamladım, of a likely one that nobody has said; who does not answer leaves it a guess."""
    device = device_naming.likely(turn, ticket)
    if device is None:
        return
    turn.say(
        turn.address,
        "device_right",
        buttons=[
            Button("Doğru", f"device_is:{ticket.id}:{device.id}"),
            Button("Değiştir", f"device_other:{ticket.id}"),
        ],
        slot=check_slot(ticket),
        fresh=True,
        rings=False,
        ticket=ticket,
        device=device_line.of(turn, ticket),
    )


def _standing(turn: Turn, ticket: Ticket) -> str | None:
    there = turn.address in turn.uow.messages.standing_in(check_slot(ticket))
    return check_slot(ticket) if there else None


def _named(turn: Turn, text: str) -> Device:
    typed = text.strip()[:MOST_LETTERS]
    try:
        return identifying.find_one(turn, typed).device
    except NotFound as error:
        number = len(identifying.find(turn, typed))
        raise Invalid("several_devices" if number > 1 else "no_such_device", typed=typed, number=number) from error


def _labels(turn: Turn, devices: Sequence[Device]) -> list[str]:
    """`HP M404dn · 312`, and the number where that is said of two."""
    plain = [" · ".join(filter(None, (device_names.name(one), _room(turn, one)))) for one in devices]
    same = Counter(plain)
    return [
        f"{text} · {one.number}" if same[text] >= _SEVERAL else text for one, text in zip(devices, plain, strict=True)
    ]


def _room(turn: Turn, device: Device) -> str:
    """The room alone: whoever is asked knows the building."""
    if device.place is None:
        return device.place_text
    spot = turn.uow.places.get(device.place).spot
    return spot.room or device_names.place_name(turn.uow, device)
