"""Which other tickets one has to do with (ilgili), as its history says it: plain, and the same from both sides."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.domain.states import Change, TicketEvent


def related(history: Sequence[TicketEvent]) -> tuple[str, ...]:
    """Their numbers, in the order in which it was said."""
    numbers: dict[str, None] = {}
    for event in history:
        if event.what is Change.LINKED and event.after:
            numbers[event.after] = None
        elif event.what is Change.UNLINKED and event.before:
            numbers.pop(event.before, None)
    return tuple(numbers)
