"""What stands on the screen: the buttons of the newest message that has any."""

from __future__ import annotations

from handlers.chat.turn import Turn
from handlers.messages import TimelineButton, TimelineMessage

LOOKED_BACK = 8
"""Messages among which the one with the buttons is."""


def newest_buttons(turn: Turn) -> tuple[TimelineButton, ...]:
    message = _newest(turn)
    return () if message is None else message.buttons


def newest_kind(turn: Turn) -> str:
    """What that message says; empty where there is none."""
    message = _newest(turn)
    return "" if message is None else message.kind


def _newest(turn: Turn) -> TimelineMessage | None:
    page = turn.uow.timeline.page(turn.address, limit=LOOKED_BACK)
    return next((message for message in reversed(page) if message.author is None and message.buttons), None)


def offers(turn: Turn, action: str) -> bool:
    """Whether that button is one of them."""
    presses = (turn.uow.messages.press(button.token) for button in newest_buttons(turn))
    return any(press is not None and press.action == action for press in presses)
