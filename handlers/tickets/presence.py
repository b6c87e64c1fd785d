"""Who of those who work on tickets is there: whom to ring, to ask, to give something to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from handlers.context import UseCaseContext
from handlers.domain.absences import Absence, Fate
from handlers.domain.people import Lent, Person, Role, UnitId
from handlers.domain.ticket import Ticket


def absence_of(work: UseCaseContext, person: Person) -> Absence | None:
    """The leave on which they are now."""
    away = (one for one in work.uow.absences.between(work.now, work.now) if one.person == person.id)
    return next(away, None)


def at_work(work: UseCaseContext, people: Iterable[Person]) -> list[Person]:
    """Of them those who are not away."""
    return [person for person in people if not work.is_away(person)]


def workers_of(work: UseCaseContext, unit: UnitId) -> list[Person]:
    people = work.uow.people
    return [*people.in_role(Role.TECHNICIAN, unit), *people.in_role(Role.LEAD, unit)]


def leads_of(work: UseCaseContext, unit: UnitId) -> list[Person]:
    """The leads of the unit, and who deputises for one now."""
    return [*work.uow.people.in_role(Role.LEAD, unit), *_deputies(work, Role.LEAD, unit)]


def directors_of(work: UseCaseContext) -> list[Person]:
    """The directors, and who deputises for one now."""
    return [*work.uow.people.in_role(Role.DIRECTOR), *_deputies(work, Role.DIRECTOR, None)]


def _deputies(work: UseCaseContext, role: Role, unit: UnitId | None) -> list[Person]:
    return [person for person, _ in deputising(work, role, unit)]


def deputising(work: UseCaseContext, role: Role, unit: UnitId | None = None) -> list[tuple[Person, Lent]]:
    """Who has that role's right now beside their own, once each; also where a deputy's own deputy acts."""
    now = [one for one in work.uow.deputies.between(work.now, work.now) if one.is_at(work.now)]
    people = {one.deputy: work.uow.people.get(one.deputy) for one in now}
    lent = [(person, [r for r in person.lent if (r.role, r.unit) == (role, unit)]) for person in people.values()]
    return [(person, rights[0]) for person, rights in lent if rights]


def leaders_at_work(work: UseCaseContext, unit: UnitId) -> list[Person]:
    """The leads of the unit; where all of them are away, the directors; where those are too, all of them."""
    leads, directors = leads_of(work, unit), directors_of(work)
    return at_work(work, leads) or at_work(work, directors) or [*leads, *directors]


def last_day(work: UseCaseContext, absence: Absence, unit: UnitId | None) -> date:
    """On which they are away."""
    return work.working_time(unit).local_date(absence.ends - timedelta(microseconds=1))


def stand_in(work: UseCaseContext, absence: Absence) -> Person | None:
    """Who deputises for whoever is away, else who takes over their tickets; somebody who is there."""
    deputies = [one for one in work.uow.deputies.between(work.now, work.now) if one.is_at(work.now)]
    for one in deputies:
        if one.person == absence.person and not work.is_away(deputy := work.uow.people.get(one.deputy)):
            return deputy
    if absence.choice is None or absence.choice.fate is not Fate.TO_PERSON or absence.choice.to is None:
        return None
    other = work.uow.people.get(absence.choice.to)
    return None if other.gone or work.is_away(other) else other


def leaders_instead(work: UseCaseContext, ticket: Ticket) -> Sequence[Person]:
    """Who hears beside a holder who is away; nobody while the holder is there."""
    holder = None if ticket.holder is None else work.uow.people.get(ticket.holder)
    if holder is None or not work.is_away(holder):
        return []
    return leaders_at_work(work, ticket.unit)
