"""Nöbet: who answers emergencies outside working time; written down by a lead, drawn fairly, changed by colleagues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import partial

from handlers.context import Acting, UseCaseContext
from handlers.domain.calendar import SpecialKind
from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.idempotency import told_of_duty
from handlers.domain.people import Person, PersonId, Role, UnitId
from handlers.domain.rights import Action, require
from handlers.domain.rota import FIRST, SECOND, Duty, gaps, span_of
from handlers.domain.states import Priority
from handlers.domain.working_time import Span
from handlers.people import absences
from handlers.tickets import cards, presence

FARTHEST = timedelta(days=366)
DRAWN_AT_ONCE = timedelta(days=7)
GAPS_LOOKED_AT = timedelta(days=14)
WEEK_BEFORE, DAY_BEFORE_AT = timedelta(days=7), time(16)
_MOMENT = timedelta(microseconds=1)


# --- written down ---------------------------------------------------------------------------------
def proposed(acting: Acting, person: Person, days: Sequence[date], place: int = FIRST) -> Duty:
    """From the end of work of the first of those days to the opening behind the last.

    Raises NotAllowed; Invalid(`not_in_unit`, `duty_past`, `day_far_away`, `duty_overlaps`, `person_on_leave`).
    """
    require(acting.person, Action.KEEP_ROTA)
    unit = unit_of(acting.person)
    if not person.works_in(unit):
        raise Invalid("not_in_unit", who=person)
    clock = acting.working_time(unit)
    if days[-1] - clock.local_date(acting.now) > FARTHEST:
        raise Invalid("day_far_away", day=days[-1])
    starts, ends = span_of(clock, days[0], days[-1])
    made = Duty(
        unit=unit,
        person=person.id,
        starts=starts,
        ends=ends,
        place=place,
        entered_by=acting.person.id,
        entered_at=acting.now,
    )
    _require_possible(acting, made)
    return made


def unit_of(person: Person) -> UnitId:
    """Whose rota somebody writes down. Raises NotAllowed."""
    units = [person.unit, *(right.unit for right in person.lent if right.role is Role.LEAD)]
    found = next((unit for unit in units if unit is not None), None)
    if found is None:
        raise NotAllowed(Action.KEEP_ROTA, person.handle)
    return found


def _require_possible(acting: Acting, made: Duty) -> None:
    if made.ends <= acting.now:
        raise Invalid("duty_past")
    for other in acting.uow.rota.between(made.starts, made.ends - _MOMENT):
        if other.unit == made.unit and other.place == made.place and other.id != made.id:
            raise Invalid("duty_overlaps", who=acting.uow.people.get(other.person), duty=other)
    _require_there(acting, acting.uow.people.get(made.person), made)


def _require_there(acting: Acting, person: Person, duty: Duty, *, taking: bool = False) -> None:
    for leave in acting.uow.absences.between(duty.starts, duty.ends - _MOMENT):
        if leave.person == person.id:
            days = absences.days_of(acting, person, leave)
            raise Invalid("duty_taker_away" if taking else "person_on_leave", who=person, **days)


def add(acting: Acting, duties: Sequence[Duty]) -> Sequence[Duty]:
    """Each of them hears of it. Raises as `proposed`."""
    require(acting.person, Action.KEEP_ROTA)
    added = list[Duty]()
    for made in duties:
        if made.unit != unit_of(acting.person):
            raise NotAllowed(Action.KEEP_ROTA, acting.person.handle)
        _require_possible(acting, made)
        added.append(acting.uow.rota.add(replace(made, entered_by=acting.person.id, entered_at=acting.now)))
        _changed(acting, "duty_added", added[-1])
        _tell(acting, [made.person], "duty_given", added[-1])
    return added


def withdraw(acting: Acting, duty: Duty) -> Duty | None:
    """None where it is gone, or over. Raises NotAllowed."""
    require(acting.person, Action.KEEP_ROTA)
    if duty.unit != unit_of(acting.person):
        raise NotAllowed(Action.KEEP_ROTA, acting.person.handle)
    if duty.withdrawn_at is not None or duty.ends <= acting.now:
        return None
    gone = replace(duty, withdrawn_at=acting.now)
    acting.uow.rota.save(gone)
    _changed(acting, "duty_withdrawn", gone)
    _tell(acting, [duty.person], "duty_gone", duty)
    return gone


def _changed(acting: Acting, what: str, duty: Duty) -> None:
    """The time of emergencies counts anew."""
    acting.uow.timings.count_anew(duty.starts, duty.ends)
    handle = acting.uow.people.get(duty.person).handle
    about = f"{handle} {duty.unit} {duty.place} {duty.starts.isoformat()} {duty.ends.isoformat()}"
    acting.uow.audit.log(acting.now, acting.person.id, what, about, acting.channel)


def _places(work: UseCaseContext, people: Sequence[PersonId]) -> Sequence[str]:
    """Of all but who does it."""
    others = [work.uow.people.get(one) for one in dict.fromkeys(people) if one != work.actor]
    return [address for one in others for address in cards.private_addresses_of(work, one)]


def _tell(work: UseCaseContext, people: Sequence[PersonId], template: str, duty: Duty) -> None:
    for address in _places(work, people):
        work.say(address, template, duty=duty)


# --- drawn ----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Burden:
    """What somebody has had, and is to have, in a year: what people quarrel about."""

    nights: int
    feasts: int
    """Days on which nobody works by law, and their eves."""


def burdens(work: UseCaseContext, unit: UnitId, year: int, further: Sequence[Duty] = ()) -> dict[PersonId, Burden]:
    """Of the first nöbetçi alone: the second is asked only where the first does not answer."""
    clock, feasts = work.working_time(unit), _feasts(work, unit)
    nights, on_feasts = Counter[PersonId](), Counter[PersonId]()
    known = [one for one in work.uow.rota.standing() if one.unit == unit]
    for duty in [one for one in (*known, *further) if one.place == FIRST]:
        first, last = clock.local_date(duty.starts), clock.local_date(duty.ends)
        days = [first + timedelta(days=n) for n in range((last - first).days)]
        nights[duty.person] += sum(day.year == year for day in days)
        on_feasts[duty.person] += sum(day.year == year and day in feasts for day in days)
    people = [one.id for one in presence.workers_of(work, unit)]
    return {person: Burden(nights[person], on_feasts[person]) for person in people}


def _feasts(work: UseCaseContext, unit: UnitId) -> frozenset[date]:
    kinds = (SpecialKind.HOLIDAY, SpecialKind.HALF)
    days = work.time_rules.calendar.special_days
    return frozenset(
        one.day for one in days if one.kind in kinds and one.withdrawn_at is None and one.unit in (None, unit)
    )


def drawn(acting: Acting, first: date, last: date) -> Sequence[Duty]:
    """Week by week among the technicians of the unit who are there: who had the least feasts where the week has one,
    else the least nights; a second where there are two. Raises NotAllowed, Invalid(`duty_nobody`) and as `proposed`."""
    require(acting.person, Action.KEEP_ROTA)
    unit = unit_of(acting.person)
    feasts, found, latest = _feasts(acting, unit), list[Duty](), PersonId(0)
    while first <= last:
        until = min(first + DRAWN_AT_ONCE - timedelta(days=1), last)
        days = [first + timedelta(days=n) for n in range((until - first).days + 1)]
        there = _there(acting, unit, days)
        if not there:
            raise Invalid("duty_nobody", first=days[0], last=days[-1])
        had, feast = burdens(acting, unit, first.year, found), any(day in feasts for day in days)
        there = sorted(there, key=partial(_weight, had, latest, feast=feast))
        latest = there[0].id
        found += [proposed(acting, one, days, place) for one, place in zip(there, (FIRST, SECOND), strict=False)]
        first = until + timedelta(days=1)
    return found


def _weight(had: Mapping[PersonId, Burden], latest: PersonId, person: Person, *, feast: bool) -> tuple[int, int, bool]:
    """Of equals not whoever had the week before."""
    own = had[person.id]
    counted = (own.feasts, own.nights) if feast else (own.nights, own.feasts)
    return (*counted, person.id == latest)


def _there(acting: Acting, unit: UnitId, days: Sequence[date]) -> list[Person]:
    starts, ends = span_of(acting.working_time(unit), days[0], days[-1])
    away = {one.person for one in acting.uow.absences.between(starts, ends - _MOMENT)}
    return [one for one in acting.uow.people.in_role(Role.TECHNICIAN, unit) if one.id not in away]


# --- shown ----------------------------------------------------------------------------------------
def coming(work: UseCaseContext, unit: UnitId) -> Sequence[Duty]:
    """Who is on call now, and from now on."""
    return [one for one in work.uow.rota.between(work.now, work.now + FARTHEST) if one.unit == unit]


def gaps_of(work: UseCaseContext, unit: UnitId) -> Sequence[Span]:
    """Of the fortnight to come: outside working time without a first nöbetçi. Nothing where the unit has no rota."""
    duties = [one for one in work.uow.rota.standing() if one.unit == unit]
    if not duties:
        return ()
    return gaps(duties, work.working_time(unit), work.now, work.now + GAPS_LOOKED_AT)


# --- changed with a colleague ---------------------------------------------------------------------
def offer(acting: Acting, duty: Duty) -> Sequence[Person]:
    """Değiş: who may take it and is asked. Raises NotAllowed for another's, Invalid(`duty_past`)."""
    require(acting.person, Action.SEE_ROTA)
    if duty.person != acting.person.id:
        raise NotAllowed(Action.SEE_ROTA, acting.person.handle)
    if duty.withdrawn_at is not None or duty.ends <= acting.now:
        raise Invalid("duty_past")
    acting.uow.rota.save(replace(duty, offered_at=acting.now))
    return [one for one in presence.workers_of(acting, duty.unit) if one.id != duty.person]


