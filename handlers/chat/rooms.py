"""Groups: binding one to a unit, and those who press where it is not theirs to press."""

from __future__ import annotations

from handlers.chat.turn import Turn
from handlers.domain.errors import Invalid
from handlers.domain.rights import Action, require
from handlers.messages import PostedMessage
from handlers.people import rooms
from knowledge.language.folding import folded


def bind(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """`/bagla donanim`, by an admin, inside the group."""
    require(turn.person, Action.BIND_ROOM)
    if not turn.in_room:
        raise Invalid("bind_outside_room")
    wanted = folded(words)
    units = turn.desk.catalogue.units.values()
    unit = next((u for u in units if wanted and wanted in (folded(u.id), folded(u.title))), None)
    if unit is None:
        near = turn.desk.catalogue.units_like(words)
        raise Invalid("unknown_unit", typed=words, units=[u.id for u in units], near=near)
    rooms.bind(turn, turn.conversation, unit.id)
    turn.say(turn.address, "room_bound", unit=unit.title)


def bystander(turn: Turn) -> None:
    """Somebody in a unit's group who does not work there: told, and nothing changes."""
    if turn.conversation.unit is not None:
        turn.say(turn.address, "bystander", person=turn.person, unit=turn.desk.unit_title(turn.conversation.unit))
