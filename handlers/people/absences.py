"""İzin: written down by whoever is away or leads them, shown before, taken back; done when it begins.

Nothing comes back by itself at its end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from handlers.context import Acting, UseCaseContext
from handlers.domain.absences import Absence, AbsenceKind, Choice, Fate, days_without_anybody
from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.idempotency import asked_before_leave
from handlers.domain.people import Person, PersonId, Role
from handlers.domain.rights import Action, may, may_enter_leave_of, require
from handlers.domain.ticket import Ticket
from handlers.domain.working_time import WorkingTime
from handlers.messages import Button
from handlers.tickets import cards, handing_over, presence

FARTHEST = timedelta(days=366)
TAKEN_BACK_WITHIN = timedelta(days=14)
ASKED_AT, BEFORE_CLOSING = time(16, 45), timedelta(minutes=15)
"""On the last working day before a leave; earlier where that day ends earlier."""
LOOKED_AHEAD = timedelta(days=16)
"""Feasts of nine days, with a margin."""
SLIP = timedelta(hours=1)
"""Taken back so soon after it was written down, a leave that runs never was; later, it ends."""
_MOMENT = timedelta(microseconds=1)


def proposed(
    acting: Acting,
    person: Person,
    days: Sequence[date],
    kind: AbsenceKind = AbsenceKind.OTHER,
    *,
    starts: time | None = None,
    ends: time | None = None,
) -> Absence:
    """From the first of those days (from an hour of it) to the last (until an hour of it).

    Raises NotAllowed; Invalid(`leave_past`, `day_far_away`, `leave_overlaps`).
    """
    require_for(acting, person)
    clock = acting.working_time(person.unit)
    today = clock.local_date(acting.now)
    if days[0] < today and not may(acting.person, Action.ENTER_LEAVE):
        raise Invalid("leave_past")
    if any(abs(day - today) > FARTHEST for day in (days[0], days[-1])):
        raise Invalid("day_far_away", day=days[-1])
    begin = clock.at(days[0], starts or time.min)
    end = clock.at(days[-1], ends) if ends else clock.at(days[-1] + timedelta(days=1), time.min)
    for known in acting.uow.absences.between(begin, end - _MOMENT):
        if known.person == person.id:
            raise Invalid("leave_overlaps", who=person, **days_of(acting, person, known))
    return Absence(
        person=person.id, starts=begin, ends=end, kind=kind, entered_by=acting.person.id, entered_at=acting.now
    )


def require_for(acting: Acting, person: Person) -> None:
    """Raises NotAllowed for a leave that is none of theirs."""
    require(acting.person, Action.TAKE_LEAVE)
    if not may_enter_leave_of(acting.person, person):
        raise NotAllowed(Action.ENTER_LEAVE, acting.person.handle)


def days_of(work: UseCaseContext, person: Person, absence: Absence) -> dict[str, Any]:
    """As texts are filled with it; a part of a day with its hours."""
    clock = work.working_time(person.unit)
    first, last = clock.local_date(absence.starts), presence.last_day(work, absence, person.unit)
    starts, ends = (at.astimezone(clock.zone).time() for at in (absence.starts, absence.ends))
    return {
        "today": clock.local_date(work.now),
        "first": first,
        "last": last,
        "starts": starts if starts != time.min else None,
        "ends": ends if ends != time.min else None,
        "kind": absence.kind.value,
    }


def days_alone(work: UseCaseContext, absence: Absence) -> Sequence[date]:
    """Days on which nobody of their unit would be there at some hour of work."""
    person = work.uow.people.get(absence.person)
    if person.unit is None:
        return ()
    others = work.uow.absences.between(absence.starts, absence.ends - _MOMENT)
    standing = [one for one in others if one.id != absence.id]
    workers = {one.id for one in presence.workers_of(work, person.unit)}
    clock = work.working_time(person.unit)
    first, last = clock.local_date(absence.starts), presence.last_day(work, absence, person.unit)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return days_without_anybody(workers, [*standing, absence], clock, days)


def coming(acting: Acting) -> Sequence[tuple[Person, Absence]]:
    """Of one's own unit (the director: of all), from today on."""
    found = acting.uow.absences.between(acting.now, acting.now + FARTHEST)
    people = [(acting.uow.people.get(one.person), one) for one in found]
    return [(person, one) for person, one in people if not person.gone and _may_know(acting.person, person)]


