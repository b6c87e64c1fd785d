"""Who wrote something words it anew, or takes it back: on the ticket, on its cards, and where others read it."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.context import Acting
from handlers.domain.errors import NotFound
from handlers.domain.states import Change, State
from handlers.domain.ticket import Entry, EntryKind, Ticket, TicketId
from handlers.tickets import cards, closing, copies, missing_facts, opening, placing, siblings, work


def correct(acting: Acting, ticket_id: TicketId, entry: Entry, text: str) -> None:
    """An empty text takes it back. One message may have been kept more than once: with two tickets, or as a note that
    was sent to the reporter. The history notes that there was an older wording.

    Raises NotFound for what somebody else wrote. What was written down for a caller is its opener's to correct.
    """
    ticket = acting.uow.tickets.get(ticket_id)
    if acting.person.id not in (entry.author, ticket.opened_by):
        raise NotFound("entry", entry.id)
    for its_ticket, kept in _kept(acting, ticket, entry, text):
        _rewrite(acting, its_ticket, kept, text)


def _kept(acting: Acting, ticket: Ticket, entry: Entry, text: str) -> Iterator[tuple[Ticket, Entry]]:
    """Every entry that came of the same words. Beside a security matter a ticket is not told the new ones: nobody has
    looked through them; what was taken back is gone there, too."""
    other = siblings.beside(acting.uow, ticket) if entry.kind is EntryKind.REPORT else None
    for its_ticket in (ticket, other):
        if its_ticket is not None and not (
            text and entry.kind is EntryKind.REPORT and siblings.is_kept_from(acting.uow, its_ticket)
        ):
            for kept in acting.uow.tickets.entries(its_ticket.id):
                if kept.message_key == entry.message_key:
                    yield its_ticket, kept


def _rewrite(acting: Acting, ticket: Ticket, entry: Entry, text: str) -> None:
    before, entry.text = entry.text, text
    acting.uow.tickets.rewrite_entry(entry.id, text)
    _reword(acting, ticket, entry, before)
    reason = "edited" if text else "deleted"
    ticket.log(Change.REPLIED, by=acting.person.id, at=acting.now, channel=acting.channel, reason=reason)
    acting.uow.tickets.save(ticket)
    cards.refresh(acting, ticket)
    copies.refresh(acting, ticket, entry)
    _tell(acting, ticket, entry)


def _reword(acting: Acting, ticket: Ticket, entry: Entry, before: str) -> None:
    """What the ticket itself says in these words."""
    text = entry.text
    match entry.kind:
        case EntryKind.REPORT:
            reports = [e.text for e in acting.uow.tickets.entries(ticket.id) if e.kind is EntryKind.REPORT and e.text]
            ticket.text = "\n".join(reports)
        case EntryKind.FACT:
            if _reword_fact(ticket, before, text):
                placing.place(acting, ticket)
            other = siblings.beside(acting.uow, ticket)
            if (
                other is not None
                and not siblings.is_kept_from(acting.uow, other)
                and _reword_fact(other, before, text, among=missing_facts.OF_BOTH)
            ):
                acting.uow.tickets.save(other)
                placing.place(acting, other)
                cards.refresh(acting, other)
        case EntryKind.NOTE if before and ticket.waiting_for == work.wait_detail(before):
            ticket.waiting_for = work.wait_detail(text)
        case EntryKind.RESOLUTION if text and ticket.resolution == closing.resolution(before):
            ticket.resolution = closing.resolution(text)  # taken back, what was done stays on record


def _reword_fact(ticket: Ticket, before: str, text: str, among: frozenset[str] | None = None) -> bool:
    """Whether the ticket says it in these words; `among`: only as one of these facts."""
    told = [name for name, value in ticket.facts.items() if value == missing_facts.as_fact(before)]
    told = [name for name in told if among is None or name in among]
    for name in told:
        del ticket.facts[name]
        if text:
            ticket.facts[name] = missing_facts.as_fact(text)
    return bool(told)


def _tell(acting: Acting, ticket: Ticket, entry: Entry) -> None:
    """The reporter, where a message of its own shows these words."""
    standing = acting.uow.messages.standing_in
    if entry.kind is EntryKind.RESOLUTION and ticket.conversation in standing(closing.resolved_slot(ticket)):
        closing.tell_resolved(acting, ticket, asks=ticket.state is State.RESOLVED)
    if entry.kind is EntryKind.REPORT and ticket.conversation in standing(opening.opened_slot(ticket)):
        opening.tell_opened(acting, ticket, rings=False)
