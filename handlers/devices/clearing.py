"""Who leaves gives everything back first (m.5/4): what they hold, what they answer for, and what still waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.context import Acting
from handlers.devices import access
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import Device
from handlers.domain.errors import Invalid
from handlers.domain.handovers import Handover
from handlers.domain.people import Person, PersonId
from handlers.domain.rights import Action, may
from handlers.domain.ticket import Ticket
from handlers.ports import DevicesWanted

MOST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    person: Person
    devices: Sequence[Device]
    """In their zimmet, lost ones too: until the record is settled they stay in it."""
    kept: Sequence[Device]
    """Of common areas that they answer for."""
    waiting: Sequence[Handover]
    """That they give or receive."""
    tickets: Sequence[Ticket]
    """Their own, open; they hold nothing up. Security matters as far as whoever asks may read them."""

    @property
    def clear(self) -> bool:
        return not (self.devices or self.kept or self.waiting)


def look(acting: Acting, person: PersonId) -> Clearance:
    """Raises NotAllowed, NotFound."""
    access.require(acting, DeviceAction.CLEAR)
    return of(acting, acting.uow.people.get(person))


def require_clear(acting: Acting, person: PersonId) -> Clearance:
    """Before the paper is given. Raises NotAllowed, NotFound, Invalid(`clearance_refused`)."""
    found = look(acting, person)
    if not found.clear:
        raise Invalid("clearance_refused", **about(found))
    return found


def of(acting: Acting, person: Person) -> Clearance:
    """Whoever asks; their numbers alone may be told."""
    open_ones = acting.uow.handovers.waiting_of(person.id)
    return Clearance(
        person=person,
        devices=held_by(acting, person.id),
        kept=kept_by(acting, person.id),
        waiting=[one for one in open_ones if not one.lapsed_at(acting.now)],
        tickets=[
            one
            for one in acting.uow.tickets.open_of_reporter(person.id)
            if not one.restricted or may(acting.person, Action.READ, one)
        ],
    )


def about(found: Clearance) -> dict[str, object]:
    """For a template: numbers, and who."""
    return {
        "who": found.person.name or found.person.handle,
        "devices": [one.number for one in found.devices],
        "kept": [one.number for one in found.kept],
        "waiting": [one.number for one in found.waiting],
    }


def held_by(acting: Acting, person: PersonId) -> Sequence[Device]:
    """In the order of their numbers."""
    return list(acting.uow.devices.page(DevicesWanted(holder=person), limit=MOST))[::-1]


def kept_by(acting: Acting, person: PersonId) -> Sequence[Device]:
    return list(acting.uow.devices.page(DevicesWanted(keeper=person), limit=MOST))[::-1]
