"""Before and after days off: a list of what is switched off, and one of what is switched on again (bylaw 11/17). Each
opens once, whoever asks: the day stands in the ticket's draft."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.context import Acting, UseCaseContext
from handlers.domain import shutdowns
from handlers.domain.idempotency import recurring_opened, shutdown_reminded
from handlers.domain.people import UnitId
from handlers.tickets import cards, checklist_progress, checklists, recurring_opening

CLOSES, OPENS = "tatil-kapatma", "tatil-acma"
"""The checklists of the unit that the lists before and after days off are made of."""
REMINDED_BEFORE = (timedelta(hours=1), timedelta(minutes=15))


def prepare(work: UseCaseContext, unit: UnitId) -> None:
    """Bylaw 11/17: the list of what is switched off, on the last working day at 09:00; reminders of its open lines; the
    list of what is switched on again, on the first day at 07:45."""
    time_of_unit, calendar = work.working_time(unit), work.time_rules.calendar.of(unit)
    today = time_of_unit.local_date(work.now)
    closing_today = shutdowns.on(calendar, time_of_unit, today)
    if closing_today is not None:
        _list_of(work, unit, CLOSES, closing_today, time_of_unit.at(today, shutdowns.DRAFTED_AT))
        _remind_of_open_lines(work, unit, closing_today)
    opening_today = shutdowns.opening_on(calendar, time_of_unit, today)
    if opening_today is not None:
        _list_of(work, unit, OPENS, opening_today, time_of_unit.at(today, shutdowns.OPENED_AT))


def _list_of(work: UseCaseContext, unit: UnitId, name: str, one: shutdowns.Shutdown, at: datetime) -> None:
    day = one.day if name == CLOSES else one.opens
    if work.now < at or not work.uow.once.first(recurring_opened(f"{name}:{unit}", day), work.now):
        return
    until = f"en geç {one.until:%H.%M}" if name == CLOSES else "ilk denetim"
    what = "kapatma listesi" if name == CLOSES else "açma listesi"
    ticket = recurring_opening.open_ticket(
        work, unit, f"{one.title} {what}, {until}", f"{name}:{unit}:{day.isoformat()}"
    )
    if ticket is None:
        return
    acting = Acting(
        desk=work.desk,
        uow=work.uow,
        now=work.now,
        person=work.uow.people.get(ticket.reporter),
        channel="desk",
        event_key=f"desk:{ticket.draft}",
    )
    for known in checklists.of_unit(work, unit):
        if known.name == name:
            checklists.hang(acting, ticket, known)


def _remind_of_open_lines(work: UseCaseContext, unit: UnitId, one: shutdowns.Shutdown) -> None:
    for before in REMINDED_BEFORE:
        if not one.until - before <= work.now < one.until:
            continue
        ticket = work.uow.tickets.of_draft(f"{CLOSES}:{unit}:{one.day.isoformat()}")
        if ticket is None or not ticket.state.active:
            return
        minutes = before // timedelta(minutes=1)
        if not work.uow.once.first(shutdown_reminded(ticket.id, minutes), work.now):
            continue
        left = [
            item.text
            for progress in checklist_progress.of_ticket(work, ticket)
            for place, item in enumerate(progress.checklist.items)
            if place not in progress.ticked
        ]
        if left:
            cards.tell_workers(work, ticket, "shutdown_open", lines=left, title=ticket.text)
