"""What the clock starts, a tick each minute. Every job marks what it did: a late start or two ticks do it once."""

from __future__ import annotations

from datetime import timedelta

from handlers.chat import drafts, ticket_closing
from handlers.context import Work
from handlers.domain.states import Priority
from handlers.domain.ticket import Ticket
from handlers.messages import Button
from handlers.tickets import cards, notifications

DRAFT_REMINDED_AFTER = timedelta(minutes=10)
CLOSED_AFTER_WORKING_DAYS = 3
REPORTER_REMINDED_AFTER = timedelta(days=1)
UNCLAIMED_AFTER = {
    Priority.URGENT: timedelta(minutes=10),
    Priority.HIGH: timedelta(minutes=30),
    Priority.NORMAL: timedelta(hours=2),
    Priority.LOW: timedelta(hours=8),
}
"""Working time only: nobody is reminded at night; an emergency reminds at any hour."""


def tick(work: Work) -> None:
    """All of it, in one transaction; the daily summaries have a job of their own."""
    remind_of_drafts(work)
    remind_unclaimed(work)
    remind_reporters(work)
    close_silent(work)


def remind_of_drafts(work: Work) -> None:
    """Nobody pressed for ten minutes: one reminder, so that nobody believes they have reported when they have not."""
    for dialog in work.uow.dialogs.idle_drafts(work.now - DRAFT_REMINDED_AFTER):
        draft = dialog.draft
        if draft is None:
            continue
        draft.reminded = True
        work.uow.dialogs.save(dialog)
        if draft.phase in ("suggested", "asked", "open_question"):
            label = "Talep oluştur" if work.desk.is_request(draft.category) else "Teknisyene ilet"
            work.say(
                dialog.conversation,
                "reminder_draft",
                buttons=[Button(label, f"open:{draft.id}")],
                slot=drafts.reminder_slot(draft),
            )


def remind_unclaimed(work: Work) -> None:
    """Tickets that nobody took ring again in their room."""
    working = work.desk.working_time.is_working_at(work.now)
    for ticket in work.uow.tickets.unclaimed_before(work.now - UNCLAIMED_AFTER[Priority.URGENT]):
        if _due(work, ticket, working=working):
            ticket.reminded_at = work.now
            work.uow.tickets.save(ticket)
            cards.tell_workers(work, ticket, "work_unclaimed", title=work.desk.title(ticket.category))


def _due(work: Work, ticket: Ticket, *, working: bool) -> bool:
    since = max(filter(None, (ticket.changed_at, ticket.reminded_at, ticket.opened_at)))
    waited = work.now - since >= UNCLAIMED_AFTER[ticket.priority]
    return waited and (working or ticket.priority is Priority.URGENT)


def remind_reporters(work: Work) -> None:
    """A technician asked a day ago and heard nothing."""
    if not work.desk.working_time.is_working_at(work.now):
        return
    for ticket in work.uow.tickets.waiting_reporter_before(work.now - REPORTER_REMINDED_AFTER):
        ticket.reminded_at = work.now
        work.uow.tickets.save(ticket)
        notifications.reporter(work, ticket, "reminder_reporter")


def close_silent(work: Work) -> None:
    """Three working days without a word after "Tamamlandı"."""
    for ticket in work.uow.tickets.resolved_before(work.now - timedelta(days=CLOSED_AFTER_WORKING_DAYS)):
        if ticket.resolved_at is None:
            continue
        due = work.desk.working_time.add_working_days(ticket.resolved_at, CLOSED_AFTER_WORKING_DAYS)
        if work.now >= due:
            ticket_closing.close_in_silence(work, ticket, work.now)
