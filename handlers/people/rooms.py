"""Rooms: which group of a platform is which unit's."""

from __future__ import annotations

from handlers.context import Acting
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.people import UnitId
from handlers.domain.rights import Action, require
from handlers.ports import Conversation


def bind(acting: Acting, room: Conversation, unit: UnitId) -> None:
    """That unit's tickets are posted there from now on. Raises Invalid(`bind_outside_room`), NotFound for the unit."""
    require(acting.person, Action.BIND_ROOM)
    if not room.is_room:
        raise Invalid("bind_outside_room")
    if unit not in acting.desk.catalogue.units:
        raise NotFound("unit", unit)
    room.unit, room.title = unit, room.title or acting.desk.unit_title(unit)
    acting.uow.conversations.save(room)
    acting.uow.audit.log(acting.now, acting.person.id, "bound", f"{room.address}:{unit}", acting.channel)