def _may_know(reader: Person, person: Person) -> bool:
    if reader.id == person.id or reader.role in (Role.DIRECTOR, Role.ADMIN):
        return True
    return reader.unit is not None and (person.unit in (reader.unit, None))


# --- writing it down ------------------------------------------------------------------------------
def add(acting: Acting, absence: Absence) -> Absence:
    """Whoever leads them hears of it; of somebody else's whoever is away. Raises NotAllowed, Invalid as `proposed`."""
    person = acting.uow.people.get(absence.person)
    require_for(acting, person)
    if any(one.person == person.id for one in acting.uow.absences.between(absence.starts, absence.ends - _MOMENT)):
        raise Invalid("leave_overlaps", who=person, **days_of(acting, person, absence))
    begun = acting.now if absence.starts <= acting.now else None  # what is chosen then is done at once
    added = acting.uow.absences.add(
        replace(absence, entered_by=acting.person.id, entered_at=acting.now, begun_at=begun)
    )
    _log(acting, "absence_added", person, added)
    _tell(acting, person, added, "leave_told", alone=days_alone(acting, added))
    return added


def _tell(acting: Acting, person: Person, absence: Absence, template: str, **data: object) -> None:
    for one in _who_hears(acting, person):
        for address in cards.private_addresses_of(acting, one):
            about = {**days_of(acting, person, absence), **data}
            acting.say(address, template, who=person, by=acting.person, own=one.id == person.id, **about)


def _who_hears(acting: Acting, person: Person) -> Sequence[Person]:
    leads = acting.uow.people.in_role(Role.LEAD, person.unit) if person.role is Role.TECHNICIAN else []
    above = leads or (acting.uow.people.in_role(Role.DIRECTOR) if person.role is not Role.DIRECTOR else [])
    return [one for one in [*above, person] if one.id != acting.person.id]


def take_back(acting: Acting, absence: Absence) -> Absence | None:
    """One that has not begun is withdrawn, one that runs ends now; what became of tickets stays. One that is over can
    be withdrawn for a fortnight, as a slip of the pen. None: it was taken back already.

    Raises NotAllowed, Invalid(`leave_is_over`).
    """
    person = acting.uow.people.get(absence.person)
    require_for(acting, person)
    if absence.withdrawn_at is not None:
        return None
    if absence.ends <= acting.now and acting.now - absence.entered_at > TAKEN_BACK_WITHIN:
        raise Invalid("leave_is_over")
    if absence.starts < acting.now < absence.ends and acting.now - absence.entered_at > SLIP:
        ended = replace(absence, ends=acting.now)
    else:
        ended = replace(absence, withdrawn_at=acting.now)
    acting.uow.absences.save(ended)
    _log(acting, "absence_withdrawn", person, ended)
    _tell(acting, person, absence, "leave_withdrawn")
    return ended


def _log(acting: Acting, what: str, person: Person, absence: Absence) -> None:
    """Without the kind: of whom and when is enough to say who wrote it down."""
    about = f"{person.handle} {absence.starts.isoformat()} {absence.ends.isoformat()}"
    acting.uow.audit.log(acting.now, acting.person.id, what, about, acting.channel)


# --- what becomes of their tickets ----------------------------------------------------------------
def receivers(work: UseCaseContext, absence: Absence) -> Sequence[Person]:
    """Colleagues of the unit who are there all that time."""
    person = work.uow.people.get(absence.person)
    if person.unit is None:
        return ()
    away = {one.person for one in work.uow.absences.between(absence.starts, absence.ends - _MOMENT)}
    return [one for one in presence.workers_of(work, person.unit) if one.id not in away | {person.id}]


def choose(acting: Acting, absence: Absence, choice: Choice) -> int:
    """For all that they hold; of a leave that runs it is done at once, else when it begins. How many tickets that are
    now. Raises NotAllowed, Invalid(`leave_is_over`, `person_on_leave`, `not_in_unit`)."""
    person = _require_choosing(acting, absence, choice)
    held = acting.uow.tickets.held_by(person.id)
    chosen = replace(absence, choice=choice)
    acting.uow.absences.save(chosen)
    for ticket in held:
        acting.uow.absences.choose(absence.id, ticket.id, choice)
    if absence.begun_at is not None:
        handing_over.hand_over(acting, person, {}, choice)
    return len(held)


def choose_for(acting: Acting, absence: Absence, ticket: Ticket, choice: Choice) -> None:
    """For one ticket of theirs. Raises as `choose`."""
    person = _require_choosing(acting, absence, choice)
    acting.uow.absences.choose(absence.id, ticket.id, choice)
    if absence.begun_at is not None and ticket.holder == person.id:
        handing_over.hand_over(acting, person, {ticket.id: choice}, None)


