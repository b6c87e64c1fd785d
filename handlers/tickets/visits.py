"""Ziyaret: whoever holds a ticket is on the way, found nobody, or arranges with its reporter when to come.

Yoldayım tells the reporter. Kapalıydı puts the ticket on hold as "personele ulaşılamadı" until the time that is agreed
on, and asks the reporter for one; so does Randevu, without a wait. What was said last can be taken back until the
reporter has answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.context import Acting, Effect, UseCaseContext
from handlers.domain.errors import Invalid, NotAllowed, WrongState
from handlers.domain.people import PersonId
from handlers.domain.rights import Action, may, require
from handlers.domain.states import Change, State
from handlers.domain.ticket import Ticket
from handlers.domain.visits import CLOSED_TOO_OFTEN, LENGTH, Visit, two_times, visit, written_times
from handlers.domain.working_time import Span
from handlers.messages import Button
from handlers.spoken_time import coming_time
from handlers.tickets import cards, notifications, presence, timing

USUAL_MINUTES = 10
MOST_MINUTES = 120
FARTHEST = timedelta(days=60)


def of(work: UseCaseContext, ticket: Ticket) -> Visit:
    return visit(timing.history_of(work, ticket))


def slot(ticket: Ticket) -> str:
    """Of what its reporter was told last of a visit."""
    return f"visit:{ticket.id}"


def time_buttons(work: UseCaseContext, ticket: Ticket, times: Sequence[datetime]) -> list[Button]:
    today = work.working_time(ticket.unit).local_date(work.now)
    named = [coming_time(at.astimezone(work.desk.zone), today) for at in times]
    return [
        Button(name[0].upper() + name[1:], f"visit_at:{ticket.id}:{written_times([at])}")
        for name, at in zip(named, times, strict=True)
    ]


# --- whoever holds it -----------------------------------------------------------------------------
def set_off(acting: Acting, ticket: Ticket, minutes: int = USUAL_MINUTES) -> Effect:
    """Yoldayım; again with other minutes where they were wrong. A wait is over with it.

    Raises NotAllowed, WrongState where nobody works on it.
    """
    _require_held(acting, ticket)
    known = of(acting, ticket)
    under_way = known.is_on_the_way(acting.now)
    if under_way and known.minutes == minutes:
        return Effect.NONE
    if ticket.state.waiting:
        _resume(acting, ticket)
    _log(acting, ticket, Change.SET_OFF, str(minutes))
    _saved(acting, ticket)
    notifications.reporter(
        acting,
        ticket,
        "update_on_the_way",
        slot=slot(ticket),
        fresh=not under_way,
        by=acting.person,
        minutes=minutes,
    )
    return Effect.CHANGED


def found_closed(acting: Acting, ticket: Ticket) -> Effect:
    """Kapalıydı: its clock stands; its reporter is asked which of two half-hours suits them. The leads hear of every
    third time. Raises as `set_off`."""
    _require_held(acting, ticket)
    if ticket.state is State.WAITING_ACCESS:
        return Effect.NONE
    ticket.wait(State.WAITING_ACCESS, "", by=acting.person.id, at=acting.now, channel=acting.channel)
    _offer(acting, ticket, "update_door_closed")
    closed = of(acting, ticket).closed
    if closed % CLOSED_TOO_OFTEN == 0:
        _tell_leads(acting, ticket, closed)
    return Effect.CHANGED


def offer(acting: Acting, ticket: Ticket) -> Effect:
    """Randevu: its reporter is asked which of two half-hours suits them. Raises as `set_off`."""
    _require_held(acting, ticket)
    if of(acting, ticket).offered:
        return Effect.NONE
    _offer(acting, ticket, "update_visit_offered")
    return Effect.CHANGED


def withdraw(acting: Acting, ticket: Ticket) -> Effect:
    """Geri al: what was said last of a visit, as long as its reporter has not answered. Raises as `set_off`."""
    _require_held(acting, ticket)
    known = of(acting, ticket)
    if known.undo is None:
        return Effect.NONE
    if ticket.state is State.WAITING_ACCESS and known.undo.closed < known.closed:
        _resume(acting, ticket)
    _log(acting, ticket, Change.VISIT_WITHDRAWN)
    _saved(acting, ticket)
    was_coming = known.set_off_at is not None
    notifications.reporter(
        acting, ticket, "update_visit_withdrawn", slot=slot(ticket), fresh=True, by=acting.person, was_coming=was_coming
    )
    return Effect.CHANGED


def is_own(acting: Acting, ticket: Ticket, line: int) -> bool:
    """Whether it is what was said last of a visit, by themselves: a colleague's is not taken back in passing."""
    history = timing.history_of(acting, ticket)
    return visit(history).line == line and 0 < line <= len(history) and history[line - 1].who == acting.person.id


def require_own(acting: Acting, ticket: Ticket, line: int) -> None:
    """Raises NotAllowed."""
    if not is_own(acting, ticket, line):
        raise NotAllowed(Action.VISIT, acting.person.handle)


# --- when -----------------------------------------------------------------------------------------
def agree(acting: Acting, ticket: Ticket, at: datetime) -> Effect:
    """By its reporter, one of the times that stand before them; by whoever holds it, any that they agreed on by
    telephone. The other side hears of it.

    Raises NotAllowed, WrongState, Invalid(`visit_over`) where that time is not offered any more, Invalid(`visit_past`,
    `visit_far`, `visit_off`) for one at which nobody comes.
    """
    by_worker = may(acting.person, Action.VISIT, ticket)
    require(acting.person, Action.VISIT if by_worker else Action.CHOOSE_VISIT, ticket)
    _require_worked_on(ticket)
    known = of(acting, ticket)
    if known.agreed == at:
        return Effect.NONE
    if not by_worker and at not in known.offered:
        raise Invalid("visit_over")
    require_possible(acting, ticket, at)
    _log(acting, ticket, Change.VISIT_AGREED, written_times([at]))
    _saved(acting, ticket)
    _tell_agreed(acting, ticket, at)
    if not by_worker:
        _tell_workers(acting, ticket, at)
    return Effect.CHANGED


