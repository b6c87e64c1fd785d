"""What is kept of tickets' time, brought up to date: their history went on, or the calendar became another one.

Whoever changed the calendar watches how far it is. Where they watch stands in the database, and how far it is is read
from what is left: a process that dies in the middle loses nothing, the next one goes on and says so.
"""

from __future__ import annotations

from dataclasses import replace

from handlers.context import UseCaseContext
from handlers.domain.recounts import Recount
from handlers.tickets import cards, timing

COUNTED_AT_ONCE = 500
"""Tickets counted anew in one transaction: a few tenths of a second of the writer's time."""
TOLD_EVERY = 1_000
"""Tickets between two lines of whoever watches."""


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
    _tell_progress(work)
    return len(outdated)


def count_moved(work: UseCaseContext) -> None:
    """What this transaction did something to: whoever looks at a list next finds it where it is due now."""
    for ticket in work.uow.tickets.moved():
        timing.keep(work, ticket, since=None)


# --- who watches ----------------------------------------------------------------------------------
def watch(work: UseCaseContext, conversation: str) -> None:
    """Show there how far it is; of so few that they are counted at once nothing is said. Where one is watched already,
    it begins anew with what is to be counted by now."""
    tickets = work.uow.timings.count_outdated()
    if tickets <= COUNTED_AT_ONCE:
        return
    watched = next((one for one in work.uow.recounts.running() if one.conversation == conversation), None)
    if watched is None:
        recount = work.uow.recounts.add(Recount(conversation=conversation, tickets=tickets, begun_at=work.now))
    else:
        recount = replace(watched, tickets=tickets, told=0)
        work.uow.recounts.save(recount)
    _say(work, recount, fresh=True)


def is_watched(work: UseCaseContext) -> bool:
    return bool(work.uow.recounts.running())


def _tell_progress(work: UseCaseContext) -> None:
    """Each thousand, and the end."""
    running = work.uow.recounts.running()
    left = work.uow.timings.count_outdated() if running else 0
    for recount in running:
        done = recount.tickets - min(left, recount.tickets)
        if not left:
            _save(work, replace(recount, told=recount.tickets, ended_at=work.now))
        elif done - recount.told >= TOLD_EVERY:
            _save(work, replace(recount, told=done))


def _save(work: UseCaseContext, recount: Recount) -> None:
    work.uow.recounts.save(recount)
    _say(work, recount)


def _say(work: UseCaseContext, recount: Recount, *, fresh: bool = False) -> None:
    """Edited where it stands."""
    work.say(
        recount.conversation,
        "recount",
        slot=f"recount:{recount.id}",
        fresh=fresh,
        rings=False,
        done=recount.told,
        total=recount.tickets,
        over=recount.ended_at is not None,
    )
