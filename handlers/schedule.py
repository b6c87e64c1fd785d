"""What the clock starts, a tick each minute. Every job marks what it did: a late start or two ticks do it once."""

from __future__ import annotations

from datetime import timedelta

from handlers.announcements import sending
from handlers.calendar import holidays
from handlers.chat import drafts
from handlers.context import UseCaseContext
from handlers.contracts import telling
from handlers.devices import breach_question, handing, handover_news, sightings
from handlers.devices import imports as device_imports
from handlers.documents import news as document_news
from handlers.domain.dialog import Phase
from handlers.messages import Button
from handlers.people import absences, breaches, deputies, end_of_day, joined_people, rota, staff, staff_lists
from handlers.reports import stock_month
from handlers.tickets import (
    approvals,
    detection,
    emergencies,
    maintenances,
    outage_closing,
    outage_news,
    outage_notes,
    recurring,
    reminders,
    silence,
)
from handlers.trainings import planning

DRAFT_REMINDED_AFTER = timedelta(minutes=10)
"""How long a report may stand there without a press before its writer is reminded of it."""


def tick(work: UseCaseContext) -> None:
    """All of it in one transaction; the daily summaries and the anchors have jobs of their own."""
    holidays.keep_holidays(work)
    absences.begin_due(work)
    staff.end_due_roles(work)
    staff_lists.forget_old(work)
    device_imports.forget_old(work)
    sightings.forget_old(work)
    joined_people.forget_old(work)
    end_of_day.tell_due(work)
    absences.remind_of_choice(work)
    deputies.tell_due(work)
    rota.tell_due(work)
    remind_of_drafts(work)
    recurring.open_due(work)
    emergencies.climb_all(work)
    approvals.remind(work)
    reminders.remind_unclaimed(work)
    silence.remind(work)
    outage_news.remind_holders(work)
    outage_closing.tell_left(work)
    outage_notes.ask_due(work)
    detection.forget_old(work)
    maintenances.tell_due(work)
    telling.tell_due(work)
    handing.lapse(work)
    handover_news.remind(work)
    breach_question.ask_again(work)
    breaches.remind(work)
    stock_month.offer(work)
    document_news.remind(work)
    sending.tick(work)
    planning.remind(work)
    reminders.remind_reporters(work)
    reminders.close_silent(work)


def remind_of_drafts(work: UseCaseContext) -> None:
    """Nobody pressed for ten minutes: one reminder, so that nobody believes they have reported when they have not."""
    for dialog in work.uow.dialogs.idle_drafts(work.now - DRAFT_REMINDED_AFTER):
        draft = dialog.draft
        if draft is None:
            continue
        draft.reminded = True
        work.uow.dialogs.save(dialog)
        if draft.phase in (Phase.SUGGESTED, Phase.ASKED, Phase.OPEN_QUESTION):
            label = "Talep oluştur" if work.desk.is_request(draft.category) else "Teknisyene ilet"
            work.say(
                dialog.conversation,
                "reminder_draft",
                buttons=[Button(label, f"open:{draft.id}")],
                slot=drafts.reminder_slot(draft),
            )
