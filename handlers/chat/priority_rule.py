"""`/oncelik`: how a priority comes about, for whoever wants to know why theirs waits."""

from __future__ import annotations

from handlers.chat.turn import Turn
from handlers.messages import PostedMessage
from handlers.tickets.priority import TABLE


def show(turn: Turn, _words: str, _answered: PostedMessage | None) -> None:
    turn.say(turn.address, "priority_rule", table=TABLE, places=turn.desk.priority_places)
