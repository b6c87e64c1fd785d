"""A ticket turns out to be a security matter: what was said of it before must not stay where it may not stand."""

from __future__ import annotations

from handlers.context import UseCaseContext
from handlers.domain.audience import Audience
from handlers.domain.errors import Invalid
from handlers.domain.ticket import EntryKind, Ticket
from handlers.tickets import cards, merges, outages, siblings
from handlers.tickets.training_examples import forget_examples


def seal(work: UseCaseContext, ticket: Ticket) -> None:
    """From now on only lead and director read it, and what lives on in it. What the desk said of it elsewhere is
    withdrawn, what was learnt of it forgotten; the other ticket of its message keeps its subject alone."""
    outages.end_unseen(work, ticket)
    ticket.restricted, ticket.outage = True, False
    work.uow.tickets.save(ticket)
    for file in ticket.files:
        work.uow.attachments.for_ticket(file, ticket.id)
    forget_examples(work, ticket.text, *work.desk.knowledge.read(ticket.text).parts)
    _withdraw(work, ticket)
    other = siblings.beside(work.uow, ticket)
    if other is not None and not other.restricted:
        _empty(work, other)
    for part in merges.parts(work.uow, ticket):
        if not part.restricted:
            seal(work, part)
            cards.refresh(work, part)


def require_mergeable(ticket: Ticket, into: Ticket) -> None:
    """A security matter does not go on where others read: raises Invalid(`cannot_merge_secret`)."""
    if ticket.restricted and not into.restricted:
        raise Invalid("cannot_merge_secret", number=ticket.number, other=into.number)


def _withdraw(work: UseCaseContext, ticket: Ticket) -> None:
    text = work.desk.texts.render("discreet", desk=work.desk, ticket=ticket)
    for said in work.uow.messages.said_of(ticket.id):
        known = work.desk.texts.audience(said.kind) is Audience.ANYBODY if said.kind else False
        if not known and not work.readers(said.conversation).may_read(ticket):
            work.uow.messages.withdraw(said, text, kind="discreet")


def _empty(work: UseCaseContext, ticket: Ticket) -> None:
    """Both were written in the same words, and nobody can tell whose are whose."""
    for entry in work.uow.tickets.entries(ticket.id):
        if entry.kind is EntryKind.REPORT and entry.text:
            work.uow.tickets.rewrite_entry(entry.id, "")
    forget_examples(work, ticket.text)
    ticket.text, ticket.reasons, ticket.files = "", (), ()
    work.uow.tickets.save(ticket)
    cards.refresh(work, ticket)
