"""Who is reminded of a document to be answered: at half of its time, five and one working days before, and each working
day when it is over; then its holder, from the second day on their leads too, from the third the director."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from handlers.context import Acting, UseCaseContext
from handlers.documents import access
from handlers.domain.document_tracks import (
    DocumentTrack,
    Step,
    overdue_from,
    step_on,
    working_days_left,
)
from handlers.domain.idempotency import IdempotencyKey, document_reminded, documents_looked_at
from handlers.domain.officers import Office, answerable
from handlers.domain.people import Person
from handlers.domain.working_time import WorkingTime
from handlers.messages import Button
from handlers.people.officers import of_who_is_here
from handlers.tickets import cards, presence


def remind(work: UseCaseContext) -> None:
    """A tick; once each working day, in working time. Each step once, and anew where the last day changed."""
    time = work.working_time()
    today = time.local_date(work.now)
    if not time.is_working_at(work.now) or not work.uow.once.first(documents_looked_at(today), work.now):
        return
    for one in work.uow.document_tracks.open():
        step = step_on(one, today, time.is_working_day)
        if step is not None and work.uow.once.first(_mark(one, step, today), work.now):
            _tell(work, one, step, today, time)


def tell_holder(acting: Acting, one: DocumentTrack) -> None:
    """It was given to them; what is due by now is told with it."""
    time = acting.working_time()
    today = time.local_date(acting.now)
    step = step_on(one, today, time.is_working_day)
    if step is not None:
        acting.uow.once.first(_mark(one, step, today), acting.now)
    if one.holder is not None and one.holder != acting.person.id:
        _say(acting, acting.uow.people.get(one.holder), "document_given", one, today, time, by=acting.person)


def buttons(one: DocumentTrack) -> Sequence[Button]:
    return (
        Button("Cevaplandı", f"document_answer:{one.id}"),
        Button("Süre uzadı", f"document_extend:{one.id}"),
        Button("Devret", f"document_pass:{one.id}"),
    )


def _mark(one: DocumentTrack, step: Step, today: date) -> IdempotencyKey:
    last_day = "" if one.last_day is None else one.last_day.isoformat()
    return document_reminded(one.id, f"{step}{today.isoformat() if step is Step.OVER else ''}:{last_day}")


def _tell(work: UseCaseContext, one: DocumentTrack, step: Step, today: date, time: WorkingTime) -> None:
    for person in _whom(work, one, step, today, time):
        _say(work, person, "document_reminder", one, today, time, mine=person.id == one.holder)


def _whom(work: UseCaseContext, one: DocumentTrack, step: Step, today: date, time: WorkingTime) -> Sequence[Person]:
    holder = None if one.holder is None else work.uow.people.get(one.holder)
    here = holder is not None and not holder.gone and not work.is_away(holder)
    found = [holder] if holder is not None and here else _instead(work, holder, today)
    if step is Step.OVER and one.last_day is not None:
        begun = overdue_from(one.last_day, time.is_working_day)
        days = -working_days_left(today, begun, time.is_working_day)
        if days >= 1 and holder is not None and holder.unit:
            found += presence.leads_of(work, holder.unit)
        if days >= 2:  # the third working day
            found += access.directors(work)
    return list({person.id: person for person in found if not person.gone}.values())


def _instead(work: UseCaseContext, holder: Person | None, today: date) -> list[Person]:
    """Who hears of it while its holder is away, or has left: the leads of their unit, else the evrak sorumlusu, else
    the director."""
    if holder is not None and holder.unit and (leads := list(presence.leads_of(work, holder.unit))):
        return leads
    officers = answerable(of_who_is_here(work.uow, work.uow.officers.all()), Office.EVRAK, today)
    return [work.uow.people.get(one.person) for one in officers] or access.directors(work)


def _say(
    work: UseCaseContext,
    person: Person,
    template: str,
    one: DocumentTrack,
    today: date,
    time: WorkingTime,
    **about: Any,
) -> None:
    left = None if one.last_day is None else working_days_left(today, one.last_day, time.is_working_day)
    over = one.last_day is not None and today >= overdue_from(one.last_day, time.is_working_day)
    for address in cards.private_addresses_of(work, person):
        work.say(
            address,
            template,
            buttons=buttons(one),
            slot=f"document:{one.id}",
            fresh=True,
            one=one,
            left=left,
            over=over,
            who=None if one.holder is None else work.uow.people.get(one.holder),
            **about,
        )
