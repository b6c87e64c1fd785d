"""Gün sonu: what follows from a day, told before it ends to those who work on tickets and asked for it.

Nothing follows from a ticket that has time: then nobody hears anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from handlers.context import Acting, Effect, UseCaseContext
from handlers.domain.absences import Absence
from handlers.domain.errors import NotAllowed
from handlers.domain.idempotency import asked_before_leave, told_at_end_of_day
from handlers.domain.people import Person, PersonId, UnitId
from handlers.domain.ticket import Ticket, TicketId
from handlers.domain.working_time import NoWorkingTimeError, WorkingTime
from handlers.messages import Button
from handlers.people import absences
from handlers.tickets import cards, presence, timing, visits
from handlers.tickets.timing import Standing

MAX_LISTED = 5
OFF = Button("Gün sonunu kapat", "end_of_day:off")


@dataclass(frozen=True, slots=True)
class _Held:
    """A ticket of theirs, as it stands at the end of the day."""

    ticket: Ticket
    standing: Standing | None
    agreed: datetime | None
    """When its reporter expects somebody."""

    def follows(self, by: datetime, day: date) -> bool:
        """Whether something is to be done by then, which is on that day."""
        if self.agreed is not None and self.agreed <= by:
            return True
        standing = self.standing
        if standing is None:
            return False
        days = [one for one in (standing.promised, standing.look_again) if one is not None]
        return (standing.due is not None and standing.due <= by) or any(one <= day for one in days)


def wish(acting: Acting, *, wanted: bool) -> Effect:
    """From now on, or no more. Raises NotAllowed for somebody who holds no tickets."""
    if not acting.person.role.needs_unit:
        raise NotAllowed("end_of_day", acting.person.handle)
    if acting.person.end_of_day is wanted:
        return Effect.NONE
    acting.person.end_of_day = wanted
    acting.uow.people.save(acting.person)
    return Effect.CHANGED


def tell_due(work: UseCaseContext) -> None:
    """Once a day, while the unit still works; whom nobody could tell by then hears nothing of that day any more."""
    for unit in work.desk.units:
        clock = work.working_time(unit)
        day = clock.local_date(work.now)
        if not clock.is_working_at(work.now) or work.now < absences.before_closing(clock, day):
            continue
        wanting = [one for one in presence.workers_of(work, unit) if one.end_of_day]
        due = [
            person
            for person in presence.at_work(work, wanting)
            if work.uow.once.first(told_at_end_of_day(person.id, day), work.now)
        ]
        if due:
            solved = _solved_today(work, unit, clock, day)
            for person in due:
                _tell(work, person, clock, solved.get(person.id, 0))


def _solved_today(work: UseCaseContext, unit: UnitId, clock: WorkingTime, day: date) -> dict[PersonId, int]:
    return dict(work.uow.summaries.tally(unit, clock.at(day, time.min), work.now).resolved_by)


def _tell(work: UseCaseContext, person: Person, clock: WorkingTime, solved: int) -> None:
    held = [_standing(work, ticket) for ticket in work.uow.tickets.held_by(person.id)]
    leave = absences.to_be_asked(work, person) if held else None
    by = _next_end(clock, work.now)
    urgent = [one for one in held if one.follows(by, clock.local_date(by))]
    if leave is not None and not work.uow.once.first(asked_before_leave(leave.id), work.now):
        leave = None
    if not urgent and leave is None:
        return
    shown = [*urgent, *(one for one in held if one not in urgent)][:MAX_LISTED]
    for address in cards.private_addresses_of(work, person):
        _say(work, address, person, shown, len(held), solved, leave)


def _standing(work: UseCaseContext, ticket: Ticket) -> _Held:
    return _Held(ticket, timing.standing(work, ticket), visits.of(work, ticket).agreed)


def _next_end(clock: WorkingTime, now: datetime) -> datetime:
    """When the next working day ends."""
    today = clock.local_date(now)
    tomorrow = clock.at(today + timedelta(days=1), time.min)
    try:
        day = clock.local_date(clock.next_opening(tomorrow))
    except NoWorkingTimeError:
        return tomorrow
    ends = clock.ends(day)
    return tomorrow if ends is None else clock.at(day, ends)


def _say(
    work: UseCaseContext,
    address: str,
    person: Person,
    shown: Sequence[_Held],
    count: int,
    solved: int,
    leave: Absence | None,
) -> None:
    standings: dict[TicketId, Standing | None] = {one.ticket.id: one.standing for one in shown}
    days = {} if leave is None else absences.days_of(work, person, leave)
    work.say(
        address,
        "end_of_day",
        buttons=[*([] if leave is None else absences.choices_of(leave)), OFF],
        solved=solved,
        count=count,
        tickets=[one.ticket for one in shown],
        standings=standings,
        agreed={one.ticket.id: one.agreed for one in shown},
        leave=leave is not None,
        first=days.get("first"),
        last=days.get("last"),
        today=days.get("today"),
    )
