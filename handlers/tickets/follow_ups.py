"""When a ticket that waits is looked at again, set by whoever put it on hold."""

from __future__ import annotations

from datetime import date, timedelta

from handlers import dates
from handlers.context import Acting, Effect
from handlers.domain.errors import Invalid, WrongState
from handlers.domain.follow_ups import USUAL_DAYS, FollowUp, follow_up
from handlers.domain.rights import Action, require
from handlers.domain.states import Change
from handlers.domain.ticket import Ticket
from handlers.tickets import cards, timing

FARTHEST = timedelta(days=366)


def of(acting: Acting, ticket: Ticket) -> FollowUp | None:
    return follow_up(ticket.state, timing.history_of(acting, ticket), acting.working_time(ticket.unit))


def set_day(acting: Acting, ticket: Ticket, day: date) -> Effect:
    """A day on which nobody works is looked at on the next that is worked.

    Raises NotAllowed, WrongState where it does not wait, Invalid(`follow_up_when`) for a day that is past or far away.
    """
    require(acting.person, Action.WAIT, ticket)
    if ticket.state not in USUAL_DAYS:
        raise WrongState(ticket.number, ticket.state, "wait")
    today = acting.working_time(ticket.unit).local_date(acting.now)
    if not today < day <= today + FARTHEST:
        raise Invalid("follow_up_when", day=day)
    known = of(acting, ticket)
    if known is not None and known.day == day and known.postponed:
        return Effect.NONE
    ticket.log(Change.POSTPONED, by=acting.person.id, at=acting.now, channel=acting.channel, after=day.isoformat())
    acting.uow.tickets.save(ticket)
    cards.refresh(acting, ticket)
    return Effect.CHANGED


def set_day_in(acting: Acting, ticket: Ticket, text: str) -> Effect:
    """Whoever says which firm often says when it comes: that day is taken. What is no day to come is left alone."""
    try:
        days = dates.read(text, acting.working_time(ticket.unit).local_date(acting.now)).days
        return set_day(acting, ticket, days[0])
    except Invalid:
        return Effect.NONE


def in_working_days(acting: Acting, ticket: Ticket, days: int) -> date:
    time = acting.working_time(ticket.unit)
    return time.local_date(time.add_working_days(acting.now, days))