def take(acting: Acting, duty: Duty) -> Duty:
    """The first who presses has it; whose it was and the leads hear it.

    Raises NotAllowed, Invalid(`duty_taken`, `duty_taker_away`, `duty_overlaps`).
    """
    require(acting.person, Action.SEE_ROTA)
    if not acting.person.works_in(duty.unit):
        raise NotAllowed(Action.SEE_ROTA, acting.person.handle)
    if duty.withdrawn_at is not None or duty.offered_at is None or duty.ends <= acting.now:
        raise Invalid("duty_taken", who=acting.uow.people.get(duty.person))
    _require_there(acting, acting.person, duty, taking=True)
    for other in acting.uow.rota.between(duty.starts, duty.ends - _MOMENT):
        if other.person == acting.person.id and other.id != duty.id:
            raise Invalid("duty_overlaps", who=acting.person, duty=other)
    taken = replace(duty, person=acting.person.id, swapped_from=duty.person, offered_at=None)
    acting.uow.rota.save(taken)
    _changed(acting, "duty_swapped", taken)
    leads = [one.id for one in presence.leads_of(acting, duty.unit)]
    former = acting.uow.people.get(duty.person)
    for address in _places(acting, [duty.person, *leads]):
        acting.say(address, "duty_swapped", duty=taken, who=acting.person, former=former)
    return taken


