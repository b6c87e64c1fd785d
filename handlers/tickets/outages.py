"""A known outage: declared on a ticket, followed by whoever has the same, over with one message to all of them."""

from __future__ import annotations

from handlers.context import Acting, Effect
from handlers.domain.errors import Invalid
from handlers.domain.people import PersonId
from handlers.domain.rights import Action, require
from handlers.domain.ticket import Ticket
from handlers.ports import UnitOfWork
from handlers.tickets import cards, merges, notifications


def declare(acting: Acting, ticket: Ticket) -> Effect:
    """Bilinen kesinti: whoever reports this subject now may follow it instead of opening another ticket.

    Nothing for a ticket that has ended, or a security matter.
    """
    require(acting.person, Action.DECLARE_OUTAGE, ticket)
    if ticket.outage or not ticket.state.active or ticket.restricted:
        return Effect.NONE
    ticket.outage = True
    acting.uow.tickets.save(ticket)
    cards.refresh(acting, ticket)
    return Effect.CHANGED


def end(acting: Acting, ticket: Ticket) -> Effect:
    """Kesinti bitti."""
    require(acting.person, Action.DECLARE_OUTAGE, ticket)
    if not ticket.outage:
        return Effect.NONE
    ticket.outage = False
    acting.uow.tickets.save(ticket)
    notifications.outage_over(acting, ticket)
    cards.refresh(acting, ticket)
    return Effect.CHANGED


def follow(acting: Acting, ticket: Ticket, conversation: str) -> Effect:
    """Ben de yaşıyorum: no ticket of one's own, but word in that conversation when it is over. Nothing for whoever is
    concerned by it already, from whatever account.

    Open to everybody while the outage is declared. Raises Invalid(`outage_over`).
    """
    if not ticket.outage or not ticket.state.active:
        raise Invalid("outage_over")
    if is_known_to_concern(acting.uow, acting.person.id, ticket):
        return Effect.NONE
    ticket.follow(by=acting.person.id, conversation=conversation, at=acting.now, channel=acting.channel)
    acting.uow.tickets.save(ticket)
    cards.refresh(acting, ticket)
    return Effect.CHANGED


def is_known_to_concern(uow: UnitOfWork, person: PersonId, ticket: Ticket) -> bool:
    """Whether they reported it, or something that lives on in it, or wait for word already."""
    together = (ticket, *merges.parts(uow, ticket))
    return any(person == one.reporter or one.owes_word_to(person) for one in together)
