"""The question that what somebody writes next may answer."""

from __future__ import annotations

from handlers.chat.turn import Turn
from handlers.domain.dialog import Expect, Expectation
from handlers.tickets import merges

_OF_A_TICKET_AT_WORK = (Expect.FACT, Expect.REOPEN_REASON, Expect.ANSWER, Expect.WORD)
"""Asked of a reporter; once the ticket has ended nobody waits for the answer."""
_NEWEST = 1 << 62
"""A place below every message."""


def standing(turn: Turn, *, by_desk: bool = False) -> Expectation | None:
    """The newest that stood before them when they wrote, whoever asked it (`by_desk`: the desk's own).

    What was still on its way cannot be meant.
    """
    found = newest(turn, by_desk=by_desk)
    return None if found is None else found[1]


def newest(turn: Turn, *, by_desk: bool = False) -> tuple[int, Expectation] | None:
    """The same with its place in the conversation: a later one is greater."""
    asked = [] if by_desk else list(turn.dialog.asked_by_workers)
    if turn.dialog.expects is not None:
        asked.append(turn.dialog.expects)
    shown = [(place, question) for question in asked if (place := _place(turn, question)) is not None]
    return max(shown, key=lambda found: found[0], default=None)


def is_shown(turn: Turn, question: Expectation) -> bool:
    """Whether it stood before them when they wrote."""
    return not question.asked or turn.uow.messages.shown(turn.address, question.asked, turn.now) is not None


def worker_waits(turn: Turn) -> bool:
    """Whether a technician asked them something: the desk does not ask beside it."""
    return any(asked.kind is Expect.ANSWER and is_open(turn, asked) for asked in turn.dialog.asked_by_workers)


def is_open(turn: Turn, question: Expectation) -> bool:
    """Whether somebody still waits for the answer."""
    if question.kind not in _OF_A_TICKET_AT_WORK or question.ticket is None:
        return True
    return merges.survivor(turn.uow, turn.uow.tickets.get(question.ticket)).state.active


def _place(turn: Turn, question: Expectation) -> int | None:
    """Where it stands in the conversation: a later one is greater. None: not before them, or over."""
    if not is_open(turn, question):
        return None
    if not question.asked:
        return _NEWEST  # what they asked to be asked
    message = turn.uow.messages.shown(turn.address, question.asked, turn.now)
    return None if message is None else message.id