# --- told by the clock ----------------------------------------------------------------------------
def tell_due(work: UseCaseContext) -> None:
    """A week before, the day before at 16:00, at the start, at the end; on Mondays leads hear of gaps."""
    for duty in work.uow.rota.between(work.now - timedelta(hours=12), work.now + WEEK_BEFORE):
        what = _due(work, duty)
        if what and work.uow.once.first(told_of_duty(duty.id, duty.person, what), work.now):
            waiting = work.uow.tickets.unclaimed_since({Priority.URGENT: work.now})
            count = sum(ticket.unit == duty.unit for ticket in waiting)
            for address in _places(work, [duty.person]):
                work.say(address, "duty_told", duty=duty, what=what, count=count)
    _tell_gaps(work)


def _due(work: UseCaseContext, duty: Duty) -> str:
    clock = work.working_time(duty.unit)
    day_before = clock.at(clock.local_date(duty.starts) - timedelta(days=1), DAY_BEFORE_AT)
    if duty.ends <= work.now:
        return "over"
    if duty.starts <= work.now:
        return "begins"
    if day_before <= work.now:
        return "tomorrow"
    return "week" if clock.is_working_at(work.now) else ""


def _tell_gaps(work: UseCaseContext) -> None:
    for unit in work.desk.units:
        clock = work.working_time(unit)
        today = clock.local_date(work.now)
        if today.weekday() or not clock.is_working_at(work.now) or not (found := gaps_of(work, unit)):
            continue
        for lead in presence.leads_of(work, unit):
            if work.uow.once.first(told_of_duty(0, lead.id, f"gaps:{unit}:{today}"), work.now):
                for address in cards.private_addresses_of(work, lead):
                    work.say(address, "rota_gaps", gaps=found)