def _require_choosing(acting: Acting, absence: Absence, choice: Choice) -> Person:
    person = acting.uow.people.get(absence.person)
    require_for(acting, person)
    if absence.withdrawn_at is not None or absence.ends <= acting.now:
        raise Invalid("leave_is_over")
    if choice.to is not None:
        _require_there(acting, absence, person, choice.to)
    return person


def _require_there(acting: Acting, absence: Absence, person: Person, other: PersonId) -> None:
    receiver = acting.uow.people.get(other)
    if person.unit is None or not receiver.works_in(person.unit):
        raise Invalid("not_in_unit", who=receiver)
    for one in acting.uow.absences.between(max(absence.starts, acting.now), absence.ends - _MOMENT):
        if one.person == other:
            raise Invalid("person_on_leave", who=receiver, **days_of(acting, receiver, one))


def remind_of_choice(work: UseCaseContext) -> None:
    """On the last working day before a leave, at 16:45: of tickets for which nobody said what becomes of them."""
    for absence in work.uow.absences.between(work.now, work.now + LOOKED_AHEAD):
        person = work.uow.people.get(absence.person)
        if not _is_to_be_asked(work, person, absence):
            continue
        held = work.uow.tickets.held_by(person.id)
        if held and work.uow.once.first(asked_before_leave(absence.id), work.now):
            for address in cards.private_addresses_of(work, person):
                days = days_of(work, person, absence)
                work.say(address, "leave_tomorrow", buttons=choices_of(absence), count=len(held), **days)


def to_be_asked(work: UseCaseContext, person: Person) -> Absence | None:
    """The leave of theirs that comes next, where nobody said yet what becomes of their tickets."""
    ahead = work.uow.absences.between(work.now, work.now + LOOKED_AHEAD)
    return next((one for one in ahead if one.person == person.id and _is_to_be_asked(work, person, one)), None)


def _is_to_be_asked(work: UseCaseContext, person: Person, absence: Absence) -> bool:
    if absence.choice is not None or absence.starts <= work.now or person.unit is None or person.gone:
        return False
    clock = work.working_time(person.unit)
    (day,) = clock.previous_working_days(clock.local_date(absence.starts), 1)
    return work.now >= before_closing(clock, day) and not work.uow.absences.choices(absence.id)


def before_closing(clock: WorkingTime, day: date) -> datetime:
    """When somebody is still there and begins nothing any more: 16:45, or a quarter of an hour before work ends."""
    ends = clock.ends(day)
    asked = clock.at(day, ASKED_AT)
    return asked if ends is None else min(asked, clock.at(day, ends) - BEFORE_CLOSING)


def choices_of(absence: Absence) -> list[Button]:
    """What may become of tickets during a leave."""
    return [
        Button("Birime bırak", f"leave_all:{absence.id}:{Fate.TO_UNIT}"),
        Button("Bende kalsın", f"leave_all:{absence.id}:{Fate.STAYS}"),
        Button("Tek tek seçeyim", f"leave_each:{absence.id}"),
    ]


def begin_due(work: UseCaseContext) -> None:
    """Leaves that began: what was chosen is done when their unit opens, so that nobody is rung at midnight."""
    for absence in work.uow.absences.to_begin(work.now):
        person = work.uow.people.get(absence.person)
        over = absence.ends <= work.now
        if not over and not work.working_time(person.unit).is_working_at(work.now):
            continue
        work.uow.absences.save(replace(absence, begun_at=work.now))
        if not over and not person.gone:
            done = handing_over.hand_over(work, person, work.uow.absences.choices(absence.id), absence.choice)
            _tell_leaders(work, person, absence, done)


def _tell_leaders(work: UseCaseContext, person: Person, absence: Absence, done: handing_over.HandedOver) -> None:
    """What stayed with them is for a lead to know: what reporters write to it comes to the lead, too."""
    if person.unit is None or not done.stayed:
        return
    for leader in presence.leaders_at_work(work, person.unit):
        if leader.id == person.id:
            continue
        for address in cards.private_addresses_of(work, leader):
            work.say(
                address,
                "leave_begins",
                who=person,
                tickets=done.stayed[: handing_over.MAX_LISTED],
                count=len(done.stayed),
                **days_of(work, person, absence),
            )
