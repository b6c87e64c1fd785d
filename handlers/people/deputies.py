"""Vekâlet: a lead or the director names who acts with their right for a time; it ends by itself, to the minute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from handlers.context import Acting, UseCaseContext
from handlers.domain.deputies import Deputy
from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.idempotency import told_of_deputy
from handlers.domain.people import Person, PersonId, Role
from handlers.domain.rights import Action, require
from handlers.people import absences
from handlers.tickets import cards

FARTHEST = timedelta(days=366)
TOLD_WITHIN = timedelta(days=7)
"""How long after its end both are still told of it, where the desk was not running."""
_MOMENT = timedelta(microseconds=1)


def proposed(
    acting: Acting,
    deputy: Person,
    days: Sequence[date],
    *,
    starts: time | None = None,
    ends: time | None = None,
    document: str = "",
    document_day: date | None = None,
    restricted: bool = False,
) -> Deputy:
    """For the role that whoever asks has. Raises NotAllowed; Invalid(`deputy_oneself`, `deputy_works_here`,
    `deputy_document`, `deputy_document_day`, `deputy_past`, `day_far_away`, `deputy_overlaps`, `person_on_leave`)."""
    require(acting.person, Action.NAME_DEPUTY)
    clock = acting.working_time(acting.person.unit)
    begin = clock.at(days[0], starts or time.min)
    end = clock.at(days[-1], ends) if ends else clock.at(days[-1] + timedelta(days=1), time.min)
    if days[-1] - clock.local_date(acting.now) > FARTHEST:
        raise Invalid("day_far_away", day=days[-1])
    made = Deputy(
        person=acting.person.id,
        deputy=deputy.id,
        role=acting.person.role,
        unit=acting.person.unit,
        starts=max(begin, acting.now),
        ends=end,
        document=document,
        document_day=document_day if document else None,
        restricted=restricted,
        entered_at=acting.now,
    )
    _require_possible(acting, made)
    return made


def _require_possible(acting: Acting, made: Deputy) -> None:
    deputy = acting.uow.people.get(made.deputy)
    if deputy.id == acting.person.id:
        raise Invalid("deputy_oneself")
    if deputy.gone or deputy.role not in (Role.TECHNICIAN, Role.LEAD, Role.DIRECTOR):
        raise Invalid("deputy_works_here")
    if made.role is Role.LEAD and deputy.role is not Role.DIRECTOR and not deputy.works_in(made.unit or ""):
        raise Invalid("deputy_works_here")
    if made.ends <= acting.now:
        raise Invalid("deputy_past")
    if made.role is Role.DIRECTOR and not (made.document and made.document_day):
        raise Invalid("deputy_document", number=made.document)
    if made.document_day is not None and made.document_day > acting.working_time(made.unit).local_date(acting.now):
        raise Invalid("deputy_document_day")
    for other in acting.uow.deputies.between(made.starts, made.ends - _MOMENT):
        if (other.role, other.unit) == (made.role, made.unit) and other.until > max(made.starts, other.starts):
            raise Invalid("deputy_overlaps", who=acting.uow.people.get(other.deputy), document=other.document)
    for leave in acting.uow.absences.between(made.starts, made.ends - _MOMENT):
        if leave.person == deputy.id:
            raise Invalid("person_on_leave", who=deputy, **absences.days_of(acting, deputy, leave))


def add(acting: Acting, made: Deputy) -> Deputy:
    """The deputy hears of it. Raises as `proposed`."""
    require(acting.person, Action.NAME_DEPUTY)
    if (made.person, made.role, made.unit) != (acting.person.id, acting.person.role, acting.person.unit):
        raise NotAllowed(Action.NAME_DEPUTY, acting.person.handle)
    _require_possible(acting, made)
    added = acting.uow.deputies.add(replace(made, entered_at=acting.now))
    _log(acting, "deputy_named", added)
    _tell(acting, added, [added.deputy], "deputy_told")
    return added


def end(acting: Acting, one: Deputy) -> Deputy | None:
    """Now; one that has not begun never does. None where it is over. Raises NotAllowed for another's."""
    require(acting.person, Action.NAME_DEPUTY)
    if one.person != acting.person.id:
        raise NotAllowed(Action.NAME_DEPUTY, acting.person.handle)
    if one.until <= acting.now:
        return None
    ended = replace(one, ended_at=acting.now)
    acting.uow.deputies.save(ended)
    _log(acting, "deputy_ended", ended)
    acting.uow.once.first(told_of_deputy(one.id, "ended"), acting.now)
    _tell(acting, one, [one.deputy], "deputy_over")
    return ended


def of(acting: Acting) -> Sequence[Deputy]:
    """Those that hold or will, which somebody named or is."""
    mine = (acting.person.id,)
    found = acting.uow.deputies.between(acting.now, acting.now + FARTHEST)
    coming = [one for one in found if one.until > max(acting.now, one.starts)]
    return [one for one in coming if one.person in mine or one.deputy in mine]


def tell_due(work: UseCaseContext) -> None:
    """Both hear when it begins and when it is over."""
    for one in work.uow.deputies.between(work.now - TOLD_WITHIN, work.now):
        if one.until <= one.starts:
            continue
        over = one.until <= work.now
        template = "deputy_over" if over else "deputy_begins"
        if work.uow.once.first(told_of_deputy(one.id, "ended" if over else "began"), work.now):
            _tell(work, one, [one.person, one.deputy], template)


def _tell(work: UseCaseContext, one: Deputy, people: Sequence[PersonId], template: str) -> None:
    for person in people:
        for address in cards.private_addresses_of(work, work.uow.people.get(person)):
            work.say(address, template, own=person == one.person, **about(work, one))


def about(work: UseCaseContext, one: Deputy) -> dict[str, Any]:
    """As texts are filled with it."""
    person = work.uow.people.get(one.person)
    clock = work.working_time(one.unit)
    starts, ends = (at.astimezone(clock.zone) for at in (one.starts, one.until))
    return {
        "who": work.uow.people.get(one.deputy),
        "person": person,
        "role": one.role,
        "first": starts.date(),
        "last": (ends - _MOMENT).date() if ends > starts else starts.date(),
        "ends": ends.time() if ends.time() != time.min else None,
        "starts": None,
        "today": clock.local_date(work.now),
        "document": one.reference,
        "restricted": one.restricted,
    }


def _log(acting: Acting, what: str, one: Deputy) -> None:
    handle = acting.uow.people.get(one.deputy).handle
    about_it = f"{handle} {one.role}:{one.unit or '-'} {one.starts.isoformat()} {one.until.isoformat()} {one.reference}"
    acting.uow.audit.log(acting.now, acting.person.id, what, about_it.strip(), acting.channel)
