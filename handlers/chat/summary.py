"""`/ozet`: today so far."""

from __future__ import annotations

from handlers.chat.turn import Turn
from handlers.domain.errors import NotAllowed
from handlers.domain.rights import Action
from handlers.messages import PostedMessage
from handlers.reports import summary


def show(turn: Turn, _words: str, _answered: PostedMessage | None) -> None:
    """In a room: of that room's unit, and raises NotAllowed where it is nobody's."""
    if turn.in_room and turn.conversation.unit is None:
        raise NotAllowed(Action.SEE_SUMMARY, turn.person.handle)
    view = summary.so_far(turn, turn.conversation.unit if turn.in_room else None, shared=turn.in_room)
    turn.say(turn.address, "digest" if len(view.digests) == 1 else "digest_units", view=view)
