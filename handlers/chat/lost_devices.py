"""Kayıp bildir and Bulundu; and whether personal data may be affected, asked of whoever leads."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from handlers import device_names
from handlers.chat import open_ticket
from handlers.chat.turn import Turn
from handlers.devices import breach_question, losing
from handlers.devices.breach_question import Affected
from handlers.domain.devices import Device, DeviceId, Ending
from handlers.domain.officers import Office
from handlers.domain.people import Person
from handlers.domain.rights import Action, may
from handlers.domain.ticket import Ticket
from handlers.messages import Button
from handlers.people import breaches, officers
from handlers.tickets import cards, opening, presence


def ask(turn: Turn, key: str) -> None:
    """Kayıp bildir: is it?"""
    turn.go_private()
    device = turn.uow.devices.get(DeviceId(int(key)))
    if device.ending is Ending.LOST:
        _say(turn, device)
        return
    turn.say(
        turn.address,
        "device_lost_ask",
        buttons=[Button("Kayıp", f"device_lost_yes:{key}"), Button("Vazgeç", f"device_lost_no:{key}")],
        slot=_slot(key),
        fresh=True,
        number=device.number,
        name=device_names.name(device),
    )


def leave(turn: Turn, key: str) -> None:
    """Vazgeç."""
    turn.say(turn.address, "device_stopped", slot=_slot(key))


def report(turn: Turn, key: str) -> None:
    """Kayıp."""
    loss = losing.report(turn, DeviceId(int(key)))
    _say(turn, loss.device, ticket="" if loss.ticket is None else loss.ticket.number)
    if not loss.is_new:
        return
    if loss.ticket is not None:
        open_ticket.tell_the_number(turn, loss.ticket)
        opening.announce(turn, loss.ticket)
        breach_question.begin(turn, turn.uow.tickets.get(loss.ticket.id), loss.device)
    for person in _keepers(turn):
        if person.id != turn.person.id:
            for address in cards.private_addresses_of(turn, person):
                name = device_names.name(loss.device)
                turn.say(address, "device_lost_told", number=loss.device.number, name=name, who=turn.person)


def _say(turn: Turn, device: Device, ticket: str = "") -> None:
    turn.say(
        turn.address,
        "device_lost",
        buttons=[Button("Bulundu", f"device_found:{device.id}")],
        slot=_slot(str(device.id)),
        number=device.number,
        lost_ticket=ticket,
        held=device.custody.holder is not None,
    )


def found(turn: Turn, key: str) -> None:
    """Bulundu."""
    device = turn.uow.devices.get(DeviceId(int(key)))
    was_lost = losing.find(turn, device.id)
    turn.say(turn.address, "device_found", slot=_slot(key), number=device.number)
    for person in _keepers(turn) if was_lost else ():
        if person.id != turn.person.id:
            for address in cards.private_addresses_of(turn, person):
                turn.say(address, "device_found", number=device.number)


def _keepers(turn: Turn) -> Sequence[Person]:
    """The ambar sorumlusu, and the director."""
    keepers = [turn.uow.people.get(one.person) for one in officers.answerable_now(turn, Office.AMBAR)]
    people = {one.id: one for one in (*keepers, *presence.directors_of(turn))}
    return list(people.values())


def _slot(key: str) -> str:
    return f"device_lost:{key}"


def personal_data(turn: Turn, ticket: Ticket, answer: str) -> None:
    """Evet · Hayır · Bilmiyorum."""
    until = breach_question.answer(turn, ticket, Affected(answer))
    local = None if until is None else until.astimezone(turn.desk.zone)
    known = ticket.facts.get(breach_question.FACT) in (Affected.YES, Affected.NO)
    slot = f"breach:{ticket.id}"
    turn.say(turn.address, "breach_answered", slot=slot, ticket=ticket, until=local, known=known)


def reported(turn: Turn, ticket: Ticket, _: str) -> None:
    """Kurula bildirildi."""
    breach, _is_new = breaches.report(turn, ticket)
    assert breach.reported_at is not None
    turn.say(
        turn.address,
        "breach_reported",
        slot=f"breach_clock:{ticket.id}",
        ticket=ticket,
        breach=breach.number,
        at=breach.reported_at.astimezone(turn.desk.zone),
        late=breach.is_late,
        notes=may(turn.person, Action.NOTE, ticket),
    )


ON_TICKET: dict[str, Callable[[Turn, Ticket, str], object]] = {"breach": personal_data, "breach_reported": reported}
BUTTONS: dict[str, Callable[..., None]] = {
    "device_lost": ask,
    "device_lost_yes": report,
    "device_lost_no": leave,
    "device_found": found,
}
