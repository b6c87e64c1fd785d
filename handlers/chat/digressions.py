"""What is written beside the question of a form: hurry, a fault, a question of their own, a greeting.

It answers nothing and is not written down as an answer; what belongs to the report is kept with it
(`report_answers.keep_beside`).
"""

from __future__ import annotations

from enum import Enum

from handlers.chat.turn import Turn
from knowledge import Intent
from knowledge.language.names import is_talk

_MORE_THAN_COURTESY = (Intent.report, Intent.human)


class Digression(Enum):
    QUESTION = "question"
    """They want to know something, perhaps why they are asked."""
    COURTESY = "courtesy"
    """A greeting, thanks, a yes: it adds nothing."""
    WORDS = "words"
    """Of the report, or of hurry."""


def of(turn: Turn, text: str) -> Digression | None:
    """None: nothing speaks against its being an answer."""
    reading = turn.understand(text)
    if reading.hazard is not None:
        return Digression.WORDS
    if reading.explicit and reading.intent not in _MORE_THAN_COURTESY:
        return Digression.COURTESY
    if "?" in text:
        return Digression.QUESTION
    return Digression.WORDS if is_talk(text) else None
