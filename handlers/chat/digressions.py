"""What is written beside the question of a form: hurry, a fault, a question of their own, a greeting.

It answers nothing and is not written down as an answer; what belongs to the report is kept with it.
"""

from __future__ import annotations

from enum import Enum

from handlers.chat import drafts, open_ticket, report_answers
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


def beside_the_question(turn: Turn, text: str) -> Digression:
    """Keep what belongs to the report. Smoke waits for no form: its ticket is opened at once."""
    reading = turn.understand(text)
    kind = of(turn, text) or Digression.WORDS
    if kind is not Digression.WORDS:
        return kind
    waiting = turn.dialog.expects
    draft = drafts.keep(turn, text, ())
    if reading.hazard is not None:
        report_answers.take_in(draft, reading)
        open_ticket.open_emergency(turn, draft, reading.hazard)
        turn.dialog.expects = waiting  # where they are is asked on the way in
    return kind
