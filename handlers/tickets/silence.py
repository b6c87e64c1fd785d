"""Claimed tickets that are forgotten: nothing happens to them for days, or nobody answers what their reporter wrote.

| after             | of working time | who is rung                                        |
|-------------------|-----------------|----------------------------------------------------|
| nothing happened  | 3 working days  | the holder, who says that it goes on, or what else |
|                   | 4 working days  | the lead                                           |
| a reporter wrote  | 2 hours         | the holder, again                                  |
|                   | 4 hours         | the room                                           |
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from handlers.context import Acting, Effect, UseCaseContext
from handlers.domain.errors import WrongState
from handlers.domain.idempotency import asked_of_silence
from handlers.domain.people import Person
from handlers.domain.rights import Action, require
from handlers.domain.states import Change, State
from handlers.domain.ticket import Ticket
from handlers.domain.working_time import WorkingTime
from handlers.messages import Button
from handlers.tickets import cards, presence

HOLDER_AFTER_DAYS, LEAD_AFTER_DAYS = 3, 4
"""Working days without any line of the history."""
HOLDER_AGAIN_AFTER, ROOM_AFTER = timedelta(hours=2), timedelta(hours=4)
"""Working time since a reporter wrote and nobody did anything."""


def remind(work: UseCaseContext) -> None:
    """Wherever a unit works now; each step once since the line after which it is quiet."""
    for unit in work.desk.units:
        time = work.working_time(unit)
        if time.is_working_at(work.now):
            _of_days(work, unit, time)
            _of_hours(work, unit, time)


def _of_days(work: UseCaseContext, unit: str, time: WorkingTime) -> None:
    before = time.subtract_working_days(work.now, HOLDER_AFTER_DAYS)
    for ticket in work.uow.timings.quiet_since(unit, before):
        history = work.uow.tickets.history(ticket.id)
        if _first(work, ticket, len(history), "holder"):
            _say(work, ticket, _holder_or_leaders(work, ticket), "work_silent", buttons=_choices(ticket))
        if history[-1].at <= time.subtract_working_days(work.now, LEAD_AFTER_DAYS) and _first(
            work, ticket, len(history), "lead"
        ):
            _say(work, ticket, presence.leaders_at_work(work, unit), "work_silent_lead")


def _of_hours(work: UseCaseContext, unit: str, time: WorkingTime) -> None:
    before = time.subtract(work.now, HOLDER_AGAIN_AFTER)
    for ticket in work.uow.timings.quiet_since(unit, before, after=Change.REPLIED):
        history = work.uow.tickets.history(ticket.id)
        if _first(work, ticket, len(history), "reply"):
            _say(work, ticket, _holder_or_leaders(work, ticket), "work_not_answered")
        late = time.elapsed(history[-1].at, work.now) >= ROOM_AFTER
        if late and _first(work, ticket, len(history), "reply-room"):
            cards.tell_workers(work, ticket, "work_not_answered", **_about(work, ticket))


def _first(work: UseCaseContext, ticket: Ticket, line: int, whom: str) -> bool:
    return work.uow.once.first(asked_of_silence(ticket.id, line, whom), work.now)


def _holder_or_leaders(work: UseCaseContext, ticket: Ticket) -> Sequence[Person]:
    holder = [] if ticket.holder is None else [work.uow.people.get(ticket.holder)]
    return presence.leaders_instead(work, ticket) or holder


def _say(
    work: UseCaseContext, ticket: Ticket, people: Sequence[Person], template: str, *, buttons: Sequence[Button] = ()
) -> None:
    for address in [address for person in people for address in cards.private_addresses_of(work, person)]:
        work.say(address, template, buttons=buttons, ticket=ticket, **_about(work, ticket))
        if not buttons:
            cards.show(work, ticket, address, fresh=True)


def _about(work: UseCaseContext, ticket: Ticket) -> dict[str, Any]:
    holder = None if ticket.holder is None else work.uow.people.get(ticket.holder)
    return {"title": work.desk.subject(ticket), "holder": holder}


def _choices(ticket: Ticket) -> Sequence[Button]:
    return (
        Button("Devam ediyor", f"goes_on:{ticket.id}"),
        Button("Beklet", f"menu:{ticket.id}:wait"),
        Button("Sıraya geri koy", f"release:{ticket.id}"),
    )


def goes_on(acting: Acting, ticket: Ticket) -> Effect:
    """Devam ediyor: a line of the history, after which three days are waited again. Raises NotHolder, WrongState."""
    require(acting.person, Action.WAIT, ticket)
    if ticket.state is not State.CLAIMED:
        raise WrongState(ticket.number, ticket.state, "goes_on")
    ticket.log(Change.CONTINUED, by=acting.person.id, at=acting.now, channel=acting.channel)
    acting.uow.tickets.save(ticket)
    return Effect.CHANGED
