"""What is in somebody's custody and what stands in a room, as pages and papers show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers import place_names
from handlers.context import Acting
from handlers.devices import access, clearing
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import DeviceId
from handlers.domain.errors import NotFound
from handlers.domain.handovers import Handover
from handlers.domain.people import Person
from handlers.domain.places import Place, PlaceId
from handlers.ports import DevicesWanted
from handlers.queries import devices
from handlers.queries.devices import DeviceRow

MOST = 2_000
"""Devices on one print."""
_AT_A_TIME = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCustody:
    person: Person
    held: Sequence[DeviceRow]
    """In their zimmet, lost ones too until their record is settled."""
    kept: Sequence[DeviceRow]
    """Of common areas for which they answer."""
    waiting: Sequence[Handover]
    """That they have not confirmed yet, or that wait for another's yes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomList:
    place: Place
    name: str
    rows: Sequence[DeviceRow]
    keepers: Sequence[Person]
    """Who answers for what of it is for common use."""


def of_person(acting: Acting, handle: str) -> PersonCustody:
    """Raises NotFound, NotAllowed."""
    person = _called(acting, handle)
    if person.id != acting.person.id:
        access.require(acting, DeviceAction.SEE_WHOLE)
    found = clearing.of(acting, person)
    return PersonCustody(
        person=person,
        held=devices.rows(acting, found.devices),
        kept=devices.rows(acting, found.kept),
        waiting=found.waiting,
    )


def clear(acting: Acting, handle: str) -> Person:
    """Of somebody who leaves. Raises Invalid(`clearance_refused`) while anything is in their custody, NotFound,
    NotAllowed."""
    return clearing.require_clear(acting, _called(acting, handle).id).person


def _called(acting: Acting, handle: str) -> Person:
    person = acting.uow.people.by_handle(handle)
    if person is None:
        raise NotFound("person", handle)
    return person


def of_room(acting: Acting, place: PlaceId) -> RoomList:
    """With what merged places had. Raises NotFound, NotAllowed."""
    access.require(acting, DeviceAction.SEE_WHOLE)
    here = place_names.standing(acting.uow.places.get, acting.uow.places.get(place))
    same = [one.id for one in acting.uow.places.all() if place_names.standing(acting.uow.places.get, one).id == here.id]
    rows = _every(acting, DevicesWanted(places=frozenset(same)))
    keepers = {row.device.custody.keeper for row in rows} - {None}
    people = acting.uow.people.of_ids({key for key in keepers if key is not None})
    return RoomList(
        place=here, name=str(here.spot), rows=rows, keepers=sorted(people.values(), key=lambda one: one.name)
    )


def _every(acting: Acting, wanted: DevicesWanted) -> Sequence[DeviceRow]:
    """The oldest number first."""
    rows: list[DeviceRow] = []
    after: DeviceId | None = None
    while len(rows) < MOST:
        found = acting.uow.devices.page(wanted, after=after, limit=_AT_A_TIME)
        rows += devices.rows(acting, found)
        if len(found) < _AT_A_TIME:
            break
        after = found[-1].id
    return sorted(rows, key=lambda row: row.device.id)
