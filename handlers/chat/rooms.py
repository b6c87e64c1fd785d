"""Groups: binding one to a unit, and those who press where it is not theirs to press."""

from __future__ import annotations

from handlers.chat import shortcuts
from handlers.chat.turn import Turn
from handlers.context import UseCaseContext
from handlers.domain.errors import Invalid
from handlers.domain.rights import Action, require
from handlers.events import SpokenAnonymously
from handlers.messages import PostedMessage
from handlers.people import rooms
from handlers.ports import Conversation
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


def anonymous(work: UseCaseContext, event: SpokenAnonymously) -> None:
    """Whoever answers the desk or commands it without being seen is told so: nothing they write may go astray in
    silence. What colleagues say to each other is theirs."""
    answered = work.uow.messages.by_ref(event.conversation, event.reply_to) if event.reply_to else None
    if not shortcuts.is_command(event.text) and (answered is None or answered.author is not None):
        return
    work.uow.conversations.ensure(Conversation(address=event.conversation, channel=event.channel, is_room=True))
    work.say(event.conversation, "errors/anonymous", platform=work.desk.channels.title(event.channel))


def bystander(turn: Turn) -> None:
    """Somebody in a group who does not work there: told, and nothing changes. Whose group it is stands only in a
    unit's."""
    if turn.conversation.unit is None:
        turn.say(turn.address, "not_here")
    else:
        turn.say(turn.address, "bystander", person=turn.person, unit=turn.desk.unit_title(turn.conversation.unit))