def refuse(acting: Acting, ticket: Ticket) -> Effect:
    """By its reporter: none of these times suits them, or the one that was agreed on no longer does."""
    require(acting.person, Action.CHOOSE_VISIT, ticket)
    known = of(acting, ticket)
    if not known.offered and known.agreed is None:
        return Effect.NONE
    _log(acting, ticket, Change.VISIT_REFUSED)
    _saved(acting, ticket)
    _tell_workers(acting, ticket, None)
    return Effect.CHANGED


def begin(work: UseCaseContext, ticket: Ticket, at: datetime) -> None:
    """The time that was agreed on has come: the wait for it ends then, whoever is late."""
    if ticket.state is State.WAITING_ACCESS:
        last = timing.history_of(work, ticket)[-1].at
        ticket.resume(by=None, at=max(at, last), channel="desk", reason="visit")
        work.uow.tickets.save(ticket)


def _require_held(acting: Acting, ticket: Ticket) -> None:
    require(acting.person, Action.VISIT, ticket)
    _require_worked_on(ticket)


def _require_worked_on(ticket: Ticket) -> None:
    if not ticket.state.active or ticket.holder is None:
        raise WrongState(ticket.number, ticket.state, "visit")


def require_possible(acting: Acting, ticket: Ticket, at: datetime) -> None:
    """Raises Invalid(`visit_past`, `visit_far`, `visit_off`)."""
    time_of_unit = acting.working_time(ticket.unit)
    if at <= acting.now:
        raise Invalid("visit_past", at=at)
    if at > acting.now + FARTHEST:
        raise Invalid("visit_far", at=at)
    if not time_of_unit.is_working_at(at):
        raise Invalid("visit_off", at=at)


def _resume(acting: Acting, ticket: Ticket) -> None:
    ticket.resume(by=acting.person.id, at=acting.now, channel=acting.channel, reason="visit")


def _log(acting: Acting, ticket: Ticket, what: Change, after: str | None = None) -> None:
    ticket.log(what, by=acting.person.id, at=acting.now, channel=acting.channel, after=after)


def _saved(acting: Acting, ticket: Ticket) -> None:
    acting.uow.tickets.save(ticket)
    cards.refresh(acting, ticket)


# --- who hears of it ------------------------------------------------------------------------------
def _offer(acting: Acting, ticket: Ticket, template: str) -> None:
    holder = PersonId(ticket.holder or 0)
    times = two_times(acting.now, acting.working_time(ticket.unit), _taken(acting, ticket, holder))
    _log(acting, ticket, Change.VISIT_OFFERED, written_times(times))
    _saved(acting, ticket)
    buttons = [*time_buttons(acting, ticket, times), Button("Uymuyor", f"visit_no:{ticket.id}")]
    by = acting.uow.people.get(holder)
    notifications.reporter(acting, ticket, template, buttons=buttons, slot=slot(ticket), fresh=True, by=by)


def _taken(acting: Acting, ticket: Ticket, holder: PersonId) -> list[Span]:
    """When that person comes to somebody else, or may have to, and when they are away."""
    others = [of(acting, other) for other in acting.uow.tickets.held_by(holder) if other.id != ticket.id]
    visits = [at for other in others for at in (*other.offered, other.agreed) if at is not None]
    leaves = acting.uow.absences.between(acting.now, acting.now + FARTHEST)
    away = [(leave.starts, leave.ends) for leave in leaves if leave.person == holder]
    return [*((at, at + LENGTH) for at in visits), *away]


def _tell_agreed(work: UseCaseContext, ticket: Ticket, at: datetime) -> None:
    notifications.reporter(
        work,
        ticket,
        "update_visit_agreed",
        buttons=[Button("Saat uymuyor", f"visit_no:{ticket.id}")],
        slot=slot(ticket),
        fresh=True,
        by=work.uow.people.get(PersonId(ticket.holder or 0)),
        time=local_time(work, ticket, at),
    )


def _tell_workers(acting: Acting, ticket: Ticket, at: datetime | None) -> None:
    """What its reporter chose; None: nothing suits them."""
    holder = acting.uow.people.get(PersonId(ticket.holder)) if ticket.holder else None
    time, title = None if at is None else local_time(acting, ticket, at), acting.desk.subject(ticket)
    cards.tell_workers(acting, ticket, "work_visit", title=title, who=acting.person, holder=holder, time=time)


def local_time(work: UseCaseContext, ticket: Ticket, at: datetime) -> str:
    """`yarın 14.00`."""
    return coming_time(at.astimezone(work.desk.zone), work.working_time(ticket.unit).local_date(work.now))


def _tell_leads(acting: Acting, ticket: Ticket, closed: int) -> None:
    title = acting.desk.subject(ticket)
    for lead in presence.leaders_at_work(acting, ticket.unit):
        for place in cards.private_addresses_of(acting, lead):
            acting.say(place, "work_closed_often", ticket=ticket, title=title, by=acting.person, closed=closed)
            cards.show(acting, ticket, place, fresh=True)
