"""Söz ver: whoever holds a ticket tells its reporter by which day it will be done. Yardım iste: they ask for help."""

from __future__ import annotations

from datetime import date, time, timedelta

from handlers.context import Acting, Effect, UseCaseContext
from handlers.domain.errors import Invalid, WrongState
from handlers.domain.promises import Promise, end_of, promise
from handlers.domain.rights import Action, require
from handlers.domain.states import Change
from handlers.domain.ticket import Ticket
from handlers.tickets import cards, notifications, presence, timing

FARTHEST = timedelta(days=366)


def of(work: UseCaseContext, ticket: Ticket) -> Promise | None:
    return promise(timing.history_of(work, ticket), work.working_time(ticket.unit))


def give(acting: Acting, ticket: Ticket, day: date) -> Effect:
    """Its reporter hears of it; who holds it is reminded in the morning of that day.

    Raises NotAllowed, WrongState where nobody works on it, Invalid(`promise_past`, `promise_far`), and
    Invalid(`promise_off`) for a day on which nobody works, with the `instead` that is the next to be worked.
    """
    require(acting.person, Action.PROMISE, ticket)
    if not ticket.state.active or ticket.holder is None:
        raise WrongState(ticket.number, ticket.state, "promise")
    require_possible(acting, ticket, day)
    known = of(acting, ticket)
    if known is not None and known.day == day:
        return Effect.NONE
    ticket.log(Change.PROMISED, by=acting.person.id, at=acting.now, channel=acting.channel, after=day.isoformat())
    acting.uow.tickets.save(ticket)
    cards.refresh(acting, ticket)
    today = acting.working_time(ticket.unit).local_date(acting.now)
    notifications.reporter(
        acting, ticket, "update_promised", by=acting.person, day=day, today=today, again=known is not None
    )
    return Effect.CHANGED


def require_possible(acting: Acting, ticket: Ticket, day: date) -> None:
    """Raises Invalid(`promise_past`, `promise_far`, `promise_off`)."""
    time_of_unit = acting.working_time(ticket.unit)
    today = time_of_unit.local_date(acting.now)
    if day > today + FARTHEST:
        raise Invalid("promise_far", day=day)
    if day < today:
        raise Invalid("promise_past", day=day)
    if not time_of_unit.is_working_day(day):
        instead = time_of_unit.local_date(time_of_unit.next_opening(time_of_unit.at(day, time.min)))
        raise Invalid("promise_off", day=day, instead=instead)
    if end_of(day, time_of_unit) <= acting.now:
        raise Invalid("promise_past", day=day)


def in_working_days(acting: Acting, ticket: Ticket, days: int) -> date:
    """So many working days from now; half days count half."""
    time_of_unit = acting.working_time(ticket.unit)
    return time_of_unit.local_date(time_of_unit.add_working_days(acting.now, days))


# --- help -----------------------------------------------------------------------------------------
def ask_for_help(acting: Acting, ticket: Ticket) -> Effect:
    """The leads in private, with the card on which they can give it to somebody; colleagues where the unit speaks.
    Nothing where it was asked for today. Raises NotAllowed, WrongState where nobody works on it."""
    require(acting.person, Action.ASK_FOR_HELP, ticket)
    if not ticket.state.active or ticket.holder is None:
        raise WrongState(ticket.number, ticket.state, "ask_for_help")
    if _asked_today(acting, ticket):
        return Effect.NONE
    ticket.log(Change.HELP_ASKED, by=acting.person.id, at=acting.now, channel=acting.channel)
    acting.uow.tickets.save(ticket)
    cards.refresh(acting, ticket)
    title = acting.desk.subject(ticket)
    rooms = cards.work_places(acting, ticket)
    for place in rooms:
        acting.say(place, "work_help", ticket=ticket, by=acting.person, title=title)
    for lead in presence.leaders_at_work(acting, ticket.unit):
        for place in cards.private_addresses_of(acting, lead):
            if lead.id != acting.person.id and place not in rooms:
                acting.say(place, "work_help", ticket=ticket, by=acting.person, title=title)
                cards.show(acting, ticket, place, fresh=True)
    return Effect.CHANGED


def _asked_today(acting: Acting, ticket: Ticket) -> bool:
    local = acting.working_time(ticket.unit).local_date
    asked = [event for event in timing.history_of(acting, ticket) if event.what is Change.HELP_ASKED]
    return bool(asked) and asked[-1].who == acting.person.id and local(asked[-1].at) == local(acting.now)
