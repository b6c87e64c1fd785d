"""A known outage: declared on a ticket, followed by whoever has the same, over with one message to all of them."""

from __future__ import annotations

from handlers.context import Acting, Effect
from handlers.domain.errors import Invalid
from handlers.domain.rights import Action, require
from handlers.domain.states import Change
from handlers.domain.ticket import Ticket
from handlers.tickets import cards, notifications


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
    cards.refresh(acting, ticket)
    notifications.followers(acting, ticket, "outage_ended")
    return Effect.CHANGED


def follow(acting: Acting, ticket: Ticket, conversation: str) -> Effect:
    """Ben de yaşıyorum: no ticket of one's own, but word in that conversation when it is over.

    Open to everybody while the outage is declared. Raises Invalid(`outage_over`).
    """
    if not ticket.outage or not ticket.state.active:
        raise Invalid("outage_over")
    if conversation in ticket.followers:
        return Effect.NONE
    ticket.followers += (conversation,)
    ticket.log(Change.JOINED, by=acting.person.id, at=acting.now, channel=acting.channel)
    acting.uow.tickets.save(ticket)
    cards.refresh(acting, ticket)
    return Effect.CHANGED
