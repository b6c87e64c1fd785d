"""What the clock does to tickets that stand still: rings again, reminds the reporter, closes what nobody disputes."""

from __future__ import annotations

from datetime import timedelta

from handlers.context import UseCaseContext
from handlers.domain.states import Priority
from handlers.tickets import cards, closing, notifications, questions

UNCLAIMED_AFTER = {
    Priority.URGENT: timedelta(minutes=10),
    Priority.HIGH: timedelta(minutes=30),
    Priority.NORMAL: timedelta(hours=2),
    Priority.LOW: timedelta(hours=8),
}
"""How long a ticket may go unclaimed before its room is reminded, and again each time. In working time only: nobody
is reminded at night; an emergency reminds at any hour."""
REPORTER_REMINDED_AFTER = timedelta(days=1)
"""How long a technician's question waits before its reporter is reminded of it."""
CLOSED_AFTER_WORKING_DAYS = 3
"""Working days after which a resolved ticket is closed without the reporter's word."""


def remind_unclaimed(work: UseCaseContext) -> None:
    """Tickets that nobody took ring again in their room."""
    working = work.desk.working_time.is_working_at(work.now)
    since = {
        priority: work.now - after
        for priority, after in UNCLAIMED_AFTER.items()
        if working or priority is Priority.URGENT
    }
    for ticket in work.uow.tickets.unclaimed_since(since):
        ticket.reminded_at = work.now
        work.uow.tickets.save(ticket)
        cards.tell_workers(work, ticket, "work_unclaimed", title=work.desk.title(ticket.category))


def remind_reporters(work: UseCaseContext) -> None:
    """A technician asked a day ago and heard nothing."""
    if not work.desk.working_time.is_working_at(work.now):
        return
    for ticket in work.uow.tickets.waiting_reporter_before(work.now - REPORTER_REMINDED_AFTER):
        ticket.reminded_at = work.now
        work.uow.tickets.save(ticket)
        slot = f"reminder:{ticket.id}"
        questions.worker_waits(work, ticket, asked=slot)
        notifications.reporter(work, ticket, "reminder_reporter", slot=slot, fresh=True)


def close_silent(work: UseCaseContext) -> None:
    """Three working days without a word after "Tamamlandı"."""
    for ticket in work.uow.tickets.resolved_before(work.now - timedelta(days=CLOSED_AFTER_WORKING_DAYS)):
        if ticket.resolved_at is None:
            continue
        due = work.desk.working_time.add_working_days(ticket.resolved_at, CLOSED_AFTER_WORKING_DAYS)
        if work.now >= due:
            closing.close_in_silence(work, ticket, work.now)
