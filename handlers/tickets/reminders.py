"""What the clock does to tickets that stand still: rings again, reminds the reporter, closes what nobody disputes.

Waiting is measured in working time: what comes ten minutes before the evening is not late in the morning. Only an
emergency rings at any hour.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.context import UseCaseContext
from handlers.domain.states import Priority
from handlers.domain.ticket import Ticket
from handlers.tickets import cards, closing, emergencies, notifications, questions, timing

UNCLAIMED_AFTER = {
    Priority.URGENT: emergencies.RINGS_EVERY,
    Priority.HIGH: timedelta(minutes=30),
    Priority.NORMAL: timedelta(hours=2),
    Priority.LOW: timedelta(hours=8),
}
"""How long a ticket may go unclaimed before its room is reminded, and again each time: of an emergency by the clock on
the wall, of all others in working time."""
MAX_REMINDED = 500
"""Tickets that are looked at in one round."""
MAX_LISTED = 10
"""Tickets named in one reminder; of the rest it says how many they are."""
REPORTER_REMINDED_EVERY_DAYS = 1
"""Working days that a technician's question waits before its reporter is reminded of it, and again."""
REPORTER_REMINDED_FOR_DAYS = 3
"""Working days after which the last reminder goes out: from then on it is for the technician to decide."""
CLOSED_AFTER_WORKING_DAYS = 3
"""Working days after which a resolved ticket is closed without the reporter's word."""


def remind_unclaimed(work: UseCaseContext) -> None:
    """Tickets that nobody took ring again: each emergency by itself, of all others one message in a place."""
    late: dict[str, list[Ticket]] = {}
    for ticket in work.uow.tickets.unclaimed_since(_waiting_since(work), MAX_REMINDED):
        if emergencies.is_emergency(ticket):
            _remind(work, ticket)
            emergencies.ring_again(work, ticket)
            continue
        if not _has_waited(work, ticket):
            continue
        _remind(work, ticket)
        for place in cards.work_places(work, ticket):
            late.setdefault(place, []).append(ticket)
    for place, tickets in late.items():
        _list_unclaimed(work, place, tickets)


def _waiting_since(work: UseCaseContext) -> dict[Priority, datetime]:
    """The moment since which a ticket must have waited to be due, of each priority that may ring now: by the hours of
    whichever unit works most of those that work now."""
    since = {Priority.URGENT: work.now - UNCLAIMED_AFTER[Priority.URGENT]}
    times = [work.working_time(unit) for unit in work.desk.units]
    at_work = [time for time in times if time.is_working_at(work.now)]
    others = [priority for priority in UNCLAIMED_AFTER if priority is not Priority.URGENT and at_work]
    return since | {p: max(time.subtract(work.now, UNCLAIMED_AFTER[p]) for time in at_work) for p in others}


def _has_waited(work: UseCaseContext, ticket: Ticket) -> bool:
    """By the hours of its own unit."""
    time = work.working_time(ticket.unit)
    since = max(_asked_at(ticket), ticket.reminded_at or ticket.opened_at)
    return time.is_working_at(work.now) and time.elapsed(since, work.now) >= UNCLAIMED_AFTER[ticket.priority]


def _remind(work: UseCaseContext, ticket: Ticket) -> None:
    ticket.reminded_at = work.now
    work.uow.tickets.save(ticket)


def _list_unclaimed(work: UseCaseContext, place: str, tickets: Sequence[Ticket]) -> None:
    if len(tickets) == 1:
        (ticket,) = tickets
        work.say(
            place,
            "work_unclaimed",
            ticket=ticket,
            title=work.desk.subject(ticket),
            standing=timing.standing(work, ticket),
        )
    else:
        work.say(place, "work_unclaimed_many", tickets=tickets[:MAX_LISTED], count=len(tickets))


def remind_reporters(work: UseCaseContext) -> None:
    """A technician asked and hears nothing: each working day a reminder, three in all, the last told to who asked."""
    time = work.working_time()
    if not time.is_working_at(work.now):
        return
    last = time.subtract_working_days(work.now, REPORTER_REMINDED_FOR_DAYS)
    for ticket in work.uow.tickets.waiting_reporter_between(
        time.subtract_working_days(work.now, REPORTER_REMINDED_FOR_DAYS + REPORTER_REMINDED_EVERY_DAYS),
        time.subtract_working_days(work.now, REPORTER_REMINDED_EVERY_DAYS),
    ):
        _remind(work, ticket)
        slot = f"reminder:{ticket.id}"
        questions.worker_waits(work, ticket, asked=slot)
        notifications.reporter(work, ticket, "reminder_reporter", slot=slot, fresh=True, last=_asked_at(ticket) <= last)
        if _asked_at(ticket) <= last:
            cards.tell_workers(work, ticket, "work_unanswered", title=work.desk.subject(ticket))


def _asked_at(ticket: Ticket) -> datetime:
    return ticket.changed_at or ticket.opened_at


def close_silent(work: UseCaseContext) -> None:
    """Three working days without a word after "Tamamlandı"."""
    for ticket in work.uow.tickets.resolved_before(work.now - timedelta(days=CLOSED_AFTER_WORKING_DAYS)):
        if ticket.resolved_at is None:
            continue
        due = work.working_time().add_working_days(ticket.resolved_at, CLOSED_AFTER_WORKING_DAYS)
        if work.now >= due:
            closing.close_in_silence(work, ticket, work.now)
