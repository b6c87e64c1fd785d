"""What reporter and technicians write to each other on a ticket."""

from __future__ import annotations

from handlers.context import Acting, Effect
from handlers.domain.dialog import Expect
from handlers.domain.errors import NotFound
from handlers.domain.idempotency import note_forwarded
from handlers.domain.people import PersonId
from handlers.domain.rights import Action, require
from handlers.domain.states import Change, State
from handlers.domain.ticket import Entry, EntryKind, Ticket, TicketId
from handlers.tickets import cards, entries, merges, notifications, questions, siblings


def write_to_desk(acting: Acting, ticket: Ticket, text: str, files: tuple[str, ...] = ()) -> Entry:
    """Whoever it concerns writes to it, also after its end; what is written to a merged ticket reaches those who work
    on the one that it lives on in. The reporter's words end a wait for them, and answer what was asked."""
    require(acting.person, Action.REPLY_AS_REPORTER, ticket)
    living = merges.survivor(acting.uow, ticket)
    for one in {ticket.id: ticket, living.id: living}.values():
        if acting.person.id == one.reporter:
            questions.worker_heard(acting, one)
    entry = _add(acting, living, EntryKind.REPLY, text, files)
    if acting.person.id == living.reporter and living.state is State.WAITING_REPORTER:
        living.resume(by=acting.person.id, at=acting.now, channel=acting.channel)
    acting.uow.tickets.save(living)
    holder = acting.uow.people.get(living.holder) if living.holder else None
    cards.tell_workers(
        acting,
        living,
        "work_reply",
        slot=entries.slot(entry),
        author=acting.person,
        text=text,
        files=files,
        holder=holder,
        count=len(files),
    )
    cards.refresh(acting, living)  # after the files: where they stand under the card, it does not bring them again
    return entry


def whose_words(acting: Acting, slot: str | None) -> PersonId | None:
    """Who wrote what the message in that slot shows of a ticket to those who work on it; None: it shows nothing."""
    entry = entries.of_slot(acting, slot)
    return None if entry is None else entry.author


def reply_to_reporter(
    acting: Acting, ticket: Ticket, text: str, files: tuple[str, ...] = (), *, to: PersonId | None = None
) -> notifications.Reach:
    """To the reporter; with `to`, to whoever of those whom it concerns wrote what is answered. Kept with the one that
    the ticket lives on in; what the reporter writes next may answer it. Whether it reaches them."""
    living = merges.survivor(acting.uow, ticket)
    require(acting.person, Action.REPLY_TO_REPORTER, living)
    entry = _add(acting, living, EntryKind.REPLY, text, files)
    acting.uow.tickets.save(living)
    concerned = notifications.whom_it_concerns(acting, ticket, to)
    if living.state.active and concerned.person == concerned.ticket.reporter:
        kind = Expect.ANSWER if "?" in text else Expect.WORD
        questions.worker_waits(acting, concerned.ticket, asked=entries.slot(entry), kind=kind)
    notifications.tell(
        acting,
        concerned,
        "message_from_worker",
        slot=entries.slot(entry),
        author=acting.person,
        text=text,
        files=files,
    )
    cards.refresh(acting, living)
    return notifications.reach(acting, concerned)


def add_note(acting: Acting, ticket: Ticket, text: str, files: tuple[str, ...] = ()) -> Entry:
    """İç not: seen by those who work on it, or on the one that it lives on in."""
    ticket = merges.survivor(acting.uow, ticket)
    require(acting.person, Action.NOTE, ticket)
    entry = _add(acting, ticket, EntryKind.NOTE, text, files)
    acting.uow.tickets.save(ticket)
    return entry


def send_note_to_reporter(acting: Acting, note: int) -> Effect:
    """Personele gönder: what was kept internal goes to the reporter after all, once. `note`: id of the entry.

    Raises NotFound for an entry that is no note.
    """
    ticket_id, entry = acting.uow.tickets.entry(note)
    ticket = acting.uow.tickets.get(ticket_id)
    require(acting.person, Action.REPLY_TO_REPORTER, ticket)
    if entry.kind is not EntryKind.NOTE:
        raise NotFound("note", note)
    if not acting.uow.once.first(note_forwarded(note), acting.now):
        return Effect.NONE
    reply_to_reporter(acting, ticket, entry.text, entry.files)
    return Effect.CHANGED


def correct(acting: Acting, ticket_id: TicketId, entry: Entry, text: str) -> None:
    """Who wrote it words it anew, or with an empty text takes it back; one message that became two tickets was kept
    with both. The history notes that there was an older wording.

    Raises NotFound for what somebody else wrote. What was written down for a caller is its opener's to correct.
    """
    ticket = acting.uow.tickets.get(ticket_id)
    if acting.person.id not in (entry.author, ticket.opened_by):
        raise NotFound("entry", entry.id)
    _rewrite(acting, ticket, entry, text)
    other = siblings.beside(acting.uow, ticket) if entry.kind is EntryKind.REPORT else None
    if other is None:
        return
    for copy in acting.uow.tickets.entries(other.id):
        if copy.message_key == entry.message_key and copy.kind is EntryKind.REPORT:
            _rewrite(acting, other, copy, text)


def _rewrite(acting: Acting, ticket: Ticket, entry: Entry, text: str) -> None:
    acting.uow.tickets.rewrite_entry(entry.id, text)
    if entry.kind is EntryKind.REPORT:
        reports = [e.text for e in acting.uow.tickets.entries(ticket.id) if e.kind is EntryKind.REPORT and e.text]
        ticket.text = "\n".join(reports)
    reason = "edited" if text else "deleted"
    ticket.log(Change.REPLIED, by=acting.person.id, at=acting.now, channel=acting.channel, reason=reason)
    acting.uow.tickets.save(ticket)
    cards.refresh(acting, ticket)


def _add(acting: Acting, ticket: Ticket, kind: EntryKind, text: str, files: tuple[str, ...]) -> Entry:
    entry = entries.write(acting, ticket, kind, text, files)
    what = {EntryKind.NOTE: Change.NOTED}.get(kind, Change.REPLIED if text else Change.ATTACHED)
    ticket.log(what, by=acting.person.id, at=acting.now, channel=acting.channel)
    for file in files:
        acting.uow.attachments.for_ticket(file, ticket.id)
    if kind is not EntryKind.NOTE:
        ticket.files += files
    return entry
