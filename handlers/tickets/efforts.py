"""Harcanan süre: one tap of whoever completed a ticket, or a line of anybody who worked on it; nobody has to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from handlers.context import Acting, Effect, UseCaseContext
from handlers.domain.efforts import CHOICES, MOST_MINUTES, Effort, efforts, total, usual
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.people import UnitId
from handlers.domain.rights import Action, require
from handlers.domain.states import Change, TicketEvent
from handlers.domain.ticket import Ticket
from handlers.ports import EffortOnSubject
from handlers.tickets import timing

MEASURED_BY = 20
"""The newest tickets of a subject in a unit, by which it is said what is usual."""
MEASURED_WITHIN = timedelta(days=90)
SUMMED_OVER = timedelta(days=30)


def is_kept(work: UseCaseContext, unit: UnitId) -> bool:
    """A house may leave it to some of its units."""
    return unit not in work.desk.units_without_effort


def offered(work: UseCaseContext, ticket: Ticket) -> Sequence[int]:
    """Minutes: the choices, and half a day of the unit."""
    time_of_unit = work.working_time(ticket.unit)
    half_a_day = time_of_unit.days.full_day(time_of_unit.local_date(work.now)) / 2
    return [*CHOICES, half_a_day // timedelta(minutes=1)]


def usual_of(work: UseCaseContext, ticket: Ticket) -> int | None:
    """What is usual for its subject, of what is offered."""
    others = work.uow.timings.lately(ticket.unit, ticket.category, work.now - MEASURED_WITHIN, MEASURED_BY)
    known = [one.minutes for other in others for one in efforts(timing.history_of(work, other))]
    return usual(known, offered(work, ticket))


def of(work: UseCaseContext, ticket: Ticket) -> timedelta:
    """Of everybody together: what one person spent is told nowhere."""
    return total(timing.history_of(work, ticket))


def add(acting: Acting, ticket: Ticket, minutes: int) -> Effort:
    """Raises NotAllowed, Invalid(`effort_off`, `effort_length`)."""
    require(acting.person, Action.ADD_EFFORT, ticket)
    require_possible(acting, ticket, minutes)
    ticket.log(Change.SPENT, by=acting.person.id, at=acting.now, channel=acting.channel, after=str(minutes))
    added = Effort(len(timing.history_of(acting, ticket)), acting.person.id, minutes)
    acting.uow.tickets.save(ticket)
    return added


def require_possible(work: UseCaseContext, ticket: Ticket, minutes: int) -> None:
    """Raises Invalid(`effort_off`, `effort_length`)."""
    if not is_kept(work, ticket.unit):
        raise Invalid("effort_off")
    if not 0 < minutes <= MOST_MINUTES:
        raise Invalid("effort_length", hours=MOST_MINUTES // 60)


def require_own(acting: Acting, ticket: Ticket, line: int) -> TicketEvent:
    """Raises NotFound for a line of the history that is none of theirs."""
    history = timing.history_of(acting, ticket)
    said = history[line - 1] if 0 < line <= len(history) else None
    if said is None or said.what is not Change.SPENT or said.after is None or said.who != acting.person.id:
        raise NotFound("effort", line)
    return said


def take_back(acting: Acting, ticket: Ticket, line: int) -> Effect:
    """Geri al: one's own. Raises NotAllowed, NotFound for a line of the history that is none of theirs."""
    require(acting.person, Action.ADD_EFFORT, ticket)
    said = require_own(acting, ticket, line)
    if all(one.line != line for one in efforts(timing.history_of(acting, ticket))):
        return Effect.NONE
    ticket.log(
        Change.SPENT,
        by=acting.person.id,
        at=acting.now,
        channel=acting.channel,
        before=said.after,
        reason=str(line),
    )
    acting.uow.tickets.save(ticket)
    return Effect.CHANGED


def by_subject(acting: Acting) -> Sequence[EffortOnSubject]:
    """Of what was lately opened in the own unit, in all units for whoever reads all. Raises NotAllowed."""
    require(acting.person, Action.SEE_SUMMARY)
    units = [unit for unit in acting.desk.units if acting.person.unit in (None, unit) and is_kept(acting, unit)]
    return acting.uow.summaries.efforts(units, acting.now - SUMMED_OVER)
