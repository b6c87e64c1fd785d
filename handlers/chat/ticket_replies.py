"""What reporter and technician write to each other on a ticket, and asking how it stands."""

from __future__ import annotations

import re

from handlers.chat import ticket_closing
from handlers.chat.turn import Turn
from handlers.domain.dialog import Expect
from handlers.domain.errors import NotFound
from handlers.domain.rights import Action, may, require
from handlers.domain.states import Change, State
from handlers.domain.ticket import Entry, EntryKind, Ticket, parse_number
from handlers.messages import Button
from handlers.tickets import cards, notifications
from knowledge import Intent


def write_to(turn: Turn, ticket: Ticket, text: str, files: tuple[str, ...]) -> None:
    """The reporter writes to their ticket. It ends a wait for them; after the end it offers to reopen."""
    require(turn.person, Action.REPLY_AS_REPORTER, ticket)
    turn.dialog.last_ticket = ticket.id
    _forget_question(turn, ticket)
    _add(turn, ticket, EntryKind.REPLY, text, files)
    if ticket.state is State.WAITING_REPORTER:
        ticket.resume(by=turn.person.id, at=turn.now, channel=turn.channel)
    turn.uow.tickets.save(ticket)
    holder = turn.uow.people.get(ticket.holder) if ticket.holder else None
    cards.tell_workers(
        turn, ticket, "work_reply", author=turn.person, text=text, files=files, holder=holder, count=len(files)
    )
    cards.refresh(turn, ticket)  # after the files: where they stand under the card, it does not bring them again
    ended = not ticket.state.active
    buttons = [Button("Hâlâ bozuk", f"still_broken:{ticket.id}")] if ended and ticket.may_reopen(turn.now) else []
    turn.say(
        turn.here,
        "reply_kept",
        buttons=buttons,
        slot=f"ended:{ticket.id}" if buttons else None,
        fresh=True,
        ticket=ticket,
        ended=ended,
        count=len(files),
        rings=False,
    )


def _forget_question(turn: Turn, ticket: Ticket) -> None:
    """However the answer came (typed, as a reply, by number), the question is answered."""
    expects = turn.dialog.expects
    if expects is not None and expects.kind is Expect.ANSWER and expects.ticket == ticket.id:
        turn.dialog.expects = None


def _add(turn: Turn, ticket: Ticket, kind: EntryKind, text: str, files: tuple[str, ...]) -> Entry:
    entry = turn.uow.tickets.add_entry(
        ticket.id,
        Entry(kind=kind, at=turn.now, author=turn.person.id, text=text, files=files, message_key=turn.event_key),
    )
    what = {EntryKind.NOTE: Change.NOTED}.get(kind, Change.REPLIED if text else Change.ATTACHED)
    ticket.log(what, by=turn.person.id, at=turn.now, channel=turn.channel)
    for file in files:
        turn.uow.attachments.for_ticket(file, ticket.id)
    if kind is not EntryKind.NOTE:
        ticket.files += files
    return entry


def reply_in_private(turn: Turn, ticket: Ticket, text: str, files: tuple[str, ...]) -> None:
    """A reply to a message about a ticket, by whoever got it: the reporter, or somebody who works on it."""
    if turn.person.id == ticket.reporter:
        _reporter_replies(turn, ticket, text, files)
    else:
        reply_as_worker(turn, ticket, text, files)


def _reporter_replies(turn: Turn, ticket: Ticket, text: str, files: tuple[str, ...]) -> None:
    """Under "Tamamlandı" a yes or no is as good as the button."""
    intent = turn.understand(text).intent if text and not files else Intent.report
    if ticket.state is State.RESOLVED and intent in (Intent.yes, Intent.thanks):
        ticket_closing.confirm(turn, ticket)
    elif ticket.state in (State.RESOLVED, State.CLOSED) and intent is Intent.no:
        ticket_closing.still_broken(turn, ticket)
    else:
        write_to(turn, ticket, text, files)


def reply_as_worker(turn: Turn, ticket: Ticket, text: str, files: tuple[str, ...]) -> None:
    """Under a card only the holder's reply goes to the reporter; anybody else's stays internal."""
    require(turn.person, Action.NOTE, ticket)
    if ticket.holder != turn.person.id:
        note(turn, ticket, text, files, offer_sending=True)
        return
    send_to_reporter(turn, ticket, text, files)


def send_to_reporter(turn: Turn, ticket: Ticket, text: str, files: tuple[str, ...], *, slot: str | None = None) -> None:
    """`slot`: of the receipt that this one replaces."""
    require(turn.person, Action.REPLY_TO_REPORTER, ticket)
    _add(turn, ticket, EntryKind.REPLY, text, files)
    turn.uow.tickets.save(ticket)
    notifications.reporter(turn, ticket, "message_from_worker", author=turn.person, text=text, files=files)
    cards.refresh(turn, ticket)
    told = notifications.is_told(ticket)
    turn.say(turn.here, "sent_to_reporter" if told else "reporter_untold", ticket=ticket, slot=slot, rings=False)


