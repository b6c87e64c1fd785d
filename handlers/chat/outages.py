"""A known outage: declared on a ticket, offered to everybody who reports the same, over with one message to all."""

from __future__ import annotations

from handlers.chat import drafts
from handlers.chat.turn import Turn
from handlers.domain.errors import Invalid
from handlers.domain.rights import Action, require
from handlers.domain.states import Change
from handlers.domain.ticket import Ticket
from handlers.tickets import cards, notifications


def declare(turn: Turn, ticket: Ticket) -> None:
    """Bilinen kesinti: whoever reports this subject now may say "ben de yaşıyorum" instead of opening another."""
    require(turn.person, Action.DECLARE_OUTAGE, ticket)
    if ticket.outage or not ticket.state.active or ticket.restricted:
        return
    ticket.outage = True
    turn.uow.tickets.save(ticket)
    cards.refresh(turn, ticket)
    turn.say(turn.here, "outage_declared", ticket=ticket, title=turn.desk.title(ticket.category), rings=False)


def end(turn: Turn, ticket: Ticket) -> None:
    require(turn.person, Action.DECLARE_OUTAGE, ticket)
    if not ticket.outage:
        return
    ticket.outage = False
    turn.uow.tickets.save(ticket)
    cards.refresh(turn, ticket)
    notifications.followers(turn, ticket, "outage_ended")


def me_too(turn: Turn, ticket: Ticket) -> None:
    """Ben de yaşıyorum: no ticket of one's own, but word when it is over. Open to everybody while it is declared."""
    if not ticket.outage or not ticket.state.active:
        raise Invalid("outage_over")
    draft = turn.dialog.draft
    if draft is not None:
        drafts.close(turn, draft, "joined")
        turn.dialog.draft = None
    if turn.here in ticket.followers:
        return
    ticket.followers += (turn.here,)
    ticket.log(Change.JOINED, by=turn.person.id, at=turn.now, channel=turn.channel)
    turn.uow.tickets.save(ticket)
    cards.refresh(turn, ticket)
    turn.say(turn.here, "joined_outage", count=len(ticket.followers), number=ticket.number)
