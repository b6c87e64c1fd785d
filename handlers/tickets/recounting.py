"""What is kept of tickets' time, brought up to date: their history went on, or the calendar became another one."""

from __future__ import annotations

from handlers.context import UseCaseContext
from handlers.tickets import cards, timing

COUNTED_AT_ONCE = 500
"""Tickets counted anew in one transaction: a few tenths of a second of the writer's time."""


def count_outdated(work: UseCaseContext) -> int:
    """Some of them; how many. The cards of those that the calendar alone made due at another time are edited: what
    somebody did to a ticket has edited its card already."""
    outdated = work.uow.timings.outdated(COUNTED_AT_ONCE)
    for ticket in outdated:
        before = work.uow.timings.last(ticket.id)
        counted = timing.keep(work, ticket, since=None)
        if before is None or before.lines != counted.lines or not ticket.state.active:
            continue
        if (before.claim_due_at, before.solve_due_at) != (counted.claim_due_at, counted.solve_due_at):
            cards.refresh(work, ticket)
    return len(outdated)
