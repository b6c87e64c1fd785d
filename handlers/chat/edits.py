"""A person edits or deletes on the platform what they wrote: recorded, shown, and never a second ticket."""

from __future__ import annotations

from handlers.chat import commands, drafts, on_behalf, prompts, report, report_answers
from handlers.chat.turn import Turn
from handlers.domain.dialog import Draft
from handlers.domain.ticket import Entry, EntryKind, Ticket, TicketId
from handlers.tickets import corrections, notifications, siblings
from knowledge import Intent


def edit(turn: Turn, ref: str, text: str) -> None:
    """`text` empty: deleted. Only one's own message; of another's, or one the desk never saw, nothing happens."""
    standing = turn.uow.messages.by_ref(turn.address, ref)
    if standing is None or standing.author != turn.person.id or turn.person.gone:
        return
    turn.uow.messages.rewrite(turn.address, ref, commands.as_kept(text, turn.working_time().local_date(turn.now)))
    written = turn.uow.tickets.entry_of_event(standing.event_key)
    if written is not None:
        ticket_id, entry = written
        if _became_secret(turn, ticket_id, entry, text):
            corrections.correct(turn, ticket_id, entry, "")
            report.on_text(turn, text)
            return
        corrections.correct(turn, ticket_id, entry, commands.said(text))
        _reword_receipt(turn, turn.uow.tickets.get(ticket_id), turn.uow.tickets.entry(entry.id)[1])
        return
    draft = turn.dialog.draft
    if draft is not None and standing.event_key in draft.keys:
        _on_draft(turn, draft, draft.keys.index(standing.event_key), text)


def _became_secret(turn: Turn, ticket_id: TicketId, entry: Entry, text: str) -> bool:
    """Whether their own words tell of a security matter now, on a ticket that many may read."""
    ticket = turn.uow.tickets.get(ticket_id)
    own = ticket.concerns(turn.person.id) and entry.author == turn.person.id
    return own and not ticket.restricted and not siblings.is_kept_from(turn.uow, ticket) and turn.desk.is_secret(text)


_REPEATED = {
    EntryKind.QUESTION: "asked",
    EntryKind.RESOLUTION: "resolved_receipt",
    EntryKind.REASON: "cancelled_receipt",
    EntryKind.NOTE: "waiting_receipt",
}
"""Receipts that repeat what was written."""


def _reword_receipt(turn: Turn, ticket: Ticket, entry: Entry) -> None:
    """One's own, while it stands there and no later answer of the kind was given."""
    standing = turn.uow.messages.shown(turn.address, prompts.slot(turn, ticket), turn.now)
    if standing is None or standing.kind != _REPEATED.get(entry.kind):
        return
    alike = [other.id for other in turn.uow.tickets.entries(ticket.id) if other.kind is entry.kind]
    if alike[-1] == entry.id:
        reach, text = notifications.reach(turn, notifications.reporter_of(ticket)), entry.text
        turn.receipt(
            entry, standing.kind, slot=standing.slot, ticket=ticket, reach=reach, question=text, reason=text, asks=False
        )


def _on_draft(turn: Turn, draft: Draft, place: int, text: str) -> None:
    """Understood anew where an answer to it stands; on the way in, or for a caller, there is none yet."""
    if draft.phase.is_on_behalf:
        draft.texts[place] = text.partition(":")[2].strip() if commands.is_command(text) else text
        on_behalf.corrected(turn, draft)
        return
    draft.texts[place], draft.changed_at = text, turn.now
    reading = drafts.understand(turn, draft)
    if not draft.text.strip() or reading.intent is not Intent.report:
        return
    if draft.phase.is_answered or reading.hazard is not None:
        report_answers.answer(turn, draft, reading, key=draft.keys[place])
