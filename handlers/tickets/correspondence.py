"""What reporter and technicians write to each other on a ticket."""

from __future__ import annotations

from handlers.context import Acting, Effect
from handlers.domain.dialog import Expect
from handlers.domain.errors import NotFound
from handlers.domain.idempotency import note_forwarded
from handlers.domain.people import PersonId
from handlers.domain.rights import Action, require
from handlers.domain.states import Change, State
from handlers.domain.ticket import Entry, EntryKind, Ticket
from handlers.tickets import cards, copies, device_links, entries, merges, notifications, photographed, questions


def write_to_desk(
    acting: Acting, ticket: Ticket, text: str, files: tuple[str, ...] = (), *, key: str | None = None
) -> Entry:
    """Whoever it concerns writes to it, also after its end; what is written to a merged ticket reaches those who work
    on the one that it lives on in. The reporter's words end a wait for them, and answer what was asked."""
    require(acting.person, Action.REPLY_AS_REPORTER, ticket)
    living = merges.survivor(acting.uow, ticket)
    for one in {ticket.id: ticket, living.id: living}.values():
        if acting.person.id == one.reporter:
            questions.worker_heard(acting, one)
    entry = _add(acting, living, EntryKind.REPLY, text, files, key=key)
    photographed_one = photographed.device_in(acting.uow, files)
    device_links.heard(acting, living, f"{text} {photographed_one.number if photographed_one else ''}")
    if acting.person.id == living.reporter and living.state is State.WAITING_REPORTER:
        living.resume(by=acting.person.id, at=acting.now, channel=acting.channel)
    acting.uow.tickets.save(living)
    copies.to_workers(acting, living, entry)
    cards.refresh(acting, living)  # after the files: where they stand under the card, it does not bring them again
    return entry


def whose_words(acting: Acting, slot: str | None) -> PersonId | None:
    """Who wrote what the message in that slot shows of a ticket to those who work on it; None: it shows nothing."""
    entry = entries.of_slot(acting, slot)
    return None if entry is None else entry.author


def reply_to_reporter(
    acting: Acting,
    ticket: Ticket,
    text: str,
    files: tuple[str, ...] = (),
    *,
    to: PersonId | None = None,
    key: str | None = None,
) -> Entry:
    """To the reporter; with `to`, to whoever of those whom it concerns wrote what is answered. Kept with the one that
    the ticket lives on in; what the reporter writes next may answer it."""
    living = merges.survivor(acting.uow, ticket)
    require(acting.person, Action.REPLY_TO_REPORTER, living)
    entry = _add(acting, living, EntryKind.REPLY, text, files, key=key)
    acting.uow.tickets.save(living)
    concerned = notifications.whom_it_concerns(acting, ticket, to)
    if living.state.active and concerned.person == concerned.ticket.reporter:
        kind = Expect.ANSWER if "?" in text else Expect.WORD
        questions.worker_waits(acting, concerned.ticket, asked=entries.slot(entry), kind=kind)
    copies.to_whom_it_concerns(acting, concerned, entry)
    cards.refresh(acting, living)
    return entry


def add_note(acting: Acting, ticket: Ticket, text: str, files: tuple[str, ...] = ()) -> Entry:
    """İç not: seen by those who work on it, or on the one that it lives on in."""
    ticket = merges.survivor(acting.uow, ticket)
    require(acting.person, Action.NOTE, ticket)
    entry = _add(acting, ticket, EntryKind.NOTE, text, files)
    acting.uow.tickets.save(ticket)
    return entry


def send_note_to_reporter(acting: Acting, note: int) -> Effect:
    """Personele gönder: what was kept internal goes to the reporter after all, once, and is corrected with the note.

    `note`: id of the entry. Raises NotFound for an entry that is no note.
    """
    ticket_id, entry = acting.uow.tickets.entry(note)
    ticket = acting.uow.tickets.get(ticket_id)
    require(acting.person, Action.REPLY_TO_REPORTER, ticket)
    if entry.kind is not EntryKind.NOTE:
        raise NotFound("note", note)
    if not acting.uow.once.first(note_forwarded(note), acting.now):
        return Effect.NONE
    reply_to_reporter(acting, ticket, entry.text, entry.files, key=entry.message_key)
    return Effect.CHANGED


def _add(
    acting: Acting, ticket: Ticket, kind: EntryKind, text: str, files: tuple[str, ...], *, key: str | None = None
) -> Entry:
    entry = entries.write(acting, ticket, kind, text, files, key=key)
    what = {EntryKind.NOTE: Change.NOTED}.get(kind, Change.REPLIED if text else Change.ATTACHED)
    ticket.log(what, by=acting.person.id, at=acting.now, channel=acting.channel)
    for file in files:
        acting.uow.attachments.for_ticket(file, ticket.id)
    if kind is not EntryKind.NOTE:
        ticket.files += files
    return entry