def note(turn: Turn, ticket: Ticket, text: str, files: tuple[str, ...], *, offer_sending: bool = False) -> None:
    """İç not: seen by those who work on it."""
    require(turn.person, Action.NOTE, ticket)
    entry = _add(turn, ticket, EntryKind.NOTE, text, files)
    turn.uow.tickets.save(ticket)
    buttons = [Button("Personele gönder", f"to_reporter:{ticket.id}:{entry.id}")] if offer_sending and text else []
    turn.say(turn.here, "noted", buttons=buttons, slot=f"note:{entry.id}", ticket=ticket, rings=False)


def send_note(turn: Turn, entry_id: int) -> None:
    """Personele gönder: what was kept internal goes to the reporter after all, once."""
    ticket_id, entry = turn.uow.tickets.entry(entry_id)
    ticket = turn.uow.tickets.get(ticket_id)
    require(turn.person, Action.REPLY_TO_REPORTER, ticket)
    if not turn.uow.once.first(f"note-sent:{entry_id}", turn.now):
        return
    send_to_reporter(turn, ticket, entry.text, entry.files, slot=f"note:{entry_id}")


# --- how it stands ----------------------------------------------------------------------------------
_NUMBER = re.compile(r"\b(\d{4}-\d{1,6}|#?\d{1,6})\b")


def own_open(turn: Turn, typed: str) -> Ticket | None:
    """Their own ticket that has not ended, by its number in any form."""
    number = parse_number(typed, turn.desk.year(turn.now))
    mine = turn.uow.tickets.open_of_reporter(turn.person.id)
    return next((ticket for ticket in mine if ticket.number == number), None)


def status(turn: Turn, text: str) -> None:
    """ "durumu ne oldu", "123 ne aşamada", `/durum [no]`."""
    match = _NUMBER.search(text)
    number = parse_number(match[1], turn.desk.year(turn.now)) if match else None
    if number is None:
        mine = turn.uow.tickets.of_reporter(turn.person.id)
        turn.say(turn.here, "my_tickets" if mine else "no_tickets", tickets=mine)
        return
    ticket = turn.uow.tickets.by_number(number)
    if not may(turn.person, Action.READ, ticket):
        raise NotFound("ticket", number)  # the same answer as for none
    _show(turn, ticket)


_OF_THE_WORK = frozenset({Change.NOTED, Change.REPLIED, Change.ATTACHED, Change.ASKED, Change.COMPLETED})
"""What a reporter reads in the words themselves, or is none of theirs."""


def _show(turn: Turn, ticket: Ticket) -> None:
    """One ticket: the reporter sees how it stands; those who may work on it see the card and its notes."""
    people = turn.uow.people
    if may(turn.person, Action.READ_ALL):
        turn.uow.audit.log(turn.now, turn.person.id, "read", ticket.number, turn.channel)
    if turn.person.id == ticket.reporter:
        turn.dialog.last_ticket = ticket.id
    history = turn.uow.tickets.history(ticket.id)
    names = {event.who: people.get(event.who) for event in history if event.who is not None}
    worker = may(turn.person, Action.NOTE, ticket) or may(turn.person, Action.READ_ALL)
    if not worker:
        history = [event for event in history if event.what not in _OF_THE_WORK]
    entries = [e for e in turn.uow.tickets.entries(ticket.id) if worker or e.kind is not EntryKind.NOTE]
    turn.say(
        turn.here,
        "ticket",
        buttons=_own_buttons(turn, ticket),
        slot=f"shown:{ticket.id}",
        fresh=True,
        ticket=ticket,
        files=ticket.files,
        title=turn.desk.title(ticket.category),
        unit=turn.desk.unit_title(ticket.unit),
        reporter=people.get(ticket.reporter),
        holder=people.get(ticket.holder) if ticket.holder else None,
        history=history,
        inside=worker,
        names=names,
        entries=[(entry, people.get(entry.author)) for entry in entries if entry.text],
    )
    if may(turn.person, Action.NOTE, ticket) and ticket.state.active and turn.person.id != ticket.reporter:
        cards.show(turn, ticket, turn.here, fresh=True)


def _own_buttons(turn: Turn, ticket: Ticket) -> list[Button]:
    if turn.person.id != ticket.reporter:
        return []
    if ticket.state is State.RESOLVED:
        return [
            Button("Evet, çalışıyor", f"confirm:{ticket.id}"),
            Button("Hâlâ bozuk", f"still_broken:{ticket.id}"),
        ]
    if ticket.state is State.CLOSED and ticket.may_reopen(turn.now):
        return [Button("Hâlâ bozuk", f"still_broken:{ticket.id}")]
    return [Button(f"İptal et: {ticket.short}", f"cancel_mine:{ticket.id}")] if ticket.state.active else []
