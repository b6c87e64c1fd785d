"""Which other tickets one has to do with, as its history says it: plain and the same from both sides (ilgili), or as a
piece of work and its parts (üst iş, alt iş), one level deep."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.domain.states import Change, TicketEvent

NAMES_A_TICKET = frozenset(
    {Change.LINKED, Change.UNLINKED, Change.PUT_UNDER, Change.TAKEN_OUT, Change.PART_ADDED, Change.PART_REMOVED}
)
"""What stands before or after is the number of another one."""


def related(history: Sequence[TicketEvent]) -> tuple[str, ...]:
    """Their numbers, in the order in which it was said."""
    return _said(history, Change.LINKED, Change.UNLINKED)


def parts(history: Sequence[TicketEvent]) -> tuple[str, ...]:
    """Numbers of its parts."""
    return _said(history, Change.PART_ADDED, Change.PART_REMOVED)


def whole(history: Sequence[TicketEvent]) -> str | None:
    """The number of the one that it is a part of."""
    return next(iter(_said(history, Change.PUT_UNDER, Change.TAKEN_OUT)), None)


MERGES = frozenset({Change.MERGED, Change.SEPARATED})
"""Their reason is the number of the one that it lived on in."""


def named(history: Sequence[TicketEvent]) -> tuple[str, ...]:
    """The numbers of all tickets that it ever had to do with, as a part or otherwise."""
    lines = (event for event in history if event.what in NAMES_A_TICKET)
    linked = [number for event in lines for number in (event.before, event.after) if number]
    merged = [event.reason for event in history if event.what in MERGES and event.reason]
    return tuple(dict.fromkeys([*linked, *merged]))


def _said(history: Sequence[TicketEvent], added: Change, removed: Change) -> tuple[str, ...]:
    numbers: dict[str, None] = {}
    for event in history:
        if event.what is added and event.after:
            numbers[event.after] = None
        elif event.what is removed and event.before:
            numbers.pop(event.before, None)
    return tuple(numbers)
